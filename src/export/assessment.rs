//! An assessment as JSON: the document of `worthwhile assess --format json`.
//!
//! Which keys a part has depends on what it is, never on its value: what does not apply is left out or null.

mod write;

use serde::Serialize;

pub use write::{document, statement_id};

/// What is worthwhile for one situation.
#[derive(Debug, Serialize)]
pub struct Document {
    pub schema_version: &'static str,
    /// The answers that were given, in declared order of the facts.
    pub answers: Vec<AnswerJson>,
    /// In reading order.
    pub capabilities: Vec<CapabilityJson>,
    /// Facts to ask for, most telling first.
    pub next_questions: Vec<QuestionJson>,
    /// `asking`, `settled`, `exhausted`
    pub progress: &'static str,
    /// Ids of what to adopt, prepare or consider, first things first.
    pub order: Vec<String>,
}

/// An answer to a fact.
#[derive(Debug, Default, Serialize)]
pub struct AnswerJson {
    pub fact: String,
    /// In words.
    pub text: String,
    /// True for "I don't know".
    pub unknown: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// Of ranges, both ends inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Of a choice the option, or those of which it is one; of a set its members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
}

/// What one capability is worth.
#[derive(Debug, Serialize)]
pub struct CapabilityJson {
    pub id: String,
    pub title: String,
    /// `adopt`, `prepare`, `consider`, `wait`, `skip`, `open`; null for guidance only.
    pub verdict: Option<&'static str>,
    /// The site's words for it; null for guidance only.
    pub label: Option<String>,
    /// `not-when`, `later`, `no-trigger`, `staged`, `now`, `nothing-presses`, `every-completion`; null for guidance.
    pub rule: Option<&'static str>,
    pub settled: bool,
    pub possible: Vec<&'static str>,
    /// Every deciding statement that has a condition, in declared order.
    pub statements: Vec<StateJson>,
    pub because: Vec<StateJson>,
    pub against: Vec<StateJson>,
    pub unless: Vec<UnlessJson>,
    pub flips: Vec<FlipJson>,
    pub flips_together: Option<FlipsTogetherJson>,
    /// The rows of the trade-off.
    pub options: Vec<OptionFitJson>,
}

/// A statement and whether it holds.
#[derive(Debug, Serialize)]
pub struct StateJson {
    /// As authored, else the list and the place in it: `later.2`.
    pub id: String,
    pub list: &'static str,
    /// `true`, `false`, `unknown`; under `unless`, what it would have to be.
    pub truth: &'static str,
    /// Without markup.
    pub text: String,
    /// The condition in words, with the answers that decided.
    pub reason: String,
    /// Ids of the facts that it reads.
    pub facts: Vec<String>,
}

/// Undecided statements that would change the verdict.
#[derive(Debug, Serialize)]
pub struct UnlessJson {
    pub statements: Vec<StateJson>,
    pub to: &'static str,
    pub settled: bool,
    pub ways: Vec<WayJson>,
}

/// Answers that together do it.
#[derive(Debug, Serialize)]
pub struct WayJson {
    pub text: String,
    pub needs: Vec<NeededJson>,
}

/// What an answer to a fact must be.
#[derive(Debug, Default, Serialize)]
pub struct NeededJson {
    pub fact: String,
    /// In words.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// A value in one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<RunJson>>,
    /// One of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
    /// A set with all of these members and none of those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Vec<String>>,
    /// The set is empty, or it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<bool>,
}

/// A run of values. `min_open`: `min` itself is outside; so for `max_open`. `max` is null where there is no upper end.
#[derive(Debug, Serialize)]
pub struct RunJson {
    pub min: f64,
    pub min_open: bool,
    pub max: Option<f64>,
    pub max_open: bool,
}

/// A known fact whose change alone would change the verdict.
#[derive(Debug, Serialize)]
pub struct FlipJson {
    pub fact: String,
    /// In words: what would have to be so.
    pub text: String,
    /// `to`: its answer would have to be `needed`; `add`, `remove`: one of `members` more, or less.
    pub change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<NeededJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    pub to: &'static str,
    pub settled: bool,
}

/// The fewest deciding statements that must all change.
#[derive(Debug, Serialize)]
pub struct FlipsTogetherJson {
    pub statements: Vec<StateJson>,
    pub way: WayJson,
    pub to: &'static str,
    pub settled: bool,
}

/// Whether a row of the trade-off fits.
#[derive(Debug, Serialize)]
pub struct OptionFitJson {
    /// The option's id; null for a row without one.
    pub option: Option<String>,
    /// Place among the rows, from 0.
    pub row: usize,
    /// `fits`, `does-not-fit`, `undecided`
    pub fit: &'static str,
    pub statements: Vec<StateJson>,
}

/// A fact worth asking for.
#[derive(Debug, Serialize)]
pub struct QuestionJson {
    pub fact: String,
    pub title: String,
    /// Without markup.
    pub question: String,
    pub fact_type: &'static str,
    /// Ids of the options.
    pub options: Vec<String>,
    /// An exact fraction: `7/2`.
    pub gain: String,
    pub touches: usize,
    pub could_settle: usize,
}

/// A document as text: sorted keys, indented, one line break at the end.
pub fn to_text(document: &impl Serialize) -> String {
    // Through `Value`, whose maps are sorted.
    let value = serde_json::to_value(document).expect("a document is strings, numbers, lists and maps");
    let mut text = serde_json::to_string_pretty(&value).expect("a value is JSON");
    text.push('\n');
    text
}
