//! One item of each kind as JSON.

mod capability;
mod case;
mod decision;
mod fact;
mod hashes;
mod reads;
mod texts;
mod thing;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Export, SCHEMA_VERSION, add, schema_url, url};
use crate::export::condition::{self, When};
use crate::link::Catalog;
use crate::model::closed::Version;
use crate::model::{Condition, Key, Kind, ListKind, Prose, Statement, Text};
use crate::plan::Plan;

pub use capability::{CapabilityBody, body as capability};
pub use case::{AnswerJson, CaseBody, GivenJson, answers, case, given};
pub use decision::{DecisionBody, decision, findings, holds};
pub use fact::{FactBody, fact};
pub use hashes::{Hashes, hashes};
pub use thing::{ComponentBody, LayerBody, OptionBody, PageBody, TriggerBody, component, layer, option, page, trigger};

/// The file of an item.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{I}File")]
pub struct Envelope<I> {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// What kind of thing the item is.
    #[schemars(with = "Kind")]
    kind: &'static str,
    /// The thing itself.
    item: I,
}

// An item: what every kind has, and what its own kind has beside it. Its schema takes the description of the body.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{B}")]
pub struct Item<B> {
    #[serde(flatten)]
    body: B,
    #[serde(flatten)]
    entry: Entry,
}

/// What an index says of an item, and what every item starts with.
#[derive(Serialize, JsonSchema)]
pub struct Entry {
    /// Unique within its kind, and never used again for another thing.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Without markup; empty where the kind has no summary.
    pub summary: String,
    /// Its page; empty for kinds without pages.
    pub url: String,
    /// Its own file.
    pub json: String,
    /// Former ids.
    pub aliases: Vec<String>,
    /// What tells whether it changed.
    pub hashes: Hashes,
}

/// A text, as Markdown and without markup.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Text")]
pub struct TextJson {
    /// As written: one line of Markdown, with links to things as `[[id]]`.
    pub markdown: String,
    /// Without markup.
    pub plain: String,
}

/// A statement. Without `when` it is prose: shown, never decided by.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Statement")]
pub struct StatementJson {
    /// As authored, else the list and the place in it: `later.2`. Places may change; authored ids do not.
    pub id: String,
    /// What it says.
    pub text: TextJson,
    /// When it holds; absent for prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// A thing that another item names. Its file is `api/v1/<folder of the kind>/<id>.json`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Named {
    /// Its kind.
    #[schemars(with = "Kind")]
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page; empty for kinds without pages.
    pub url: String,
}

/// The file of an item.
pub fn bytes(plan: &Plan, key: &Key) -> Vec<u8> {
    file(plan, key, &json(plan, key))
}

/// An item as it stands in its file and in lists.
pub fn json(plan: &Plan, key: &Key) -> Vec<u8> {
    let mut out = Vec::with_capacity(4 * 1024);
    match key.kind {
        Kind::Capability => add(&item(plan, key, capability), &mut out),
        Kind::Layer => add(&item(plan, key, layer), &mut out),
        Kind::Trigger => add(&item(plan, key, trigger), &mut out),
        Kind::Option => add(&item(plan, key, option), &mut out),
        Kind::Fact => add(&item(plan, key, fact), &mut out),
        Kind::Component => add(&item(plan, key, component), &mut out),
        Kind::Case => add(&item(plan, key, case), &mut out),
        Kind::Decision => add(&item(plan, key, decision), &mut out),
        Kind::Page => add(&item(plan, key, page), &mut out),
    }
    out
}

/// How an envelope holds nothing.
const EMPTY: &[u8] = b"\"item\":null";

/// The file of an item that is JSON already: an [`Envelope`] around it.
pub fn file(plan: &Plan, key: &Key, item: &[u8]) -> Vec<u8> {
    let schema = schema_url(plan, &Export::Item(key.clone()));
    let empty = Envelope { schema, schema_version: SCHEMA_VERSION, kind: key.kind.name(), item: () };
    let envelope = super::json(&empty);
    let place = envelope.windows(EMPTY.len()).position(|bytes| bytes == EMPTY).expect("an envelope has an item");
    let (before, after) = envelope.split_at(place);
    [before, b"\"item\":", item, &after[EMPTY.len()..]].concat()
}

/// An item, whose body `body` makes of its id.
pub fn item<B>(plan: &Plan, key: &Key, body: fn(&Plan, &str) -> B) -> Item<B> {
    Item { entry: entry(plan, key), body: body(plan, &key.id) }
}

/// What an index says of an item.
pub fn entry(plan: &Plan, key: &Key) -> Entry {
    let catalog = &plan.catalog;
    let (summary, aliases) = texts::summary_and_aliases(catalog, key);
    Entry {
        id: key.id.clone(),
        title: catalog.title(key).unwrap_or_default(),
        summary,
        url: page_url(plan, key),
        json: url(plan, &Export::Item(key.clone()).route()),
        aliases,
        hashes: hashes(plan, key),
    }
}

/// What an item is about, without markup; empty where its kind has no summary.
pub fn summary(catalog: &Catalog, key: &Key) -> String {
    texts::summary_and_aliases(catalog, key).0
}

/// A text in both forms.
pub(super) fn text(catalog: &Catalog, text: &Text) -> TextJson {
    TextJson { markdown: text.source().to_string(), plain: catalog.plain(text) }
}

/// A thing as others name it.
pub(super) fn named(plan: &Plan, key: &Key) -> Named {
    Named {
        kind: key.kind.name(),
        id: key.id.clone(),
        title: plan.catalog.title(key).unwrap_or_default(),
        url: page_url(plan, key),
    }
}

fn page_url(plan: &Plan, key: &Key) -> String {
    plan.thing(key).map(|page| url(plan, &page.route)).unwrap_or_default()
}

fn texts_of(catalog: &Catalog, list: &[Text]) -> Vec<TextJson> {
    list.iter().map(|t| text(catalog, t)).collect()
}

fn statements(catalog: &Catalog, list: ListKind, statements: &[Statement<Condition>]) -> Vec<StatementJson> {
    let one = |(n, s): (usize, &Statement<Condition>)| StatementJson {
        id: s.id.clone().unwrap_or_else(|| format!("{}.{}", list.name(), n + 1)),
        text: text(catalog, &s.text),
        when: s.when.as_deref().map(|c| condition::when(catalog, c)),
    };
    statements.iter().enumerate().map(one).collect()
}

fn prose(prose: &Prose) -> Option<String> {
    (!prose.is_empty()).then(|| prose.source.to_string())
}
