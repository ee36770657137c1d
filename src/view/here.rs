//! Where a view is made for: the page that URLs are relative to, and what it may look up.

use std::cell::Cell;

use super::parts::Link;
use super::words::Words;
use crate::link::Catalog;
use crate::model::{Key, Kind, Layer};
use crate::plan::{PageName, Plan, PlannedPage, Section};

/// What views take from the theme: its words and the names of its files.
#[derive(Debug, Clone)]
pub struct Look {
    pub words: Words,
    /// The route of the one stylesheet.
    pub stylesheet: String,
    pub scripts: Vec<Script>,
    /// The route of the rules as a script; None where there are none, or where the site is not published as a whole.
    pub rules: Option<String>,
    /// The route of the first shard of the search index; None where the site is not published as a whole.
    pub index: Option<String>,
}

/// A script of the theme.
#[derive(Debug, Clone)]
pub struct Script {
    pub route: String,
    /// Template names; empty: every page.
    pub on: Vec<String>,
    /// Template names that it is not for.
    pub except: Vec<String>,
    /// True for what every page loads once a situation is set.
    pub situation: bool,
    /// True for what every page loads once a reader turns to the search box.
    pub search: bool,
    /// True for what the assessment loads once a reader asks for a file.
    pub later: bool,
    /// True for what the checklist of a site of many capabilities loads once a situation is set.
    pub many: bool,
}

/// The page that a view is made for.
pub(super) struct Here<'a> {
    pub plan: &'a Plan,
    pub catalog: &'a Catalog,
    pub look: &'a Look,
    pub words: &'a Words,
    pub page: &'a PlannedPage,
    /// For a page that is served at any path: the absolute path of the site's root, `/` or `/sub/`.
    absolute: Option<&'a str>,
    /// How many drawings have been named.
    drawings: Cell<usize>,
}

impl<'a> Here<'a> {
    pub fn new(plan: &'a Plan, look: &'a Look, page: &'a PlannedPage) -> Self {
        let absolute = (page.name == PageName::NotFound).then(|| base_path(plan.catalog.site.base_url.as_deref()));
        Here { plan, catalog: &plan.catalog, look, words: &look.words, page, absolute, drawings: Cell::new(0) }
    }

    /// What starts the element ids of the next drawing: unique on the page.
    pub fn drawing_id(&self) -> String {
        self.drawings.set(self.drawings.get() + 1);
        format!("line-{}", self.drawings.get())
    }

    /// The URL of a file of the site.
    pub fn file(&self, route: &str) -> String {
        match self.absolute {
            Some(root) => format!("{root}{route}"),
            None => self.page.route.to(route),
        }
    }

    /// Before a route: `../` as often as needed, or the absolute root.
    pub fn root(&self) -> String {
        self.absolute.map_or_else(|| self.page.route.to_root(), str::to_owned)
    }

    /// The URL of the feed of changes, where there is one.
    pub fn feed(&self) -> Option<String> {
        let published = self.catalog.site.base_url.is_some() && !self.catalog.changes.is_empty();
        published.then(|| self.file("feed.xml"))
    }

    /// The URL of a page; home if it is not published.
    pub fn href(&self, to: &PageName) -> String {
        self.published(to).unwrap_or_else(|| self.home())
    }

    fn home(&self) -> String {
        self.file("index.html")
    }

    /// The URL of a page, if it is published.
    pub fn published(&self, to: &PageName) -> Option<String> {
        self.plan.page(to).map(|page| self.file(page.route.as_str()))
    }

    /// The URL of a thing's page.
    pub fn thing(&self, kind: Kind, id: &str) -> String {
        self.key_href(&Key::new(kind, id))
    }

    pub fn key_href(&self, key: &Key) -> String {
        self.published_thing(key).unwrap_or_else(|| self.home())
    }

    /// The URL of a thing's page, if it is published.
    pub fn published_thing(&self, key: &Key) -> Option<String> {
        self.plan.thing(key).map(|page| self.file(page.route.as_str()))
    }

    /// A link to a thing by its title.
    pub fn link(&self, key: &Key) -> Link {
        Link { title: self.catalog.title(key).unwrap_or_else(|| key.id.clone()), href: self.key_href(key) }
    }

    /// "Layer 2: Enhancement".
    pub fn layer_link(&self, layer: &Layer) -> Link {
        Link { title: self.layer_title(layer), href: self.thing(Kind::Layer, &layer.id) }
    }

    pub fn layer_title(&self, layer: &Layer) -> String {
        format!("{}: {}", self.catalog.layer_name(layer), layer.title)
    }

    /// The title of a page, for links and breadcrumbs.
    pub fn title(&self, name: &PageName) -> String {
        match name {
            PageName::Home => self.words.nav.home.clone(),
            PageName::Matrix => self.words.nav.matrix.clone(),
            PageName::Assess => self.words.nav.assess.clone(),
            PageName::Data => self.words.data.title.clone(),
            PageName::Search => self.words.search.title.clone(),
            PageName::Checklist => self.words.checklist.title.clone(),
            PageName::Changes => self.words.changes.title.clone(),
            PageName::Index(kind) => self.kind_title(*kind),
            PageName::NotFound => self.words.not_found.title.clone(),
            PageName::Thing(Key { kind: Kind::Layer, id }) => {
                self.catalog.layer(id).map(|layer| self.layer_title(layer)).unwrap_or_default()
            }
            PageName::Thing(key) => self.catalog.title(key).unwrap_or_default(),
            PageName::TradeOff(id) => {
                self.catalog.capability(id).map(|c| super::trade_off::title(self, c)).unwrap_or_default()
            }
        }
    }

    /// The title of a kind's index.
    pub fn kind_title(&self, kind: Kind) -> String {
        if kind == Kind::Layer {
            return self.catalog.site.layers_label.clone();
        }
        self.words.kinds.get(self.kind_words(kind)).map_or_else(|| kind.folder().to_owned(), |w| w.title.clone())
    }

    /// By which key the theme has words on a kind: its folder. The pages of a site of prose are no guide but the whole.
    pub fn kind_words(&self, kind: Kind) -> &'static str {
        if kind == Kind::Page && self.prose_only() { "contents" } else { kind.folder() }
    }

    /// A link to a page by its title.
    pub fn link_to(&self, name: &PageName) -> Link {
        Link { title: self.title(name), href: self.href(name) }
    }

    /// A link to a kind's index.
    pub fn index_link(&self, kind: Kind) -> Link {
        Link { title: self.kind_title(kind), href: self.href(&PageName::Index(kind)) }
    }

    /// The title of a section of prose pages: that of the page that heads it, else its folder's name.
    pub fn section_title(&self, section: &Section) -> String {
        match section.head {
            Some(page) => self.catalog.pages[page].title.clone(),
            None => super::case::topic_title(section.folder.rsplit('/').next().unwrap_or_default()),
        }
    }

    /// Where a section of prose pages begins: the page that heads it, else its part of the index. None for the pages
    /// that stand in no folder.
    pub fn section_href(&self, section: &Section) -> Option<String> {
        match section.head {
            Some(page) => Some(self.thing(Kind::Page, &self.catalog.pages[page].id)),
            None if section.folder.is_empty() => None,
            None => Some(format!("{}#{}", self.href(&PageName::Index(Kind::Page)), section.anchor())),
        }
    }

    /// True for a site of prose alone: there is nothing to assess.
    pub fn prose_only(&self) -> bool {
        self.catalog.capabilities.is_empty()
    }

    /// A page's neighbour of the same kind.
    pub fn neighbour(&self, step: isize) -> Option<Link> {
        let same = |name: &PageName| match (&self.page.name, name) {
            (PageName::Thing(a), PageName::Thing(b)) => a.kind == b.kind,
            (PageName::TradeOff(_), PageName::TradeOff(_)) => true,
            _ => false,
        };
        // A capability's trade-off follows it in reading order, so at most one page of another sort stands between.
        let at = self.plan.place(&self.page.name)?;
        let page = (1..=MOST_BETWEEN)
            .filter_map(|n| self.plan.pages.get(at.checked_add_signed(step * n)?))
            .find(|page| same(&page.name))?;
        Some(Link { title: self.title(&page.name), href: self.file(page.route.as_str()) })
    }
}

/// How far the neighbour of a page may stand from it: capabilities without trade-off stand between two trade-offs.
const MOST_BETWEEN: isize = 64;

/// The path of a base URL: `https://example.org/sub/` -> `/sub/`; `/` without one.
fn base_path(base_url: Option<&str>) -> &str {
    base_url
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
        .unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::base_path;

    #[test]
    fn base_paths() {
        assert_eq!(base_path(None), "/");
        assert_eq!(base_path(Some("https://example.org/")), "/");
        assert_eq!(base_path(Some("https://example.org/a/b/")), "/a/b/");
    }
}
