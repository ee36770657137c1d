//! Profiles: the facts of cases and decisions, typed against the facts that are declared.

use std::collections::BTreeSet;

use super::catalog::Names;
use super::conditions::{implausible, unknown_fact};
use super::ids_of_kind;
use super::references::is_broken;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::case::{Value, WrittenFacts};
use crate::model::condition::FactIx;
use crate::model::{Answer, Case, Decision, Fact, FactType, Key, Kind, Profile, Span, Spanned};

/// A case with its facts typed.
pub fn case(
    case: Case<WrittenFacts>,
    facts: &[Fact],
    names: &Names,
    broken: &BTreeSet<Key>,
    diagnostics: &mut Diagnostics,
) -> Case<Profile> {
    let facts = profile(case.facts, facts, names, broken, diagnostics);
    Case {
        id: case.id,
        title: case.title,
        order: case.order,
        summary: case.summary,
        constructed: case.constructed,
        facts,
        expect: case.expect,
        prose: case.prose,
        aliases: case.aliases,
        span: case.span,
    }
}

/// A decision with its facts typed.
pub fn decision(
    decision: Decision<WrittenFacts>,
    facts: &[Fact],
    names: &Names,
    broken: &BTreeSet<Key>,
    diagnostics: &mut Diagnostics,
) -> Decision<Profile> {
    let facts = profile(decision.facts, facts, names, broken, diagnostics);
    Decision {
        id: decision.id,
        title: decision.title,
        status: decision.status,
        date: decision.date,
        constructed: decision.constructed,
        capability: decision.capability,
        option: decision.option,
        verdict: decision.verdict,
        settled: decision.settled,
        rules_hash: decision.rules_hash,
        prose_hash: decision.prose_hash,
        facts,
        prose: decision.prose,
        span: decision.span,
    }
}

fn profile(
    written: WrittenFacts,
    facts: &[Fact],
    names: &Names,
    broken: &BTreeSet<Key>,
    diagnostics: &mut Diagnostics,
) -> Profile {
    let mut profile = Profile::default();
    for (name, value) in written {
        let key = Key::new(Kind::Fact, &name.value);
        let place = names.by_key.get(&key).and_then(|present| names.place.get(present.kind, &present.id));
        let Some(place) = place else {
            if !is_broken(broken, &key) {
                diagnostics.push(unknown_fact(&name.value, name.span, ids_of_kind(names, Kind::Fact)));
            }
            continue;
        };
        match typed_answer(&facts[place], &value) {
            Ok(answer) => {
                let numbers = match answer {
                    Answer::Number(n) => [Some(n), None],
                    Answer::Range { min, max } => [min, max],
                    _ => [None, None],
                };
                let mut far = numbers.into_iter().flatten().filter_map(|n| implausible(&facts[place], n, &value.span));
                far.next().into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
                profile.answers.insert(FactIx(place), answer);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    profile
}

/// A written value as an answer to a fact; or what is wrong with it.
pub fn typed_answer(fact: &Fact, value: &Spanned<Value>) -> Result<Answer, Box<Diagnostic>> {
    let span = &value.span;
    // Beyond this, whole numbers are not told apart any more; conditions refuse them too.
    let exact = |n: f64| n.abs() < 9.0e15;
    let whole = |n: f64| exact(n) && (fact.fact_type != FactType::Integer || n.fract() == 0.0);
    match (fact.fact_type, &value.value) {
        (_, Value::Text(text)) if text == "?" => Ok(Answer::Unknown),
        (_, Value::Null) => Err(wrong(fact, span, "nothing", "leave out what is unknown, or write `\"?\"`")),
        (FactType::Boolean, Value::Bool(b)) => Ok(Answer::Bool(*b)),
        (FactType::Integer | FactType::Number, Value::Number(n)) if whole(*n) => Ok(Answer::Number(*n)),
        (FactType::Integer | FactType::Number, Value::Range { min, max })
            if min.is_none_or(whole) && max.is_none_or(whole) =>
        {
            match (min, max) {
                (Some(min), Some(max)) if min > max => {
                    Err(wrong(fact, span, &format!("a range from {min} down to {max}"), "swap `min` and `max`"))
                }
                _ => Ok(Answer::Range { min: *min, max: *max }),
            }
        }
        (FactType::Integer | FactType::Number, Value::Number(n)) if !exact(*n) => {
            Err(wrong(fact, span, &describe(&value.value), "write a number that is nearer to 0"))
        }
        (FactType::Integer | FactType::Number, Value::Range { min, max }) => {
            let help = match min.is_none_or(exact) && max.is_none_or(exact) {
                true => "write whole numbers: `{ min: 5, max: 10 }`",
                false => "write numbers that are nearer to 0",
            };
            let from = min.map_or(String::new(), |n| format!(" from {n}"));
            let to = max.map_or(String::new(), |n| format!(" up to {n}"));
            Err(wrong(fact, span, &format!("a range{from}{to}"), help))
        }
        (FactType::Choice, Value::Text(text)) => option(fact, text, span).map(|()| Answer::Choice(text.clone())),
        (FactType::Choice, Value::List(items)) if !items.is_empty() => members(fact, items).map(Answer::OneOf),
        (FactType::Choices, Value::List(items)) => members(fact, items).map(Answer::Set),
        (FactType::Choices, Value::Text(text)) if fact.label(text).is_some() => {
            Err(wrong(fact, span, &describe(&value.value), &format!("write a list: `[\"{text}\"]`")))
        }
        (_, other) => Err(wrong(fact, span, &describe(other), &expected(fact, other))),
    }
}

fn members(fact: &Fact, items: &[Spanned<Value>]) -> Result<BTreeSet<String>, Box<Diagnostic>> {
    let member = |item: &Spanned<Value>| match &item.value {
        Value::Text(text) => option(fact, text, &item.span).map(|()| text.clone()),
        other => Err(no_text(fact, other, &item.span)),
    };
    items.iter().map(member).collect()
}

/// A member that is no text, so no id.
fn no_text(fact: &Fact, value: &Value, span: &Span) -> Box<Diagnostic> {
    let id = match value {
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    };
    let help = format!("write ids of its options: {}", option_names(fact));
    let mut diagnostic = wrong(fact, span, &format!("a list with {} in it", describe(value)), &help);
    if fact.label(&id).is_some() {
        diagnostic.help = Some("write it in quotes".to_owned());
        diagnostic.fix = Some(Fix::replace("put it in quotes", span.clone(), format!("'{id}'")));
    }
    diagnostic
}

fn option(fact: &Fact, id: &str, span: &Span) -> Result<(), Box<Diagnostic>> {
    if fact.label(id).is_some() {
        return Ok(());
    }
    let message = format!("the fact `{}` has no option `{id}`", fact.id);
    let mut diagnostic = Diagnostic::new(Code::FactValue, span.clone(), message)
        .nearest(id, fact.options.iter().map(|o| o.id.as_str()))
        .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone()));
    diagnostic.help.get_or_insert_with(|| format!("possible: {}", option_names(fact)));
    Err(Box::new(diagnostic))
}

/// Options of a fact that are named in one sentence.
const MOST_OPTIONS: usize = 10;

/// The ids of the options of a fact, or of the first of them.
pub fn option_names(fact: &Fact) -> String {
    let shown: Vec<String> = fact.options.iter().take(MOST_OPTIONS).map(|o| format!("`{}`", o.id)).collect();
    match fact.options.len().saturating_sub(MOST_OPTIONS) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn wrong(fact: &Fact, span: &Span, found: &str, help: &str) -> Box<Diagnostic> {
    let message = format!("the fact `{}` ({}) cannot be {found}", fact.id, fact.fact_type.name());
    Box::new(
        Diagnostic::new(Code::FactValue, span.clone(), message)
            .help(help)
            .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone())),
    )
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::Bool(b) => format!("`{b}`"),
        Value::Number(n) => format!("`{n}`"),
        Value::Text(text) => format!("the text `{text}`"),
        Value::List(_) => "a list".into(),
        Value::Range { .. } => "a range".into(),
        Value::Map => "a map".into(),
    }
}

/// What to write instead of a value.
fn expected(fact: &Fact, value: &Value) -> String {
    match (fact.fact_type, value) {
        (FactType::Integer, _) => "write a whole number, or `{ min: 5, max: 10 }`".into(),
        (FactType::Number, _) => "write a number, or `{ min: 0.5, max: 2 }`".into(),
        (FactType::Boolean, Value::Text(_)) => "write `true` or `false`, without quotes".into(),
        (FactType::Boolean, _) => "write `true` or `false`".into(),
        (FactType::Choice, _) => format!("write the id of one option: {}", option_names(fact)),
        (FactType::Choices, _) => format!("write a list of ids, `[]` for none: {}", option_names(fact)),
    }
}
