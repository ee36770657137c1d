//! Cases, decisions and the list of changes.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::case::{Value as FactValue, WrittenFacts};
use crate::model::date::is_date;
use crate::model::{Case, Change, Decision, Key, Kind, Prose, Ref, Spanned, Verdict};
use crate::parse::authored::situation::{self as authored, Status};
use crate::parse::authored::value::Ends;
use crate::parse::fields::{Fields, File};
use crate::parse::profile;
use crate::parse::yaml::{Node, Value};

/// `cases/<id>.yaml`
pub fn case(file: &mut File<'_>, id: &str, root: &Node) -> Option<Case<WrittenFacts>> {
    let fields = file.map(root, "a case", authored::Case::KEYS)?;
    let title = file.require_string(&fields, "title");
    let summary = file.require_inline(&fields, "summary");
    let constructed = fields.get("constructed").and_then(|n| file.boolean(n)).unwrap_or(false);
    let facts = file.require(&fields, "facts").map(|n| facts(file, n)).unwrap_or_default();
    let expect = fields.get("expect").map(|n| expect(file, n)).unwrap_or_default();
    Some(Case {
        id: id.to_owned(),
        order: file.integer_at(&fields, "order").unwrap_or(i64::MAX),
        constructed,
        facts,
        expect,
        aliases: file.aliases(&fields),
        prose: Arc::default(),
        span: fields.span.clone(),
        title: title.unwrap_or_else(|| id.to_owned()),
        summary: summary.unwrap_or_default(),
    })
}

/// Facts by name.
pub fn facts(file: &mut File<'_>, node: &Node) -> WrittenFacts {
    let Some(entries) = file.entries(node, "facts by id") else { return Vec::new() };
    let mut facts = Vec::new();
    for (key, node) in entries {
        let name = Spanned::new(key.name.clone(), file.span(key.span.clone()));
        if let Some(value) = value(file, node) {
            facts.push((name, Spanned::new(value, file.span(node.span.clone()))));
        }
    }
    facts
}

fn value(file: &mut File<'_>, node: &Node) -> Option<FactValue> {
    Some(match &node.value {
        Value::Null => FactValue::Null,
        Value::Bool(b) => FactValue::Bool(*b),
        Value::Integer(n) => FactValue::Number(*n as f64),
        Value::Float(_) => FactValue::Number(file.number(node)?),
        Value::Text { .. } => FactValue::Text(file.string(node)?.value),
        Value::List(items) => {
            let read = |n: &Node| Some(Spanned::new(item(file, n)?, file.span(n.span.clone())));
            FactValue::List(items.iter().filter_map(read).collect())
        }
        // What a fact may be says more of it than what a range may hold.
        Value::Map(entries) if !entries.iter().any(|(key, _)| is_end(&key.name)) => FactValue::Map,
        Value::Map(_) => {
            let fields = file.map(node, "a range of values", Ends::KEYS)?;
            let end =
                |file: &mut File<'_>, fields: &Fields<'_>, key: &str| fields.get(key).and_then(|n| file.number(n));
            let (min, max) = (end(file, &fields, "min"), end(file, &fields, "max"));
            // Ends that are misspelt or no numbers were reported.
            if min.is_none() && max.is_none() {
                return None;
            }
            FactValue::Range { min, max }
        }
    })
}

/// True of what is, or is meant to be, an end of a range.
fn is_end(key: &str) -> bool {
    nearest(key, Ends::KEYS.iter().copied()).is_some()
}

/// A value in a list.
fn item(file: &mut File<'_>, node: &Node) -> Option<FactValue> {
    match &node.value {
        Value::List(_) => Some(FactValue::List(Vec::new())),
        Value::Map(_) => Some(FactValue::Map),
        _ => value(file, node),
    }
}

/// Expected verdicts by capability: one word, or a list of words that are all fine.
fn expect(file: &mut File<'_>, node: &Node) -> Vec<(Ref, Vec<Verdict>)> {
    let Some(entries) = file.entries(node, "expected verdicts by capability") else { return Vec::new() };
    let words = Verdict::ALL.map(|v| (v.name(), v));
    let mut expect = Vec::new();
    for (key, node) in entries {
        let capability = Ref { key: Key::new(Kind::Capability, &key.name), span: file.span(key.span.clone()) };
        let verdicts: Vec<Verdict> = match &node.value {
            Value::List(items) => items.iter().filter_map(|n| file.word(n, &words)).collect(),
            _ => file.word(node, &words).into_iter().collect(),
        };
        if !verdicts.is_empty() {
            expect.push((capability, verdicts));
        }
    }
    expect
}

/// `decisions/<id>.md`: a record as `worthwhile decide` writes it. Other keys of its front matter are MADR's own.
pub fn decision(
    file: &mut File<'_>,
    id: &str,
    root: &Node,
    title: String,
    prose: Prose,
) -> Option<Decision<WrittenFacts>> {
    let entries = file.entries(root, "the front matter of a decision")?;
    let node = |name: &str| entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node);
    let missing = |file: &mut File<'_>, key: &str| {
        let message = format!("a decision needs the key `{key}`");
        file.report(Diagnostic::new(Code::MissingKey, file.span(root.span.clone()), message));
        None
    };
    let date = match node("date") {
        None => missing(file, "date"),
        Some(n) => date(file, n),
    };
    let status = match node("status") {
        None => missing(file, "status"),
        Some(n) => match file.string(n) {
            Some(text) if text.value.strip_prefix("superseded by ").is_some_and(|by| !by.is_empty()) => {
                Some(text.value)
            }
            _ => file.word(n, &Status::WORDS.map(|word| (word, word))).map(str::to_owned),
        },
    };
    let record = profile::premises(file, root)?;
    Some(Decision {
        id: id.to_owned(),
        title,
        status: status?,
        date: date?,
        constructed: record.constructed,
        capability: Ref { key: Key::new(Kind::Capability, &record.capability.value), span: record.capability.span },
        option: record.option,
        verdict: record.verdict.value,
        settled: record.settled,
        rules_hash: record.rules,
        prose_hash: record.prose,
        facts: record.facts,
        prose: prose.into(),
        span: file.span(root.span.clone()),
    })
}

/// `changes.yaml`
pub fn changes(file: &mut File<'_>, root: &Node) -> Vec<Change> {
    let Some(items) = file.list(root) else { return Vec::new() };
    items.iter().filter_map(|node| change(file, node)).collect()
}

fn change(file: &mut File<'_>, node: &Node) -> Option<Change> {
    let fields = file.map(node, "a change", authored::Change::KEYS)?;
    let date = file.require(&fields, "date").and_then(|n| date(file, n));
    let text = file.require_inline(&fields, "text");
    let concerns = file.list_at(&fields, "concerns", |file, node| file.string(node));
    Some(Change { concerns, span: fields.span.clone(), date: date?, text: text? })
}

/// A date as ISO 8601 has it: `2026-11-23`.
fn date(file: &mut File<'_>, node: &Node) -> Option<String> {
    let date = file.string(node)?;
    if !is_date(&date.value) {
        let message = format!("`{}` is no date", date.value);
        let help = "write a day of the calendar, as `2026-11-23`";
        file.report(Diagnostic::new(Code::UnknownValue, date.span, message).help(help));
        return None;
    }
    Some(date.value)
}
