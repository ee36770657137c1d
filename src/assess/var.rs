//! Variables: facts as a few conditions see them, with one class for every set of values that these tell apart.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::bits::Bits;
use super::cells::{Cells, Value, leaf_holds, telling};
use super::lanes::LineCell;
use crate::model::condition::FactIx;
use crate::model::{Expr, Fact};

/// The most members of one set that the conditions of one model may mention.
pub(crate) const MOST_MEMBERS: usize = 16;

/// A fact as the conditions of a model see it.
#[derive(Debug, Clone)]
pub(crate) struct Var {
    pub fact: FactIx,
    pub values: Classes,
    /// How many classes there are.
    pub classes: usize,
}

/// What the classes of a variable stand for.
#[derive(Debug, Clone)]
pub(crate) enum Classes {
    /// The cells of the line, and the class of each.
    Ordered { cells: Arc<[LineCell]>, class: Vec<usize> },
    /// Class 0 is "no", class 1 is "yes".
    Boolean,
    /// The class of every option.
    Choice { class: Vec<usize> },
    /// Class n holds the members whose bit is set in n. Where `split`, class 0 is "none", and the last class is "none
    /// of the members but something else"; otherwise class 0 is both.
    Set { members: Vec<usize>, split: bool },
}

impl Var {
    /// The variable of a fact, and for each leaf the classes for which it holds.
    pub fn new(fact_ix: FactIx, fact: &Fact, cells: &Cells, leaves: &[&Expr<FactIx>]) -> (Var, Vec<Bits>) {
        let signature = |value: Value| Bits::from_fn(leaves.len(), |n| leaf_holds(leaves[n], value));
        let mut signatures: Vec<Bits> = Vec::new();
        let values = match cells {
            Cells::Ordered(cells) => {
                let mut known: HashMap<Bits, usize> = HashMap::new();
                let mut class: Vec<usize> = Vec::with_capacity(cells.len());
                for cell in cells.iter() {
                    let told = signature(Value::Number(cell.inside()));
                    // Most cells of a long line are like the one before, for a few conditions.
                    let own = match class.last() {
                        Some(&last) if signatures[last] == told => last,
                        _ => *known.entry(told).or_insert_with_key(|told| {
                            signatures.push(told.clone());
                            signatures.len() - 1
                        }),
                    };
                    class.push(own);
                }
                Classes::Ordered { cells: cells.clone(), class }
            }
            Cells::Boolean { .. } => {
                signatures = vec![signature(Value::Bool(false)), signature(Value::Bool(true))];
                Classes::Boolean
            }
            Cells::Choice(_) => {
                let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
                let told = telling(fact, leaves).into_iter().zip(&fact.options);
                let class = told.map(|(told, option)| {
                    *known.entry(told).or_insert_with(|| {
                        signatures.push(signature(Value::Option(&option.id)));
                        signatures.len() - 1
                    })
                });
                Classes::Choice { class: class.collect() }
            }
            Cells::Set { .. } => {
                let Cells::Set { mut members, other: split } = Cells::cut(fact, leaves) else {
                    unreachable!("the cells of a set are a set's")
                };
                // More than that is refused by `too_many_cells`; until then it must not exhaust the memory.
                members.truncate(MOST_MEMBERS);
                for subset in 0..1usize << members.len() {
                    let inside: Vec<&str> = members
                        .iter()
                        .enumerate()
                        .filter(|(bit, _)| subset >> bit & 1 == 1)
                        .map(|(_, &n)| fact.options[n].id.as_str())
                        .collect();
                    signatures.push(signature(Value::Set { members: &inside, empty: inside.is_empty() }));
                }
                if split {
                    signatures.push(signature(Value::Set { members: &[], empty: false }));
                }
                Classes::Set { members, split }
            }
        };
        let classes = signatures.len().max(1);
        let tables = (0..leaves.len())
            .map(|leaf| Bits::from_fn(classes, |class| signatures.get(class).is_some_and(|s| s.has(leaf))))
            .collect();
        (Var { fact: fact_ix, values, classes }, tables)
    }

    /// One class alone.
    pub fn only(&self, class: usize) -> Bits {
        Bits::one(self.classes, class)
    }

    /// The class of a known set, given as places in `Fact::options`.
    pub fn class_of_set(&self, set: &[usize]) -> usize {
        let Classes::Set { members, split } = &self.values else { return 0 };
        let bits: usize = (0..members.len()).filter(|&bit| set.contains(&members[bit])).map(|bit| 1 << bit).sum();
        if bits == 0 && *split && !set.is_empty() { self.classes - 1 } else { bits }
    }
}

impl LineCell {
    /// A value inside the cell.
    pub(crate) fn inside(&self) -> f64 {
        match (self.min_open, self.max) {
            (false, _) => self.min,
            (true, None) => self.min + 1.0,
            (true, Some(max)) if !self.max_open => max,
            (true, Some(max)) => self.min + (max - self.min) / 2.0,
        }
    }
}
