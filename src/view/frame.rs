//! What every page has around its content.

use serde::Serialize;

use super::here::{Here, Script};
use super::parts::Link;
use crate::export::Export;
use crate::model::{Key, Kind};
use crate::plan::{PageName, Route, Section};

/// The frame of a page: head, header, breadcrumb, contents, neighbours, footer. All URLs are relative to the page,
/// except on `404.html`, which is served for any path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// For `<title>`: "Service mesh – Worthwhile".
    pub title: String,
    /// Plain, for `<meta name="description">`.
    pub description: String,
    pub locale: String,
    /// The template's name without `.html`: `capability`. For a class on `<body>`.
    pub template: &'static str,
    /// Before a route of the site: `../`, or nothing at the root.
    pub root: String,
    pub home_href: String,
    pub stylesheet: String,
    /// Classic scripts, to be deferred.
    pub scripts: Vec<String>,
    /// What a reader's situation needs; null where there are no rules.
    pub situation: Option<SituationFrame>,
    /// What the search box needs; null where there is no index.
    pub search: Option<SearchFrame>,
    /// Absolute; null without a `base_url`.
    pub canonical: Option<String>,
    pub og: OpenGraph,
    /// What the page is, as JSON-LD with `<` escaped; null without a `base_url`.
    pub json_ld: Option<String>,
    /// The feed of changes; null where there is none.
    pub feed_href: Option<String>,
    /// The date of the last change of what the page shows, ISO 8601; null where it is not known.
    pub changed: Option<String>,
    pub site_title: String,
    pub tagline: Option<String>,
    pub nav: Vec<NavLink>,
    /// From home to this page; empty on home. The last has no `href`: it is this page.
    pub breadcrumb: Vec<Crumb>,
    /// The sections of this page; empty where there are fewer than two.
    pub toc: Vec<TocEntry>,
    /// Neighbours of the same kind, in reading order.
    pub previous: Option<Link>,
    pub next: Option<Link>,
    pub edit_href: Option<String>,
    /// The JSON of what the page is about.
    pub json_href: Option<String>,
    /// The page in Markdown.
    pub markdown_href: Option<String>,
    pub footer: Footer,
}

/// The reader's situation stands in the fragment; what it takes is loaded once it is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SituationFrame {
    pub assess_href: String,
    /// The rules and classic scripts, in this order; empty where the page has them anyway.
    pub load: Vec<String>,
}

/// What the search box loads once a reader turns to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchFrame {
    /// The page of results.
    pub href: String,
    pub script: String,
    /// The first shard of the index, which says how many there are.
    pub index: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenGraph {
    pub title: String,
    pub description: String,
    /// `website` or `article`.
    pub kind: &'static str,
    /// Absolute; null without a `base_url`.
    pub url: Option<String>,
    /// Absolute; null where the page has none.
    pub image: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavLink {
    pub title: String,
    pub href: String,
    /// For `aria-current`: `page` on the page itself, `true` on pages below it, else null.
    pub current: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    pub title: String,
    pub href: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Footer {
    /// The index of every kind that is published.
    pub indexes: Vec<Link>,
    /// The page on how verdicts are computed or how to read the site, if there is one.
    pub guide: Option<Link>,
    /// Pages that are no thing's own; and about, if there is such a page.
    pub links: Vec<Link>,
    pub licence: Option<LicenceView>,
    pub credits_html: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicenceView {
    pub name: String,
    pub href: Option<String>,
}

/// What a page tells its frame.
#[derive(Debug, Default)]
pub(super) struct About {
    /// For the title and social previews; home has the site's own.
    pub title: String,
    pub description: String,
    /// Between home and this page.
    pub trail: Vec<Link>,
    pub toc: Vec<TocEntry>,
    /// The source file, relative to the site's folder.
    pub file: Option<std::sync::Arc<str>>,
}

impl TocEntry {
    pub(super) fn new(id: &str, title: &str) -> Self {
        TocEntry { id: id.to_owned(), title: title.to_owned() }
    }
}

/// The frame of the page.
pub(super) fn frame(here: &Here, about: About) -> Frame {
    let site = &here.catalog.site;
    let name = &here.page.name;
    let template = super::template(name);
    let title = match name {
        PageName::Home => match &site.tagline {
            Some(tagline) => format!("{}: {tagline}", site.title),
            None => site.title.clone(),
        },
        _ => format!("{} – {}", shortened(&about.title, LONGEST_TITLE, &site.title), site.title),
    };
    // The page for lost readers has no address of its own.
    let canonical = site.base_url.as_ref().filter(|_| *name != PageName::NotFound).map(|base| {
        let route = here.page.route.as_str();
        format!("{base}{}", if *name == PageName::Home { "" } else { route })
    });
    let json = match name {
        PageName::Thing(key) => Some(Route::of_json(key)),
        PageName::TradeOff(id) => Some(Route::of_json(&Key::new(Kind::Capability, id))),
        PageName::Index(kind) => Some(Export::KindIndex(*kind).route()),
        PageName::Home => Some(Export::Index.route()),
        PageName::Matrix => Some(Export::Matrix.route()),
        PageName::Assess => Some(Export::Framework.route()),
        PageName::Data => Some(Export::Index.route()),
        PageName::Search | PageName::Checklist | PageName::Changes | PageName::NotFound => None,
    };
    let markdown = (*name != PageName::NotFound).then(|| here.page.route.twin());
    let mut frame = Frame {
        json_ld: None,
        feed_href: here.feed(),
        changed: here.plan.changed(name).map(str::to_owned),
        og: OpenGraph {
            title: if *name == PageName::Home { site.question.clone() } else { about.title.clone() },
            description: about.description.clone(),
            kind: if matches!(name, PageName::Thing(_) | PageName::TradeOff(_)) { "article" } else { "website" },
            url: canonical.clone(),
            image: match name {
                PageName::Thing(key) => crate::plan::social::route(here.plan, key)
                    .map(|route| format!("{}{route}", site.base_url.as_deref().unwrap_or_default())),
                _ => None,
            },
        },
        title,
        description: about.description,
        locale: here.page.locale.to_string(),
        template,
        root: here.root(),
        home_href: here.href(&PageName::Home),
        stylesheet: here.file(&here.look.stylesheet),
        scripts: scripts(here, template),
        situation: situation(here, template),
        search: search(here),
        canonical,
        site_title: site.title.clone(),
        tagline: site.tagline.clone(),
        nav: nav(here),
        breadcrumb: breadcrumb(here, about.trail, about.title),
        toc: if about.toc.len() < 2 { Vec::new() } else { about.toc },
        previous: here.neighbour(-1),
        next: here.neighbour(1),
        edit_href: about.file.and_then(|file| site.edit_url.as_ref().map(|pattern| pattern.replace("{path}", &file))),
        json_href: json.map(|route| here.file(route.as_str())),
        markdown_href: markdown.map(|route| here.file(route.as_str())),
        footer: footer(here),
    };
    frame.json_ld = super::json_ld::json_ld(here, &frame);
    frame
}

/// What runs on every page or on this one. The interview needs the rules before anything that reads them.
fn scripts(here: &Here, template: &str) -> Vec<String> {
    let runs = |script: &&Script| match script.on[..] {
        [] => {
            let waits = script.situation || script.search || script.later || script.many;
            !waits && !script.except.iter().any(|except| except == template)
        }
        _ => script.on.iter().any(|on| on == template),
    };
    let rules = here.look.rules.iter().filter(|_| here.page.name == PageName::Assess);
    let scripts = here.look.scripts.iter().filter(runs).map(|script| &script.route);
    rules.chain(scripts).map(|route| here.file(route)).collect()
}

fn situation(here: &Here, template: &str) -> Option<SituationFrame> {
    let rules = here.look.rules.as_ref()?;
    let waits = |script: &&Script| script.situation && !script.on.iter().any(|on| on == template);
    let scripts = here.look.scripts.iter().filter(waits).map(|script| &script.route);
    let load = match here.page.name {
        PageName::Assess => Vec::new(),
        _ => std::iter::once(rules).chain(scripts).map(|route| here.file(route)).collect(),
    };
    Some(SituationFrame { assess_href: here.href(&PageName::Assess), load })
}

fn search(here: &Here) -> Option<SearchFrame> {
    let script = here.look.scripts.iter().find(|script| script.search)?;
    let index = here.file(here.look.index.as_ref()?);
    Some(SearchFrame { href: here.href(&PageName::Search), script: here.file(&script.route), index })
}

/// The header's links: only what exists.
fn nav(here: &Here) -> Vec<NavLink> {
    let words = &here.words.nav;
    let targets = [
        (PageName::Matrix, words.matrix.clone()),
        (PageName::Assess, words.assess.clone()),
        (PageName::Index(Kind::Layer), here.kind_title(Kind::Layer)),
        (PageName::Index(Kind::Case), words.cases.clone()),
        (PageName::Index(Kind::Page), here.kind_title(Kind::Page)),
    ];
    let sections = if here.prose_only() { sections(here) } else { Vec::new() };
    // Where the sections stand, the index of all pages is the home page.
    let targets =
        targets.into_iter().filter(|(target, _)| sections.is_empty() || *target != PageName::Index(Kind::Page));
    let links = targets.filter_map(|(target, title)| {
        let href = here.published(&target)?;
        let current = if here.page.name == target {
            Some("page")
        } else {
            stands_below(&here.page.name, &target).then_some("true")
        };
        Some(NavLink { title, href, current })
    });
    links.chain(sections.clone()).collect()
}

/// The header of a site of prose names its sections, if they are few enough to fit; else none.
fn sections(here: &Here) -> Vec<NavLink> {
    let page = match &here.page.name {
        PageName::Thing(Key { kind: Kind::Page, id }) => id.as_str(),
        _ => "",
    };
    let named: Vec<_> = here.plan.sections.iter().filter(|section| !section.folder.contains('/')).collect();
    if named.len() > MOST_SECTIONS {
        return Vec::new();
    }
    let link = |section: &Section| {
        let below = page.strip_prefix(&section.folder).filter(|_| !section.folder.is_empty());
        let current = match below {
            Some("") => Some("page"),
            Some(rest) if rest.starts_with('/') => Some("true"),
            _ => None,
        };
        // Without a page that heads it, a section is its first page.
        let first = || here.thing(Kind::Page, &here.catalog.pages[*section.pages.first()?].id).into();
        let href = if section.head.is_some() { here.section_href(section) } else { first() }?;
        (!section.folder.is_empty()).then(|| NavLink { title: here.section_title(section), href, current })
    };
    named.into_iter().filter_map(link).collect()
}

/// How many sections the header of a site of prose has room for.
const MOST_SECTIONS: usize = 6;

/// True where the page stands under what a header link leads to.
fn stands_below(page: &PageName, target: &PageName) -> bool {
    let kind = match page {
        PageName::Thing(Key { kind: Kind::Trigger, .. }) | PageName::TradeOff(_) => Kind::Capability,
        PageName::Thing(key) => key.kind,
        PageName::Index(kind) => *kind,
        _ => return false,
    };
    match target {
        PageName::Index(Kind::Layer) => matches!(kind, Kind::Layer | Kind::Capability | Kind::Component),
        PageName::Index(of) => kind == *of,
        _ => false,
    }
}

fn breadcrumb(here: &Here, trail: Vec<Link>, title: String) -> Vec<Crumb> {
    if matches!(here.page.name, PageName::Home | PageName::NotFound) {
        return Vec::new();
    }
    let home = Link { title: here.words.nav.home.clone(), href: here.href(&PageName::Home) };
    std::iter::once(home)
        .chain(trail)
        .map(|link| Crumb { title: link.title, href: Some(link.href) })
        .chain([Crumb { title, href: None }])
        .collect()
}

fn footer(here: &Here) -> Footer {
    let site = &here.catalog.site;
    let page = |id: &str| {
        let page = here.catalog.page(id)?;
        let href = here.published(&PageName::Thing(Key::new(Kind::Page, id)))?;
        Some(Link { title: page.title.clone(), href })
    };
    let indexes = Kind::ALL.into_iter().filter_map(|kind| {
        let href = here.published(&PageName::Index(kind))?;
        Some(Link { title: here.kind_title(kind), href })
    });
    let tools = [PageName::Checklist, PageName::Data, PageName::Changes, PageName::Search];
    let tools = tools.iter().filter(|name| here.plan.page(name).is_some()).map(|name| here.link_to(name));
    Footer {
        indexes: indexes.collect(),
        guide: GUIDES.into_iter().find_map(page),
        links: tools.chain(ABOUTS.into_iter().filter_map(page)).collect(),
        licence: site.licence.as_ref().map(|l| LicenceView { name: l.name.clone(), href: l.url.clone() }),
        credits_html: here.texts(&site.credits),
    }
}

/// Search engines and tabs cut longer titles. In characters, with the site's title.
const LONGEST_TITLE: usize = 70;

/// A page's title cut at a word, so that with the site's title behind it it is not longer than `longest`.
fn shortened(title: &str, longest: usize, site: &str) -> String {
    let room = longest.saturating_sub(site.chars().count() + " – ".chars().count());
    if title.chars().count() <= room {
        return title.to_owned();
    }
    let mut short = String::new();
    for word in title.split_whitespace() {
        if short.chars().count() + word.chars().count() + 2 > room {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    format!("{}…", short.trim_end_matches([',', ';', ':', '(']).trim_end())
}

/// Pages that the footer points to as the explanation of the rules: the first that exists.
const GUIDES: [&str; 2] = ["guide/how-verdicts-are-computed", "guide/reading-guide"];

/// Pages that the footer links where they exist.
const ABOUTS: [&str; 1] = ["about"];
