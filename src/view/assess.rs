//! The page of the assessment: what a script makes an interview of, and without one the rules in words and every case
//! with its verdicts.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::{Link, StatementView, VerdictView};
use super::{Made, PageView};
use crate::model::{Capability, Condition, Key, Kind, ListKind};

/// `assess.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssessPage {
    /// The cases, as columns.
    pub cases: Vec<Link>,
    /// Every capability with the verdict that each case gets, computed at build.
    pub rows: Vec<AssessedRow>,
    pub rules: Vec<RulesView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssessedRow {
    pub capability: Link,
    /// One for each case.
    pub cells: Vec<AssessedCell>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssessedCell {
    /// The case's title, for narrow screens.
    pub case: String,
    /// Null for guidance only.
    pub verdict: Option<VerdictView>,
}

/// The rules of a capability in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulesView {
    pub capability: Link,
    pub lists: Vec<RuleList>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleList {
    pub title: String,
    pub statements: Vec<StatementView>,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let catalog = here.catalog;
    let made = AssessPage {
        cases: catalog.cases.iter().map(|case| here.link(&Key::new(Kind::Case, &case.id))).collect(),
        rows: rows(here),
        rules: catalog.capabilities.iter().map(|capability| rules(here, capability)).collect(),
    };
    let word = |key: &str| here.words.assess[key].as_str().unwrap_or_default().to_owned();
    let about = About { title: word("title"), description: word("lede"), ..About::default() };
    Some(Made { page: PageView::Assess(made), about })
}

fn rows(here: &Here) -> Vec<AssessedRow> {
    let cases: Vec<_> = here.catalog.cases.iter().map(|case| &case.title).zip(&here.plan.assessed().cases).collect();
    let row = |(n, capability): (usize, &Capability<Condition>)| AssessedRow {
        capability: here.link(&Key::new(Kind::Capability, &capability.id)),
        cells: cases
            .iter()
            .map(|(title, assessment)| {
                let found = &assessment.capabilities[n];
                let verdict = found.verdict.map(|verdict| here.verdict_as(verdict, found.settled));
                AssessedCell { case: (*title).clone(), verdict }
            })
            .collect(),
    };
    here.catalog.capabilities.iter().enumerate().map(row).collect()
}

fn rules(here: &Here, capability: &Capability<Condition>) -> RulesView {
    let lists = capability
        .lists()
        .into_iter()
        .filter(|(_, statements)| !statements.is_empty())
        .map(|(list, statements): (ListKind, _)| RuleList {
            title: here.words.lists.of(list).to_owned(),
            statements: here.statements(capability, list, statements),
        })
        .collect();
    RulesView { capability: here.link(&Key::new(Kind::Capability, &capability.id)), lists }
}
