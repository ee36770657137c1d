//! Facts on the command line: `microservices=8`, `microservices=5..10`, `developers>=3`, `compliance=gdpr,dora`,
//! `compliance=` (none), `ha_in_place=?`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{checked_answer, fact_named, twice};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::{Catalog, option_names};
use crate::model::case::Value;
use crate::model::condition::FactIx;
use crate::model::{Answer, Fact, FactType, Profile, Span, Spanned};

/// What diagnostics call the place of arguments.
pub const ARGUMENTS: &str = "--fact";

/// The text that diagnostics about arguments point into: one argument a line.
pub fn text(arguments: &[String]) -> String {
    arguments.join("\n")
}

/// Arguments -> profile.
pub fn of_arguments(catalog: &Catalog, arguments: &[String]) -> (Profile, Diagnostics) {
    let file: Arc<str> = Arc::from(ARGUMENTS);
    let mut profile = Profile::default();
    let mut diagnostics = Diagnostics::new();
    let mut names: BTreeMap<FactIx, Span> = BTreeMap::new();
    let mut at = 0;
    for argument in arguments {
        let whole = Span::new(&file, at..at + argument.len());
        at += argument.len() + 1;
        let Some(parts) = split(argument) else {
            let name = argument.trim();
            let known = catalog.facts.iter().any(|f| f.id == name);
            let message = match known {
                true => format!("no value for the fact `{name}`"),
                false => format!("`{name}` is not a fact and its value"),
            };
            let help = match known {
                true => format!("write `{name}=…`, or `{name}=?` if nobody knows"),
                false => "write `name=value`, `name=5..10`, `name>=3` or `name=?`".to_owned(),
            };
            diagnostics.push(Diagnostic::new(Code::FactValue, whole, message).help(help));
            continue;
        };
        let name = Spanned::new(argument[parts.name.clone()].to_owned(), whole.slice(parts.name.clone()));
        let Some(fact) = fact_named(catalog, &name, &mut diagnostics) else { continue };
        if twice(catalog, fact, &name, &mut names, &mut diagnostics) {
            continue;
        }
        let written = &argument[parts.value.clone()];
        match answer(catalog, fact, parts.sign, written, &whole.slice(parts.value.clone())) {
            Ok(answer) => {
                profile.answers.insert(fact, answer);
            }
            Err(mut diagnostic) => {
                diagnostic.help = meant(catalog.fact(fact), written).or(diagnostic.help);
                diagnostics.push(*diagnostic);
            }
        }
    }
    (profile, diagnostics)
}

/// What stands between a fact and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Is,
    AtLeast,
    AtMost,
}

/// The answer that a text gives to a fact, as after `--fact name=`. `span` is where the text stands.
pub fn answer(catalog: &Catalog, fact: FactIx, sign: Sign, text: &str, span: &Span) -> Result<Answer, Box<Diagnostic>> {
    let declared = catalog.fact(fact);
    let start = text.len() - text.trim_start().len();
    let text = text.trim();
    // Something to point at, even where nothing is written.
    let place = if text.is_empty() { span.clone() } else { span.slice(start..start + text.len()) };
    let value = value(declared, sign, text, &place);
    let of_a_file = |diagnostic: Box<Diagnostic>| {
        let names = diagnostic.help.as_ref().is_some_and(|h| h.starts_with("did") || h.starts_with("possible"));
        if names { diagnostic } else { Box::new((*diagnostic).help(expected(declared))) }
    };
    checked_answer(catalog, fact, &Spanned::new(value, place)).map_err(of_a_file)
}

/// What was meant by a value that is wrong, where that can be told.
fn meant(fact: &Fact, text: &str) -> Option<String> {
    const NONE: [&str; 6] = ["none", "nothing", "no", "null", "[]", "-"];
    let id = &fact.id;
    match fact.fact_type {
        FactType::Choices if NONE.contains(&text.trim().to_ascii_lowercase().as_str()) => {
            Some(format!("write nothing for none: `{id}=`; possible: {}", option_names(fact)))
        }
        FactType::Integer | FactType::Number => {
            let (from, to) = text.split_once("..")?;
            let (from, to) = (number(from)?, number(to)?);
            (from > to).then(|| format!("write the lower end first: `{id}={to}..{from}`"))
        }
        _ => None,
    }
}

struct Parts {
    name: Range<usize>,
    sign: Sign,
    value: Range<usize>,
}

fn split(argument: &str) -> Option<Parts> {
    let at = argument.find(['=', '<', '>'])?;
    let (sign, length) = match &argument[at..] {
        rest if rest.starts_with(">=") => (Sign::AtLeast, 2),
        rest if rest.starts_with("<=") => (Sign::AtMost, 2),
        rest if rest.starts_with('=') => (Sign::Is, 1),
        _ => return None,
    };
    let name = &argument[..at];
    let start = name.len() - name.trim_start().len();
    let end = start + name.trim().len();
    if name.trim().is_empty() {
        return None;
    }
    Some(Parts { name: start..end.max(start), sign, value: at + length..argument.len() })
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|n| n.is_finite())
}

fn value(fact: &Fact, sign: Sign, text: &str, place: &Span) -> Value {
    let ordered = fact.fact_type.is_ordered();
    match (sign, number(text)) {
        (Sign::AtLeast, Some(min)) => return Value::Range { min: Some(min), max: None },
        (Sign::AtMost, Some(max)) => return Value::Range { min: None, max: Some(max) },
        (Sign::Is, Some(n)) if ordered => return Value::Number(n),
        (Sign::AtLeast | Sign::AtMost, None) => return Value::Text(text.to_owned()),
        _ => {}
    }
    if text == "?" {
        return Value::Text("?".into());
    }
    match fact.fact_type {
        FactType::Integer | FactType::Number => match text.split_once("..") {
            Some((min, max)) => {
                let (low, high) = (number(min), number(max));
                let fine = |text: &str, n: Option<f64>| text.trim().is_empty() || n.is_some();
                match (low, high) {
                    (None, None) => Value::Text(text.to_owned()),
                    _ if fine(min, low) && fine(max, high) => Value::Range { min: low, max: high },
                    _ => Value::Text(text.to_owned()),
                }
            }
            None if text.is_empty() => Value::Null,
            None => Value::Text(text.to_owned()),
        },
        FactType::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" => Value::Bool(true),
            "false" | "no" | "n" => Value::Bool(false),
            "" => Value::Null,
            _ => Value::Text(text.to_owned()),
        },
        FactType::Choice if text.is_empty() => Value::Null,
        FactType::Choice if !text.contains(',') => Value::Text(text.to_owned()),
        FactType::Choice | FactType::Choices => Value::List(items(text, place)),
    }
}

/// The parts between commas, with their places; an empty text has none.
fn items(text: &str, place: &Span) -> Vec<Spanned<Value>> {
    let mut items = Vec::new();
    let mut at = 0;
    for part in text.split(',').filter(|_| !text.is_empty()) {
        let start = at + part.len() - part.trim_start().len();
        let item = part.trim();
        items.push(Spanned::new(Value::Text(item.to_owned()), place.slice(start..start + item.len())));
        at += part.len() + 1;
    }
    items
}

fn expected(fact: &Fact) -> String {
    let id = &fact.id;
    let first = fact.options.first().map_or("…", |o| o.id.as_str());
    match fact.fact_type {
        FactType::Integer => format!("write a whole number or a range: `{id}=8`, `{id}=5..10`, `{id}>=3`"),
        FactType::Number => format!("write a number or a range: `{id}=1.5`, `{id}=0.5..2`, `{id}>=3`"),
        FactType::Boolean => format!("write `{id}=true` or `{id}=false`"),
        FactType::Choice => format!("write the id of one option, as `{id}={first}`: {}", option_names(fact)),
        FactType::Choices => {
            let all = option_names(fact);
            format!("write ids of options, as `{id}={first}`, or nothing for none, `{id}=`: {all}")
        }
    }
}
