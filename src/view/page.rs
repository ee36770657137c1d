//! A prose page.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::parts::ProseSection;
use super::{Made, PageView};
use crate::model::{Kind, Prose};

/// `page.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProsePage {
    pub title: String,
    pub lede_html: Option<String>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let page = here.catalog.page(id)?;
    let made = ProsePage {
        title: page.title.clone(),
        lede_html: here.maybe(page.summary.as_ref()),
        intro_html: here.intro(&page.prose),
        sections: here.sections(&page.prose, &[]),
    };
    let about = About {
        title: page.title.clone(),
        description: page.summary.as_ref().map(|s| here.catalog.plain(s)).unwrap_or_default(),
        trail: vec![here.index_link(Kind::Page)],
        toc: toc_of(&page.prose, &[]),
        file: Some(page.span.file.clone()),
    };
    Some(Made { page: PageView::Prose(made), about })
}

/// The contents of prose: its second-level headings, without those whose id is in `elsewhere`.
pub(super) fn toc_of(prose: &Prose, elsewhere: &[&str]) -> Vec<TocEntry> {
    prose
        .sections
        .iter()
        .filter_map(|section| section.heading.as_ref())
        .filter(|heading| !elsewhere.contains(&heading.id.as_str()))
        .map(|heading| TocEntry::new(&heading.id, &heading.title))
        .collect()
}
