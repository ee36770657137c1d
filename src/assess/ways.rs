//! Ways: the answers that make a statement hold, or fail.

use super::bits::Bits;
use super::knowledge::Knowledge;
use super::lanes::LineCell;
use super::truth::{Model, Node};
use super::var::{Classes, Var};
use crate::model::Fact;
use crate::model::condition::FactIx;

/// What an answer to a fact must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Needed {
    Bool(bool),
    /// A value in one of these, from low to high; they do not touch.
    Numbers(Vec<LineCell>),
    /// One of these options, in declared order.
    Options(Vec<String>),
    /// A set with all of these members and none of those; where `empty` is known, it is empty or it is not.
    Set {
        with: Vec<String>,
        without: Vec<String>,
        empty: Option<bool>,
    },
}

/// Answers that together make a statement hold, or fail.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// In declared order of the facts, each once.
    pub needs: Vec<(FactIx, Needed)>,
}

/// The classes that a way leaves of variables, ascending by variable.
pub(crate) type Steps = Vec<(usize, Bits)>;

/// More ways than this are not looked at.
const MOST_WAYS: usize = 64;

/// Every way to make all of these formulas hold (true) or fail (false), fewest variables first. `domain` are the
/// classes that each variable may take; a variable that stays free does not occur.
pub(crate) fn ways(model: &Model, goals: &[(usize, bool)], domain: &[Bits]) -> Vec<Steps> {
    let mut all: Vec<Steps> = vec![Vec::new()];
    for &(formula, holds) in goals {
        all = both(&all, &of_node(model, &model.formulas[formula].root, holds, domain));
    }
    join_single(model, &mut all);
    for steps in &mut all {
        steps.retain(|(var, classes)| *classes != domain[*var]);
    }
    all.sort_by_key(Vec::len);
    let mut kept: Vec<Steps> = Vec::new();
    for steps in all {
        if !kept.iter().any(|k| is_wider(k, &steps)) {
            kept.push(steps);
        }
    }
    kept
}

fn of_node(model: &Model, node: &Node, holds: bool, domain: &[Bits]) -> Vec<Steps> {
    match (node, holds) {
        (Node::Leaf { atom, positive }, _) => {
            let atom = &model.atoms[*atom];
            let classes = if *positive == holds { atom.holds.clone() } else { atom.holds.not() };
            let classes = classes.and(&domain[atom.var]);
            if classes.is_empty() { Vec::new() } else { vec![vec![(atom.var, classes)]] }
        }
        (Node::And(parts), true) | (Node::Or(parts), false) => {
            parts.iter().fold(vec![Vec::new()], |all, part| both(&all, &of_node(model, part, holds, domain)))
        }
        (Node::Or(parts), true) | (Node::And(parts), false) => {
            let mut all: Vec<Steps> = parts.iter().flat_map(|part| of_node(model, part, holds, domain)).collect();
            all.sort_by_key(Vec::len);
            all.truncate(MOST_WAYS);
            all
        }
    }
}

/// Every way of the one together with every way of the other, where they do not contradict each other.
fn both(a: &[Steps], b: &[Steps]) -> Vec<Steps> {
    let mut all: Vec<Steps> = Vec::new();
    for x in a {
        for y in b {
            if let Some(steps) = meet(x, y)
                && !all.contains(&steps)
            {
                all.push(steps);
            }
        }
    }
    all.sort_by_key(Vec::len);
    all.truncate(MOST_WAYS);
    all
}

fn meet(a: &Steps, b: &Steps) -> Option<Steps> {
    let mut steps = a.clone();
    for (var, classes) in b {
        match steps.binary_search_by_key(var, |(v, _)| *v) {
            Ok(at) => {
                let shared = steps[at].1.and(classes);
                if shared.is_empty() {
                    return None;
                }
                steps[at].1 = shared;
            }
            Err(at) => steps.insert(at, (*var, classes.clone())),
        }
    }
    Some(steps)
}

/// Joins ways that need one and the same fact, unless it is a set: "below 3 or above 10" is one way.
fn join_single(model: &Model, all: &mut Vec<Steps>) {
    let mut at = 0;
    while at < all.len() {
        if let [(var, _)] = all[at][..]
            && !matches!(model.vars[var].values, Classes::Set { .. })
        {
            let mut later = at + 1;
            while later < all.len() {
                if let [(other, _)] = all[later][..]
                    && other == var
                {
                    let more = all.remove(later).remove(0).1;
                    all[at][0].1 = all[at][0].1.or(&more);
                } else {
                    later += 1;
                }
            }
        }
        at += 1;
    }
}

/// True if a way asks for no more than another.
fn is_wider(wide: &Steps, narrow: &Steps) -> bool {
    wide.iter().all(|(var, classes)| narrow.iter().any(|(v, c)| v == var && c.is_within(classes)))
}

impl Way {
    /// A way as answers to facts. `knowledge` says which cells of a line are in question.
    pub(crate) fn of(model: &Model, facts: &[Fact], steps: &Steps, open: impl Fn(FactIx) -> Option<Knowledge>) -> Way {
        let needs = steps
            .iter()
            .map(|(var, classes)| {
                let var = &model.vars[*var];
                let knowledge = open(var.fact).unwrap_or(Knowledge::Absent);
                (var.fact, Needed::of(&facts[var.fact.0], var, classes, &knowledge))
            })
            .collect();
        Way { needs }
    }
}

impl Needed {
    /// What an answer must be to leave these classes of a variable.
    pub(crate) fn of(fact: &Fact, var: &Var, classes: &Bits, knowledge: &Knowledge) -> Needed {
        let ids = |places: Vec<usize>| places.into_iter().map(|n| fact.options[n].id.clone()).collect::<Vec<String>>();
        match &var.values {
            Classes::Boolean => Needed::Bool(classes.has(1)),
            Classes::Ordered { cells, class } => {
                let (first, last) = match knowledge {
                    Knowledge::Cells(first, last) => (*first, *last),
                    _ => (0, cells.len() - 1),
                };
                Needed::Numbers(runs(cells, |n| (first..=last).contains(&n) && classes.has(class[n])))
            }
            Classes::Choice { class } => {
                let remains = |n: &usize| !matches!(knowledge, Knowledge::Options(options) if !options.contains(n));
                Needed::Options(ids((0..class.len()).filter(|n| classes.has(class[*n]) && remains(n)).collect()))
            }
            Classes::Set { members, split } => {
                let subset = |class: usize| if *split && class == var.classes - 1 { 0 } else { class };
                let has = |class: usize, bit: usize| subset(class) >> bit & 1 == 1;
                let all = |yes: bool| {
                    let same = |bit: &usize| classes.iter().all(|class| has(class, *bit) == yes);
                    (0..members.len()).filter(same).collect::<Vec<usize>>()
                };
                let (with, without) = (all(true), all(false));
                // Class 0 is exactly the empty set only if nothing else can be in it.
                let exact = *split || members.len() == fact.options.len();
                let named = |bits: Vec<usize>| ids(bits.into_iter().map(|bit| members[bit]).collect());
                if exact && classes.count() == 1 && classes.has(0) {
                    return Needed::Set { with: Vec::new(), without: Vec::new(), empty: Some(true) };
                }
                let empty = (exact && with.is_empty() && !classes.has(0)).then_some(false);
                Needed::Set { with: named(with), without: named(without), empty }
            }
        }
    }
}

/// Runs of neighbouring cells, each joined to one.
pub(crate) fn runs(cells: &[LineCell], holds: impl Fn(usize) -> bool) -> Vec<LineCell> {
    let mut runs: Vec<LineCell> = Vec::new();
    let mut joined = false;
    for (n, cell) in cells.iter().enumerate() {
        match runs.last_mut() {
            _ if !holds(n) => joined = false,
            Some(last) if joined => (last.max, last.max_open) = (cell.max, cell.max_open),
            _ => {
                runs.push(*cell);
                joined = true;
            }
        }
    }
    runs
}
