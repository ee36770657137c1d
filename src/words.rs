//! Conditions and answers in the words of a reader: "more than 5 microservices", "GDPR applies".
//!
//! Every word between stands in the site's [`Joints`], so that another language replaces one table. What facts say comes
//! from their authors.

pub mod judged;
pub mod reasons;

use serde::Serialize;

use crate::assess::cells::lowest;
use crate::assess::lanes::LineCell;
use crate::assess::{Change, Needed, Way};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::site::Joints;
use crate::model::{Answer, Condition, Expr, Fact, FactType, Literal, Op};

/// What a fact says inside a sentence; `{}` stands for labels of options, or for a bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phrases {
    pub yes: String,
    /// Of facts without order: the opposite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no: Option<String>,
    /// Of sets: no member at all, and its opposite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub some: Option<String>,
}

/// A fact's phrases, each complete: what its author left out is made as [`condition`] makes it.
pub fn phrases(joints: &Joints, fact: &Fact) -> Phrases {
    let hole = ["{}".to_owned()];
    let (yes, no) = match fact.fact_type {
        FactType::Boolean => (boolean(joints, fact, true), Some(boolean(joints, fact, false))),
        FactType::Integer | FactType::Number => (numbered(fact, "{}"), None),
        FactType::Choice | FactType::Choices => {
            (chosen(joints, fact, &hole, true), Some(chosen(joints, fact, &hole, false)))
        }
    };
    let of_set = |yes: bool| (fact.fact_type == FactType::Choices).then(|| empty_set(joints, fact, yes));
    Phrases { yes, no, none: of_set(true), some: of_set(false) }
}

/// A condition inside a sentence: lower-case start, no full stop.
pub fn condition(catalog: &Catalog, condition: &Condition) -> String {
    tree(catalog, &condition.expr, false, false)
}

/// `inside` is true below an `and` or `or`, where a joined part needs to be told apart.
fn tree(catalog: &Catalog, expr: &Expr<FactIx>, negated: bool, inside: bool) -> String {
    let fact = |ix: &FactIx| catalog.fact(*ix);
    let joints = &catalog.site.joints;
    match expr {
        Expr::Not(part) => tree(catalog, part, !negated, inside),
        Expr::Or(parts) | Expr::And(parts) => {
            // A negated "or" is an "and" of negations.
            let is_or = matches!(expr, Expr::Or(_)) != negated;
            let parts: Vec<String> = parts.iter().map(|p| tree(catalog, p, negated, true)).collect();
            match (is_or, inside) {
                (true, true) => format!("{} {}", joints.either, join(&parts, &joints.or)),
                (true, false) => join(&parts, &joints.or),
                (false, _) => join(&parts, &joints.and),
            }
        }
        Expr::Is(ix) => boolean(joints, fact(ix), !negated),
        Expr::Compare { fact: ix, op, value, .. } => {
            let op = if negated { opposite(*op) } else { *op };
            match value {
                Literal::Number(n) => number(joints, fact(ix), op, *n),
                Literal::Bool(b) => boolean(joints, fact(ix), (op == Op::Eq) == *b),
                Literal::Choice(id) => chosen(joints, fact(ix), std::slice::from_ref(id), op == Op::Eq),
            }
        }
        Expr::In { fact: ix, members } => {
            let ids: Vec<String> = members.iter().map(|m| m.value.clone()).collect();
            chosen(joints, fact(ix), &ids, !negated)
        }
        Expr::Contains { fact: ix, member } => chosen(joints, fact(ix), std::slice::from_ref(&member.value), !negated),
        Expr::Empty(ix) => empty_set(joints, fact(ix), !negated),
    }
}

fn join(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first} {word} {second}"),
        [first @ .., last] => format!("{}, {word} {last}", first.join(", ")),
    }
}

fn opposite(op: Op) -> Op {
    match op {
        Op::Eq => Op::Ne,
        Op::Ne => Op::Eq,
        Op::Lt => Op::Ge,
        Op::Ge => Op::Lt,
        Op::Gt => Op::Le,
        Op::Le => Op::Gt,
    }
}

/// Fills the place of an author's phrase.
fn fill(phrase: &str, value: &str) -> String {
    phrase.replace("{}", value)
}

fn boolean(joints: &Joints, fact: &Fact, yes: bool) -> String {
    let (words, other) = if yes { (&fact.words.yes, &fact.words.no) } else { (&fact.words.no, &fact.words.yes) };
    match (words, other) {
        (Some(words), _) => words.clone(),
        (None, Some(other)) => format!("{} {other}", joints.not),
        (None, None) => format!("{}: {}", fact.title, if yes { &joints.yes } else { &joints.no }),
    }
}

fn chosen(joints: &Joints, fact: &Fact, ids: &[String], yes: bool) -> String {
    let labels: Vec<String> = ids.iter().map(|id| fact.label(id).unwrap_or(id).to_owned()).collect();
    let labels = join(&labels, &joints.or);
    match (yes, &fact.words.yes, &fact.words.no) {
        (true, Some(words), _) | (false, _, Some(words)) => fill(words, &labels),
        (true, None, _) => format!("{}: {labels}", fact.title),
        (false, Some(words), None) => format!("{} {}", joints.not, fill(words, &labels)),
        (false, None, None) => format!("{}: {} {labels}", fact.title, joints.not.trim_end_matches(':')),
    }
}

/// `set == []`, and its opposite: at least one member.
fn empty_set(joints: &Joints, fact: &Fact, yes: bool) -> String {
    if yes {
        return fact.words.none.clone().unwrap_or_else(|| format!("{}: {}", fact.title, joints.none));
    }
    match &fact.words.none {
        // "no compliance regime applies" turns into "some compliance regime applies".
        Some(none) if none.starts_with("no ") => format!("{} {}", joints.some, &none[3..]),
        Some(none) => format!("{} {none}", joints.not),
        None => format!("{}: {}", fact.title, joints.some),
    }
}

fn number(joints: &Joints, fact: &Fact, op: Op, n: f64) -> String {
    numbered(fact, &bound(joints, fact, op, n))
}

/// The phrase of a number around a bound.
fn numbered(fact: &Fact, bound: &str) -> String {
    match &fact.words.yes {
        Some(words) => fill(words, bound),
        None if fact.unit.is_some() => bound.to_owned(),
        None => format!("{}: {bound}", fact.title),
    }
}

/// A bound with its unit: "more than 5 microservices", "at most 1 hour".
pub fn bound(joints: &Joints, fact: &Fact, op: Op, n: f64) -> String {
    let word = match op {
        Op::Eq => &joints.exactly,
        Op::Ne => &joints.not_exactly,
        Op::Gt => &joints.more_than,
        Op::Ge => &joints.at_least,
        Op::Lt if fact.fact_type == FactType::Integer => &joints.fewer_than,
        Op::Lt => &joints.less_than,
        Op::Le => &joints.at_most,
    };
    format!("{word} {}", amount(fact, n))
}

/// A number with its unit: "8 microservices", "1 hour", "20% a month".
pub fn amount(fact: &Fact, n: f64) -> String {
    match &fact.unit {
        Some(unit) => {
            let unit = if n == 1.0 { &unit.one } else { &unit.other };
            let joint = if unit.starts_with('%') { "" } else { " " };
            format!("{n}{joint}{unit}")
        }
        None => n.to_string(),
    }
}

/// An answer on its own: "8 microservices", "5 to 10", "GDPR, DORA", "none", "yes".
pub fn answer(catalog: &Catalog, fact: FactIx, answer: &Answer) -> String {
    let (fact, joints) = (catalog.fact(fact), &catalog.site.joints);
    let labels = |ids: &std::collections::BTreeSet<String>| {
        // In declared order, not that of the ids.
        let chosen = fact.options.iter().filter(|o| ids.contains(&o.id));
        chosen.map(|o| o.label.clone()).collect::<Vec<String>>()
    };
    match answer {
        Answer::Unknown => joints.unknown.clone(),
        Answer::Bool(yes) => {
            if *yes {
                joints.yes.clone()
            } else {
                joints.no.clone()
            }
        }
        Answer::Number(n) => amount(fact, *n),
        Answer::Range { min: Some(min), max: Some(max) } => format!("{min} {} {}", joints.to, amount(fact, *max)),
        Answer::Range { min: Some(min), max: None } => format!("{} {}", joints.at_least, amount(fact, *min)),
        Answer::Range { min: None, max: Some(max) } => format!("{} {}", joints.at_most, amount(fact, *max)),
        Answer::Range { min: None, max: None } => joints.unknown.clone(),
        Answer::Choice(id) => fact.label(id).unwrap_or(id).to_owned(),
        Answer::OneOf(ids) => join(&labels(ids), &joints.or),
        Answer::Set(ids) if ids.is_empty() => joints.none.clone(),
        Answer::Set(ids) => labels(ids).join(", "),
    }
}

/// What an answer must be, inside a sentence like a condition: "more than 5 microservices and the GDPR applies".
pub fn needed(catalog: &Catalog, fact: FactIx, needed: &Needed) -> String {
    let (fact, joints) = (catalog.fact(fact), &catalog.site.joints);
    match needed {
        Needed::Bool(yes) => boolean(joints, fact, *yes),
        Needed::Numbers(cells) => {
            let bounds: Vec<String> = cells.iter().map(|cell| between(joints, fact, cell)).collect();
            numbered(fact, &join(&bounds, &joints.or))
        }
        Needed::Options(ids) => {
            let others: Vec<String> =
                fact.options.iter().map(|o| o.id.clone()).filter(|id| !ids.contains(id)).collect();
            // "not simple" is shorter than all the rest.
            let not = others.len() == 1 && ids.len() > 1;
            chosen(joints, fact, if not { &others } else { ids }, !not)
        }
        Needed::Set { empty: Some(true), .. } => empty_set(joints, fact, true),
        Needed::Set { with, without, empty } => {
            let mut parts: Vec<String> = empty.iter().map(|_| empty_set(joints, fact, false)).collect();
            parts.extend(with.iter().map(|id| chosen(joints, fact, std::slice::from_ref(id), true)));
            parts.extend((!without.is_empty()).then(|| chosen(joints, fact, without, false)));
            join(&parts, &joints.and)
        }
    }
}

/// How a known answer would have to change, inside a sentence: "fewer than 5 microservices", "DORA or PCI-DSS applies".
pub fn change(catalog: &Catalog, fact: FactIx, change: &Change) -> String {
    match change {
        Change::To(to) => needed(catalog, fact, to),
        Change::Add(ids) => chosen(&catalog.site.joints, catalog.fact(fact), ids, true),
        Change::Remove(ids) => chosen(&catalog.site.joints, catalog.fact(fact), ids, false),
    }
}

/// Answers that must come together, inside a sentence.
pub fn way(catalog: &Catalog, way: &Way) -> String {
    let parts: Vec<String> = way.needs.iter().map(|(fact, to)| needed(catalog, *fact, to)).collect();
    join(&parts, &catalog.site.joints.and)
}

/// Values of a fact as a bound with its unit: "more than 5 microservices", "3 to 4 microservices".
fn between(joints: &Joints, fact: &Fact, cell: &LineCell) -> String {
    let integer = fact.fact_type == FactType::Integer;
    let from_lowest = !cell.min_open && cell.min <= lowest(fact);
    match cell.max {
        _ if cell.is_point() => bound(joints, fact, Op::Eq, cell.min),
        None if integer => bound(joints, fact, Op::Gt, cell.min - 1.0),
        None => bound(joints, fact, if cell.min_open { Op::Gt } else { Op::Ge }, cell.min),
        Some(max) if from_lowest && integer => bound(joints, fact, Op::Lt, max + 1.0),
        Some(max) if from_lowest => bound(joints, fact, if cell.max_open { Op::Lt } else { Op::Le }, max),
        Some(max) if integer || !(cell.min_open || cell.max_open) => {
            format!("{} {} {}", cell.min, joints.to, amount(fact, max))
        }
        Some(max) => {
            let (low, high) =
                (if cell.min_open { Op::Gt } else { Op::Ge }, if cell.max_open { Op::Lt } else { Op::Le });
            format!("{} {} {}", bound(joints, fact, low, cell.min), joints.and, bound(joints, fact, high, max))
        }
    }
}

/// A range of values in words: "exactly 5", "0 to 2", "6 or more", "more than 1", "0 to less than 0.5".
pub fn cell(joints: &Joints, cell: &LineCell, integer: bool) -> String {
    let min = cell.min;
    match (cell.min_open, cell.max) {
        _ if cell.is_point() => format!("{} {min}", joints.exactly),
        (false, None) => format!("{min} {}", joints.or_more),
        (true, None) => format!("{} {min}", joints.more_than),
        (false, Some(max)) if integer || !cell.max_open => format!("{min} {} {max}", joints.to),
        (false, Some(max)) => format!("{min} {} {} {max}", joints.to, joints.less_than),
        (true, Some(max)) if cell.max_open => {
            format!("{} {min}, {} {max}", joints.more_than, joints.less_than)
        }
        (true, Some(max)) => format!("{} {min}, {} {max}", joints.more_than, joints.at_most),
    }
}

/// The same with the fact's unit: "exactly 5 microservices".
pub fn values(joints: &Joints, fact: &Fact, values: &LineCell) -> String {
    let range = cell(joints, values, fact.fact_type == FactType::Integer);
    match &fact.unit {
        Some(unit) if values.max == Some(1.0) && values.is_point() => format!("{range} {}", unit.one),
        Some(unit) if unit.other.starts_with('%') => format!("{range}{}", unit.other),
        Some(unit) => format!("{range} {}", unit.other),
        None => range,
    }
}

#[cfg(test)]
mod tests;
