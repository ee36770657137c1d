//! The page of a case.

use serde::Serialize;

use super::parts::{ProseSection, VerdictGroup};

/// `case.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CasePage {
    pub title: String,
    pub lede_html: String,
    /// True for a case that was invented as an example.
    pub constructed: bool,
    /// What is known, by topic; topics without an answer are left out.
    pub topics: Vec<Topic>,
    /// How many facts are answered, of how many.
    pub answered: usize,
    pub fact_count: usize,
    /// The verdicts that the case expects.
    pub groups: Vec<VerdictGroup>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Topic {
    pub id: String,
    pub title: String,
    pub answers: Vec<AnswerOf>,
}

/// One answer of a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerOf {
    /// The fact's name in conditions.
    pub fact: String,
    pub title: String,
    pub href: String,
    /// In words: "8 services", "GDPR", "Yes".
    pub value: String,
}
