//! The page of a fact.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::parts::{Link, NumberLineView, ReadGroup};
use super::{Made, PageView, lines, reads};
use crate::model::condition::FactIx;
use crate::model::{Case, FactType, Kind, Profile};

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

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let ix = here.catalog.fact_ix(id)?;
    let fact = here.catalog.fact(ix);
    let read_by = here.plan.derived.read_by.get(&ix).map_or(&[][..], Vec::as_slice);
    let mut capabilities: Vec<usize> = read_by.iter().map(|at| at.capability).collect();
    capabilities.dedup();
    let made = FactPage {
        id: fact.id.clone(),
        title: fact.title.clone(),
        question_html: here.text(&fact.question),
        help_html: here.maybe(fact.help.as_ref()),
        measure_html: here.maybe(fact.measure.as_ref()),
        fact_type: fact.fact_type.name(),
        type_label: type_label(here, fact.fact_type).to_owned(),
        unit: fact.unit.as_ref().map(|unit| unit.other.clone()),
        options: fact.options.iter().map(|o| FactOption { id: o.id.clone(), label: o.label.clone() }).collect(),
        line: lines::whole(here, ix),
        reads: reads::groups(here, &[ix], None, usize::MAX),
        statement_count: read_by.len(),
        capability_count: capabilities.len(),
        cases: here.catalog.cases.iter().filter_map(|case| answer(here, case, ix)).collect(),
    };
    let words = &here.words.sections;
    let sections = [
        (made.line.is_some(), "line", &words.line),
        (made.line.is_some(), "words", &words.words),
        (made.measure_html.is_some(), "measure", &words.measure),
        (!made.options.is_empty(), "options", &words.options),
        (!made.reads.is_empty(), "reads", &words.reads),
        (!made.cases.is_empty(), "cases", &words.case_answers),
    ];
    let about = About {
        title: fact.title.clone(),
        description: here.catalog.plain(&fact.question),
        trail: vec![here.index_link(Kind::Fact)],
        toc: sections.into_iter().filter(|(is, ..)| *is).map(|(_, id, title)| TocEntry::new(id, title)).collect(),
        file: Some(fact.span.file.clone()),
    };
    Some(Made { page: PageView::Fact(made), about })
}

/// A fact for a list.
pub(super) fn summary(here: &Here, ix: FactIx) -> FactSummary {
    let fact = here.catalog.fact(ix);
    FactSummary {
        id: fact.id.clone(),
        title: fact.title.clone(),
        href: here.thing(Kind::Fact, &fact.id),
        question_html: here.text(&fact.question),
    }
}

fn type_label<'a>(here: &Here<'a>, fact_type: FactType) -> &'a str {
    let words = &here.words.fact_type;
    match fact_type {
        FactType::Integer => &words.integer,
        FactType::Number => &words.number,
        FactType::Boolean => &words.boolean,
        FactType::Choice => &words.choice,
        FactType::Choices => &words.choices,
    }
}

fn answer(here: &Here, case: &Case<Profile>, fact: FactIx) -> Option<CaseValue> {
    let value = crate::words::answer(here.catalog, fact, case.facts.get(fact)?);
    let case = Link { title: case.title.clone(), href: here.thing(Kind::Case, &case.id) };
    Some(CaseValue { case, value })
}
