//! The checklist: the decision points of every capability, to be ticked off and printed. A script leaves out what is
//! not worth it in the reader's situation, and puts the rest in the suggested order.
//!
//! With more than a hundred capabilities the page names them, as ways to the decision points on their pages; the script
//! then draws those of what is worth it, from a file that it loads once a situation is set.

use std::io::{self, Write};

use serde::Serialize;

use super::capability::{DecisionPointView, decision_points};
use super::frame::{About, TocEntry};
use super::here::{Here, Look};
use super::parts::{ComplexityView, Counted, Link};
use super::shared::complexity;
use super::{Made, PageView};
use crate::export::rules::fragment;
use crate::model::{Capability, Condition, Key, Kind};
use crate::plan::{PageName, Plan};

/// Where the decision points stand as a script, on a site of many capabilities. The address stays when they change.
pub const ROUTE: &str = "assets/points.js";

/// `checklist.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistPage {
    /// In reading order; capabilities without decision points are left out. Empty where there are more than a hundred.
    pub capabilities: Vec<ChecklistCapability>,
    /// In their place: the layers, with the names of their capabilities.
    pub layers: Vec<ChecklistLayer>,
    /// Where there are layers: the URLs of the script with all decision points and of those that draw them.
    pub points: Vec<String>,
    /// This page for the situation of each case.
    pub cases: Vec<Link>,
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

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistLayer {
    pub id: String,
    pub title: String,
    /// To the decision points of each, with how many.
    pub capabilities: Vec<Counted>,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let words = &here.words.checklist;
    let (capabilities, layers) = if here.many() {
        (Vec::new(), layers(here))
    } else {
        (deciding(here).map(|c| full(here, c)).collect(), Vec::new())
    };
    let toc = match &layers[..] {
        [] => capabilities.iter().map(|c: &ChecklistCapability| TocEntry::new(&c.id, &c.title)).collect(),
        layers => layers.iter().map(|layer| TocEntry::new(&layer.id, &layer.title)).collect(),
    };
    let about = About { title: words.title.clone(), description: words.description.clone(), toc, ..About::default() };
    let situation = |case: &crate::model::Case<crate::model::Profile>| Link {
        title: case.title.clone(),
        href: format!("#{}", fragment(here.catalog, &case.facts)),
    };
    let assessed = here.plan.page(&PageName::Assess).is_some();
    let made = ChecklistPage {
        total: deciding(here).map(|capability| capability.decision_points.len()).sum(),
        points: if layers.is_empty() { Vec::new() } else { scripts(here) },
        cases: if assessed { here.catalog.cases.iter().map(situation).collect() } else { Vec::new() },
        capabilities,
        layers,
    };
    Some(Made { page: PageView::Checklist(made), about })
}

/// What draws the decision points of many capabilities, in the order in which it is to be loaded.
fn scripts(here: &Here) -> Vec<String> {
    let draw = here.look.scripts.iter().filter(|script| script.many).map(|script| script.route.as_str());
    std::iter::once(ROUTE).chain(draw).map(|route| here.file(route)).collect()
}

/// The capabilities that have decision points.
fn deciding<'a>(here: &'a Here) -> impl Iterator<Item = &'a Capability<Condition>> {
    here.catalog.capabilities.iter().filter(|capability| !capability.decision_points.is_empty())
}

fn full(here: &Here, capability: &Capability<Condition>) -> ChecklistCapability {
    ChecklistCapability {
        id: capability.id.clone(),
        title: capability.title.clone(),
        href: here.key_href(&Key::new(Kind::Capability, &capability.id)),
        complexity: complexity(here.words, capability.complexity),
        points: decision_points(here, capability),
        closing_question_html: here.maybe(capability.closing_question.as_ref()),
    }
}

fn layers(here: &Here) -> Vec<ChecklistLayer> {
    let counted = |capability: &Capability<Condition>| Counted {
        title: capability.title.clone(),
        href: format!("{}#decision-points", here.thing(Kind::Capability, &capability.id)),
        count: here.words.meta.decision_points.of(capability.decision_points.len()),
    };
    let of = |layer: &crate::model::Layer| ChecklistLayer {
        id: layer.id.clone(),
        title: here.layer_title(layer),
        capabilities: deciding(here).filter(|c| c.layer.key.id == layer.id).map(counted).collect(),
    };
    here.catalog.layers.iter().map(of).filter(|layer| !layer.capabilities.is_empty()).collect()
}

/// True where the page needs the script of [`points`].
pub fn is_drawn(plan: &Plan) -> bool {
    plan.page(&PageName::Checklist).is_some() && plan.catalog.capabilities.len() > super::many::FULL
}

/// What the script needs of a capability.
#[derive(Serialize)]
struct Drawn {
    id: String,
    title: String,
    href: String,
    complexity: String,
    /// The key, the question and what to ask, as HTML.
    points: Vec<(String, String, Vec<String>)>,
    closing: Option<String>,
}

/// A classic script that puts the decision points of every capability, ready for `checklist.html`, at
/// `worthwhile.points`.
///
/// # Panics
/// If the plan has no checklist.
pub fn points(plan: &Plan, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let page = plan.page(&PageName::Checklist).expect("only a site with a checklist has this");
    let here = Here::new(plan, look, page);
    let drawn = |capability: &Capability<Condition>| {
        let ChecklistCapability { id, title, href, complexity, points, closing_question_html } =
            full(&here, capability);
        let points =
            points.into_iter().map(|point| (format!("{id}.{}", point.anchor), point.question_html, point.ask_html));
        Drawn {
            points: points.collect(),
            id,
            title,
            href,
            complexity: complexity.label,
            closing: closing_question_html,
        }
    };
    // A large site's are not held all at once.
    out.write_all(b"worthwhile.points=[")?;
    for (n, capability) in deciding(&here).enumerate() {
        let text = serde_json::to_string(&drawn(capability))?.replace('<', "\\u003c");
        write!(out, "{}{text}", if n > 0 { "," } else { "" })?;
    }
    out.write_all(b"];\n")
}
