//! The page of a layer.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::page::toc_of;
use super::parts::{ComplexityView, FoundationView, Link, ProseSection};
use super::shared::complexity;
use super::{Made, PageView, graph};
use crate::model::{Key, Kind};

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
    pub summary_html: String,
    pub complexity: ComplexityView,
    /// What it builds on.
    pub foundations: Vec<FoundationView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerComponent {
    pub title: String,
    pub href: String,
    pub summary_html: String,
    /// What builds on it, and what that adds.
    pub supports: Vec<FoundationView>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let layer = here.catalog.layer(id)?;
    let lede = layer.description.as_ref().unwrap_or(&layer.summary);
    let capabilities: Vec<_> = here.catalog.capabilities.iter().filter(|c| c.layer.key.id == id).collect();
    let components = here.catalog.components.iter().filter(|c| c.layer.key.id == id);
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
        graph_html: graph::of_layer(here, layer, &capabilities),
        capabilities: capabilities
            .iter()
            .map(|capability| LayerCapability {
                title: capability.title.clone(),
                href: here.thing(Kind::Capability, &capability.id),
                summary_html: here.text(&capability.summary),
                complexity: complexity(here.words, capability.complexity),
                foundations: capability.builds_on.iter().map(|f| here.foundation(f)).collect(),
            })
            .collect(),
        components: components
            .map(|component| LayerComponent {
                title: component.title.clone(),
                href: here.thing(Kind::Component, &component.id),
                summary_html: here.text(&component.summary),
                supports: here.supports(&Key::new(Kind::Component, &component.id)),
            })
            .collect(),
        intro_html: here.intro(&layer.prose),
        sections: here.sections(&layer.prose, &[]),
    };
    let words = &here.words.sections;
    let sections = [
        (!made.topics_html.is_empty(), "topics", &words.topics),
        (!made.questions.is_empty(), "questions", &words.questions),
        (!made.capabilities.is_empty(), "capabilities", &words.capabilities),
        (!made.components.is_empty(), "components", &words.components),
        (made.graph_html.is_some(), "graph", &words.graph),
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
