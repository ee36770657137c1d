//! Facts: `facts/<topic>.yaml`, a map from id to fact.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Choice, Fact, FactType, Unit, Words};
use crate::parse::authored::fact as authored;
use crate::parse::condition::RESERVED;
use crate::parse::fields::{Fields, File};
use crate::parse::ids::{id_fault, list_fault};
use crate::parse::yaml::{Key, Node, Value};

/// The facts of a file, in declared order. What cannot be read is left out; its id is added to `broken`.
pub fn facts(file: &mut File<'_>, topic: &str, root: &Node, broken: &mut Vec<String>) -> Vec<Fact> {
    let Some(entries) = file.entries(root, "facts by id") else { return Vec::new() };
    let mut facts = Vec::new();
    for (key, node) in entries {
        match fact(file, topic, key, node) {
            Some(fact) => facts.push(fact),
            None => broken.push(key.name.clone()),
        }
    }
    facts
}

fn fact(file: &mut File<'_>, topic: &str, key: &Key, node: &Node) -> Option<Fact> {
    let span = file.span(key.span.clone());
    if let Some(fault) = id_fault(&key.name, '_').or(list_fault(&key.name)) {
        file.report_id(&key.name, span, fault);
        return None;
    }
    if RESERVED.contains(&key.name.as_str()) {
        file.report_id(&key.name, span, "it is a reserved word of CEL");
        return None;
    }
    // The pages look answers up by their names.
    if key.name == "constructor" {
        file.report_id(&key.name, span, "every object of JavaScript has something of this name");
        return None;
    }
    let fields = file.map(node, "a fact", authored::Fact::KEYS)?;
    let title = file.require_string(&fields, "title");
    let question = file.require_inline(&fields, "question");
    let types = FactType::ALL.map(|t| (t.name(), t));
    let fact_type = file.require(&fields, "type").and_then(|n| file.word(n, &types));
    let help = file.inline_at(&fields, "help");
    let measure = file.inline_at(&fields, "measure");
    let words = words(file, &fields, fact_type);
    let aliases = file.list_at(&fields, "aliases", |file, node| {
        let alias = file.string(node)?;
        match id_fault(&alias.value, '_').or(list_fault(&alias.value)) {
            Some(fault) => {
                file.report_id(&alias.value, alias.span, fault);
                None
            }
            None => Some(alias),
        }
    });
    let fact_type = fact_type?;
    let has_options = matches!(fact_type, FactType::Choice | FactType::Choices);
    only_for(file, &fields, "options", has_options, fact_type);
    only_for(file, &fields, "unit", fact_type.is_ordered(), fact_type);
    only_for(file, &fields, "range", fact_type.is_ordered(), fact_type);
    let options = if has_options {
        // Without them nothing that is said of the fact could be right.
        let node = file.require(&fields, "options")?;
        options(file, node)
    } else {
        Vec::new()
    };
    Some(Fact {
        id: key.name.clone(),
        topic: topic.to_owned(),
        fact_type,
        unit: fields.get("unit").and_then(|n| unit(file, n)),
        range: fields.get("range").and_then(|n| range(file, n)),
        options,
        words,
        help,
        measure,
        aliases,
        span,
        title: title?,
        question: question?,
    })
}

/// Reports a key that has no meaning for the fact's type.
fn only_for(file: &mut File<'_>, fields: &Fields<'_>, key: &str, allowed: bool, fact_type: FactType) {
    if let (false, Some(range)) = (allowed, fields.key_range(key)) {
        let span = file.span(range);
        let message = format!("`{key}` has no meaning for a fact of type {}", fact_type.name());
        file.report(Diagnostic::new(Code::UnknownKey, span, message).help("remove it, or change the type"));
    }
}

fn options(file: &mut File<'_>, node: &Node) -> Vec<Choice> {
    let Some(entries) = file.entries(node, "options by id") else { return Vec::new() };
    let mut options = Vec::new();
    for (key, node) in entries {
        let span = file.span(key.span.clone());
        if let Some(fault) = id_fault(&key.name, '-') {
            file.report_id(&key.name, span, fault);
            continue;
        }
        if let Some(label) = file.string(node) {
            options.push(Choice { id: key.name.clone(), label: label.value, span });
        }
    }
    options
}

fn unit(file: &mut File<'_>, node: &Node) -> Option<Unit> {
    if !matches!(node.value, Value::Map(_)) {
        return file.string(node).map(|s| Unit { one: s.value.clone(), other: s.value });
    }
    let fields = file.map(node, "a unit", authored::Units::KEYS)?;
    let one = file.require_string(&fields, "one");
    let other = file.require_string(&fields, "other");
    Some(Unit { one: one?, other: other? })
}

fn range(file: &mut File<'_>, node: &Node) -> Option<(f64, f64)> {
    let items = file.list(node)?;
    let numbers: Vec<f64> = items.iter().filter_map(|n| file.number(n)).collect();
    match numbers[..] {
        [min, max] if min < max => Some((min, max)),
        _ => {
            let span = file.span(node.span.clone());
            let message = "a range is two numbers, the smaller first";
            file.report(Diagnostic::new(Code::WrongType, span, message).help("write `range: [0, 200]`"));
            None
        }
    }
}

/// How a fact reads in a sentence. A value stands where `{}` does, so every phrase for a fact with values has one.
fn words(file: &mut File<'_>, fields: &Fields<'_>, fact_type: Option<FactType>) -> Words {
    let Some(fields) = fields.get("words").and_then(|n| file.map(n, "words", authored::Words::KEYS)) else {
        return Words::default();
    };
    if let Some(fact_type) = fact_type {
        only_for(file, &fields, "no", !fact_type.is_ordered(), fact_type);
        only_for(file, &fields, "none", fact_type == FactType::Choices, fact_type);
    }
    let mut phrase = |key: &str| {
        let words = file.string(fields.get(key)?)?;
        let holds = words.value.contains("{}");
        let message = match fact_type? {
            FactType::Boolean if holds => "`{}` stands for a value, and the answer to this fact is yes or no",
            FactType::Boolean => return Some(words.value),
            _ if !holds => "`{}` is missing, so the sentence does not say the value",
            _ => return Some(words.value),
        };
        let help = "a number reads as `\"{} of debugging\"`, an option as `\"{} applies\"`, a yes as a whole phrase";
        file.report(Diagnostic::new(Code::WrongType, words.span, message).help(help));
        None
    };
    let (yes, no) = (phrase("yes"), phrase("no"));
    Words { yes, no, none: file.string_at(&fields, "none") }
}
