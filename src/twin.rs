//! twin: Plan and one of its pages -> the same page in Markdown, for models and whoever else reads text.
//!
//! Made from the catalog, never from HTML: every fact of the page, conditions as CEL and in words, tables and number
//! lines as text, the author's Markdown with its links resolved. A link leads to the twin of the page it means.

mod assess;
mod capability;
mod case;
mod data;
mod fact;
mod home;
mod index;
pub mod judgement;
pub mod llms;
pub mod paper;
mod prose;
mod simple;
mod statements;
mod tools;
mod trade_off;
mod trigger;

use std::borrow::Cow;

use crate::link::Catalog;
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::view::Words;

use paper::{Draft, Paper};

/// The twin of a page, its links relative to the twin's own route. None for the page of lost readers, which has no
/// address.
pub fn twin(plan: &Plan, words: &Words, page: &PlannedPage) -> Option<String> {
    of(plan, words, page, &draft(plan, words, page))
}

/// The twin of a page whose text is written already.
fn of(plan: &Plan, words: &Words, page: &PlannedPage, draft: &Draft) -> Option<String> {
    let front = front_matter(plan, words, page)?;
    Some(front + "\n" + &draft.seen_from(&page.route.twin()))
}

/// The twin without its front matter, its links relative to `from`.
pub fn body(plan: &Plan, words: &Words, page: &PlannedPage, from: &Route) -> String {
    draft(plan, words, page).seen_from(from)
}

fn draft(plan: &Plan, words: &Words, page: &PlannedPage) -> Draft {
    let mut paper = Paper::new(plan, words);
    match &page.name {
        PageName::Home => home::home(&mut paper),
        PageName::Matrix => home::matrix(&mut paper),
        PageName::Assess => assess::write(&mut paper),
        PageName::Data => data::write(&mut paper),
        PageName::Search => tools::search(&mut paper),
        PageName::Checklist => tools::checklist(&mut paper),
        PageName::Changes => tools::changes(&mut paper),
        PageName::Index(kind) => index::write(&mut paper, *kind),
        PageName::TradeOff(id) => trade_off::page(&mut paper, id),
        PageName::NotFound => None,
        PageName::Thing(key) => thing(&mut paper, key),
    };
    paper.finish()
}

fn thing(paper: &mut Paper, key: &Key) -> Option<()> {
    let id = key.id.as_str();
    match key.kind {
        Kind::Layer => simple::layer(paper, id),
        Kind::Capability => capability::write(paper, id),
        Kind::Trigger => trigger::write(paper, id),
        Kind::Option => simple::option(paper, id),
        Kind::Fact => fact::write(paper, id),
        Kind::Component => simple::component(paper, id),
        Kind::Case => case::write(paper, id),
        Kind::Decision => simple::decision(paper, id),
        Kind::Page => simple::page(paper, id),
    }
}

/// Title, address, id, kind and version between lines of `---`. The version changes when the page's content does.
fn front_matter(plan: &Plan, words: &Words, page: &PlannedPage) -> Option<String> {
    let (id, kind, key) = match &page.name {
        PageName::NotFound => return None,
        PageName::Home => ("home".to_owned(), "home", None),
        PageName::Matrix => ("matrix".to_owned(), "matrix", None),
        PageName::Assess => ("assess".to_owned(), "assess", None),
        PageName::Data => ("data".to_owned(), "data", None),
        PageName::Search => ("search".to_owned(), "search", None),
        PageName::Checklist => ("checklist".to_owned(), "checklist", None),
        PageName::Changes => ("changes".to_owned(), "changes", None),
        PageName::Index(kind) => (kind.folder().to_owned(), "index", None),
        PageName::TradeOff(id) => (id.clone(), "trade-off", Some(Key::new(Kind::Capability, id))),
        PageName::Thing(key) => (key.id.clone(), key.kind.name(), Some(key.clone())),
    };
    let version = match &key {
        Some(key) => {
            let hashes = crate::export::hashes(plan, key);
            format!("{}-{}", &hashes.rules[..8], &hashes.prose[..8])
        }
        None => crate::export::content_hash(plan)[..16].to_owned(),
    };
    let title = title(plan, words, &page.name);
    Some(format!(
        "---\ntitle: {}\nurl: {}\nid: {id}\nkind: {kind}\nversion: {version}\n---\n",
        quoted(&title),
        quoted(&crate::export::url(plan, &page.route)),
    ))
}

/// The title of a page.
pub fn title(plan: &Plan, words: &Words, name: &PageName) -> String {
    let catalog = &plan.catalog;
    match name {
        PageName::Home => catalog.site.title.clone(),
        PageName::Matrix => words.placed.matrix.clone(),
        PageName::Assess => words.nav.assess.clone(),
        PageName::Data => words.data.title.clone(),
        PageName::Search => words.search.title.clone(),
        PageName::Checklist => words.checklist.title.clone(),
        PageName::Changes => words.changes.title.clone(),
        PageName::Index(kind) => index::title(plan, words, *kind),
        PageName::TradeOff(id) => trade_off::title(plan, words, id),
        PageName::NotFound => words.not_found.title.clone(),
        PageName::Thing(key) => title_of(catalog, key).into_owned(),
    }
}

/// The title of the page of a thing.
fn title_of<'a>(catalog: &'a Catalog, key: &Key) -> Cow<'a, str> {
    let layer = (key.kind == Kind::Layer).then(|| catalog.layer(&key.id));
    match layer.flatten() {
        Some(layer) => Cow::Owned(format!("{}: {}", catalog.layer_name(layer), layer.title)),
        None => catalog.titled(key).unwrap_or_default(),
    }
}

/// What a page is about, in one sentence without markup; may be empty.
pub fn summary(plan: &Plan, words: &Words, name: &PageName) -> String {
    let catalog = &plan.catalog;
    match name {
        PageName::Home => catalog.plain(&catalog.site.description),
        PageName::Matrix => words.twin.matrix.clone(),
        PageName::Assess => words.twin.assess.clone(),
        PageName::Data => words.data.description.clone(),
        PageName::Search => words.search.description.clone(),
        PageName::Checklist => words.checklist.description.clone(),
        PageName::Changes => words.changes.description.clone(),
        PageName::Index(kind) => words.kinds.get(kind.folder()).map(|w| w.lede.clone()).unwrap_or_default(),
        PageName::TradeOff(id) => catalog
            .capability(id)
            .and_then(|c| c.trade_off.as_ref()?.summary.as_ref())
            .map(|t| catalog.plain(t))
            .unwrap_or_default(),
        PageName::NotFound => String::new(),
        PageName::Thing(key) => crate::export::summary(catalog, key),
    }
}

/// Text as a YAML string; JSON strings are YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

/// What models count, roughly: a token is four characters.
pub fn tokens(characters: usize) -> usize {
    characters.div_ceil(4)
}
