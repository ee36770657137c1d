//! llms.txt and llms-full.txt, after llmstxt.org: what there is for models to read, with its size, and all of it.

use super::paper::escape;
use super::{body, summary, title, tokens, twin};
use crate::export::Export;
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::view::Words;

pub const ROUTE: &str = "llms.txt";
pub const FULL_ROUTE: &str = "llms-full.txt";

/// The kinds that make up `llms-full.txt`. Triggers and trade-offs stand inside capabilities.
const FULL: [Kind; 8] =
    [Kind::Layer, Kind::Capability, Kind::Option, Kind::Fact, Kind::Component, Kind::Case, Kind::Decision, Kind::Page];

/// The kinds whose pages `llms.txt` names one by one in its main part; the rest is optional.
const MAIN: [Kind; 4] = [Kind::Layer, Kind::Capability, Kind::Case, Kind::Page];

/// `llms.txt`: title, what it is, how to read it, lists of links with sizes.
pub fn llms(plan: &Plan, words: &Words) -> String {
    let catalog = &plan.catalog;
    let said = &words.twin.llms;
    let mut out = format!("# {}\n\n> {} ", escape(&catalog.site.title), escape(&catalog.site.question));
    out.push_str(&escape(&one_line(&catalog.plain(&catalog.site.description))));
    out.push('\n');
    for paragraph in &said.about {
        out.push_str(&format!("\n{paragraph}\n"));
    }

    let pages = [PageName::Home, PageName::Matrix, PageName::Assess, PageName::Data];
    section(&mut out, &catalog.site.title, pages.iter().filter_map(|name| page_link(plan, words, name)));
    for kind in MAIN {
        let links = crate::export::keys(plan, kind).into_iter().map(PageName::Thing);
        section(
            &mut out,
            &title(plan, words, &PageName::Index(kind)),
            links.filter_map(|n| page_link(plan, words, &n)),
        );
    }
    let data = [(Export::Index, &said.index), (Export::Framework, &said.framework), (Export::Matrix, &said.matrix)];
    let data = data.into_iter().map(|(export, about)| {
        let size = tokens(&String::from_utf8_lossy(&crate::export::render(plan, &export)));
        let name = export.route().to_string();
        link(words, name.rsplit('/').next().unwrap_or(&name), &crate::export::url(plan, &export.route()), about, size)
    });
    section(&mut out, &said.data, data);

    let mut optional = Vec::new();
    let size = tokens(&full(plan, words));
    optional.push(link(words, &said.full, &address(plan, FULL_ROUTE), &said.full_about, size));
    for kind in Kind::ALL.into_iter().filter(|kind| !MAIN.contains(kind)) {
        optional.extend(page_link(plan, words, &PageName::Index(kind)));
    }
    for kind in [Kind::Option, Kind::Fact, Kind::Component, Kind::Decision] {
        let links = crate::export::keys(plan, kind).into_iter().map(PageName::Thing);
        optional.extend(links.filter_map(|name| page_link(plan, words, &name)));
    }
    section(&mut out, &said.optional, optional.into_iter());
    out
}

/// `llms-full.txt`: every page that says something of its own, links relative to the site's root.
pub fn full(plan: &Plan, words: &Words) -> String {
    let from = Route::new(FULL_ROUTE);
    let mut out = String::new();
    let mut add = |name: &PageName| {
        let Some(page) = plan.page(name) else { return };
        let url = crate::export::url(plan, &page.route.twin());
        out.push_str(&format!("<!-- {url} -->\n\n{}\n", body(plan, words, page, &from)));
    };
    add(&PageName::Home);
    add(&PageName::Matrix);
    for kind in FULL {
        for key in crate::export::keys(plan, kind) {
            add(&PageName::Thing(key));
        }
    }
    out
}

fn section(out: &mut String, title: &str, links: impl Iterator<Item = String>) {
    let links: Vec<String> = links.collect();
    if !links.is_empty() {
        out.push_str(&format!("\n## {}\n\n{}\n", escape(title), links.join("\n")));
    }
}

/// A link to the twin of a page, with its summary and size. None if it is not published.
fn page_link(plan: &Plan, words: &Words, name: &PageName) -> Option<String> {
    let page: &PlannedPage = plan.page(name)?;
    let about = match name {
        PageName::Thing(Key { kind: Kind::Trigger, .. }) => String::new(),
        _ => summary(plan, words, name),
    };
    let size = tokens(&twin(plan, words, page)?);
    Some(link(words, &title(plan, words, name), &crate::export::url(plan, &page.route.twin()), &about, size))
}

/// `- [title](url): about (about 900 tokens)`.
fn link(words: &Words, title: &str, url: &str, about: &str, size: usize) -> String {
    let size = words.twin.llms.tokens.replace("{}", &size.to_string());
    let about = one_line(about);
    let about = about.trim();
    let gap = if about.is_empty() { "" } else { " " };
    // The reference parser takes a title up to the first `]`.
    let title = title.replace(['[', ']'], "");
    // Words of the theme may hold code; what is code stays it.
    let about = escape(about).replace("\\`", "`");
    format!("- [{title}]({url}): {about}{gap}({size})")
}

fn address(plan: &Plan, route: &str) -> String {
    crate::export::url(plan, &Route::new(route))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
