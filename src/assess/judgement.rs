//! The judgement of one capability: every statement's truth, what is possible, and the verdict.

use super::possible::Possible;
use super::rules::{Rule, Rules};
use super::truth::{Bits, Known, Truth};
use crate::model::Verdict;

/// What is known of one capability.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    /// The exact truth of each statement.
    pub truths: Vec<Truth>,
    pub possible: Possible,
    pub verdict: Verdict,
    pub rule: Rule,
}

impl Judgement {
    pub fn of(rules: &Rules, known: &Known) -> Judgement {
        let truths: Vec<Truth> = (0..rules.statements.len()).map(|n| rules.model.truth(n, known)).collect();
        let possible = Possible::of(rules, known, &truths);
        let (verdict, rule) = rules.apply(&truths);
        let all = possible.verdicts;
        let (verdict, rule) = match all.first() {
            Some(only) if all.count() == 1 && only != verdict => (only, Rule::EveryCompletion),
            Some(first) if verdict != Verdict::Open && !all.has(verdict) => (first, Rule::EveryCompletion),
            _ => (verdict, rule),
        };
        Judgement { truths, possible, verdict, rule }
    }

    /// The judgement if the classes that remain of these variables were others.
    pub fn with(rules: &Rules, known: &Known, changes: &[(usize, Bits)]) -> Judgement {
        let mut known = known.clone();
        for (var, remaining) in changes {
            rules.model.set(&mut known, *var, remaining.clone());
        }
        Judgement::of(rules, &known)
    }

    pub fn is_settled(&self) -> bool {
        self.possible.verdicts.count() == 1
    }

    /// The statements that can still change the verdict, in declared order.
    pub fn open(&self) -> Vec<usize> {
        let mut open: Vec<usize> = self.possible.components.iter().flat_map(|c| c.statements.iter().copied()).collect();
        open.sort_unstable();
        open
    }
}
