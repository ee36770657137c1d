//! lint: what is odd in the advice itself, found by reasoning over its conditions.
//!
//! Findings are plain data: a kind with its places, where it is written, and the cells that show it. A case whose
//! verdict is not the expected one is an error ([`case_mismatches`]); grey zones ([`grey_zones`]) are published rather
//! than warned about. The catalog is one that `assess::too_many_cells` has nothing against.

mod cases;
mod grey;
mod report;
mod same;
mod statements;
mod verdicts;

use crate::assess::cells::Cells;
use crate::assess::{Needed, Rule, StatementState};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Condition, ListKind, Span, Statement, TradeOffBody, Verdict};

pub use cases::case_mismatches;
pub use grey::{GreyZone, grey_zones};
pub use report::report;
pub use same::same_advice;

/// Something odd.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub kind: FindingKind,
    /// Where it is written.
    pub span: Span,
    /// The other place that it concerns, if there is one.
    pub other: Option<Span>,
    /// What shows it: for each fact concerned, what its value is (see the kind). May be empty.
    pub cells: Vec<(FactIx, Vec<Needed>)>,
}

/// The place of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    pub list: ListKind,
    /// For `use_when`: the row of the trade-off.
    pub row: Option<usize>,
    /// Place in the list; 0 for the condition of a free-column row.
    pub place: usize,
}

/// What is odd.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingKind {
    /// A statement that can never hold. Cells: all that there are of the facts it reads.
    NeverHolds { at: At },
    /// A statement that always holds. Cells: all that there are of the facts it reads.
    AlwaysHolds { at: At },
    /// Two statements of one list that hold in the same situations.
    Equivalent { at: At, to: At },
    /// A statement that adds nothing to its list, because of another: of statements of which one suffices the narrower,
    /// of those that must all hold the wider. Cells: one situation in which both hold.
    Implied { at: At, by: At },
    /// A reason to wait that holds only where a not-when holds too, which decides first. Cells: one such situation.
    LaterNeverDecides { at: At, not_when: At },
    /// A trigger that holds only where something rules out or delays; by one statement alone, if there is such a one.
    /// Cells: one situation in which it holds.
    TriggerLeadsNowhere { at: At, blocked_by: Option<At> },
    /// A verdict that nobody can get, although the lists allow it.
    VerdictUnreachable { capability: usize, verdict: Verdict },
    /// A fact that no condition reads, but for those of `prepare`, which decide nothing.
    FactDecidesNothing { fact: FactIx },
    /// An option whose reasons can never hold, and none of them is prose. Cells: all that there are of their facts.
    OptionNeverFits { capability: usize, row: usize },
    /// A case whose verdict is not among those that it expects. The span is the expectation, `other` the first of the
    /// statements that decided.
    CaseVerdict {
        /// Place in `Catalog::cases`.
        case: usize,
        capability: usize,
        expected: Vec<Verdict>,
        /// None for guidance only.
        found: Option<Verdict>,
        rule: Option<Rule>,
        settled: bool,
        /// The statements that decided.
        because: Vec<StatementState>,
    },
}

impl FindingKind {
    /// The word for the kind, in kebab-case.
    pub fn name(&self) -> &'static str {
        match self {
            FindingKind::NeverHolds { .. } => "never-holds",
            FindingKind::AlwaysHolds { .. } => "always-holds",
            FindingKind::Equivalent { .. } => "equivalent",
            FindingKind::Implied { .. } => "implied",
            FindingKind::LaterNeverDecides { .. } => "later-never-decides",
            FindingKind::TriggerLeadsNowhere { .. } => "trigger-leads-nowhere",
            FindingKind::VerdictUnreachable { .. } => "verdict-unreachable",
            FindingKind::FactDecidesNothing { .. } => "fact-decides-nothing",
            FindingKind::OptionNeverFits { .. } => "option-never-fits",
            FindingKind::CaseVerdict { .. } => "case-verdict",
        }
    }
}

/// Everything odd in a catalog's advice but for its cases: capability by capability in reading order, then facts.
pub fn lint(catalog: &Catalog) -> Vec<Finding> {
    let cells = Cells::of_all(catalog);
    let mut findings = Vec::new();
    for capability in 0..catalog.capabilities.len() {
        statements::check(catalog, &cells, capability, &mut findings);
        verdicts::check(catalog, &cells, capability, &mut findings);
    }
    findings.extend(idle_facts(catalog));
    findings
}

impl At {
    /// The statement itself. None for the condition of a free-column row, which is no statement.
    pub fn statement<'a>(&self, catalog: &'a Catalog) -> Option<&'a Statement<Condition>> {
        let capability = &catalog.capabilities[self.capability];
        match (self.row, capability.trade_off.as_ref().map(|t| &t.body)) {
            (Some(row), Some(TradeOffBody::Options(rows))) => rows.get(row)?.use_when.get(self.place),
            (Some(_), _) => None,
            (None, _) => capability.lists().into_iter().find(|(kind, _)| *kind == self.list)?.1.get(self.place),
        }
    }

    /// Its condition.
    pub fn condition<'a>(&self, catalog: &'a Catalog) -> Option<&'a Condition> {
        let capability = &catalog.capabilities[self.capability];
        match (self.row, capability.trade_off.as_ref().map(|t| &t.body)) {
            (Some(row), Some(TradeOffBody::Columns { rows, .. })) => rows.get(row)?.when.as_deref(),
            _ => self.statement(catalog)?.when.as_deref(),
        }
    }
}

/// Every condition of a capability with its place, in reading order.
fn conditions(catalog: &Catalog, capability: usize) -> Vec<(At, &Condition)> {
    let own = &catalog.capabilities[capability];
    let mut all: Vec<(At, &Condition)> = Vec::new();
    for (list, place, statement) in own.statements() {
        if let Some(condition) = &statement.when {
            all.push((At { capability, list, row: None, place }, condition));
        }
    }
    let list = ListKind::UseWhen;
    match own.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => {
            for (row, option) in rows.iter().enumerate() {
                for (place, statement) in option.use_when.iter().enumerate() {
                    if let Some(condition) = &statement.when {
                        all.push((At { capability, list, row: Some(row), place }, condition));
                    }
                }
            }
        }
        Some(TradeOffBody::Columns { rows, .. }) => {
            for (row, columns) in rows.iter().enumerate() {
                if let Some(condition) = &columns.when {
                    all.push((At { capability, list, row: Some(row), place: 0 }, condition));
                }
            }
        }
        None => {}
    }
    all
}

/// Facts that no condition reads that decides a verdict or an option.
fn idle_facts(catalog: &Catalog) -> Vec<Finding> {
    let mut read = vec![false; catalog.facts.len()];
    for capability in 0..catalog.capabilities.len() {
        for (at, condition) in conditions(catalog, capability) {
            if at.list != ListKind::Prepare {
                condition.facts.iter().for_each(|fact| read[fact.0] = true);
            }
        }
    }
    let idle = (0..read.len()).filter(|&n| !read[n]);
    idle.map(|n| Finding {
        kind: FindingKind::FactDecidesNothing { fact: FactIx(n) },
        span: catalog.facts[n].span.clone(),
        other: None,
        cells: Vec::new(),
    })
    .collect()
}

#[cfg(test)]
mod tests;
