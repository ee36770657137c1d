//! The page of a component.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::page::toc_of;
use super::parts::{FoundationView, Link, ProseSection, StaysView};
use super::{Made, PageView};
use crate::model::{Key, Kind};

/// `component.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComponentPage {
    pub title: String,
    /// "Layer 1: Foundation".
    pub layer: Link,
    pub lede_html: String,
    pub url: Option<String>,
    /// What builds on it, and what that adds.
    pub supports: Vec<FoundationView>,
    /// What builds on it beyond the first hundred.
    pub supports_others: Vec<Link>,
    /// What does not replace it, and why.
    pub stays: Vec<StaysView>,
    pub stays_others: Vec<Link>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let component = here.catalog.component(id)?;
    let layer = here.catalog.layer(&component.layer.key.id)?;
    let key = Key::new(Kind::Component, id);
    let (supports, supports_others) = here.supports(&key);
    let (stays, stays_others) = here.stays(&key);
    let made = ComponentPage {
        title: component.title.clone(),
        layer: here.layer_link(layer),
        lede_html: here.text(&component.summary),
        url: component.url.clone(),
        supports,
        supports_others,
        stays,
        stays_others,
        intro_html: here.intro(&component.prose),
        sections: here.sections(&component.prose, &[]),
    };
    let words = &here.words.sections;
    let mut toc = Vec::new();
    if !made.supports.is_empty() {
        toc.push(TocEntry::new("supports", &words.supports));
    }
    if !made.stays.is_empty() {
        toc.push(TocEntry::new("stays", &words.stays));
    }
    toc.extend(toc_of(&component.prose, &[]));
    let about = About {
        title: component.title.clone(),
        description: here.catalog.plain(&component.summary),
        trail: vec![made.layer.clone()],
        toc,
        file: Some(component.span.file.clone()),
    };
    Some(Made { page: PageView::Component(made), about })
}
