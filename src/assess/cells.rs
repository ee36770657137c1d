//! Cells: the values of a fact, as far as conditions tell them apart.
//!
//! The thresholds that conditions mention cut an ordered fact into the thresholds themselves and the intervals
//! between them that hold a value of the type; neighbours that no comparison tells apart are one. Options of a choice
//! that no comparison tells apart are one cell. A set has a cell for every subset of the mentioned members, and one
//! more for "something else" where a condition asks whether it is empty and an option is mentioned nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

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
                let mut groups: Vec<(Vec<bool>, Vec<usize>)> = Vec::new();
                for (n, option) in fact.options.iter().enumerate() {
                    let told: Vec<bool> =
                        leaves.iter().map(|leaf| leaf_holds(leaf, Value::Option(&option.id))).collect();
                    match groups.iter_mut().find(|(signature, _)| *signature == told) {
                        Some((_, group)) => group.push(n),
                        None => groups.push((told, vec![n])),
                    }
                }
                Cells::Choice(groups.into_iter().map(|(_, group)| group).collect())
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

/// Thresholds and the intervals between them, neighbours that no leaf tells apart joined.
fn line_cells(fact: &Fact, leaves: &[&Expr<FactIx>]) -> Vec<LineCell> {
    let integer = fact.fact_type == FactType::Integer;
    let low = lowest(fact);
    let mut points = vec![low];
    for leaf in leaves {
        if let Expr::Compare { value: Literal::Number(number), .. } = leaf
            && number.is_finite()
            && *number > low
        {
            points.push(*number);
        }
    }
    points.sort_by(f64::total_cmp);
    points.dedup();

    let mut cells: Vec<(Vec<bool>, LineCell)> = Vec::new();
    let mut add = |cell: LineCell, inside: f64| {
        let told: Vec<bool> = leaves.iter().map(|leaf| leaf_holds(leaf, Value::Number(inside))).collect();
        match cells.last_mut() {
            Some((signature, last)) if *signature == told => {
                last.max = cell.max;
                last.max_open = cell.max_open;
            }
            _ => cells.push((told, cell)),
        }
    };
    for (n, &point) in points.iter().enumerate() {
        if !integer || point.fract() == 0.0 {
            add(LineCell { min: point, min_open: false, max: Some(point), max_open: false }, point);
        }
        let next = points.get(n + 1).copied();
        if integer {
            let (first, last) = (point.floor() + 1.0, next.map(|next| next.ceil() - 1.0));
            if last.is_none_or(|last| first <= last) {
                add(LineCell { min: first, min_open: false, max: last, max_open: false }, first);
            }
        } else {
            let inside = next.map_or(point + 1.0, |next| point + (next - point) / 2.0);
            if next.is_none_or(|next| point < inside && inside < next) {
                add(LineCell { min: point, min_open: true, max: next, max_open: next.is_some() }, inside);
            }
        }
    }
    cells.into_iter().map(|(_, cell)| cell).collect()
}
