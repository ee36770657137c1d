//! An assessment as JSON: the document of `worthwhile assess --format json`.
//!
//! Which keys a part has depends on what it is, never on its value: what does not apply is left out or null.

mod write;

use schemars::JsonSchema;
use serde::Serialize;

use super::item::AnswerJson;
use crate::assess::{Fit, Progress, Rule, Truth};
use crate::model::closed::{Version, closed};
use crate::model::{FactType, ListKind, Verdict};

pub use write::{capability, document, statement_id};

closed! {
    Truth, "Truth", Truth::ALL.map(Truth::name), "Whether a statement holds.";
    Rule, "Rule", Rule::ALL.map(Rule::name), "Which rule gave the verdict.";
    Fit, "Fit", Fit::ALL.map(Fit::name), "Whether an option fits.";
    Progress, "Progress", Progress::ALL.map(Progress::name), "Whether there is anything left to ask.";
}

/// What is worthwhile for one situation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Assessment")]
pub struct Document {
    /// The schema of this document.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    pub schema_version: &'static str,
    /// The answers that were given, in declared order of the facts.
    pub answers: Vec<AnswerJson>,
    /// In reading order.
    pub capabilities: Vec<CapabilityJson>,
    /// Facts to ask for, most telling first.
    pub next_questions: Vec<QuestionJson>,
    /// `asking`: an answer can still settle something; `settled`: every verdict is; `exhausted`: nobody knows more.
    #[schemars(with = "Progress")]
    pub progress: &'static str,
    /// Ids of what to adopt, prepare or consider, first things first.
    pub order: Vec<String>,
}

/// What one capability is worth.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CapabilityAssessment")]
pub struct CapabilityJson {
    /// The capability's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Null for guidance only: no trigger has a condition.
    #[schemars(with = "Option<Verdict>")]
    pub verdict: Option<&'static str>,
    /// The site's words for it; null for guidance only.
    pub label: Option<String>,
    /// The rule that gave it; null for guidance only.
    #[schemars(with = "Option<Rule>")]
    pub rule: Option<&'static str>,
    /// Only one verdict is possible, whatever is still unknown.
    pub settled: bool,
    /// The verdicts of all completions of what is known; never `open`.
    #[schemars(with = "Vec<Verdict>")]
    pub possible: Vec<&'static str>,
    /// Every deciding statement that has a condition, in declared order.
    pub statements: Vec<StateJson>,
    /// The statements that the verdict rests on.
    pub because: Vec<StateJson>,
    /// Under skip and wait: what speaks for the capability all the same.
    pub against: Vec<StateJson>,
    /// What would change a verdict that is not settled, most important first; never empty then.
    pub unless: Vec<UnlessJson>,
    /// Single changes of known facts that change the verdict.
    pub flips: Vec<FlipJson>,
    /// For a settled verdict without `flips`: what must change together; else null.
    pub flips_together: Option<FlipsTogetherJson>,
    /// The rows of the trade-off.
    pub options: Vec<OptionFitJson>,
}

/// A statement and whether it holds.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StatementState")]
pub struct StateJson {
    /// As authored, else the list and the place in it: `later.2`.
    pub id: String,
    /// The list that it stands in.
    #[schemars(with = "ListKind")]
    pub list: &'static str,
    /// Whether it holds; under `unless`, what it would have to be.
    #[schemars(with = "Truth")]
    pub truth: &'static str,
    /// What it says, without markup.
    pub text: String,
    /// The condition in words, with the answers that decided.
    pub reason: String,
    /// Ids of the facts that it reads.
    pub facts: Vec<String>,
}

/// Undecided statements that would change the verdict.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Unless")]
pub struct UnlessJson {
    /// The statements, each with the truth that it would have to have.
    pub statements: Vec<StateJson>,
    /// The verdict then.
    #[schemars(with = "Verdict")]
    pub to: &'static str,
    /// Whether it would be settled then.
    pub settled: bool,
    /// Answers that decide these statements; one way is enough. Other statements read the same facts: where `settled` is false,
    /// an answer may lead on to another verdict.
    pub ways: Vec<WayJson>,
}

/// Answers that together do it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Way")]
pub struct WayJson {
    /// In words.
    pub text: String,
    /// The answers, fact by fact.
    pub needs: Vec<NeededJson>,
}

/// What an answer to a fact must be.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "Needed")]
pub struct NeededJson {
    /// The fact's id.
    pub fact: String,
    /// In words.
    pub text: String,
    /// Of booleans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// Of integers and numbers: a value in one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<RunJson>>,
    /// Of choices: one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
    /// Of sets: all of these members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Vec<String>>,
    /// Of sets: none of these members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Vec<String>>,
    /// Of sets: it is empty, or it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<bool>,
}

/// A run of values.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Run")]
pub struct RunJson {
    /// The lower end.
    pub min: f64,
    /// True if the lower end itself is outside.
    pub min_open: bool,
    /// The upper end; null where there is none.
    pub max: Option<f64>,
    /// True if the upper end itself is outside.
    pub max_open: bool,
}

/// A known fact whose change alone would change the verdict.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Flip")]
pub struct FlipJson {
    /// The fact's id.
    pub fact: String,
    /// In words: what would have to be so.
    pub text: String,
    /// `to`: its answer would have to be `needed`; `add`, `remove`: one of `members` more, or less.
    #[schemars(extend("enum" = CHANGES))]
    pub change: &'static str,
    /// What the answer would have to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<NeededJson>,
    /// Any one of these would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    /// The verdict then; it may be `open`.
    #[schemars(with = "Verdict")]
    pub to: &'static str,
    /// Whether it would be settled then.
    pub settled: bool,
}

/// Every kind of change of a flip.
const CHANGES: [&str; 3] = ["to", "add", "remove"];

/// The fewest deciding statements that must all change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlipsTogether")]
pub struct FlipsTogetherJson {
    /// The statements, as they are now: all of them must change.
    pub statements: Vec<StateJson>,
    /// Answers that do it.
    pub way: WayJson,
    /// The verdict then.
    #[schemars(with = "Verdict")]
    pub to: &'static str,
    /// Whether it would be settled then.
    pub settled: bool,
}

/// Whether a row of the trade-off fits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OptionFit")]
pub struct OptionFitJson {
    /// The option's id; null for a row without one.
    pub option: Option<String>,
    /// Place among the rows, from 0.
    pub row: usize,
    /// Whether it fits.
    #[schemars(with = "Fit")]
    pub fit: &'static str,
    /// The reasons to use it that have a condition.
    pub statements: Vec<StateJson>,
}

/// A fact worth asking for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Question")]
pub struct QuestionJson {
    /// The fact's id.
    pub fact: String,
    /// Its title.
    pub title: String,
    /// The question, without markup.
    pub question: String,
    /// Its type.
    #[schemars(with = "FactType")]
    pub fact_type: &'static str,
    /// Ids of the options.
    pub options: Vec<String>,
    /// How much an answer is expected to tell, as an exact fraction: `7/2`.
    pub gain: String,
    /// How many capabilities it touches.
    pub touches: usize,
    /// How many of these an answer could settle.
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
