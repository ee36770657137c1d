//! The judgement of one capability: every statement's truth, what is possible, and the verdict.

use super::bits::Bits;
use super::possible::{Possible, Search};
use super::rules::{Rule, Rules, Verdicts};
use super::truth::{Known, Truth};
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
        let truths = (0..rules.statements.len()).map(|n| rules.model.truth(n, known)).collect();
        Judgement::from(rules, known, truths)
    }

    /// The judgement if the classes that remain of these variables were others than in `known`, for which `self` is.
    pub fn with(&self, rules: &Rules, known: &Known, changes: &[(usize, Bits)]) -> Judgement {
        let mut known = known.clone();
        for (var, remaining) in changes {
            rules.model.set(&mut known, *var, remaining.clone());
        }
        let mut truths = self.truths.clone();
        for (n, truth) in truths.iter_mut().enumerate() {
            let vars = &rules.model.formulas[n].vars;
            if changes.iter().any(|(var, _)| vars.contains(var)) {
                *truth = rules.model.truth(n, &known);
            }
        }
        Judgement::from(rules, &known, truths)
    }

    /// The verdict, and whether it is settled, if fewer classes remained of these variables than in `known`, for which
    /// `self` is: the same as by [`with`](Self::with), but only what hangs together with them is looked at again.
    pub fn narrowed(&self, rules: &Rules, known: &Known, changes: &[(usize, Bits)]) -> (Verdict, bool) {
        let reads = |n: usize| changes.iter().any(|(var, _)| rules.model.formulas[n].vars.contains(var));
        let mut known = known.clone();
        for (var, remaining) in changes {
            rules.model.set(&mut known, *var, remaining.clone());
        }
        let mut truths = self.truths.clone();
        for (n, truth) in truths.iter_mut().enumerate() {
            if *truth == Truth::Unknown && reads(n) {
                *truth = rules.model.truth(n, &known);
            }
        }
        let mut search = Search::new(rules, &known);
        let mut outcomes = self.possible.decided;
        for component in &self.possible.components {
            let touched = component.statements.iter().any(reads);
            outcomes = outcomes.combine(if touched { search.again(component) } else { component.outcomes });
        }
        let possible = outcomes.verdicts(rules.shape);
        (decide(rules.apply(&truths), possible).0, possible.count() == 1)
    }

    fn from(rules: &Rules, known: &Known, truths: Vec<Truth>) -> Judgement {
        let possible = Possible::of(rules, known, &truths);
        let (verdict, rule) = decide(rules.apply(&truths), possible.verdicts);
        Judgement { truths, possible, verdict, rule }
    }

    pub fn is_settled(&self) -> bool {
        self.possible.verdicts.count() == 1
    }

    /// The statements that can still change the verdict, in declared order.
    pub fn open(&self) -> Vec<usize> {
        let mut open: Vec<usize> = self.possible.components.iter().flat_map(|c| c.statements.iter()).collect();
        open.sort_unstable();
        open
    }
}

/// What the rules say, unless only another verdict is possible, or theirs is not.
fn decide((verdict, rule): (Verdict, Rule), possible: Verdicts) -> (Verdict, Rule) {
    match possible.first() {
        Some(only) if possible.count() == 1 && only != verdict => (only, Rule::EveryCompletion),
        Some(first) if verdict != Verdict::Open && !possible.has(verdict) => (first, Rule::EveryCompletion),
        _ => (verdict, rule),
    }
}
