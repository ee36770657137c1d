//! A prose page.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::parts::{Link, PageGroup, PageItem, ProseSection};
use super::{Made, PageView};
use crate::model::{Key, Kind, Page, Prose};
use crate::plan::{PageName, Section};

/// `page.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProsePage {
    pub title: String,
    pub lede_html: Option<String>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
    /// All sections of prose pages, this page's own with its pages; empty where there are too few pages to get lost in.
    pub navigation: Vec<PageGroup>,
}

/// Fewer pages than this need no navigation beside them.
const FEWEST: usize = 4;

/// How many pages of its own section the navigation of a page names; of a longer one, those around the page.
const MOST: usize = 60;

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let page = here.catalog.page(id)?;
    let made = ProsePage {
        title: page.title.clone(),
        lede_html: here.maybe(page.summary.as_ref()),
        intro_html: here.intro(&page.prose),
        sections: here.sections(&page.prose, &[]),
        navigation: navigation(here, id),
    };
    // The page that heads a section stands beside its section, not in it; a site's only section may have the index's name.
    let index = here.index_link(Kind::Page);
    let own = here.plan.sections.iter().find(|section| holds(here, section, id));
    let section = own
        .filter(|section| section.head.is_none_or(|head| here.catalog.pages[head].id != id))
        .and_then(|section| Some(Link { title: here.section_title(section), href: here.section_href(section)? }))
        .filter(|section| section.title != index.title);
    let about = About {
        title: page.title.clone(),
        description: page.summary.as_ref().map(|s| here.catalog.plain(s)).unwrap_or_default(),
        trail: [index].into_iter().chain(section).collect(),
        toc: toc_of(&page.prose, &[]),
        file: Some(page.span.file.clone()),
    };
    Some(Made { page: PageView::Prose(made), about })
}

/// True for the section that a page stands in or heads.
fn holds(here: &Here, section: &Section, id: &str) -> bool {
    section.head.iter().chain(&section.pages).any(|&n| here.catalog.pages[n].id == id)
}

fn navigation(here: &Here, id: &str) -> Vec<PageGroup> {
    if here.catalog.pages.len() < FEWEST {
        return Vec::new();
    }
    let mut groups: Vec<PageGroup> = here
        .plan
        .sections
        .iter()
        .map(|section| {
            let shown = section.folder.is_empty() || holds(here, section, id);
            let pages = if shown { &section.pages[..] } else { &[] };
            let at = pages.iter().position(|&n| here.catalog.pages[n].id == id).unwrap_or(0);
            let first = at.saturating_sub(MOST / 2).min(pages.len().saturating_sub(MOST));
            // Of ten thousand pages only these are looked at, for each of the ten thousand.
            group(here, section, &pages[first..pages.len().min(first + MOST)])
        })
        .collect();
    for group in &mut groups {
        group.summary_html = None;
        group.pages.iter_mut().for_each(|page| page.summary_html = None);
    }
    groups
}

/// Every section of prose pages with its pages.
pub(super) fn groups(here: &Here) -> Vec<PageGroup> {
    here.plan.sections.iter().map(|section| group(here, section, &section.pages)).collect()
}

/// A section of prose pages with some of its pages, as places in the catalog.
fn group(here: &Here, section: &Section, pages: &[usize]) -> PageGroup {
    let current = |page: &Page| here.page.name == PageName::Thing(Key::new(Kind::Page, &page.id));
    let item = |&n: &usize| {
        let page = &here.catalog.pages[n];
        PageItem {
            title: page.title.clone(),
            href: here.thing(Kind::Page, &page.id),
            summary_html: here.maybe(page.summary.as_ref()),
            current: current(page),
        }
    };
    let head = section.head.map(|n| &here.catalog.pages[n]);
    PageGroup {
        title: (!section.folder.is_empty()).then(|| here.section_title(section)),
        href: here.section_href(section),
        summary_html: head.and_then(|page| here.maybe(page.summary.as_ref())),
        current: head.is_some_and(current),
        pages: pages.iter().map(item).collect(),
    }
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
