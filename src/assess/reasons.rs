//! Reasons: what a verdict rests on, and what speaks against it.

use super::judgement::Judgement;
use super::rules::{Rule, Rules};
use super::truth::{Known, Truth};
use crate::model::{ListKind, Verdict};

/// The statements that a verdict rests on, in declared order.
///
/// `EveryCompletion`: the unknown statements of which one must hold, beside those that hold. Where nothing must, but
/// the verdict is the same either way, all that are open.
pub(crate) fn because(rules: &Rules, known: &Known, judgement: &Judgement) -> Vec<usize> {
    let truths = &judgement.truths;
    let with = |list, truth| rules.with(truths, list, truth);
    let mut found: Vec<usize> = match (judgement.rule, judgement.verdict) {
        (Rule::NotWhen, _) => with(ListKind::NotWhen, Truth::True).collect(),
        (Rule::Later, _) => with(ListKind::Later, Truth::True).collect(),
        (Rule::NoTrigger, Verdict::Open) => with(ListKind::Trigger, Truth::Unknown).collect(),
        (Rule::NoTrigger, _) => with(ListKind::Trigger, Truth::False).collect(),
        (Rule::Staged, _) => {
            let activate = (0..truths.len()).filter(|&n| rules.list(n) == ListKind::ActivateWhen);
            with(ListKind::Trigger, Truth::True).chain(activate).collect()
        }
        (Rule::Now, _) => with(ListKind::Trigger, Truth::True).chain(with(ListKind::Now, Truth::True)).collect(),
        (Rule::NothingPresses, _) => {
            with(ListKind::Trigger, Truth::True).chain(with(ListKind::Now, Truth::False)).collect()
        }
        (Rule::EveryCompletion, verdict) => every_completion(rules, known, judgement, verdict),
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// Under skip and wait: what holds of the triggers and of the reasons to act now.
pub(crate) fn against(rules: &Rules, judgement: &Judgement) -> Vec<usize> {
    if !matches!(judgement.verdict, Verdict::Skip | Verdict::Wait) {
        return Vec::new();
    }
    let lists = [ListKind::Trigger, ListKind::Now];
    lists.into_iter().flat_map(|list| rules.with(&judgement.truths, list, Truth::True)).collect()
}

fn every_completion(rules: &Rules, known: &Known, judgement: &Judgement, verdict: Verdict) -> Vec<usize> {
    let truths = &judgement.truths;
    let unknown = |lists: &[ListKind]| -> Vec<usize> {
        (0..truths.len()).filter(|&n| truths[n] == Truth::Unknown && lists.contains(&rules.list(n))).collect()
    };
    // What stands in the way of relevance decides first.
    let stops: &[ListKind] = match verdict {
        Verdict::Skip => &[ListKind::NotWhen],
        Verdict::Wait => &[ListKind::NotWhen, ListKind::Later],
        _ => &[],
    };
    if let Some(group) = cover(rules, known, unknown(stops)) {
        return group;
    }
    if matches!(verdict, Verdict::Skip | Verdict::Wait) {
        return unknown(&[ListKind::Trigger, ListKind::NotWhen, ListKind::Later]);
    }
    // Relevant: each list that must hold does so by a statement that holds, or by a group of which one must.
    let mut found = Vec::new();
    for list in [ListKind::Trigger, ListKind::Now] {
        let holding: Vec<usize> = rules.with(truths, list, Truth::True).collect();
        if !holding.is_empty() {
            found.extend(holding);
        } else if let Some(group) = cover(rules, known, unknown(&[list])) {
            found.extend(group);
        }
    }
    found.extend((0..truths.len()).filter(|&n| rules.list(n) == ListKind::ActivateWhen));
    if found.is_empty() { judgement.open() } else { found }
}

/// The fewest of these statements (the first of several, by leaving out from the end) of which one holds in every
/// completion; None if none need hold.
fn cover(rules: &Rules, known: &Known, statements: Vec<usize>) -> Option<Vec<usize>> {
    let can_all_fail = |group: &[usize]| {
        let goals: Vec<(usize, bool)> = group.iter().map(|&n| (n, false)).collect();
        rules.model.witness(known, &goals).map_or(true, |found| found.is_some())
    };
    if can_all_fail(&statements) {
        return None;
    }
    let mut group = statements;
    for at in (0..group.len()).rev() {
        let mut fewer = group.clone();
        fewer.remove(at);
        if !can_all_fail(&fewer) {
            group = fewer;
        }
    }
    Some(group)
}
