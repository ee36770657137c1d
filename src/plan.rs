//! plan: Catalog -> Plan. Every route decided once, every inverse link computed once. No HTML.

pub mod derived;
pub mod readers;
pub mod route;
pub mod section;
pub mod social;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use crate::assess::{Assessment, Assessor};
use crate::link::Catalog;
use crate::model::{Key, Kind, Span};

pub use derived::Derived;
pub use route::Route;
pub use section::Section;

/// What a page is, apart from its locale and its route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageName {
    Home,
    Matrix,
    /// The interview, and the verdicts of the reader's situation.
    Assess,
    /// What the files for programs are, and what they promise.
    Data,
    /// What a search finds, as a page.
    Search,
    /// The decision points of all capabilities.
    Checklist,
    /// What changed for readers.
    Changes,
    /// The index of a kind.
    Index(Kind),
    /// The page of a thing.
    Thing(Key),
    /// The trade-off of a capability, by the capability's id.
    TradeOff(String),
    NotFound,
}

/// A page that will be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPage {
    pub name: PageName,
    pub locale: Arc<str>,
    pub route: Route,
}

/// Everything that rendering needs to know: the catalog, its pages and routes, what is derived from it. A copy shares them.
#[derive(Debug, Clone)]
pub struct Plan {
    pub catalog: Arc<Catalog>,
    pub derived: Arc<Derived>,
    /// The folders of prose pages.
    pub sections: Vec<Section>,
    /// In reading order.
    pub pages: Arc<Vec<Arc<PlannedPage>>>,
    /// Old routes (of aliases) to the pages that stand in for them.
    pub redirects: BTreeMap<Route, PageName>,
    /// The date (ISO 8601) of the last change of content files, by path relative to the site's folder; none unless the
    /// site wants dates.
    pub dates: BTreeMap<String, String>,
    by_name: Arc<HashMap<PageName, usize>>,
    by_key: Arc<HashMap<Key, usize>>,
    by_route: Arc<HashMap<Route, usize>>,
    /// Filled when it is first asked for.
    assessed: Arc<OnceLock<Assessed>>,
    /// Over all that is published, filled when it is first asked for.
    content_hash: Arc<OnceLock<String>>,
    /// Of the thing on each page, filled one by one when they are asked for: every form of a thing says its hashes.
    hashes: Arc<[OnceLock<Hashes>]>,
}

/// What the rules say of the situations that the catalog holds, one assessment for each.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// Of `Catalog::cases`.
    pub cases: Vec<Assessment>,
    /// Of `Catalog::decisions`: of the facts that each records, by the rules of today.
    pub decisions: Vec<Assessment>,
}

/// Two hashes of a thing, so that a typo does not invalidate a decision; 32 hexadecimal digits each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashes {
    /// Over what decides.
    pub rules: String,
    /// Over every text.
    pub prose: String,
}

/// What a lock holds, made by `make` if it holds nothing; two threads at once may both make it. It is not made under the
/// lock: a thread that waits for a part of it takes up other work meanwhile, which may need the same.
pub fn remember<T>(lock: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    if let Some(known) = lock.get() {
        return known;
    }
    let made = make();
    lock.get_or_init(|| made)
}

/// Decides every route.
pub fn plan(catalog: Arc<Catalog>) -> Plan {
    // A site without capabilities is prose: it has nothing to filter and nothing to assess.
    let mut names = vec![PageName::Home];
    if !catalog.capabilities.is_empty() {
        names.extend([PageName::Matrix, PageName::Assess]);
    }
    names.extend([PageName::Data, PageName::Search]);
    if catalog.capabilities.iter().any(|capability| !capability.decision_points.is_empty()) {
        names.push(PageName::Checklist);
    }
    let mut thing = |kind: Kind, ids: Vec<String>| {
        if !ids.is_empty() {
            names.push(PageName::Index(kind));
        }
        for id in ids {
            names.push(PageName::Thing(Key::new(kind, &id)));
            if kind == Kind::Capability && catalog.capability(&id).is_some_and(|c| c.trade_off.is_some()) {
                names.push(PageName::TradeOff(id));
            }
        }
    };
    thing(Kind::Layer, catalog.layers.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Capability, catalog.capabilities.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Trigger, catalog.triggers().map(|(id, _, _)| id).collect());
    thing(Kind::Option, catalog.options.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Fact, catalog.facts.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Component, catalog.components.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Case, catalog.cases.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Decision, catalog.decisions.iter().map(|x| x.id.clone()).collect());
    thing(Kind::Page, catalog.pages.iter().map(|x| x.id.clone()).collect());
    if !catalog.changes.is_empty() {
        names.push(PageName::Changes);
    }
    names.push(PageName::NotFound);

    let locale: Arc<str> = Arc::from(catalog.site.locale.as_str());
    let page = |name| Arc::new(PlannedPage { locale: locale.clone(), route: Route::of(&name), name });
    let pages: Vec<Arc<PlannedPage>> = names.into_iter().map(page).collect();
    let (mut by_name, mut by_key) = (HashMap::new(), HashMap::new());
    for (n, page) in pages.iter().enumerate() {
        match &page.name {
            PageName::Thing(key) => by_key.insert(key.clone(), n),
            name => by_name.insert(name.clone(), n),
        };
    }
    let by_route = pages.iter().enumerate().map(|(n, p)| (p.route.clone(), n)).collect();
    let derived = Derived::of(&catalog);
    let redirects = route::redirects(&catalog);
    let sections = section::sections(&catalog);
    let (dates, assessed) = (BTreeMap::new(), Arc::default());
    Plan {
        hashes: unknown(&pages),
        content_hash: Arc::default(),
        derived: Arc::new(derived),
        sections,
        pages: Arc::new(pages),
        redirects,
        dates,
        by_name: Arc::new(by_name),
        by_key: Arc::new(by_key),
        by_route: Arc::new(by_route),
        assessed,
        catalog,
    }
}

/// Room for the hashes of the things on these pages.
fn unknown(pages: &[Arc<PlannedPage>]) -> Arc<[OnceLock<Hashes>]> {
    pages.iter().map(|_| OnceLock::new()).collect()
}

impl Plan {
    /// What the rules say of every case and every decision; made when it is first asked for.
    pub fn assessed(&self) -> &Assessed {
        remember(&self.assessed, || {
            let Catalog { cases, decisions, .. } = &*self.catalog;
            let assessor = Assessor::new(&self.catalog);
            Assessed {
                cases: cases.par_iter().map(|case| assessor.assess(&case.facts)).collect(),
                decisions: decisions.par_iter().map(|decision| assessor.assess(&decision.facts)).collect(),
            }
        })
    }

    /// Takes a catalog that differs in words alone: every route and every inverse link stays.
    pub fn take_words(&mut self, catalog: Arc<Catalog>) {
        self.take_prose(catalog);
        // The order of what is worthwhile follows complexity.
        self.assessed = Arc::default();
    }

    /// Takes a catalog that differs in prose alone: every route and every verdict stays.
    pub fn take_prose(&mut self, catalog: Arc<Catalog>) {
        self.hashes = unknown(&self.pages);
        self.content_hash = Arc::default();
        self.catalog = catalog;
    }

    /// Has the conformance vectors published, whatever the site says.
    pub fn publish_conformance(&mut self) {
        Arc::make_mut(&mut self.catalog).site.conformance = true;
    }

    /// The page of this name, if it is published.
    pub fn page(&self, name: &PageName) -> Option<&PlannedPage> {
        self.place(name).map(|n| &*self.pages[n])
    }

    /// The place of a page in `pages`.
    pub fn place(&self, name: &PageName) -> Option<usize> {
        match name {
            PageName::Thing(key) => self.by_key.get(key),
            name => self.by_name.get(name),
        }
        .copied()
    }

    /// The page of a thing, if it is published.
    pub fn thing(&self, key: &Key) -> Option<&PlannedPage> {
        self.by_key.get(key).map(|&n| &*self.pages[n])
    }

    /// The hashes of a thing, which `make` finds when they are first asked for.
    pub fn hashes(&self, key: &Key, make: impl Fn() -> Hashes) -> Hashes {
        match self.by_key.get(key) {
            Some(&n) => self.hashes[n].get_or_init(make).clone(),
            None => make(),
        }
    }

    /// The hash over all that is published, which `make` finds when it is first asked for.
    pub fn content_hash(&self, make: impl FnOnce() -> String) -> &str {
        remember::<String>(&self.content_hash, make)
    }

    /// The page at a route, if there is one.
    pub fn at(&self, route: &Route) -> Option<&PlannedPage> {
        self.by_route.get(route).map(|&n| &*self.pages[n])
    }

    /// The date of the last change of what a page shows; None where it is not known.
    pub fn changed(&self, name: &PageName) -> Option<&str> {
        let of = |span: &Span| {
            let prose = span.file.strip_suffix(".yaml").map(|stem| format!("{stem}.md"));
            let file = self.dates.get(&*span.file);
            file.into_iter().chain(prose.and_then(|prose| self.dates.get(&prose))).max()
        };
        let catalog = &self.catalog;
        let id = match name {
            PageName::Thing(key) => key.id.as_str(),
            PageName::TradeOff(id) => id,
            PageName::Home => return of(&catalog.site.span).map(String::as_str),
            PageName::Changes => return catalog.changes.iter().map(|change| change.date.as_str()).max(),
            PageName::NotFound => return None,
            // These show something of everything.
            _ => return self.dates.values().max().map(String::as_str),
        };
        let kind = if let PageName::Thing(key) = name { key.kind } else { Kind::Capability };
        let date = match kind {
            Kind::Layer => of(&catalog.layer(id)?.span),
            Kind::Capability => of(&catalog.capability(id)?.span),
            Kind::Trigger => of(&catalog.trigger(id)?.0.span),
            Kind::Option => of(&catalog.option(id)?.span),
            Kind::Fact => of(&catalog.fact(catalog.fact_ix(id)?).span),
            Kind::Component => of(&catalog.component(id)?.span),
            Kind::Case => of(&catalog.case(id)?.span),
            Kind::Page => of(&catalog.page(id)?.span),
            Kind::Decision => of(&catalog.decisions.iter().find(|d| d.id == id)?.span),
        };
        date.map(String::as_str)
    }

    /// The relative URL from one page to another; None where the target is not published.
    pub fn href(&self, from: &Route, to: &PageName) -> Option<String> {
        self.page(to).map(|page| from.to(page.route.as_str()))
    }
}
