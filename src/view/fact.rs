//! The page of a fact.

use serde::Serialize;

use super::parts::{Link, NumberLineView, ReadGroup};

/// `fact.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactPage {
    /// The name in conditions: `microservices`.
    pub id: String,
    pub title: String,
    pub question_html: String,
    pub help_html: Option<String>,
    pub measure_html: Option<String>,
    /// `integer`, `number`, `boolean`, `choice`, `choices`.
    pub fact_type: &'static str,
    /// In words: "Whole number".
    pub type_label: String,
    /// The unit for amounts other than one: "services".
    pub unit: Option<String>,
    /// The answers of a choice, or the members of a set.
    pub options: Vec<FactOption>,
    /// For numbers that a condition compares.
    pub line: Option<NumberLineView>,
    pub reads: Vec<ReadGroup>,
    /// Statements that read it, and capabilities they belong to.
    pub statement_count: usize,
    pub capability_count: usize,
    pub cases: Vec<CaseValue>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactOption {
    pub id: String,
    pub label: String,
}

/// What a case answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseValue {
    pub case: Link,
    /// In words: "8 services".
    pub value: String,
}

/// A fact in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactSummary {
    pub id: String,
    pub title: String,
    pub href: String,
    pub question_html: String,
}
