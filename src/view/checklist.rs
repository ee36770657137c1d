//! The checklist: the decision points of every capability, to be ticked off and printed. A script leaves out what is
//! not worth it in the reader's situation, and puts the rest in the suggested order.

use serde::Serialize;

use super::capability::{DecisionPointView, decision_points};
use super::frame::{About, TocEntry};
use super::here::Here;
use super::parts::ComplexityView;
use super::shared::complexity;
use super::{Made, PageView};
use crate::model::{Key, Kind};

/// `checklist.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistPage {
    /// In reading order; capabilities without decision points are left out.
    pub capabilities: Vec<ChecklistCapability>,
    /// How many decision points there are.
    pub total: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistCapability {
    pub id: String,
    pub title: String,
    pub href: String,
    pub complexity: ComplexityView,
    pub points: Vec<DecisionPointView>,
    pub closing_question_html: Option<String>,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let words = &here.words.checklist;
    let capabilities: Vec<ChecklistCapability> = here
        .catalog
        .capabilities
        .iter()
        .filter(|capability| !capability.decision_points.is_empty())
        .map(|capability| ChecklistCapability {
            id: capability.id.clone(),
            title: capability.title.clone(),
            href: here.key_href(&Key::new(Kind::Capability, &capability.id)),
            complexity: complexity(here.words, capability.complexity),
            points: decision_points(here, capability),
            closing_question_html: here.maybe(capability.closing_question.as_ref()),
        })
        .collect();
    let about = About {
        title: words.title.clone(),
        description: words.description.clone(),
        toc: capabilities.iter().map(|c| TocEntry::new(&c.id, &c.title)).collect(),
        ..About::default()
    };
    let total = capabilities.iter().map(|capability| capability.points.len()).sum();
    Some(Made { page: PageView::Checklist(ChecklistPage { capabilities, total }), about })
}
