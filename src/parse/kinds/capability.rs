//! Capabilities: `capabilities/<id>.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::model::capability::{Complexity, Level};
use crate::model::{
    Capability, Column, DecisionPoint, Foundation, Keep, Kind, MatrixRow, NotReplaced, OptionRow, Ref, Row, Span,
    Statement, Timing, TradeOff, TradeOffBody, Written,
};
use crate::parse::authored::capability as authored;
use crate::parse::fields::{Fields, File, unwritten};
use crate::parse::ids::id_of;
use crate::parse::yaml::{Node, Value};

/// The draft of a capability. What is missing was reported and is filled with something harmless, so that the rest of
/// the file is still checked in the same run.
pub fn capability(file: &mut File<'_>, id: &str, root: &Node) -> Option<Capability<Written>> {
    let fields = file.map(root, "a capability", authored::Capability::KEYS)?;
    let title = file.require_string(&fields, "title");
    let layer = file.require(&fields, "layer").and_then(|n| file.reference(n, Kind::Layer));
    let summary = file.require_inline(&fields, "summary");
    let complexity = file.require(&fields, "complexity").and_then(|n| complexity(file, n));
    let triggers = triggers(file, &fields);
    let not_when = file.statements_at(&fields, "not_when");
    unique_ids(file, &[&triggers, &not_when]);
    let matrix = match fields.get("matrix").and_then(|n| file.map(n, "a matrix row", authored::MatrixRow::KEYS)) {
        Some(row) => MatrixRow { trigger: file.inline_at(&row, "trigger"), skip_if: file.inline_at(&row, "skip_if") },
        None => MatrixRow::default(),
    };
    let builds_on = file.list_at(&fields, "builds_on", |file, node| {
        let (on, fields) = stands_on(file, node, "a foundation", authored::Foundation::KEYS)?;
        Some(Foundation { on, adds: file.require_inline(&fields, "adds")? })
    });
    let does_not_replace = file.list_at(&fields, "does_not_replace", |file, node| {
        let (what, fields) = stands_on(file, node, "an entry of `does_not_replace`", authored::NotReplaced::KEYS)?;
        Some(NotReplaced { what, text: file.require_inline(&fields, "text")? })
    });
    Some(Capability {
        id: id.to_owned(),
        order: file.integer_at(&fields, "order").unwrap_or(i64::MAX),
        description: file.inline_at(&fields, "description"),
        complexity_note: file.inline_at(&fields, "complexity_note"),
        closing_question: file.inline_at(&fields, "closing_question"),
        matrix,
        triggers,
        not_when,
        trade_off: fields.get("trade_offs").and_then(|n| trade_off(file, n)),
        decision_points: file.list_at(&fields, "decision_points", decision_point),
        timing: timing(file, &fields),
        builds_on,
        does_not_replace,
        related: file.list_at(&fields, "related", |file, node| file.reference(node, Kind::Capability)),
        prose: Arc::default(),
        aliases: file.aliases(&fields),
        span: fields.span.clone(),
        title: title.unwrap_or_else(|| id.to_owned()),
        layer: layer.unwrap_or_else(|| unwritten(Kind::Layer, &fields.span)),
        summary: summary.unwrap_or_default(),
        complexity: complexity.unwrap_or(Complexity { from: Level::Low, to: Level::Low }),
    })
}

/// A level, or `{ from, to }`.
fn complexity(file: &mut File<'_>, node: &Node) -> Option<Complexity> {
    let levels = Level::ALL.map(|l| (l.name(), l));
    if !matches!(node.value, Value::Map(_)) {
        return file.word(node, &levels).map(|level| Complexity { from: level, to: level });
    }
    let fields = file.map(node, "a range of complexity", authored::Levels::KEYS)?;
    let from = file.require(&fields, "from").and_then(|n| file.word(n, &levels));
    let to = file.require(&fields, "to").and_then(|n| file.word(n, &levels));
    let (from, to) = (from?, to?);
    if from > to {
        let message = format!("from `{}` to `{}` runs downwards", from.name(), to.name());
        file.report(Diagnostic::new(Code::UnknownValue, fields.span.clone(), message).help("swap the two"));
        return None;
    }
    Some(Complexity { from, to })
}

/// Triggers, each with an id, because each has a page.
fn triggers(file: &mut File<'_>, fields: &Fields<'_>) -> Vec<Statement<Written>> {
    let triggers = file.statements_at(fields, "triggers");
    let mut taken: BTreeSet<String> = triggers.iter().filter_map(|t| t.id.clone()).collect();
    for trigger in triggers.iter().filter(|t| t.id.is_none()) {
        let message = "a trigger needs the key `id`: it has a page";
        let mut diagnostic =
            Diagnostic::new(Code::MissingKey, trigger.span.clone(), message).help("add `id: a-few-words`");
        let id = id_of(trigger.text.plain(), 5, '-');
        if let Some(id) = id.filter(|id| taken.insert(id.clone()))
            && let Some(fix) = with_id(file, trigger, &id)
        {
            diagnostic = diagnostic.help(format!("add `id: {id}`")).fix(fix);
        }
        file.report(diagnostic);
    }
    triggers
}

/// Writes an id to a trigger that stands on lines of its own, in a flow map, or as a text alone.
fn with_id(file: &File<'_>, trigger: &Statement<Written>, id: &str) -> Option<Fix> {
    let does = format!("add `id: {id}`");
    let range = trigger.span.start - file.offset..trigger.span.end - file.offset;
    let written = file.text.get(range.clone())?;
    let line = file.text[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let column = file.text[line..range.start].chars().count();
    let before = |text: String| {
        let start = Span { end: trigger.span.start, ..trigger.span.clone() };
        Fix::replace(does.clone(), start, text)
    };
    if let Some(inner) = written.strip_prefix('{') {
        let (before, after) = if inner.starts_with(' ') { (" ", "") } else { ("", " ") };
        let open = Span { end: trigger.span.start + 1, ..trigger.span.clone() };
        return Some(Fix::replace(does, open, format!("{{{before}id: {id},{after}")));
    }
    let own_line = file.text[line..range.start].trim_start_matches([' ', '-']).is_empty();
    let is_map = written.starts_with("text:") || written.starts_with("when:");
    match (own_line, is_map) {
        (true, true) => Some(before(format!("id: {id}\n{:column$}", ""))),
        (true, false) if !written.contains('\n') => Some(before(format!("id: {id}\n{:column$}text: ", ""))),
        _ => None,
    }
}

fn unique_ids(file: &mut File<'_>, lists: &[&[Statement<Written>]]) {
    let mut seen = BTreeMap::new();
    for statement in lists.iter().flat_map(|list| list.iter()) {
        let Some(id) = &statement.id else { continue };
        if let Some(first) = seen.insert(id.clone(), statement.span.clone()) {
            file.report(
                Diagnostic::new(
                    Code::DuplicateId,
                    statement.span.clone(),
                    format!("two statements with the id `{id}`"),
                )
                .note("the first", Some(first)),
            );
        }
    }
}

fn trade_off(file: &mut File<'_>, node: &Node) -> Option<TradeOff<Written>> {
    let fields = file.map(node, "a trade-off", authored::TradeOff::KEYS)?;
    let keep = fields.get("keep").and_then(|n| {
        let fields = file.map(n, "`keep`", authored::Keep::KEYS)?;
        Some(Keep {
            title: file.string_at(&fields, "title"),
            note: file.inline_at(&fields, "note"),
            pros: file.texts_at(&fields, "pros"),
            cons: file.texts_at(&fields, "cons"),
        })
    });
    let body = match (fields.get("options"), fields.get("columns")) {
        (Some(_), Some(_)) => {
            let range = fields.key_range("columns").unwrap_or_default();
            let span = file.span(range);
            let message = "a trade-off has `options` or `columns`, not both";
            file.report(Diagnostic::new(Code::UnknownKey, span, message).help("keep one of the two"));
            return None;
        }
        (None, Some(columns)) => {
            let columns = columns_of(file, columns);
            let rows = file.list_at(&fields, "rows", |file, node| row(file, node, &columns));
            TradeOffBody::Columns { columns, rows }
        }
        (_, None) => {
            file.require(&fields, "options")?;
            TradeOffBody::Options(file.list_at(&fields, "options", option_row))
        }
    };
    Some(TradeOff {
        title: file.string_at(&fields, "title"),
        summary: file.inline_at(&fields, "summary"),
        keep,
        body,
        span: fields.span.clone(),
    })
}

fn option_row(file: &mut File<'_>, node: &Node) -> Option<OptionRow<Written>> {
    let fields = file.map(node, "an option of a trade-off", authored::OptionRow::KEYS)?;
    let option = file.require(&fields, "option").and_then(|n| file.reference(n, Kind::Option));
    let pros = file.texts_at(&fields, "pros");
    let cons = file.texts_at(&fields, "cons");
    let use_when = file.statements_at(&fields, "use_when");
    Some(OptionRow { option: option?, pros, cons, use_when })
}

fn columns_of(file: &mut File<'_>, node: &Node) -> Vec<Column> {
    let Some(items) = file.list(node) else { return Vec::new() };
    let mut columns: Vec<Column> = Vec::new();
    let mut ids = BTreeSet::new();
    for item in items {
        let Some(fields) = file.map(item, "a column", authored::Column::KEYS) else { continue };
        let id = file.require(&fields, "id").and_then(|n| file.string(n));
        let title = file.require_string(&fields, "title");
        let (Some(id), Some(title)) = (id, title) else { continue };
        if !ids.insert(id.value.clone()) {
            let message = format!("two columns with the id `{}`", id.value);
            file.report(Diagnostic::new(Code::DuplicateId, id.span, message));
            continue;
        }
        columns.push(Column { id: id.value, title });
    }
    columns
}

fn row(file: &mut File<'_>, node: &Node, columns: &[Column]) -> Option<Row<Written>> {
    let fields = file.map(node, "a row of a trade-off", authored::Row::KEYS)?;
    let option = fields.get("option").and_then(|n| file.reference(n, Kind::Option));
    let when = fields.get("when").and_then(|n| file.condition(n));
    let ids: Vec<&str> = columns.iter().map(|c| c.id.as_str()).collect();
    let cells = file.require(&fields, "cells").and_then(|n| file.map(n, "the cells of a row", &ids))?;
    let cells = columns.iter().map(|c| file.inline_at(&cells, &c.id)).collect();
    Some(Row { option, when: when.map(Box::new), cells, span: fields.span.clone() })
}

fn decision_point(file: &mut File<'_>, node: &Node) -> Option<DecisionPoint> {
    let fields = file.map(node, "a decision point", authored::DecisionPoint::KEYS)?;
    let id = fields.get("id").and_then(|n| file.id(n)).map(|id| id.value);
    let ask = file.texts_at(&fields, "ask");
    Some(DecisionPoint { id, question: file.require_inline(&fields, "question")?, ask })
}

fn timing(file: &mut File<'_>, fields: &Fields<'_>) -> Timing<Written> {
    const PLAIN: Timing<Written> = Timing::Plain { now: Vec::new(), later: Vec::new() };
    let Some(node) = fields.get("timing") else { return PLAIN };
    let Some(fields) = file.map(node, "timing", authored::Timing::KEYS) else { return PLAIN };
    let staged = ["prepare", "activate_when"].iter().any(|key| fields.get(key).is_some());
    if staged {
        for key in ["now", "later"] {
            if let Some(range) = fields.key_range(key) {
                let span = file.span(range);
                let message = format!("`{key}` beside `prepare` or `activate_when`");
                let help = "timing is either `now` and `later`, or staged: `prepare` and `activate_when`";
                file.report(Diagnostic::new(Code::UnknownKey, span, message).help(help));
            }
        }
        return Timing::Staged {
            prepare: file.statements_at(&fields, "prepare"),
            activate_when: file.statements_at(&fields, "activate_when"),
        };
    }
    Timing::Plain { now: file.statements_at(&fields, "now"), later: file.statements_at(&fields, "later") }
}

/// A map that names a component or a capability, and says something about it; `keys` are all that it may hold.
fn stands_on<'n>(file: &mut File<'_>, node: &'n Node, what: &'static str, keys: &[&str]) -> Option<(Ref, Fields<'n>)> {
    let fields = file.map(node, what, keys)?;
    let reference = match (fields.get("component"), fields.get("capability")) {
        (Some(node), None) => file.reference(node, Kind::Component),
        (None, Some(node)) => file.reference(node, Kind::Capability),
        (None, None) => {
            file.require(&fields, "component");
            None
        }
        (Some(_), Some(_)) => {
            let message = format!("{what} names a component or a capability, not both");
            file.report(Diagnostic::new(Code::UnknownKey, fields.span.clone(), message));
            None
        }
    };
    Some((reference?, fields))
}
