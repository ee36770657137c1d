//! Profiles: the facts of cases and decisions, typed against the facts that are declared.

use std::collections::BTreeSet;

use super::catalog::Names;
use super::conditions::implausible;
use super::ids_of_kind;
use super::references::is_broken;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
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
                let message = format!("there is no fact `{}`", name.value);
                let diagnostic = Diagnostic::new(Code::UnknownFact, name.span, message);
                diagnostics.push(diagnostic.nearest(&name.value, ids_of_kind(names, Kind::Fact)));
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
        (FactType::Choice, Value::Text(text)) => option(fact, text, span).map(|()| Answer::Choice(text.clone())),
        (FactType::Choice, Value::List(items)) if !items.is_empty() => members(fact, items).map(Answer::OneOf),
        (FactType::Choices, Value::List(items)) => members(fact, items).map(Answer::Set),
        (FactType::Choices, Value::Text(text)) if fact.label(text).is_some() => {
            Err(wrong(fact, span, &describe(&value.value), &format!("write a list: `[{text}]`")))
        }
        (_, other) => Err(wrong(fact, span, &describe(other), expected(fact.fact_type))),
    }
}

fn members(fact: &Fact, items: &[Spanned<String>]) -> Result<BTreeSet<String>, Box<Diagnostic>> {
    items.iter().map(|item| option(fact, &item.value, &item.span).map(|()| item.value.clone())).collect()
}

fn option(fact: &Fact, id: &str, span: &Span) -> Result<(), Box<Diagnostic>> {
    if fact.label(id).is_some() {
        return Ok(());
    }
    let message = format!("the fact `{}` has no option `{id}`", fact.id);
    Err(Box::new(
        Diagnostic::new(Code::FactValue, span.clone(), message)
            .nearest(id, fact.options.iter().map(|o| o.id.as_str()))
            .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone())),
    ))
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
    }
}

fn expected(fact_type: FactType) -> &'static str {
    match fact_type {
        FactType::Integer => "write a whole number, or `{ min: 5, max: 10 }`",
        FactType::Number => "write a number, or `{ min: 0.5, max: 2 }`",
        FactType::Boolean => "write `true` or `false`",
        FactType::Choice => "write the id of one option",
        FactType::Choices => "write a list of ids, `[]` for none",
    }
}
