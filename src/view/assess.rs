//! The page of the assessment: what a script makes an interview of, and without one the rules in words and every case
//! with its verdicts.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::{Counted, Link, StatementView, VerdictView};
use super::{Made, PageView};
use crate::assess::{Assessment, CapabilityAssessment};
use crate::model::{Capability, Condition, Key, Kind, ListKind, Verdict};

/// `assess.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssessPage {
    /// The cases, as columns.
    pub cases: Vec<Link>,
    /// Every capability with the verdict that each case gets, computed at build.
    pub rows: Vec<AssessedRow>,
    pub rules: Vec<RulesView>,
    /// With more than a hundred capabilities, in place of `rows`: what each case gets, counted.
    pub tallies: Vec<CaseTally>,
    /// The same in place of `rules`: the layers, whose capabilities have the rules on their pages.
    pub layers: Vec<Counted>,
}

/// How many capabilities get each verdict in a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseTally {
    pub case: Link,
    pub verdicts: Vec<VerdictCount>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictCount {
    pub verdict: VerdictView,
    pub count: usize,
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
    let cases: Vec<Link> = catalog.cases.iter().map(|case| here.link(&Key::new(Kind::Case, &case.id))).collect();
    let made = if here.many() {
        let (tallies, layers) = (tallies(here, &cases), here.counted_layers());
        AssessPage { cases, rows: Vec::new(), rules: Vec::new(), tallies, layers }
    } else {
        let rules = catalog.capabilities.iter().map(|capability| rules(here, capability)).collect();
        AssessPage { cases, rows: rows(here), rules, tallies: Vec::new(), layers: Vec::new() }
    };
    let word = |key: &str| here.words.assess[key].as_str().unwrap_or_default().to_owned();
    let about = About { title: word("title"), description: word("lede"), ..About::default() };
    Some(Made { page: PageView::Assess(made), about })
}

fn tallies(here: &Here, cases: &[Link]) -> Vec<CaseTally> {
    let count = |assessment: &Assessment, verdict: Verdict, settled: bool| {
        let same = |found: &&CapabilityAssessment| {
            found.verdict == Some(verdict) && (found.settled || verdict == Verdict::Open) == settled
        };
        assessment.capabilities.iter().filter(same).count()
    };
    let tally = |(case, assessment): (&Link, &Assessment)| CaseTally {
        case: case.clone(),
        verdicts: Verdict::ALL
            .into_iter()
            .flat_map(|verdict| [true, false].map(|settled| (verdict, settled)))
            .map(|(verdict, settled)| VerdictCount {
                verdict: here.verdict_as(verdict, settled),
                count: count(assessment, verdict, settled),
            })
            .filter(|counted| counted.count > 0)
            .collect(),
    };
    cases.iter().zip(&here.plan.assessed().cases).map(tally).collect()
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
