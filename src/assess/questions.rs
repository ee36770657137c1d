//! The next question: which fact, if it were known, would tell most.

use super::Ratio;
use super::cells::Cells;
use super::judgement::Judgement;
use super::knowledge::Knowledge;
use super::possible::Search;
use super::rules::Rules;
use super::truth::{Known, Truth};
use crate::model::ListKind;
use crate::model::condition::FactIx;

/// A fact worth asking for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub fact: FactIx,
    /// The expected drop in the number of possible verdicts, summed over capabilities, every remaining cell of the fact
    /// counting alike; and one half for each unsettled capability in which no trigger holds and an open one reads it.
    pub gain: Ratio,
    /// Unsettled capabilities in which an open statement reads it.
    pub touches: usize,
    /// Of these, how many some answer would settle.
    pub could_settle: usize,
}

/// What one fact would tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// Σ over capabilities and remaining cells of the drop in possible verdicts.
    drop: u128,
    /// Capabilities without a holding trigger that it could make relevant.
    relevant: u128,
    touches: usize,
    could_settle: usize,
    /// Σ 1 / unknown facts, over the open statements that read it.
    share: Ratio,
}

/// Facts to ask for, most telling first: by gain; if none gains anything, by the share they have in open statements;
/// then capabilities touched, then declared order. Facts answered "I don't know" are left out.
pub(crate) fn questions(told: Vec<Vec<(FactIx, Tally)>>, knowledge: &[Knowledge], cells: &[Cells]) -> Vec<Question> {
    let mut tallies: Vec<Option<Tally>> = vec![None; knowledge.len()];
    for (fact, more) in told.into_iter().flatten() {
        let tally = tallies[fact.0].get_or_insert_default();
        tally.drop += more.drop;
        tally.relevant += more.relevant;
        tally.touches += more.touches;
        tally.could_settle += more.could_settle;
        tally.share = tally.share.plus(more.share);
    }
    let mut found: Vec<(Question, Ratio)> = tallies
        .into_iter()
        .enumerate()
        .filter_map(|(n, tally)| {
            let Tally { drop, relevant, touches, could_settle, share } = tally?;
            let cells = knowledge[n].count(&cells[n]);
            let gain = Ratio::new(2 * drop + relevant * cells, 2 * cells);
            Some((Question { fact: FactIx(n), gain, touches, could_settle }, share))
        })
        .collect();
    let none_gains = found.iter().all(|(question, _)| question.gain == Ratio::ZERO);
    let worth = |(question, share): &(Question, Ratio)| if none_gains { *share } else { question.gain };
    found.sort_by(|a, b| worth(b).cmp(&worth(a)).then(b.0.touches.cmp(&a.0.touches)).then(a.0.fact.cmp(&b.0.fact)));
    found.into_iter().map(|(question, _)| question).collect()
}

/// What one capability has to say of each fact that its open statements read: nothing if it is settled.
pub(crate) fn told(
    rules: &Rules,
    known: &Known,
    judgement: &Judgement,
    knowledge: &[Knowledge],
    cells: &[Cells],
) -> Vec<(FactIx, Tally)> {
    let mut told = Vec::new();
    if !rules.shape.decides || judgement.is_settled() {
        return told;
    }
    let model = &rules.model;
    let before = u128::from(judgement.possible.verdicts.count());
    let no_trigger = rules.with(&judgement.truths, ListKind::Trigger, Truth::True).next().is_none();
    let mut search = Search::new(rules, known);
    for (at, component) in judgement.possible.components.iter().enumerate() {
        let beside = judgement.possible.beside(at);
        let mut vars: Vec<usize> =
            component.statements.iter().flat_map(|n| model.formulas[n].vars.iter().copied()).collect();
        vars.sort_unstable();
        vars.dedup();
        vars.retain(|&var| !known.is_fixed(var));
        for var in vars {
            let fact = model.vars[var].fact.0;
            if knowledge[fact] == Knowledge::Unknown {
                continue;
            }
            let readers =
                || component.statements.iter().filter(|&n| model.formulas[n].vars.binary_search(&var).is_ok());
            // Each fact once: components share no open variable.
            let mut tally = Tally { touches: 1, ..Tally::default() };
            let weights = knowledge[fact].weights(&model.vars[var], &cells[fact]);
            let mut settles = false;
            for class in known.remaining[var].iter() {
                let outcomes = search.with_fixed(component, var, class);
                let after = u128::from(beside.combine(outcomes).verdicts(rules.shape).count());
                tally.drop += weights[class] * before.saturating_sub(after);
                settles |= after == 1;
            }
            tally.could_settle += usize::from(settles);
            tally.relevant += u128::from(no_trigger && readers().any(|n| rules.list(n) == ListKind::Trigger));
            for n in readers() {
                let unknown = model.formulas[n].vars.iter().filter(|&&var| !known.is_fixed(var)).count();
                tally.share = tally.share.plus(Ratio::new(1, unknown as u128));
            }
            told.push((FactIx(fact), tally));
        }
    }
    told
}
