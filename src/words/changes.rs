//! Reasons, and what would change a verdict, in words: "more than 5 microservices (yours: 8 microservices)".

use super::{WORDS, answer, boolean, bound, chosen, empty_set, fill, join, number, tree};
use crate::assess::cells::{conditions, leaves_of, lowest};
use crate::assess::lanes::LineCell;
use crate::assess::{Change, Flip, Needed, StatementState, Truth, Way};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{
    Answer, Capability, Condition, Expr, Fact, FactType, ListKind, Literal, Op, Profile, Statement, TradeOffBody,
    Verdict,
};

/// The words for a verdict, as the site has them: "Worthwhile", "Probably not yet".
pub fn verdict(catalog: &Catalog, verdict: Verdict, settled: bool) -> String {
    match catalog.site.verdicts.get(&verdict) {
        Some(words) if settled => words.label.clone(),
        Some(words) => words.probably.clone(),
        None => verdict.name().to_owned(),
    }
}

/// The statement that a state is of. Of `use_when` statements, that of this row of the trade-off.
pub fn statement<'c>(
    capability: &'c Capability<Condition>,
    state: &StatementState,
    row: Option<usize>,
) -> Option<&'c Statement<Condition>> {
    if state.list == ListKind::UseWhen {
        return match &capability.trade_off.as_ref()?.body {
            TradeOffBody::Options(rows) => rows.get(row?)?.use_when.get(state.place),
            TradeOffBody::Columns { .. } => None,
        };
    }
    let (_, list) = capability.lists().into_iter().find(|(kind, _)| *kind == state.list)?;
    list.get(state.place)
}

/// What a statement's condition comes to in a situation: as it is where it holds or is unknown, turned round where it
/// does not hold; with the answers that decided: "more than 5 microservices (yours: 8 microservices)".
pub fn reason(catalog: &Catalog, condition: &Condition, truth: Truth, profile: &Profile) -> String {
    let words = tree(catalog, &condition.expr, truth == Truth::False, false);
    let given = given(catalog, condition, truth, &words, profile);
    if given.is_empty() { words } else { format!("{words} ({}: {})", WORDS.yours, given.join(", ")) }
}

/// The known answers that a condition reads, as far as its words do not say them already.
fn given(catalog: &Catalog, condition: &Condition, truth: Truth, words: &str, profile: &Profile) -> Vec<String> {
    let alone = condition.facts.len() == 1;
    // Joined by "and" alone, what is said holds part by part.
    let plain = truth != Truth::Unknown && !joins(&condition.expr, truth == Truth::True);
    condition
        .facts
        .iter()
        .filter_map(|&ix| {
            let fact = catalog.fact(ix);
            let given = profile.get(ix).filter(|a| **a != Answer::Unknown)?;
            let answer = answer(catalog, ix, given);
            let none = match given {
                Answer::Set(ids) if ids.is_empty() => fact.words.none.as_deref(),
                _ => None,
            };
            let repeated = words.contains(&answer) || none.is_some_and(|none| words.contains(none));
            let said = match given {
                Answer::Bool(_) => plain || alone,
                _ => plain && repeated,
            };
            let speaks = fact.fact_type.is_ordered() && fact.unit.is_some();
            match () {
                () if said => None,
                () if alone || speaks => Some(answer),
                () => Some(format!("{}: {answer}", fact.title)),
            }
        })
        .collect()
}

/// True if the words of a tree join parts by "or"; `holds` is false where it is said turned round.
fn joins(expr: &Expr<FactIx>, holds: bool) -> bool {
    match expr {
        Expr::Or(parts) => holds || parts.iter().any(|part| joins(part, holds)),
        Expr::And(parts) => !holds || parts.iter().any(|part| joins(part, holds)),
        Expr::Not(part) => joins(part, !holds),
        Expr::In { members, .. } => holds && members.len() > 1,
        _ => false,
    }
}

/// The titles of the facts that a condition reads and a profile does not answer with one value.
pub fn missing<'c>(catalog: &'c Catalog, condition: &Condition, profile: &Profile) -> Vec<&'c str> {
    let is_missing = |ix: &&FactIx| {
        matches!(profile.get(**ix), None | Some(Answer::Unknown | Answer::Range { .. } | Answer::OneOf(_)))
    };
    condition.facts.iter().filter(is_missing).map(|ix| catalog.fact(*ix).title.as_str()).collect()
}

/// Ways joined by "or", at most `most` of them: "GDPR applies, or more than 10 developers".
pub fn ways(catalog: &Catalog, ways: &[Way], most: usize) -> String {
    let said: Vec<String> = ways.iter().take(most).map(|w| way(catalog, w)).collect();
    let several = ways.iter().any(|way| way.needs.len() > 1);
    match (&said[..], several) {
        ([first, rest @ ..], true) if !rest.is_empty() => {
            rest.iter().fold(first.clone(), |all, one| format!("{all}; {} {one}", WORDS.or))
        }
        _ => join(&said, WORDS.or),
    }
}

/// The answers of one way: "mTLS between services is required and DORA applies".
pub fn way(catalog: &Catalog, way: &Way) -> String {
    let needs: Vec<String> = way.needs.iter().map(|(fact, n)| needed(catalog, *fact, n)).collect();
    join(&needs, WORDS.and)
}

/// What an answer must be: "more than 10 developers", "DORA applies".
pub fn needed(catalog: &Catalog, ix: FactIx, needed: &Needed) -> String {
    let fact = catalog.fact(ix);
    match needed {
        Needed::Bool(yes) => boolean(fact, *yes),
        Needed::Numbers(runs) => {
            let runs: Vec<String> = runs.iter().map(|run| run_of(catalog, ix, run)).collect();
            join(&runs, WORDS.or)
        }
        Needed::Options(ids) => {
            let others: Vec<String> =
                fact.options.iter().map(|o| o.id.clone()).filter(|id| !ids.contains(id)).collect();
            match &others[..] {
                // "not simple" is shorter than all the rest.
                [_] if ids.len() > 1 => chosen(fact, &others, false),
                _ => chosen(fact, ids, true),
            }
        }
        Needed::Set { with, without, empty: is_empty } => {
            let mut parts: Vec<String> = Vec::new();
            parts.extend(is_empty.map(|yes| empty_set(fact, yes)));
            parts.extend(with.iter().map(|id| chosen(fact, std::slice::from_ref(id), true)));
            if !without.is_empty() {
                parts.push(chosen(fact, without, false));
            }
            join(&parts, WORDS.and)
        }
    }
}

/// How a known fact would have to change: "at most 5 microservices", "DORA applies too".
pub fn flip(catalog: &Catalog, flip: &Flip) -> String {
    let fact = catalog.fact(flip.fact);
    match &flip.change {
        Change::To(to) => needed(catalog, flip.fact, to),
        Change::Add(ids) => chosen(fact, ids, true),
        Change::Remove(ids) => chosen(fact, ids, false),
    }
}

/// A run of values as a bound with its unit, said as conditions say it where one of them names the bound.
fn run_of(catalog: &Catalog, ix: FactIx, run: &LineCell) -> String {
    let fact = catalog.fact(ix);
    if run.is_point() {
        return number(fact, Op::Eq, run.min);
    }
    let whole = fact.fact_type == FactType::Integer;
    let named = |n: f64| thresholds(catalog, ix).contains(&n);
    let low = match run.min_open {
        true => (Op::Gt, run.min),
        false if whole && named(run.min - 1.0) && !named(run.min) => (Op::Gt, run.min - 1.0),
        false => (Op::Ge, run.min),
    };
    let high = run.max.map(|max| match run.max_open {
        true => (Op::Lt, max),
        false if whole && named(max + 1.0) && !named(max) => (Op::Lt, max + 1.0),
        false => (Op::Le, max),
    });
    let from_the_lowest = !run.min_open && run.min <= lowest(fact);
    match high {
        None => number(fact, low.0, low.1),
        Some((op, max)) if from_the_lowest => number(fact, op, max),
        Some(high) => between(fact, low, high),
    }
}

fn between(fact: &Fact, low: (Op, f64), high: (Op, f64)) -> String {
    let (from, to) = (bound(fact, low.0, low.1), bound(fact, high.0, high.1));
    let both = format!("{from} {} {to}", WORDS.and);
    match &fact.words.yes {
        Some(words) => fill(words, &both),
        None if fact.unit.is_some() => both,
        None => format!("{}: {both}", fact.title),
    }
}

/// The numbers that conditions compare a fact with.
fn thresholds(catalog: &Catalog, ix: FactIx) -> Vec<f64> {
    let mut found = Vec::new();
    for condition in conditions(catalog).filter(|c| c.facts.contains(&ix)) {
        leaves_of(&condition.expr, &mut |leaf| {
            if let Expr::Compare { fact, value: Literal::Number(n), .. } = leaf
                && *fact == ix
            {
                found.push(*n);
            }
        });
    }
    found
}
