//! Verdicts and reasons in words: "more than 5 microservices (yours: 8 microservices)".

use super::{answer, boolean, chosen, empty_set, join, tree, way};
use crate::assess::{CapabilityAssessment, StatementState, Truth, Way};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Answer, Capability, Condition, Expr, ListKind, Profile, Statement, TradeOffBody, Verdict};

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
    if given.is_empty() { words } else { format!("{words} ({}: {})", catalog.site.joints.yours, given.join("; ")) }
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

/// The known answers that a condition reads, each said on its own: "8 microservices", "mTLS between services is not
/// required", "Compliance regimes: GDPR".
pub fn answers(catalog: &Catalog, condition: &Condition, profile: &Profile) -> Vec<String> {
    condition
        .facts
        .iter()
        .filter_map(|&ix| {
            let fact = catalog.fact(ix);
            let given = profile.get(ix).filter(|a| **a != Answer::Unknown)?;
            Some(match given {
                Answer::Bool(yes) => boolean(&catalog.site.joints, fact, *yes),
                Answer::Choice(id) => chosen(&catalog.site.joints, fact, std::slice::from_ref(id), true),
                Answer::Set(ids) if ids.is_empty() => empty_set(&catalog.site.joints, fact, true),
                _ if fact.fact_type.is_ordered() && fact.unit.is_some() => answer(catalog, ix, given),
                _ => format!("{}: {}", fact.title, answer(catalog, ix, given)),
            })
        })
        .collect()
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
            rest.iter().fold(first.clone(), |all, one| format!("{all}; {} {one}", &catalog.site.joints.or))
        }
        _ => join(&said, &catalog.site.joints.or),
    }
}

/// Something that would change a verdict, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeInWords {
    /// What the verdict would be, and whether it would be settled.
    pub to: Verdict,
    pub settled: bool,
    /// What would have to be so: "more than 10 microservices".
    pub text: String,
    /// True where all of it must change together.
    pub together: bool,
}

/// What would change a verdict, each once: of one that is not settled what may turn out, of a settled one what would
/// have to be otherwise.
pub fn changes(catalog: &Catalog, found: &CapabilityAssessment) -> Vec<ChangeInWords> {
    let said = |to, settled, text, together| ChangeInWords { to, settled, text, together };
    let all: Vec<ChangeInWords> = match &found.flips_together {
        _ if !found.settled => {
            found.unless.iter().map(|u| said(u.to, u.settled, ways(catalog, &u.ways, MOST_WAYS), false)).collect()
        }
        Some(all) => vec![said(all.to, all.settled, way(catalog, &all.way), true)],
        None => {
            let flips = found.flips.iter();
            flips.map(|f| said(f.to, f.settled, super::change(catalog, f.fact, &f.change), false)).collect()
        }
    };
    once(all)
}

/// Each once, in order: two statements may come to the same sentence.
pub fn once<T: PartialEq>(sentences: Vec<T>) -> Vec<T> {
    let mut all: Vec<T> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        if !all.contains(&sentence) {
            all.push(sentence);
        }
    }
    all
}

/// More ways than this to one change are not told.
pub const MOST_WAYS: usize = 3;
