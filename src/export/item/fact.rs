//! A fact as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::reads::{self, LineJson};
use super::{AnswerJson, Named, TextJson, case, named, text};
use crate::export::condition;
use crate::model::{FactType, Key, Kind, ListKind};
use crate::plan::Plan;

/// A named, typed thing about a situation, which conditions read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fact")]
pub struct FactBody {
    /// The topic it stands under.
    topic: String,
    /// The question that asks for it.
    question: TextJson,
    /// What helps to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<TextJson>,
    /// How to find the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<TextJson>,
    /// Its type.
    #[schemars(with = "FactType")]
    fact_type: &'static str,
    /// Of numbers: what is counted, of all amounts but one.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// Of numbers: what is counted, for an amount of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_one: Option<String>,
    /// What is plausible; no limit of meaning. The lowest possible value is 0, unless this starts lower.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RangeJson>,
    /// Of choices: what may be answered. Empty for other types.
    options: Vec<ChoiceJson>,
    /// How conditions over it read inside a sentence.
    words: WordsJson,
    /// Every statement whose condition reads it.
    read_by: Vec<ReaderJson>,
    /// Of numbers that a deciding condition compares: every threshold.
    #[serde(skip_serializing_if = "Option::is_none")]
    number_line: Option<LineJson>,
    /// What each case answers, as far as it does.
    answered_by: Vec<CaseAnswerJson>,
}

/// What is plausible.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Range")]
struct RangeJson {
    /// The lower end, itself inside.
    min: f64,
    /// The upper end, itself inside.
    max: f64,
}

/// An answer of a choice, or a member of a set.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Choice")]
struct ChoiceJson {
    /// As conditions and answers name it.
    id: String,
    /// As a reader sees it.
    label: String,
}

/// How conditions over a fact read inside a sentence; `{}` stands for a bound, a label or a member.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Words")]
struct WordsJson {
    /// Where it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    yes: Option<String>,
    /// Where it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    no: Option<String>,
    /// For an empty set.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<String>,
}

/// A statement that reads a fact.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Reader")]
struct ReaderJson {
    /// The capability that it stands in.
    capability: Named,
    /// The list that it stands in.
    #[schemars(with = "ListKind")]
    list: &'static str,
    /// The statement's id; empty for a row of a trade-off with free columns.
    statement: String,
    /// Its condition.
    cel: String,
}

/// What a case answers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CaseAnswer")]
struct CaseAnswerJson {
    /// The case.
    case: Named,
    /// What it knows of the fact.
    answer: AnswerJson,
}

/// The body of a fact's item.
pub fn fact(plan: &Plan, id: &str) -> FactBody {
    let catalog = &plan.catalog;
    let ix = catalog.fact_ix(id).expect("keys come from the catalog");
    let fact = catalog.fact(ix);
    FactBody {
        topic: fact.topic.clone(),
        question: text(catalog, &fact.question),
        help: fact.help.as_ref().map(|t| text(catalog, t)),
        measure: fact.measure.as_ref().map(|t| text(catalog, t)),
        fact_type: fact.fact_type.name(),
        unit: fact.unit.as_ref().map(|u| u.other.clone()),
        unit_one: fact.unit.as_ref().map(|u| u.one.clone()),
        range: fact.range.map(|(min, max)| RangeJson { min, max }),
        options: fact.options.iter().map(|o| ChoiceJson { id: o.id.clone(), label: o.label.clone() }).collect(),
        words: WordsJson { yes: fact.words.yes.clone(), no: fact.words.no.clone(), none: fact.words.none.clone() },
        read_by: plan
            .derived
            .read_by
            .get(&ix)
            .into_iter()
            .flatten()
            .map(|at| {
                let capability = &catalog.capabilities[at.capability];
                let place = format!("{}.{}", at.list.name(), at.place + 1);
                ReaderJson {
                    capability: named(plan, &Key::new(Kind::Capability, &capability.id)),
                    list: at.list.name(),
                    statement: at.statement(catalog).map(|s| s.id.clone().unwrap_or(place)).unwrap_or_default(),
                    cel: at.condition(catalog).map(|c| condition::cel(catalog, c)).unwrap_or_default(),
                }
            })
            .collect(),
        number_line: reads::line(plan, ix),
        answered_by: catalog
            .cases
            .iter()
            .filter_map(|of| {
                let answer = case::answer(catalog, ix, of.facts.get(ix)?);
                Some(CaseAnswerJson { case: named(plan, &Key::new(Kind::Case, &of.id)), answer })
            })
            .collect(),
    }
}
