//! Situations and what was made of them: cases, profiles, decisions, decision records; and the list of changes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::authored;
use super::value::{Date, Id, Known, Line, Plain, Reference};
use crate::model::Verdict;

authored! {
    /// A situation with a story, and the verdicts that it must get: `cases/<id>.yaml`.
    pub struct Case {
        /// What it is called.
        title: Plain,
        /// Its place among the cases.
        order: Option<i64>,
        /// One sentence, for cards, search and social previews.
        summary: Line,
        /// `true` for a case that was invented as an example.
        constructed: Option<bool>,
        /// What is known of it, by the id of the fact. What is left out is unknown.
        facts: BTreeMap<String, Known>,
        /// Per capability the verdict that it must get, or a list of verdicts that are all fine.
        expect: Option<BTreeMap<String, Expected>>,
        /// Former ids; their addresses go on working.
        aliases: Option<Vec<Id>>,
    }

    /// What is known of one situation: the file of `worthwhile assess --profile`.
    pub struct Profile {
        /// What is known, by the id of the fact. What is left out is unknown.
        facts: BTreeMap<String, Known>,
    }

    /// What a decision record rests on.
    pub struct Premises {
        /// The id of the capability that was decided about.
        capability: Reference,
        /// The id of the option that was chosen; `keep` for keeping what one had, `adopt` where there are no options.
        option: Reference,
        /// The verdict at the time.
        verdict: Verdict,
        /// Whether only one verdict was possible.
        settled: bool,
        /// `true` for a record that was invented as an example.
        constructed: Option<bool>,
        /// The two hashes of the capability at the time.
        hashes: Hashes,
        /// What was known, by the id of the fact.
        facts: BTreeMap<String, Known>,
    }

    /// The two hashes of a capability.
    pub struct Hashes {
        /// Over conditions and the facts they read.
        rules: Plain,
        /// Over every text.
        prose: Plain,
    }

    /// Something that changed for readers.
    pub struct Change {
        /// When it changed: `2026-11-23`.
        date: Date,
        /// What changed, in inline Markdown.
        text: Line,
        /// The things that it concerns, named as in `[[…]]`.
        concerns: Option<Vec<Plain>>,
    }
}

/// What became of a decision.
pub struct Status;

impl Status {
    pub const WORDS: [&str; 5] = ["proposed", "accepted", "rejected", "deprecated", "superseded"];
}

impl JsonSchema for Status {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Status".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": format!("^({}|superseded by .+)$", Status::WORDS.join("|")) })
    }
}

/// A verdict, or a list of verdicts that are all fine.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
pub enum Expected {
    /// The one verdict that is right.
    One(Verdict),
    /// Any of these is right.
    Any(Vec<Verdict>),
}

/// The front matter of a decision record after MADR, as `worthwhile decide` writes it.
#[derive(JsonSchema)]
#[schemars(extend("required" = json!(["worthwhile"])))]
#[allow(dead_code)]
pub struct Record {
    /// What became of it, in the words of MADR.
    status: Option<Plain>,
    /// When it was decided.
    date: Option<Plain>,
    /// What the decision rests on.
    worthwhile: Premises,
}

/// A recorded choice: what stands between the lines of `---` of `decisions/<id>.md`, as `worthwhile decide` writes it.
/// Other keys are those of MADR.
#[derive(JsonSchema)]
#[allow(dead_code)]
pub struct Decision {
    /// What became of it: a word, or `superseded by …`.
    status: Status,
    /// When it was decided: `2026-11-23`.
    date: Date,
    /// What the decision rests on.
    worthwhile: Premises,
}

/// What changed for readers, newest first: `changes.yaml`.
#[derive(JsonSchema)]
#[schemars(transparent)]
#[allow(dead_code)]
pub struct Changes(Vec<Change>);
