//! Answers and ranges of values in words.

use super::here::Here;
use crate::model::{Answer, Fact};

/// An answer in words: "8 services", "5 to 10 services", "GDPR, DORA", "Yes".
pub(super) fn answer(here: &Here, fact: &Fact, answer: &Answer) -> String {
    let words = &here.words.value;
    let label = |option: &String| fact.label(option).unwrap_or(option).to_owned();
    match answer {
        Answer::Unknown => words.unknown.clone(),
        Answer::Bool(true) => words.yes.clone(),
        Answer::Bool(false) => words.no.clone(),
        Answer::Number(value) => amount(fact, &number(*value), *value),
        Answer::Range { min, max } => match (min, max) {
            (Some(min), Some(max)) => {
                amount(fact, &words.range.replace("{min}", &number(*min)).replace("{max}", &number(*max)), *max)
            }
            (Some(min), None) => amount(fact, &words.at_least.replace("{}", &number(*min)), *min),
            (None, Some(max)) => amount(fact, &words.at_most.replace("{}", &number(*max)), *max),
            (None, None) => words.unknown.clone(),
        },
        Answer::Choice(option) => label(option),
        Answer::OneOf(options) => declared(fact, options)
            .reduce(|all, next| words.or.replace("{min}", &all).replace("{max}", &next))
            .unwrap_or_else(|| words.unknown.clone()),
        Answer::Set(members) if members.is_empty() => words.none.clone(),
        Answer::Set(members) => declared(fact, members).collect::<Vec<_>>().join(", "),
    }
}

/// A value without needless zeros.
pub(super) fn number(value: f64) -> String {
    value.to_string()
}

/// A phrase about an amount, with the fact's unit.
pub(super) fn amount(fact: &Fact, phrase: &str, value: f64) -> String {
    match &fact.unit {
        Some(unit) => format!("{phrase} {}", if value == 1.0 { &unit.one } else { &unit.other }),
        None => phrase.to_owned(),
    }
}

/// Labels in declared order.
fn declared<'a>(fact: &'a Fact, ids: &'a std::collections::BTreeSet<String>) -> impl Iterator<Item = String> + 'a {
    fact.options.iter().filter(|option| ids.contains(&option.id)).map(|option| option.label.clone())
}
