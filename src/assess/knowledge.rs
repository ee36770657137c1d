//! What a profile leaves open of each fact.

use std::fmt;

use super::bits::Bits;
use super::cells::{Cells, lowest};
use super::var::{Classes, Var};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Answer, Fact, FactType, Profile};

/// What is known of one fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Knowledge {
    /// Nothing, because nobody asked.
    Absent,
    /// Nothing: "I don't know".
    Unknown,
    Bool(bool),
    /// The cells of the line that remain: from and including the first, up to and including the last.
    Cells(usize, usize),
    /// The options that remain, as places in `Fact::options`.
    Options(Vec<usize>),
    /// The members of the set, as places in `Fact::options`.
    Set(Vec<usize>),
}

/// Why an answer says nothing about its fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Unusable {
    /// The answer is of another type than the fact.
    WrongType,
    /// Not a number, or infinite.
    NotFinite,
    /// A fraction where the fact is an integer.
    NotWhole(f64),
    /// Below the lowest value of the fact.
    TooLow {
        value: f64,
        lowest: f64,
    },
    /// A range that holds no value of the fact's type.
    EmptyRange {
        min: f64,
        max: f64,
    },
    UnknownOption(String),
    /// One of no options.
    NoOption,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unusable::WrongType => write!(f, "the answer is of another type than the fact"),
            Unusable::NotFinite => write!(f, "the answer is not a finite number"),
            Unusable::NotWhole(value) => write!(f, "{value} is not a whole number"),
            Unusable::TooLow { value, lowest } => write!(f, "{value} is below the lowest value, {lowest}"),
            Unusable::EmptyRange { min, max } => write!(f, "no value lies between {min} and {max}"),
            Unusable::UnknownOption(id) => write!(f, "`{id}` is not an option of the fact"),
            Unusable::NoOption => write!(f, "the answer leaves no option"),
        }
    }
}

impl std::error::Error for Unusable {}

/// The answers of a profile that say nothing, because they contradict themselves or their fact. An assessment treats
/// them as unknown; whoever takes a profile from outside reports them.
pub fn unusable(catalog: &Catalog, profile: &Profile) -> Vec<(FactIx, Unusable)> {
    profile
        .answers
        .iter()
        .filter_map(|(ix, answer)| Some((*ix, check(catalog.facts.get(ix.0)?, answer).err()?)))
        .collect()
}

/// Why an answer says nothing about its fact; None if it does.
pub fn unusable_of(fact: &Fact, answer: &Answer) -> Option<Unusable> {
    check(fact, answer).err()
}

impl Knowledge {
    /// What an answer leaves open of a fact. An unusable answer leaves all open.
    pub fn of(fact: &Fact, cells: &Cells, answer: Option<&Answer>) -> Knowledge {
        let Some(answer) = answer else { return Knowledge::Absent };
        if check(fact, answer).is_err() {
            return Knowledge::Absent;
        }
        let place = |id: &str| fact.options.iter().position(|o| o.id == id);
        let places = |ids: &std::collections::BTreeSet<String>| {
            let mut places: Vec<usize> = ids.iter().filter_map(|id| place(id)).collect();
            places.sort_unstable();
            places
        };
        let between = |min: Option<f64>, max: Option<f64>| {
            let Cells::Ordered(line) = cells else { return Knowledge::Absent };
            let meets = |n: &usize| line[*n].meets(min, max, fact.fact_type == FactType::Integer);
            match ((0..line.len()).find(meets), (0..line.len()).rfind(meets)) {
                (Some(first), Some(last)) => Knowledge::Cells(first, last),
                _ => Knowledge::Absent,
            }
        };
        match answer {
            Answer::Unknown => Knowledge::Unknown,
            Answer::Bool(yes) => Knowledge::Bool(*yes),
            Answer::Number(n) => between(Some(*n), Some(*n)),
            Answer::Range { min: None, max: None } => Knowledge::Absent,
            Answer::Range { min, max } => between(*min, *max),
            Answer::Choice(id) => place(id).map_or(Knowledge::Absent, |n| Knowledge::Options(vec![n])),
            Answer::OneOf(ids) => Knowledge::Options(places(ids)),
            Answer::Set(ids) => Knowledge::Set(places(ids)),
        }
    }

    /// How many of the fact's cells remain.
    pub fn count(&self, cells: &Cells) -> u128 {
        match (self, cells) {
            (Knowledge::Cells(first, last), _) => (last - first + 1) as u128,
            (Knowledge::Options(options), Cells::Choice(groups)) => {
                groups.iter().filter(|group| group.iter().any(|n| options.contains(n))).count() as u128
            }
            (Knowledge::Bool(_) | Knowledge::Set(_) | Knowledge::Options(_), _) => 1,
            (Knowledge::Absent | Knowledge::Unknown, cells) => cells.count(),
        }
    }

    /// The classes of a variable that remain.
    pub fn remaining(&self, var: &Var) -> Bits {
        let all = || Bits::all(var.classes);
        match (self, &var.values) {
            (Knowledge::Bool(yes), Classes::Boolean) => Bits::one(var.classes, usize::from(*yes)),
            (Knowledge::Cells(first, last), Classes::Ordered { class, .. }) => {
                let mut bits = Bits::none(var.classes);
                class[*first..=*last].iter().for_each(|&class| bits.insert(class));
                bits
            }
            (Knowledge::Options(options), Classes::Choice { class }) => {
                let mut bits = Bits::none(var.classes);
                options.iter().for_each(|&option| bits.insert(class[option]));
                bits
            }
            (Knowledge::Set(set), Classes::Set { .. }) => Bits::one(var.classes, var.class_of_set(set)),
            _ => all(),
        }
    }

    /// How many of the fact's remaining cells lie in each class of a variable.
    pub fn weights(&self, var: &Var, cells: &Cells) -> Vec<u128> {
        let mut weights = vec![0u128; var.classes];
        match (&var.values, cells) {
            (Classes::Ordered { class, .. }, _) => {
                let (first, last) = match self {
                    Knowledge::Cells(first, last) => (*first, *last),
                    _ => (0, class.len().saturating_sub(1)),
                };
                class.get(first..=last).unwrap_or_default().iter().for_each(|&class| weights[class] += 1);
            }
            (Classes::Choice { class }, Cells::Choice(groups)) => {
                for group in groups {
                    let remains = |n: &&usize| !matches!(self, Knowledge::Options(options) if !options.contains(*n));
                    if let Some(&option) = group.iter().find(remains) {
                        weights[class[option]] += 1;
                    }
                }
            }
            (Classes::Set { members, split }, Cells::Set { members: all, other }) => match self {
                Knowledge::Set(set) => weights[var.class_of_set(set)] = 1,
                _ => {
                    // Each subset of our members stands for every subset of the others beside it.
                    let beside = 1u128 << (all.len() - members.len()).min(120);
                    weights.fill(beside);
                    if *split {
                        weights[0] = 1;
                        weights[var.classes - 1] = beside - 1 + u128::from(*other);
                    } else {
                        weights[0] += u128::from(*other);
                    }
                }
            },
            _ => {
                let remaining = self.remaining(var);
                remaining.iter().for_each(|class| weights[class] = 1);
            }
        }
        weights
    }
}

/// Whether an answer says something about its fact.
fn check(fact: &Fact, answer: &Answer) -> Result<(), Unusable> {
    let option = |id: &String| match fact.options.iter().any(|o| o.id == *id) {
        true => Ok(()),
        false => Err(Unusable::UnknownOption(id.clone())),
    };
    let low = lowest(fact);
    let integer = fact.fact_type == FactType::Integer;
    match (answer, fact.fact_type) {
        (Answer::Unknown, _) | (Answer::Bool(_), FactType::Boolean) => Ok(()),
        (Answer::Number(n), FactType::Integer | FactType::Number) => match *n {
            n if !n.is_finite() => Err(Unusable::NotFinite),
            n if integer && n.fract() != 0.0 => Err(Unusable::NotWhole(n)),
            value if value < low => Err(Unusable::TooLow { value, lowest: low }),
            _ => Ok(()),
        },
        (Answer::Range { min, max }, FactType::Integer | FactType::Number) => {
            if [min, max].into_iter().flatten().any(|n| !n.is_finite()) {
                return Err(Unusable::NotFinite);
            }
            let (from, to) = (min.unwrap_or(low).max(low), max.unwrap_or(f64::MAX));
            match (min, max) {
                (_, Some(max)) if *max < low => Err(Unusable::TooLow { value: *max, lowest: low }),
                _ if from > to || (integer && from.ceil() > to.floor()) => {
                    Err(Unusable::EmptyRange { min: from, max: to })
                }
                _ => Ok(()),
            }
        }
        (Answer::Choice(id), FactType::Choice) => option(id),
        (Answer::OneOf(ids), FactType::Choice) if ids.is_empty() => Err(Unusable::NoOption),
        (Answer::OneOf(ids), FactType::Choice) | (Answer::Set(ids), FactType::Choices) => {
            ids.iter().try_for_each(option)
        }
        _ => Err(Unusable::WrongType),
    }
}
