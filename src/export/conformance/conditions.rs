//! Random conditions of every form, and random situations under which they hold, fail, or are not known to.

use std::sync::Arc;

use super::dice::Dice;
use crate::assess::{self, Truth};
use crate::export::condition::{self, Tree};
use crate::model::condition::FactIx;
use crate::model::{Answer, Choice, Expr, Fact, FactType, Literal, Op, Profile, Span, Spanned, Text, Words};

/// How many conditions there are, and how many situations for each.
const CONDITIONS: usize = 1_000;
const ROWS: usize = 6;
const SEED: u64 = 20_261_125;

/// A condition under several situations.
pub struct ConditionVector {
    pub expr: Expr<FactIx>,
    pub rows: Vec<(Profile, Truth)>,
}

impl ConditionVector {
    /// The condition as CEL.
    pub fn cel(&self, facts: &[Fact]) -> String {
        condition::cel_of(facts, &self.expr)
    }

    /// The condition as a tree.
    pub fn tree(&self, facts: &[Fact]) -> Tree {
        condition::tree_of(facts, &self.expr)
    }
}

/// The facts that the conditions read, and the conditions.
pub fn conditions() -> (Vec<Fact>, Vec<ConditionVector>) {
    let facts = facts();
    let mut dice = Dice::new(SEED);
    let mut vectors: Vec<ConditionVector> = Vec::with_capacity(CONDITIONS);
    while vectors.len() < CONDITIONS {
        let n = vectors.len();
        // The first are leaves of every form in turn; then trees, half of them over few facts, which then repeat.
        let expr = match n {
            0..200 => leaf(&mut dice, &facts, n, facts.len()),
            _ if n.is_multiple_of(2) => tree(&mut dice, &facts, 3, 2),
            _ => tree(&mut dice, &facts, 2, facts.len()),
        };
        let mut read = Vec::new();
        expr.each_fact(&mut |fact| read.push(*fact));
        read.sort_unstable();
        read.dedup();
        let row = |dice: &mut Dice, row: usize| {
            let profile = situation(dice, &facts, &read, row);
            let truth = assess::truth(&facts, &expr, &profile);
            (profile, truth)
        };
        let rows = (0..ROWS).map(|n| row(&mut dice, n)).collect();
        vectors.push(ConditionVector { expr, rows });
    }
    (facts, vectors)
}

fn facts() -> Vec<Fact> {
    let fact = |id: &str, fact_type: FactType, range: Option<(f64, f64)>, options: &[&str]| Fact {
        id: id.to_owned(),
        topic: String::new(),
        title: id.to_owned(),
        question: Text::default(),
        help: None,
        measure: None,
        fact_type,
        unit: None,
        range,
        options: options.iter().map(|id| Choice { id: (*id).into(), label: (*id).into(), span: nowhere() }).collect(),
        words: Words::default(),
        aliases: Vec::new(),
        span: nowhere(),
    };
    vec![
        fact("yes_or_no", FactType::Boolean, None, &[]),
        fact("on_call", FactType::Boolean, None, &[]),
        fact("services", FactType::Integer, None, &[]),
        fact("balance", FactType::Integer, Some((-5.0, 20.0)), &[]),
        fact("hours", FactType::Number, None, &[]),
        fact("degrees", FactType::Number, Some((-2.5, 9.0)), &[]),
        fact("cloud", FactType::Choice, None, &["aws", "azure", "gcp", "none-of-these"]),
        fact("regimes", FactType::Choices, None, &["gdpr", "dora", "pci-dss"]),
        fact("tools", FactType::Choices, None, &["helm", "flux"]),
    ]
}

fn nowhere() -> Span {
    Span::new(&Arc::from(""), 0..0)
}

/// A tree of at most this depth over the first facts of a window.
fn tree(dice: &mut Dice, facts: &[Fact], depth: usize, window: usize) -> Expr<FactIx> {
    let from = dice.roll(facts.len());
    let near: Vec<usize> = (0..window).map(|n| (from + n) % facts.len()).collect();
    grow(dice, facts, depth, &near)
}

fn grow(dice: &mut Dice, facts: &[Fact], depth: usize, near: &[usize]) -> Expr<FactIx> {
    if depth == 0 || dice.rare(4) {
        let fact = *dice.one(near);
        let form = dice.roll(6);
        return leaf_of(dice, facts, fact, form);
    }
    match dice.roll(5) {
        0 => Expr::Not(Box::new(grow(dice, facts, depth - 1, near))),
        kind => {
            let mut parts = Vec::new();
            for _ in 0..2 + dice.roll(2) {
                // `And` and `Or` are flat: a part of the same kind gives its own parts.
                match (kind % 2 == 0, grow(dice, facts, depth - 1, near)) {
                    (true, Expr::Or(inner)) | (false, Expr::And(inner)) => parts.extend(inner),
                    (_, part) => parts.push(part),
                }
            }
            if kind % 2 == 0 { Expr::Or(parts) } else { Expr::And(parts) }
        }
    }
}

/// The leaf of a turn: every fact with every form that it can take.
fn leaf(dice: &mut Dice, facts: &[Fact], turn: usize, window: usize) -> Expr<FactIx> {
    leaf_of(dice, facts, turn % window, turn / window)
}

const OPS: [Op; 6] = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge];

/// A leaf over a fact; `form` chooses among those of its type.
fn leaf_of(dice: &mut Dice, facts: &[Fact], fact: usize, form: usize) -> Expr<FactIx> {
    let ix = FactIx(fact);
    let of = &facts[fact];
    let word = |id: &str| Spanned::new(id.to_owned(), nowhere());
    let compare = |op: Op, value: Literal| Expr::Compare { fact: ix, op, value, span: nowhere() };
    let ids: Vec<&str> = of.options.iter().map(|option| option.id.as_str()).collect();
    match of.fact_type {
        FactType::Boolean => match form % 3 {
            0 => Expr::Is(ix),
            1 => compare(OPS[form / 3 % 2], Literal::Bool(dice.rare(2))),
            _ => Expr::Not(Box::new(Expr::Is(ix))),
        },
        FactType::Integer => compare(OPS[form % 6], Literal::Number(threshold(dice, of).trunc())),
        FactType::Number => compare(OPS[form % 6], Literal::Number(threshold(dice, of))),
        FactType::Choice => match form % 3 {
            2 => {
                let mut members = dice.some(&ids);
                if members.is_empty() {
                    members.push(ids[0]);
                }
                Expr::In { fact: ix, members: members.into_iter().map(word).collect() }
            }
            form => compare(OPS[form], Literal::Choice((*dice.one(&ids)).to_owned())),
        },
        FactType::Choices => match form % 3 {
            0 => Expr::Empty(ix),
            _ => Expr::Contains { fact: ix, member: word(dice.one::<&str>(&ids)) },
        },
    }
}

/// A number that conditions compare with: small, so that they meet; halves where the fact has them.
fn threshold(dice: &mut Dice, fact: &Fact) -> f64 {
    let low = fact.range.map_or(0.0, |(low, _)| low.trunc());
    let half = if fact.fact_type == FactType::Number && dice.rare(2) { 0.5 } else { 0.0 };
    low + dice.roll(8) as f64 + half
}

/// What is known in one situation of the facts that a condition reads. The first is complete; the others leave open
/// what they leave open.
fn situation(dice: &mut Dice, facts: &[Fact], read: &[FactIx], row: usize) -> Profile {
    let mut profile = Profile::default();
    for &ix in read {
        let fact = &facts[ix.0];
        let answer = match (row, dice.roll(8)) {
            (1.., 0) => continue,
            (1.., 1) => Answer::Unknown,
            (2.., 2 | 3) => open(dice, fact).unwrap_or_else(|| value(dice, fact)),
            _ => value(dice, fact),
        };
        profile.answers.insert(ix, answer);
    }
    profile
}

/// One value of a fact.
fn value(dice: &mut Dice, fact: &Fact) -> Answer {
    let ids: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
    match fact.fact_type {
        FactType::Boolean => Answer::Bool(dice.rare(2)),
        FactType::Integer => Answer::Number(threshold(dice, fact).trunc()),
        FactType::Number => Answer::Number(threshold(dice, fact) + if dice.rare(4) { 0.25 } else { 0.0 }),
        FactType::Choice => Answer::Choice(dice.one(&ids).clone()),
        FactType::Choices => Answer::Set(dice.some(&ids).into_iter().collect()),
    }
}

/// Several values of a fact, of which one is true; None for types of which that cannot be said.
fn open(dice: &mut Dice, fact: &Fact) -> Option<Answer> {
    let ids: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
    match fact.fact_type {
        FactType::Integer | FactType::Number => {
            let min = threshold(dice, fact);
            let min = if fact.fact_type == FactType::Integer { min.trunc() } else { min };
            let max = min + dice.roll(4) as f64;
            Some(match dice.roll(3) {
                0 => Answer::Range { min: Some(min), max: None },
                1 => Answer::Range { min: None, max: Some(max.max(0.0)) },
                _ => Answer::Range { min: Some(min), max: Some(max) },
            })
        }
        FactType::Choice => {
            let some = dice.some(&ids);
            (!some.is_empty()).then(|| Answer::OneOf(some.into_iter().collect()))
        }
        FactType::Boolean | FactType::Choices => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::assess::unusable_of;
    use crate::export::condition::OPS;

    /// The `op` of every node. A new form of condition does not compile until it is here, and then it must occur.
    fn forms(expr: &Expr<FactIx>, seen: &mut BTreeSet<&'static str>) {
        let op = match expr {
            Expr::Or(parts) => {
                parts.iter().for_each(|part| forms(part, seen));
                "or"
            }
            Expr::And(parts) => {
                parts.iter().for_each(|part| forms(part, seen));
                "and"
            }
            Expr::Not(part) => {
                forms(part, seen);
                "not"
            }
            Expr::Is(_) => "is",
            Expr::Compare { op, value, .. } => {
                seen.insert(match value {
                    Literal::Bool(_) => "a boolean",
                    Literal::Number(_) => "a number",
                    Literal::Choice(_) => "an option",
                });
                match op {
                    Op::Eq => "==",
                    Op::Ne => "!=",
                    Op::Lt => "<",
                    Op::Le => "<=",
                    Op::Gt => ">",
                    Op::Ge => ">=",
                }
            }
            Expr::In { .. } => "in",
            Expr::Contains { .. } => "contains",
            Expr::Empty(_) => "empty",
        };
        seen.insert(op);
    }

    #[test]
    fn every_form_of_condition_and_of_answer_occurs() {
        let (facts, vectors) = conditions();
        let (mut seen, mut answers, mut truths) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut rows = 0;
        for vector in &vectors {
            forms(&vector.expr, &mut seen);
            for (profile, truth) in &vector.rows {
                rows += 1;
                truths.insert(truth.name());
                for (ix, answer) in &profile.answers {
                    assert!(unusable_of(&facts[ix.0], answer).is_none(), "{answer:?}");
                    answers.insert(match answer {
                        Answer::Unknown => "unknown",
                        Answer::Bool(_) => "boolean",
                        Answer::Number(_) => "number",
                        Answer::Range { .. } => "range",
                        Answer::Choice(_) => "option",
                        Answer::OneOf(_) => "one of",
                        Answer::Set(_) => "set",
                    });
                }
            }
        }
        let literals = ["a boolean", "a number", "an option"];
        let all: BTreeSet<&str> = OPS.into_iter().chain(literals).collect();
        assert_eq!(seen, all);
        assert_eq!(answers.len(), 7, "{answers:?}");
        assert_eq!(truths.len(), 3);
        assert!(rows >= 5_000, "{rows}");
    }

    /// What is known alone decides: an exact truth is never against what Kleene's logic says, and `x > 5 || x <= 5` is
    /// true although nothing is known.
    #[test]
    fn some_conditions_are_decided_although_their_facts_are_not() {
        let (_, vectors) = conditions();
        let decided = vectors.iter().flat_map(|v| &v.rows).filter(|(profile, truth)| {
            truth.is_known() && profile.answers.values().any(|a| matches!(a, Answer::Unknown | Answer::Range { .. }))
        });
        assert!(decided.count() > 200);
    }
}
