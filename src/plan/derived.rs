//! What is computed from the catalog rather than authored: inverse links and the matrix rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::readers::{Asked, Readers};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, Key, ListKind, Statement, Text, Timing, TradeOffBody};

/// Inverse links. Capabilities are named by their place in `Catalog::capabilities`; lists are in reading order.
#[derive(Debug, Clone, Default)]
pub struct Derived {
    /// Component or capability -> which capability's `builds_on` names it, and the place in that list.
    pub supports: BTreeMap<Key, Vec<(usize, usize)>>,
    /// Component or capability -> which capability's `does_not_replace` names it, and the place in that list.
    pub stays: BTreeMap<Key, Vec<(usize, usize)>>,
    /// Thing -> the capabilities that name it as related.
    pub related_by: BTreeMap<Key, Vec<usize>>,
    /// Option id -> which capability's trade-off holds it, and the row.
    pub answers_in: BTreeMap<String, Vec<(usize, usize)>>,
    /// Fact -> every conditioned statement that reads it.
    pub read_by: BTreeMap<FactIx, Vec<StatementAt>>,
    asked: Asked,
}

/// The place of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementAt {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    pub list: ListKind,
    /// For `use_when`: the row of the trade-off.
    pub row: Option<usize>,
    /// Place in the list.
    pub place: usize,
}

impl StatementAt {
    /// The statement itself. None for the `when` of a free-column row, which is no statement.
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

/// A number line over more statements than these is no picture any more: the list of the rules says the same.
const LEGIBLE: usize = 60;

impl Derived {
    /// Whether few enough statements read a fact for one number line over all of them.
    pub fn is_legible(&self, fact: FactIx) -> bool {
        self.read_by.get(&fact).is_none_or(|statements| statements.len() <= LEGIBLE)
    }

    /// The statements that read any of these facts; the first `most` of all and of each list are named.
    pub fn readers(&self, facts: &[FactIx], most: usize) -> Arc<Readers> {
        self.asked.readers(&self.read_by, facts, most)
    }

    /// Walks the catalog once.
    pub fn of(catalog: &Catalog) -> Self {
        let mut derived = Derived::default();
        for (n, capability) in catalog.capabilities.iter().enumerate() {
            for (place, foundation) in capability.builds_on.iter().enumerate() {
                derived.supports.entry(foundation.on.key.clone()).or_default().push((n, place));
            }
            for (place, stays) in capability.does_not_replace.iter().enumerate() {
                derived.stays.entry(stays.what.key.clone()).or_default().push((n, place));
            }
            for related in &capability.related {
                let by = derived.related_by.entry(related.key.clone()).or_default();
                if by.last() != Some(&n) {
                    by.push(n);
                }
            }
            let mut read = |condition: &Condition, at: StatementAt| {
                for fact in &condition.facts {
                    derived.read_by.entry(*fact).or_default().push(at);
                }
            };
            for (list, place, statement) in capability.statements() {
                if let Some(condition) = &statement.when {
                    read(condition, StatementAt { capability: n, list, row: None, place });
                }
            }
            match capability.trade_off.as_ref().map(|t| &t.body) {
                Some(TradeOffBody::Options(rows)) => {
                    for (row, option) in rows.iter().enumerate() {
                        derived.answers_in.entry(option.option.key.id.clone()).or_default().push((n, row));
                        for (place, statement) in option.use_when.iter().enumerate() {
                            if let Some(condition) = &statement.when {
                                let at = StatementAt { capability: n, list: ListKind::UseWhen, row: Some(row), place };
                                read(condition, at);
                            }
                        }
                    }
                }
                Some(TradeOffBody::Columns { rows, .. }) => {
                    for (row, columns) in rows.iter().enumerate() {
                        if let Some(option) = &columns.option {
                            derived.answers_in.entry(option.key.id.clone()).or_default().push((n, row));
                        }
                        if let Some(condition) = &columns.when {
                            let at = StatementAt { capability: n, list: ListKind::UseWhen, row: Some(row), place: 0 };
                            read(condition, at);
                        }
                    }
                }
                None => {}
            }
        }
        derived
    }
}

/// One half of a matrix row: the authored text, or the texts that it is derived from.
#[derive(Debug, Clone)]
pub struct MatrixHalf<'a> {
    /// One text if authored; else the first texts of the list, to be joined by "; ".
    pub texts: Vec<&'a Text>,
    pub derived: bool,
}

/// How many statements of a list a derived half of a matrix row names.
const DERIVED_STATEMENTS: usize = 2;

/// "Worth it when" of the matrix: authored, or the first two triggers.
pub fn matrix_trigger(capability: &Capability<Condition>) -> MatrixHalf<'_> {
    half(capability.matrix.trigger.as_ref(), &capability.triggers)
}

/// "Skip if" of the matrix: authored, or the first two not-whens, or, without any, the first two reasons to wait.
pub fn matrix_skip_if(capability: &Capability<Condition>) -> MatrixHalf<'_> {
    let later: &[Statement<Condition>] = match &capability.timing {
        Timing::Plain { later, .. } => later,
        Timing::Staged { .. } => &[],
    };
    let list = if capability.not_when.is_empty() { later } else { &capability.not_when };
    half(capability.matrix.skip_if.as_ref(), list)
}

fn half<'a>(authored: Option<&'a Text>, list: &'a [Statement<Condition>]) -> MatrixHalf<'a> {
    match authored {
        Some(text) => MatrixHalf { texts: vec![text], derived: false },
        None => MatrixHalf { texts: list.iter().take(DERIVED_STATEMENTS).map(|s| &s.text).collect(), derived: true },
    }
}
