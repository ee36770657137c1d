//! llms.txt and llms-full.txt, after llmstxt.org: what there is for models to read, with its size, and all of it.

use std::io::{self, Write};

use rayon::prelude::*;

use super::paper::escape;
use super::{draft, of, summary, title};
use crate::export::Export;
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::view::Words;

pub const ROUTE: &str = "llms.txt";
pub const FULL_ROUTE: &str = "llms-full.txt";

/// How many tokens the file at a route has.
pub type Size<'a> = &'a dyn Fn(&Route) -> usize;

/// How many pages of `llms-full.txt` are made at a time.
const BLOCK: usize = 128;

/// The kinds that make up `llms-full.txt`. Triggers and trade-offs stand inside capabilities.
const FULL: [Kind; 8] =
    [Kind::Layer, Kind::Capability, Kind::Option, Kind::Fact, Kind::Component, Kind::Case, Kind::Decision, Kind::Page];

/// The kinds whose pages `llms.txt` names one by one in its main part; the rest is optional.
const MAIN: [Kind; 4] = [Kind::Layer, Kind::Capability, Kind::Case, Kind::Page];

/// `llms.txt`: title, what it is, how to read it, lists of links with sizes. `size` says how many tokens the file at a
/// route has.
pub fn llms(plan: &Plan, words: &Words, size: Size) -> String {
    let catalog = &plan.catalog;
    let said = &words.twin.llms;
    let mut out = format!("# {}\n\n> {} ", escape(&catalog.site.title), escape(&catalog.site.question));
    out.push_str(&escape(&one_line(&catalog.plain(&catalog.site.description))));
    out.push('\n');
    let about = if catalog.capabilities.is_empty() { &said.about_prose } else { &said.about };
    for paragraph in about {
        out.push_str(&format!("\n{paragraph}\n"));
    }

    let pages =
        [PageName::Home, PageName::Matrix, PageName::Assess, PageName::Checklist, PageName::Changes, PageName::Data];
    section(&mut out, &catalog.site.title, pages.iter().filter_map(|name| page_link(plan, words, name, size)));
    for kind in MAIN {
        let links = crate::export::keys(plan, kind).into_iter().map(PageName::Thing);
        section(
            &mut out,
            &title(plan, words, &PageName::Index(kind)),
            links.filter_map(|n| page_link(plan, words, &n, size)),
        );
    }
    let data = [(Export::Index, &said.index), (Export::Framework, &said.framework), (Export::Matrix, &said.matrix)];
    let is_there =
        |(export, _): &(Export, &String)| !matches!(export, Export::Matrix) || !catalog.capabilities.is_empty();
    let data = data.into_iter().filter(is_there).map(|(export, about)| {
        let route = export.route();
        let name = route.as_str().rsplit('/').next().unwrap_or_default();
        link(words, name, &crate::export::url(plan, &route), about, size(&route))
    });
    section(&mut out, &said.data, data);

    let mut optional = Vec::new();
    let full = Route::new(FULL_ROUTE);
    optional.push(link(words, &said.full, &crate::export::url(plan, &full), &said.full_about, size(&full)));
    for kind in Kind::ALL.into_iter().filter(|kind| !MAIN.contains(kind)) {
        optional.extend(page_link(plan, words, &PageName::Index(kind), size));
    }
    for kind in [Kind::Option, Kind::Fact, Kind::Component, Kind::Decision] {
        let links = crate::export::keys(plan, kind).into_iter().map(PageName::Thing);
        optional.extend(links.filter_map(|name| page_link(plan, words, &name, size)));
    }
    section(&mut out, &said.optional, optional.into_iter());
    out
}

/// Takes the twin of a page.
pub type Beside<'a> = dyn Fn(&PlannedPage, &str) -> io::Result<()> + Sync + 'a;

/// `llms-full.txt`: every page that says something of its own, links relative to the site's root. A large site's is too
/// large to be held. The twin of each page goes to `beside`.
pub fn full(plan: &Plan, words: &Words, out: &mut dyn Write, beside: Option<&Beside>) -> io::Result<()> {
    let from = Route::new(FULL_ROUTE);
    let things = FULL.into_iter().flat_map(|kind| crate::export::keys(plan, kind)).map(PageName::Thing);
    let names: Vec<PageName> = [PageName::Home, PageName::Matrix]
        .into_iter()
        .chain(things)
        .chain([PageName::Changes, PageName::Data])
        .collect();
    for names in names.chunks(BLOCK) {
        let one = |page: &PlannedPage| {
            let draft = draft(plan, words, page);
            if let Some(beside) = beside
                && let Some(twin) = of(plan, words, page, &draft)
            {
                beside(page, &twin)?;
            }
            let url = crate::export::url(plan, &page.route.twin());
            Ok(format!("<!-- {url} -->\n\n{}\n", draft.seen_from(&from)))
        };
        let made: io::Result<Vec<String>> = names.par_iter().filter_map(|name| plan.page(name)).map(one).collect();
        made?.iter().try_for_each(|text| out.write_all(text.as_bytes()))?;
    }
    Ok(())
}

fn section(out: &mut String, title: &str, links: impl Iterator<Item = String>) {
    let links: Vec<String> = links.collect();
    if !links.is_empty() {
        out.push_str(&format!("\n## {}\n\n{}\n", escape(title), links.join("\n")));
    }
}

/// A link to the twin of a page, with its summary and size. None if it is not published.
fn page_link(plan: &Plan, words: &Words, name: &PageName, size: Size) -> Option<String> {
    let page: &PlannedPage = plan.page(name)?;
    let about = match name {
        PageName::Thing(Key { kind: Kind::Trigger, .. }) => String::new(),
        _ => summary(plan, words, name),
    };
    let twin = page.route.twin();
    Some(link(words, &title(plan, words, name), &crate::export::url(plan, &twin), &about, size(&twin)))
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
