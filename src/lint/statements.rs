//! Statements by themselves and beside each other: what never holds, always holds, says nothing new, leads nowhere.

use super::{At, Finding, FindingKind, conditions};
use crate::assess::cells::Cells;
use crate::assess::truth::{Known, Model, Truth};
use crate::assess::{Knowledge, Needed};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Condition, ListKind, TradeOffBody};

/// With more conditions than this, each is only looked at by itself: every pair would be a question of its own.
const MOST_COMPARED: usize = 200;

/// The conditions of one capability, compiled together.
struct Statements<'a> {
    catalog: &'a Catalog,
    places: Vec<(At, &'a Condition)>,
    model: Model,
    known: Known,
    truths: Vec<Truth>,
}

/// Reports what is odd in the statements of one capability.
pub(super) fn check(catalog: &Catalog, cells: &[Cells], capability: usize, findings: &mut Vec<Finding>) {
    let places = conditions(catalog, capability);
    let model = Model::new(&catalog.facts, cells, places.iter().map(|(_, condition)| &condition.expr));
    let known = model.unknown();
    let truths = (0..places.len()).map(|n| model.truth(n, &known)).collect();
    let all = Statements { catalog, places, model, known, truths };
    let beside_each_other = all.places.len() <= MOST_COMPARED;
    for n in 0..all.places.len() {
        all.constant(n, findings);
        if !beside_each_other {
            continue;
        }
        all.redundant(n, findings);
        all.never_decides(n, findings);
        all.leads_nowhere(n, findings);
    }
    all.options(capability, findings);
}

impl Statements<'_> {
    /// What never or always holds.
    fn constant(&self, n: usize, findings: &mut Vec<Finding>) {
        let at = self.places[n].0;
        let kind = match self.truths[n] {
            Truth::False => FindingKind::NeverHolds { at },
            Truth::True => FindingKind::AlwaysHolds { at },
            Truth::Unknown => return,
        };
        findings.push(self.finding(kind, n, None, self.all_cells(&[n])));
    }

    /// What says nothing new beside another statement of its list. Of two that are equivalent, the later.
    fn redundant(&self, n: usize, findings: &mut Vec<Finding>) {
        let at = self.places[n].0;
        for (m, (other, _)) in self.places.iter().enumerate() {
            if m == n || (other.list, other.row) != (at.list, at.row) || !self.may_imply(n, m) {
                continue;
            }
            let (narrower, wider) = (self.implies(n, m), self.implies(m, n));
            // Of statements that must all hold, the wider one adds nothing; otherwise the narrower.
            let adds_nothing = if at.list == ListKind::ActivateWhen { wider } else { narrower };
            let kind = match (narrower && wider, adds_nothing) {
                (true, _) if m < n => FindingKind::Equivalent { at, to: *other },
                (false, true) => FindingKind::Implied { at, by: *other },
                _ => continue,
            };
            findings.push(self.finding(kind, n, Some(m), self.situation(&[(n, true), (m, true)])));
            return;
        }
    }

    /// A reason to wait that holds only where a not-when does.
    fn never_decides(&self, n: usize, findings: &mut Vec<Finding>) {
        let at = self.places[n].0;
        if at.list != ListKind::Later {
            return;
        }
        let covers =
            |m: &usize| self.places[*m].0.list == ListKind::NotWhen && self.may_imply(n, *m) && self.implies(n, *m);
        if let Some(m) = (0..self.places.len()).find(covers) {
            let kind = FindingKind::LaterNeverDecides { at, not_when: self.places[m].0 };
            findings.push(self.finding(kind, n, Some(m), self.situation(&[(n, true)])));
        }
    }

    /// A trigger that holds only where something rules out or delays.
    fn leads_nowhere(&self, n: usize, findings: &mut Vec<Finding>) {
        let at = self.places[n].0;
        if at.list != ListKind::Trigger || self.truths[n] == Truth::False {
            return;
        }
        let blocks = |m: &usize| matches!(self.places[*m].0.list, ListKind::NotWhen | ListKind::Later);
        let blocking: Vec<usize> = (0..self.places.len()).filter(blocks).collect();
        let mut goals = vec![(n, true)];
        goals.extend(blocking.iter().map(|&m| (m, false)));
        if self.model.witness(&self.known, &goals) != Ok(None) {
            return;
        }
        let alone = blocking.into_iter().find(|&m| self.implies(n, m));
        let kind = FindingKind::TriggerLeadsNowhere { at, blocked_by: alone.map(|m| self.places[m].0) };
        findings.push(self.finding(kind, n, alone, self.situation(&[(n, true)])));
    }

    /// Options whose reasons can never hold.
    fn options(&self, capability: usize, findings: &mut Vec<Finding>) {
        let rows = match self.catalog.capabilities[capability].trade_off.as_ref().map(|t| &t.body) {
            Some(TradeOffBody::Options(rows)) => rows,
            _ => return,
        };
        for (row, option) in rows.iter().enumerate() {
            let own: Vec<usize> = (0..self.places.len()).filter(|&n| self.places[n].0.row == Some(row)).collect();
            let all_conditioned = own.len() == option.use_when.len();
            if all_conditioned && !own.is_empty() && own.iter().all(|&n| self.truths[n] == Truth::False) {
                findings.push(Finding {
                    kind: FindingKind::OptionNeverFits { capability, row },
                    span: option.option.span.clone(),
                    other: None,
                    cells: self.all_cells(&own),
                });
            }
        }
    }

    /// Whether it is worth asking if one implies another: both can hold and fail, and they share a fact.
    fn may_imply(&self, n: usize, m: usize) -> bool {
        let facts = |n: usize| &self.places[n].1.facts;
        self.truths[n] == Truth::Unknown
            && self.truths[m] == Truth::Unknown
            && facts(n).iter().any(|fact| facts(m).contains(fact))
    }

    fn implies(&self, n: usize, m: usize) -> bool {
        self.model.witness(&self.known, &[(n, true), (m, false)]) == Ok(None)
    }

    fn finding(&self, kind: FindingKind, n: usize, other: Option<usize>, cells: Vec<(FactIx, Vec<Needed>)>) -> Finding {
        let span = |n: usize| self.places[n].1.span.clone();
        Finding { kind, span: span(n), other: other.map(span), cells }
    }

    /// One situation in which these statements hold or fail, as far as it matters.
    fn situation(&self, goals: &[(usize, bool)]) -> Vec<(FactIx, Vec<Needed>)> {
        let Ok(Some(classes)) = self.model.witness(&self.known, goals) else { return Vec::new() };
        let fixed = classes.iter().enumerate().filter(|(_, class)| **class != usize::MAX);
        fixed.map(|(var, &class)| (self.model.vars[var].fact, vec![self.class(var, class)])).collect()
    }

    /// Every cell of the facts that these statements read, as far as they tell them apart.
    fn all_cells(&self, statements: &[usize]) -> Vec<(FactIx, Vec<Needed>)> {
        let mut vars: Vec<usize> = statements.iter().flat_map(|&n| self.model.formulas[n].vars.clone()).collect();
        vars.sort_unstable();
        vars.dedup();
        let cells = |var: usize| (0..self.model.vars[var].classes).map(|class| self.class(var, class)).collect();
        vars.into_iter().map(|var| (self.model.vars[var].fact, cells(var))).collect()
    }

    fn class(&self, var: usize, class: usize) -> Needed {
        let var = &self.model.vars[var];
        Needed::of(self.catalog.fact(var.fact), var, &var.only(class), &Knowledge::Absent)
    }
}
