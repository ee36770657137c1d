//! export: Plan -> JSON and CSV, a public contract. Made from the catalog, never from HTML.
//!
//! Every file is an envelope: an object with `schema_version`, never a bare array. Keys are sorted, lines end in LF,
//! there is no clock. Unknown keys may appear in later versions and must be ignored; a key that is here stays, and
//! keeps its type, as long as the path says `v1`.

pub mod assessment;
mod condition;
mod graph;
mod hash;
mod item;
mod matrix;
pub mod rules;

use serde::Serialize;

pub use item::{Hashes, hashes};

use crate::model::{Key, Kind};
use crate::plan::{Plan, Route};

/// The version of the shapes, in every envelope: the first number is that of the path.
pub const SCHEMA_VERSION: &str = "1.0";

/// A file of the export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Export {
    /// What there is, and where.
    Index,
    /// Everything in one file.
    Framework,
    KindIndex(Kind),
    Item(Key),
    Matrix,
    MatrixCsv,
    Graph,
}

impl Export {
    /// Where it stands in the published site.
    pub fn route(&self) -> Route {
        Route::new(match self {
            Export::Index => "api/v1/index.json".into(),
            Export::Framework => "api/v1/framework.json".into(),
            Export::KindIndex(kind) => format!("api/v1/{}/index.json", kind.folder()),
            Export::Item(key) => return Route::of_json(key),
            Export::Matrix => "api/v1/matrix.json".into(),
            Export::MatrixCsv => "api/v1/matrix.csv".into(),
            Export::Graph => "api/v1/graph.json".into(),
        })
    }
}

/// Every file of the export, in a fixed order.
pub fn exports(plan: &Plan) -> Vec<Export> {
    let mut exports = vec![Export::Index, Export::Framework, Export::Matrix, Export::MatrixCsv, Export::Graph];
    for kind in Kind::ALL {
        exports.push(Export::KindIndex(kind));
        exports.extend(keys(plan, kind).into_iter().map(Export::Item));
    }
    exports
}

/// The bytes of a file of the export.
pub fn render(plan: &Plan, export: &Export) -> Vec<u8> {
    match export {
        Export::Index => json(&index(plan)),
        Export::Framework => json(&framework(plan)),
        Export::KindIndex(kind) => json(&kind_index(plan, *kind)),
        Export::Item(key) => json(&item::envelope(plan, key)),
        Export::Matrix => json(&matrix::matrix(plan)),
        Export::MatrixCsv => matrix::csv(plan).into_bytes(),
        Export::Graph => json(&graph::graph(plan)),
    }
}

/// Keys of a kind, in reading order.
fn keys(plan: &Plan, kind: Kind) -> Vec<Key> {
    let catalog = &plan.catalog;
    let ids: Vec<String> = match kind {
        Kind::Layer => catalog.layers.iter().map(|x| x.id.clone()).collect(),
        Kind::Capability => catalog.capabilities.iter().map(|x| x.id.clone()).collect(),
        Kind::Trigger => catalog.triggers().map(|(id, _, _)| id).collect(),
        Kind::Option => catalog.options.iter().map(|x| x.id.clone()).collect(),
        Kind::Fact => catalog.facts.iter().map(|x| x.id.clone()).collect(),
        Kind::Component => catalog.components.iter().map(|x| x.id.clone()).collect(),
        Kind::Case => catalog.cases.iter().map(|x| x.id.clone()).collect(),
        Kind::Decision => catalog.decisions.iter().map(|x| x.id.clone()).collect(),
        Kind::Page => catalog.pages.iter().map(|x| x.id.clone()).collect(),
    };
    ids.into_iter().map(|id| Key::new(kind, id)).collect()
}

/// Sorted keys, no white space between them, one line break at the end.
fn json(value: &impl Serialize) -> Vec<u8> {
    // Through `Value`, whose maps are sorted.
    let value = serde_json::to_value(value).expect("exports are strings, numbers, lists and maps with text keys");
    let mut bytes = serde_json::to_vec(&value).expect("a value is JSON");
    bytes.push(b'\n');
    bytes
}

/// The URL of a page as exports give it: absolute with a base URL, else relative to the site's root.
fn url(plan: &Plan, route: &Route) -> String {
    format!("{}{route}", plan.catalog.site.base_url.as_deref().unwrap_or(""))
}

#[derive(Serialize)]
struct Index {
    schema_version: &'static str,
    name: String,
    question: String,
    description: String,
    locale: String,
    /// Changes when any item changes.
    content_hash: String,
    totals: Vec<Total>,
    links: Links,
}

#[derive(Serialize)]
struct Total {
    kind: &'static str,
    count: usize,
    /// The index of the kind.
    json: String,
}

#[derive(Serialize)]
struct Links {
    framework: String,
    matrix: String,
    matrix_csv: String,
    graph: String,
}

fn index(plan: &Plan) -> Index {
    let site = &plan.catalog.site;
    let link = |export: Export| url(plan, &export.route());
    Index {
        schema_version: SCHEMA_VERSION,
        name: site.title.clone(),
        question: site.question.clone(),
        description: plan.catalog.plain(&site.description),
        locale: site.locale.clone(),
        content_hash: content_hash(plan),
        totals: Kind::ALL
            .into_iter()
            .map(|kind| Total { kind: kind.name(), count: keys(plan, kind).len(), json: link(Export::KindIndex(kind)) })
            .collect(),
        links: Links {
            framework: link(Export::Framework),
            matrix: link(Export::Matrix),
            matrix_csv: link(Export::MatrixCsv),
            graph: link(Export::Graph),
        },
    }
}

/// A hash over the hashes of every item: it changes when anything that is published changes.
fn content_hash(plan: &Plan) -> String {
    let mut hasher = hash::Hasher::default();
    for kind in Kind::ALL {
        for key in keys(plan, kind) {
            let hashes = item::hashes(plan, &key);
            hasher.add(&key.to_string());
            hasher.add(&hashes.rules);
            hasher.add(&hashes.prose);
        }
    }
    hasher.finish()
}

#[derive(Serialize)]
struct KindIndex {
    schema_version: &'static str,
    kind: &'static str,
    count: usize,
    items: Vec<item::Entry>,
}

fn kind_index(plan: &Plan, kind: Kind) -> KindIndex {
    let items: Vec<item::Entry> = keys(plan, kind).iter().map(|key| item::entry(plan, key)).collect();
    KindIndex { schema_version: SCHEMA_VERSION, kind: kind.name(), count: items.len(), items }
}

#[derive(Serialize)]
struct Framework {
    schema_version: &'static str,
    name: String,
    question: String,
    description: String,
    locale: String,
    content_hash: String,
    verdicts: Vec<VerdictWords>,
    layers: Vec<item::Item>,
    capabilities: Vec<item::Item>,
    triggers: Vec<item::Item>,
    options: Vec<item::Item>,
    facts: Vec<item::Item>,
    components: Vec<item::Item>,
    cases: Vec<item::Item>,
    decisions: Vec<item::Item>,
    pages: Vec<item::Item>,
}

#[derive(Serialize)]
struct VerdictWords {
    verdict: &'static str,
    label: String,
    probably: String,
}

fn framework(plan: &Plan) -> Framework {
    let site = &plan.catalog.site;
    let items = |kind: Kind| keys(plan, kind).iter().map(|key| item::item(plan, key)).collect();
    Framework {
        schema_version: SCHEMA_VERSION,
        name: site.title.clone(),
        question: site.question.clone(),
        description: plan.catalog.plain(&site.description),
        locale: site.locale.clone(),
        content_hash: content_hash(plan),
        verdicts: site
            .verdicts
            .iter()
            .map(|(verdict, words)| VerdictWords {
                verdict: verdict.name(),
                label: words.label.clone(),
                probably: words.probably.clone(),
            })
            .collect(),
        layers: items(Kind::Layer),
        capabilities: items(Kind::Capability),
        triggers: items(Kind::Trigger),
        options: items(Kind::Option),
        facts: items(Kind::Fact),
        components: items(Kind::Component),
        cases: items(Kind::Case),
        decisions: items(Kind::Decision),
        pages: items(Kind::Page),
    }
}
