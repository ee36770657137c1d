//! The page of a layer.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::many::{FULL, SUMMED};
use super::page::toc_of;
use super::parts::{ComplexityView, Counted, FoundationView, Link, ProseSection};
use super::shared::complexity;
use super::{Made, PageView, graph};
use crate::model::{Capability, Component, Condition, Key, Kind, Text};

/// `layer.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerPage {
    /// "Layer 2".
    pub name: String,
    /// "Enhancement".
    pub title: String,
    pub lede_html: String,
    pub topics_html: Vec<String>,
    pub questions: Vec<LayerQuestion>,
    /// The drawing of what stands on what.
    pub graph_html: Option<String>,
    /// True where the layer holds more than a hundred capabilities or components: each then has a line of its own, and
    /// in place of the drawing stands what most of them build on.
    pub many: bool,
    /// In place of the drawing: what the capabilities build on, the most needed first.
    pub carriers: Vec<Counted>,
    pub capabilities: Vec<LayerCapability>,
    pub components: Vec<LayerComponent>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerQuestion {
    pub question_html: String,
    pub capability: Option<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerCapability {
    pub title: String,
    pub href: String,
    /// Empty beyond five hundred.
    pub summary_html: String,
    pub complexity: ComplexityView,
    /// What it builds on; empty where there are many.
    pub foundations: Vec<FoundationView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerComponent {
    pub title: String,
    pub href: String,
    pub summary_html: String,
    /// What builds on it, and what that adds; empty where there are many.
    pub supports: Vec<FoundationView>,
    /// How much builds on it, where there are many.
    pub count: Option<String>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let layer = here.catalog.layer(id)?;
    let lede = layer.description.as_ref().unwrap_or(&layer.summary);
    let capabilities: Vec<_> = here.catalog.capabilities.iter().filter(|c| c.layer.key.id == id).collect();
    let components: Vec<_> = here.catalog.components.iter().filter(|c| c.layer.key.id == id).collect();
    let built = |component: &Component| {
        let key = Key::new(Kind::Component, &component.id);
        here.plan.derived.supports.get(&key).map_or(0, Vec::len)
    };
    let many = capabilities.len() > FULL || components.iter().map(|component| built(component)).sum::<usize>() > FULL;
    let summed = capabilities.len() + components.len() <= SUMMED;
    let summary = |text: &Text| if summed { here.text(text) } else { String::new() };
    let made = LayerPage {
        name: here.catalog.layer_name(layer),
        title: layer.title.clone(),
        lede_html: here.text(lede),
        topics_html: here.texts(&layer.topics),
        questions: layer
            .questions
            .iter()
            .map(|(question, capability)| LayerQuestion {
                question_html: here.text(question),
                capability: capability.as_ref().map(|c| here.link(&c.key)),
            })
            .collect(),
        graph_html: if many { None } else { graph::of_layer(here, layer, &capabilities) },
        many,
        carriers: if many { carriers(here, &capabilities) } else { Vec::new() },
        capabilities: capabilities
            .iter()
            .map(|capability| LayerCapability {
                title: capability.title.clone(),
                href: here.thing(Kind::Capability, &capability.id),
                summary_html: summary(&capability.summary),
                complexity: complexity(here.words, capability.complexity),
                foundations: match many {
                    true => Vec::new(),
                    false => capability.builds_on.iter().map(|f| here.foundation(f)).collect(),
                },
            })
            .collect(),
        components: components
            .iter()
            .map(|component| LayerComponent {
                title: component.title.clone(),
                href: here.thing(Kind::Component, &component.id),
                summary_html: summary(&component.summary),
                supports: if many { Vec::new() } else { here.supports(&Key::new(Kind::Component, &component.id)).0 },
                count: (many && built(component) > 0).then(|| here.words.meta.supports.of(built(component))),
            })
            .collect(),
        intro_html: here.intro(&layer.prose),
        sections: here.sections(&layer.prose, &[]),
    };
    let words = &here.words.sections;
    let sections = [
        (!made.topics_html.is_empty(), "topics", &words.topics),
        (!made.questions.is_empty(), "questions", &words.questions),
        (made.intro_html.is_some(), "reading", &words.layer_text),
        (!made.capabilities.is_empty(), "capabilities", &words.capabilities),
        (!made.components.is_empty(), "components", &words.components),
        (made.graph_html.is_some() || !made.carriers.is_empty(), "graph", &words.graph),
    ];
    let mut toc: Vec<_> =
        sections.into_iter().filter(|(is, ..)| *is).map(|(_, id, title)| TocEntry::new(id, title)).collect();
    toc.extend(toc_of(&layer.prose, &[]));
    let about = About {
        title: here.layer_title(layer),
        description: here.catalog.plain(lede),
        trail: vec![here.index_link(Kind::Layer)],
        toc,
        file: Some(layer.span.file.clone()),
    };
    Some(Made { page: PageView::Layer(made), about })
}

/// What capabilities build on, with how many do, the most needed first; at most a hundred.
fn carriers(here: &Here, capabilities: &[&Capability<Condition>]) -> Vec<Counted> {
    let mut counts: BTreeMap<&Key, usize> = BTreeMap::new();
    for foundation in capabilities.iter().flat_map(|capability| &capability.builds_on) {
        *counts.entry(&foundation.on.key).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.truncate(FULL);
    let counted = |(key, count): (&Key, usize)| {
        let link = here.link(key);
        Counted { title: link.title, href: link.href, count: here.words.meta.supports.of(count) }
    };
    counts.into_iter().map(counted).collect()
}
