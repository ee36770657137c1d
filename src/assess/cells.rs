//! Cells: the values of a fact, as far as conditions tell them apart.
//!
//! The thresholds that conditions mention cut an ordered fact into the thresholds themselves and the intervals
//! between them that hold a value of the type; neighbours that no comparison tells apart are one. Options of a choice
//! that no comparison tells apart are one cell. A set has a cell for every subset of the mentioned members, and one
//! more for "something else" where a condition asks whether it is empty and an option is mentioned nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::lanes::LineCell;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, Expr, Fact, FactType, ListKind, Literal, Op, TradeOffBody};

/// The cells of one fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// From the lowest value upwards, without gaps.
    Ordered(Arc<[LineCell]>),
    /// "No" and "yes", in this order; one cell of both if no condition reads the fact.
    Boolean { read: bool },
    /// Groups of options, as places in `Fact::options`, by their first option.
    Choice(Vec<Vec<usize>>),
    Set {
        /// The mentioned members, as places in `Fact::options`.
        members: Vec<usize>,
        /// True if "something else, none of the members" is a cell apart from "none".
        other: bool,
    },
}

impl Cells {
    /// The cells of a fact, cut by every condition of the catalog.
    pub fn of(catalog: &Catalog, fact: FactIx) -> Cells {
        let mut leaves = Vec::new();
        for condition in conditions(catalog) {
            if condition.facts.contains(&fact) {
                leaves_of(&condition.expr, &mut |leaf| leaves.extend((leaf.fact() == Some(fact)).then_some(leaf)));
            }
        }
        Cells::cut(catalog.fact(fact), &leaves)
    }

    /// The cells of every fact, cut by every condition of the catalog; in the order of `Catalog::facts`.
    pub fn of_all(catalog: &Catalog) -> Vec<Cells> {
        let mut leaves: BTreeMap<FactIx, Vec<&Expr<FactIx>>> = BTreeMap::new();
        for condition in conditions(catalog) {
            leaves_of(&condition.expr, &mut |leaf| {
                if let Some(fact) = leaf.fact() {
                    leaves.entry(fact).or_default().push(leaf);
                }
            });
        }
        let none = Vec::new();
        let cut = |(n, fact)| Cells::cut(fact, leaves.get(&FactIx(n)).unwrap_or(&none));
        catalog.facts.iter().enumerate().map(cut).collect()
    }

    /// The cells of a fact, cut by these leaves of conditions; every leaf reads this fact.
    pub(crate) fn cut(fact: &Fact, leaves: &[&Expr<FactIx>]) -> Cells {
        match fact.fact_type {
            FactType::Integer | FactType::Number => Cells::Ordered(line_cells(fact, leaves).into()),
            FactType::Boolean => Cells::Boolean { read: !leaves.is_empty() },
            FactType::Choice => {
                let mut groups: Vec<Vec<usize>> = Vec::new();
                let mut group_of: HashMap<Vec<u32>, usize> = HashMap::new();
                for (n, told) in telling(fact, leaves).into_iter().enumerate() {
                    let group = *group_of.entry(told).or_insert(groups.len());
                    if group == groups.len() {
                        groups.push(Vec::new());
                    }
                    groups[group].push(n);
                }
                Cells::Choice(groups)
            }
            FactType::Choices => {
                let mentioned = |id: &str| {
                    leaves.iter().any(|leaf| matches!(leaf, Expr::Contains { member, .. } if member.value == id))
                };
                let members: Vec<usize> = (0..fact.options.len()).filter(|&n| mentioned(&fact.options[n].id)).collect();
                let asks_empty = leaves.iter().any(|leaf| matches!(leaf, Expr::Empty(_)));
                Cells::Set { other: asks_empty && members.len() < fact.options.len(), members }
            }
        }
    }

    /// How many cells there are; saturates for sets of more than 120 members.
    pub fn count(&self) -> u128 {
        match self {
            Cells::Ordered(cells) => cells.len() as u128,
            Cells::Boolean { read } => 1 + u128::from(*read),
            Cells::Choice(groups) => groups.len().max(1) as u128,
            Cells::Set { members, other } => (1u128 << members.len().min(120)) + u128::from(*other),
        }
    }
}

impl LineCell {
    /// True if the cell and the closed range between these ends share a value of the type.
    pub fn meets(&self, min: Option<f64>, max: Option<f64>, integer: bool) -> bool {
        let round = |x: f64, up: bool| match (integer, up) {
            (true, true) => x.ceil(),
            (true, false) => x.floor(),
            (false, _) => x,
        };
        // The larger of the lower ends against the smaller of the upper ends, each with whether it is outside.
        let low = match min.map(|x| round(x, true)) {
            Some(min) if min > self.min => (min, false),
            _ => (self.min, self.min_open),
        };
        let high = match (max.map(|x| round(x, false)), self.max) {
            (Some(max), Some(own)) if max < own => Some((max, false)),
            (Some(max), None) => Some((max, false)),
            (_, Some(own)) => Some((own, self.max_open)),
            (None, None) => None,
        };
        high.is_none_or(|(high, open)| low.0 < high || (low.0 == high && !low.1 && !open))
    }
}

/// The lowest value that an ordered fact can have: 0, unless its range starts lower.
pub fn lowest(fact: &Fact) -> f64 {
    let low = fact.range.map_or(0.0, |(low, _)| low.min(0.0));
    if fact.fact_type == FactType::Integer { low.ceil() } else { low }
}

/// Every condition of the catalog.
pub(crate) fn conditions(catalog: &Catalog) -> impl Iterator<Item = &Condition> {
    catalog.capabilities.iter().flat_map(conditions_of)
}

/// Every condition of a capability: statements, options' `use_when` and rows of free columns.
pub(crate) fn conditions_of(capability: &Capability<Condition>) -> impl Iterator<Item = &Condition> {
    let mut rest: Vec<&Condition> = Vec::new();
    match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => {
            rest.extend(rows.iter().flat_map(|row| &row.use_when).filter_map(|s| s.when.as_deref()));
        }
        Some(TradeOffBody::Columns { rows, .. }) => rest.extend(rows.iter().filter_map(|row| row.when.as_deref())),
        None => {}
    }
    capability.statements().filter_map(|(_, _, s)| s.when.as_deref()).chain(rest)
}

/// The conditions that decide a capability's verdict, with their list and place: all but `prepare`.
pub(crate) fn deciding(capability: &Capability<Condition>) -> impl Iterator<Item = (ListKind, usize, &Condition)> {
    capability
        .statements()
        .filter(|(list, _, _)| *list != ListKind::Prepare)
        .filter_map(|(list, place, statement)| Some((list, place, statement.when.as_deref()?)))
}

/// Calls `visit` for every leaf of the tree that reads a fact, left to right.
pub(crate) fn leaves_of<'a>(expr: &'a Expr<FactIx>, visit: &mut impl FnMut(&'a Expr<FactIx>)) {
    match expr {
        Expr::Or(parts) | Expr::And(parts) => parts.iter().for_each(|part| leaves_of(part, visit)),
        Expr::Not(part) => leaves_of(part, visit),
        leaf => visit(leaf),
    }
}

/// One value of a fact, as a leaf of a condition sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    Bool(bool),
    Number(f64),
    Option(&'a str),
    /// Some of the members, and whether the set is empty.
    Set {
        members: &'a [&'a str],
        empty: bool,
    },
}

/// Whether a leaf of a condition holds for a value of its fact. A value of another type than the leaf's never holds.
pub(crate) fn leaf_holds(leaf: &Expr<FactIx>, value: Value) -> bool {
    match (leaf, value) {
        (Expr::Is(_), Value::Bool(yes)) => yes,
        (Expr::Compare { op, value: Literal::Bool(literal), .. }, Value::Bool(yes)) => match op {
            Op::Eq => yes == *literal,
            Op::Ne => yes != *literal,
            _ => false,
        },
        (Expr::Compare { op, value: Literal::Number(literal), .. }, Value::Number(number)) => match op {
            Op::Eq => number == *literal,
            Op::Ne => number != *literal,
            Op::Lt => number < *literal,
            Op::Le => number <= *literal,
            Op::Gt => number > *literal,
            Op::Ge => number >= *literal,
        },
        (Expr::Compare { op, value: Literal::Choice(literal), .. }, Value::Option(option)) => match op {
            Op::Eq => option == literal,
            Op::Ne => option != literal,
            _ => false,
        },
        (Expr::In { members, .. }, Value::Option(option)) => members.iter().any(|m| m.value == option),
        (Expr::Contains { member, .. }, Value::Set { members, .. }) => members.contains(&member.value.as_str()),
        (Expr::Empty(_), Value::Set { empty, .. }) => empty,
        _ => false,
    }
}

impl Expr<FactIx> {
    /// The fact that a leaf reads; None for `or`, `and` and `not`.
    pub(crate) fn fact(&self) -> Option<FactIx> {
        match self {
            Expr::Or(_) | Expr::And(_) | Expr::Not(_) => None,
            Expr::Is(fact) | Expr::Empty(fact) => Some(*fact),
            Expr::Compare { fact, .. } | Expr::In { fact, .. } | Expr::Contains { fact, .. } => Some(*fact),
        }
    }
}

/// For each option of a choice the leaves that name it, as places: what tells it from the others.
pub(crate) fn telling(fact: &Fact, leaves: &[&Expr<FactIx>]) -> Vec<Vec<u32>> {
    let place: HashMap<&str, usize> = fact.options.iter().enumerate().map(|(n, o)| (o.id.as_str(), n)).collect();
    let mut told: Vec<Vec<u32>> = vec![Vec::new(); fact.options.len()];
    let mut name = |leaf: usize, option: &str| {
        if let Some(&n) = place.get(option)
            && told[n].last() != Some(&(leaf as u32))
        {
            told[n].push(leaf as u32);
        }
    };
    for (n, leaf) in leaves.iter().enumerate() {
        match leaf {
            Expr::Compare { op: Op::Eq | Op::Ne, value: Literal::Choice(option), .. } => name(n, option),
            Expr::In { members, .. } => members.iter().for_each(|member| name(n, &member.value)),
            _ => {}
        }
    }
    told
}

/// A threshold, and what tells its neighbours from it and from each other.
#[derive(Default, Clone, Copy)]
struct Threshold {
    at: f64,
    /// Some comparison changes between what is below it and itself.
    below: bool,
    /// Some changes between itself and what is above it.
    above: bool,
    /// Some changes between what is below and what is above it.
    across: bool,
}

/// The thresholds of leaves that one value or another can meet, ascending; first the lowest value.
fn thresholds(low: f64, leaves: &[&Expr<FactIx>]) -> Vec<Threshold> {
    let mut all = vec![Threshold { at: low, ..Threshold::default() }];
    for leaf in leaves {
        if let Expr::Compare { op, value: Literal::Number(at), .. } = leaf
            && at.is_finite()
            && *at >= low
        {
            all.push(Threshold {
                // Not "-0".
                at: *at + 0.0,
                below: matches!(op, Op::Lt | Op::Ge | Op::Eq | Op::Ne),
                above: matches!(op, Op::Le | Op::Gt | Op::Eq | Op::Ne),
                across: matches!(op, Op::Lt | Op::Le | Op::Gt | Op::Ge),
            });
        }
    }
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    all.dedup_by(|more, kept| {
        let same = more.at == kept.at;
        if same {
            kept.below |= more.below;
            kept.above |= more.above;
            kept.across |= more.across;
        }
        same
    });
    all
}

/// Thresholds and the intervals between them, neighbours that no leaf tells apart joined.
fn line_cells(fact: &Fact, leaves: &[&Expr<FactIx>]) -> Vec<LineCell> {
    let integer = fact.fact_type == FactType::Integer;
    let points = thresholds(lowest(fact), leaves);
    let mut cells: Vec<LineCell> = Vec::new();
    let mut add = |cell: LineCell, apart: bool| match cells.last_mut() {
        Some(last) if !apart => (last.max, last.max_open) = (cell.max, cell.max_open),
        _ => cells.push(cell),
    };
    // Whether a leaf tells what comes next from the last cell.
    let mut apart = true;
    for (n, point) in points.iter().enumerate() {
        let at = point.at;
        let is_value = !integer || at.fract() == 0.0;
        if is_value {
            add(LineCell { min: at, min_open: false, max: Some(at), max_open: false }, apart || point.below);
            apart = point.above;
        } else {
            apart |= point.across;
        }
        let next = points.get(n + 1).map(|next| next.at);
        let between = if integer {
            let (first, last) = (at.floor() + 1.0, next.map(|next| next.ceil() - 1.0));
            last.is_none_or(|last| first <= last).then_some(LineCell {
                min: first,
                min_open: false,
                max: last,
                max_open: false,
            })
        } else {
            let inside = next.map_or(at + 1.0, |next| at + (next - at) / 2.0);
            next.is_none_or(|next| at < inside && inside < next).then_some(LineCell {
                min: at,
                min_open: true,
                max: next,
                max_open: next.is_some(),
            })
        };
        if let Some(cell) = between {
            add(cell, apart);
            apart = false;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{FACTS, HOURS, MESH, SERVICES, catalog};
    use super::*;
    use crate::model::Span;

    proptest! {
        /// Cells cover the line without gaps, hold values that no leaf tells apart, and differ from their neighbours.
        #[test]
        fn cells_of_a_line_are_what_its_leaves_tell_apart(
            integer in any::<bool>(),
            low in -3i8..3,
            leaves in prop::collection::vec((0..6usize, -8i8..24), 0..9),
        ) {
            let ix = if integer { SERVICES } else { HOURS };
            let mut fact = catalog(FACTS, MESH).fact(ix).clone();
            fact.range = Some((f64::from(low), 9.0));
            let ops = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge];
            let leaves: Vec<Expr<FactIx>> = leaves
                .into_iter()
                .map(|(op, quarters)| {
                    let value = Literal::Number(f64::from(quarters) / 4.0);
                    Expr::Compare { fact: ix, op: ops[op], value, span: Span::file_start(&"a".into()) }
                })
                .collect();
            let leaves: Vec<&Expr<FactIx>> = leaves.iter().collect();
            let Cells::Ordered(cells) = Cells::cut(&fact, &leaves) else { panic!("a line") };
            let told = |value: f64| -> Vec<bool> {
                leaves.iter().map(|leaf| leaf_holds(leaf, Value::Number(value))).collect()
            };
            // Every value of the type in steps finer than the thresholds', to beyond the highest.
            let values: Vec<f64> = (0..)
                .map(|n| lowest(&fact) + f64::from(n) / if integer { 1.0 } else { 8.0 })
                .take_while(|value| *value < 9.0)
                .collect();
            let mut last = None;
            for value in values {
                let own: Vec<usize> = (0..cells.len()).filter(|&n| cells[n].contains(value)).collect();
                prop_assert_eq!(own.len(), 1, "{} is in one cell: {:?}", value, cells);
                prop_assert_eq!(told(value), told(cells[own[0]].inside()));
                if let Some((cell, before)) = last {
                    prop_assert!(own[0] == cell || own[0] == cell + 1, "{} follows: {:?}", value, cells);
                    prop_assert_eq!(own[0] == cell, told(value) == before, "{}: {:?}", value, cells);
                }
                last = Some((own[0], told(value)));
            }
            prop_assert_eq!(last.map(|(cell, _)| cell + 1), Some(cells.len()));
        }
    }
}
