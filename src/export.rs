//! export: Plan -> JSON and CSV, a public contract. Made from the catalog, never from HTML.
//!
//! Every file is an envelope: an object with `$schema` and `schema_version`, never a bare array. Keys are sorted, lines end in LF,
//! there is no clock. Unknown keys may appear in later versions and must be ignored; a key that is here stays, and
//! keeps its type, as long as the path says `v1`.

pub mod assessment;
mod condition;
pub mod conformance;
mod framework;
mod graph;
mod hash;
mod item;
mod long;
mod matrix;
pub mod records;
pub mod rules;
pub mod schemas;
mod sorted;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

pub use condition::cel;
pub use item::{Hashes, findings, hashes, holds, summary};

use crate::model::closed::Version;
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, Route};

/// The version of the shapes, in every envelope: the first number is that of the path.
pub const SCHEMA_VERSION: &str = "1.1";

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
    /// Conformance vectors: conditions.
    Conditions,
    /// Conformance vectors: profiles of this site.
    Assessments,
}

impl Export {
    /// Where it stands in the published site.
    pub fn route(&self) -> Route {
        Route::new(match self {
            Export::Index => "api/v1/index.json".into(),
            Export::Framework => FRAMEWORK_ROUTE.into(),
            Export::KindIndex(kind) => format!("api/v1/{}/index.json", kind.folder()),
            Export::Item(key) => return Route::of_json(key),
            Export::Matrix => "api/v1/matrix.json".into(),
            Export::MatrixCsv => "api/v1/matrix.csv".into(),
            Export::Graph => "api/v1/graph.json".into(),
            Export::Conditions => "conformance/v1/conditions.json".into(),
            Export::Assessments => "conformance/v1/assessments.json".into(),
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
    if plan.catalog.site.conformance {
        exports.extend([Export::Conditions, Export::Assessments]);
    }
    exports
}

/// The bytes of a file of the export.
pub fn render(plan: &Plan, export: &Export) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(plan, export, &mut bytes, None).expect("memory takes what is written to it");
    bytes
}

/// Writes a file of the export; what holds every item of a site, some after the other. Of items that are whole in it the
/// own files go to `beside`.
pub fn write(plan: &Plan, export: &Export, out: &mut dyn Write, beside: Option<&Beside>) -> io::Result<()> {
    let bytes = match export {
        Export::Index => json(&index(plan)),
        Export::Framework => return framework::write(plan, out, beside),
        Export::KindIndex(kind) => return write_kind_index(plan, *kind, out),
        Export::Item(key) => item::bytes(plan, key),
        Export::Matrix => return matrix::write(plan, out),
        Export::MatrixCsv => matrix::csv(plan).into_bytes(),
        Export::Graph => return graph::write(plan, out),
        Export::Conditions => json(&conformance::conditions_file(plan)),
        Export::Assessments => json(&conformance::assessments_file(plan)),
    };
    out.write_all(&bytes)
}

/// The route of the file of everything.
pub const FRAMEWORK_ROUTE: &str = "api/v1/framework.json";

/// Takes the file of an item.
pub type Beside<'a> = dyn Fn(&Key, &[u8]) -> io::Result<()> + Sync + 'a;

/// Keys of a kind, in reading order.
pub fn keys(plan: &Plan, kind: Kind) -> Vec<Key> {
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
    let mut bytes = Vec::new();
    add(value, &mut bytes);
    bytes.push(b'\n');
    bytes
}

/// A value with sorted keys and no white space between them.
pub(crate) fn compact(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    add(value, &mut bytes);
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Appends a value with sorted keys and no white space between them.
fn add(value: &impl Serialize, out: &mut Vec<u8>) {
    sorted::write(value, out).expect("exports are strings, numbers, lists and maps with text keys");
}

/// The URL of a page as exports give it: absolute with a base URL, else relative to the site's root.
pub fn url(plan: &Plan, route: &Route) -> String {
    format!("{}{route}", plan.catalog.site.base_url.as_deref().unwrap_or(""))
}

/// The URL of the schema of a file: absolute with a base URL, else relative to the file, as editors resolve it.
fn schema_url(plan: &Plan, export: &Export) -> String {
    let route = schemas::route(schemas::name_of(export).unwrap_or_default());
    match &plan.catalog.site.base_url {
        Some(base) => format!("{base}{route}"),
        None => export.route().to(&route),
    }
}

/// What there is, and where: the place to start from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Index")]
struct Index {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// The title of the site.
    name: String,
    /// The question that the site answers.
    question: String,
    /// What the site is, without markup.
    description: String,
    /// The language of the texts, as a language tag.
    locale: String,
    /// The licence of the content; absent where the site says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<LicenceJson>,
    /// Changes when any item changes.
    content_hash: String,
    /// How many things there are, kind by kind.
    totals: Vec<Total>,
    /// Where the other files are.
    links: Links,
    /// Every schema that is published.
    schemas: Vec<SchemaLink>,
}

/// How many things there are of a kind.
#[derive(Serialize, JsonSchema)]
struct Total {
    /// The kind.
    #[schemars(with = "Kind")]
    kind: &'static str,
    /// How many there are.
    count: usize,
    /// The index of the kind. The file of an item stands beside it: `<id>.json`.
    json: String,
}

/// A licence.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Licence")]
struct LicenceJson {
    /// What it is called.
    name: String,
    /// Its text; absent where the site gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Addresses, absolute with a base URL, else relative to the site's root.
#[derive(Serialize, JsonSchema)]
struct Links {
    /// Everything in one file.
    framework: String,
    /// The decision matrix.
    matrix: String,
    /// The decision matrix as CSV.
    matrix_csv: String,
    /// What stands on what.
    graph: String,
    /// The page that says what these files promise.
    data: String,
    /// What any other engine must find of conditions; absent where the site publishes no conformance vectors.
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<String>,
    /// What any other engine must find of this site; absent where the site publishes no conformance vectors.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessments: Option<String>,
}

/// A schema and where it is.
#[derive(Serialize, JsonSchema)]
struct SchemaLink {
    /// What it describes: `capability`, `authored-capability`, `assessment`.
    name: String,
    /// Its address.
    url: String,
}

fn index(plan: &Plan) -> Index {
    let site = &plan.catalog.site;
    let link = |export: Export| url(plan, &export.route());
    Index {
        schema: schema_url(plan, &Export::Index),
        schema_version: SCHEMA_VERSION,
        name: site.title.clone(),
        question: site.question.clone(),
        description: plan.catalog.plain(&site.description),
        locale: site.locale.clone(),
        licence: licence(plan),
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
            data: url(plan, &Route::of(&PageName::Data)),
            conditions: site.conformance.then(|| link(Export::Conditions)),
            assessments: site.conformance.then(|| link(Export::Assessments)),
        },
        schemas: schemas::names()
            .map(|name| SchemaLink { url: url(plan, &Route::new(schemas::route(name))), name: name.to_owned() })
            .collect(),
    }
}

fn licence(plan: &Plan) -> Option<LicenceJson> {
    plan.catalog.site.licence.as_ref().map(|l| LicenceJson { name: l.name.clone(), url: l.url.clone() })
}

/// A hash over the hashes of every item: it changes when anything that is published changes.
pub fn content_hash(plan: &Plan) -> String {
    plan.content_hash(|| hash_of_all(plan)).to_owned()
}

fn hash_of_all(plan: &Plan) -> String {
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

/// The things of one kind, in reading order.
#[derive(Serialize, JsonSchema)]
struct KindIndex {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// The kind.
    #[schemars(with = "Kind")]
    kind: &'static str,
    /// How many things there are of it.
    count: usize,
    /// The things, each with the address of its own file.
    items: Vec<item::Entry>,
}

fn write_kind_index(plan: &Plan, kind: Kind, out: &mut dyn Write) -> io::Result<()> {
    let keys = keys(plan, kind);
    let head = KindIndex {
        schema: schema_url(plan, &Export::KindIndex(kind)),
        schema_version: SCHEMA_VERSION,
        kind: kind.name(),
        count: keys.len(),
        items: Vec::new(),
    };
    let fill = |name: &str, list: &mut long::List| {
        if name != "items" {
            return Ok(false);
        }
        keys.iter().try_for_each(|key| list.item(|bytes| add(&item::entry(plan, key), bytes)))?;
        Ok(true)
    };
    long::write(&head, &fill, out)
}
