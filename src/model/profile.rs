//! Profiles: what is known of one situation.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::FactIx;

/// What is known of one fact. What is absent from a profile is unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// "I don't know": unknown, and not asked again.
    Unknown,
    Bool(bool),
    /// An integer or a number.
    Number(f64),
    /// A range with both ends inside; an open end is `None`.
    Range {
        min: Option<f64>,
        max: Option<f64>,
    },
    /// One option of a choice.
    Choice(String),
    /// One of these options of a choice, not known which.
    OneOf(BTreeSet<String>),
    /// The members of a set; empty is "none".
    Set(BTreeSet<String>),
}

/// The answers of one situation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Profile {
    pub answers: BTreeMap<FactIx, Answer>,
}

impl Profile {
    pub fn get(&self, fact: FactIx) -> Option<&Answer> {
        self.answers.get(&fact)
    }
}
