//! The page about the files for programs: what there is, what describes it, and what is promised.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::{Made, PageView};
use crate::export::schemas::{self, Group};
use crate::export::{Export, SCHEMA_VERSION};
use crate::model::Kind;

/// `data.html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataPage {
    /// The version of the shapes: "1.1".
    pub version: &'static str,
    /// Changes when any item changes.
    pub content_hash: String,
    /// The path that a program starts from, and its address.
    pub start: FileView,
    /// The files that hold many things.
    pub files: Vec<FileView>,
    /// One for each kind, things or not.
    pub kinds: Vec<KindView>,
    /// The schemas, in groups.
    pub schemas: Vec<SchemaGroup>,
    /// The conformance vectors; empty where the site publishes none.
    pub conformance: Vec<FileView>,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileView {
    /// A word of `t.data_page.files` says what it holds.
    pub id: &'static str,
    /// Its path in the site.
    pub path: String,
    pub href: String,
    /// Null for what is no JSON.
    pub schema_href: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindView {
    pub title: String,
    pub count: usize,
    pub path: String,
    pub href: String,
    pub schema_href: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemaGroup {
    /// A word of `t.data_page.schemas` says what they are for.
    pub id: &'static str,
    pub schemas: Vec<SchemaView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemaView {
    pub name: &'static str,
    pub href: String,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let schema = |name: &str| here.file(&schemas::route(name));
    let file = |id, export: Export| {
        let path = export.route().to_string();
        let schema_href = schemas::name_of(&export).map(schema);
        FileView { id, href: here.file(&path), path, schema_href }
    };
    let kind = |kind: Kind| {
        let path = Export::KindIndex(kind).route().to_string();
        KindView {
            title: here.kind_title(kind),
            count: crate::export::keys(here.plan, kind).len(),
            href: here.file(&path),
            path,
            schema_href: schema(kind.name()),
        }
    };
    let group = |group: Group| SchemaGroup {
        id: group.name(),
        schemas: group.schemas().iter().map(|name| SchemaView { name, href: schema(name) }).collect(),
    };
    let made = DataPage {
        version: SCHEMA_VERSION,
        content_hash: crate::export::content_hash(here.plan),
        start: file("index", Export::Index),
        files: vec![
            file("framework", Export::Framework),
            file("matrix", Export::Matrix),
            file("matrix_csv", Export::MatrixCsv),
            file("graph", Export::Graph),
        ],
        kinds: Kind::ALL.into_iter().map(kind).collect(),
        schemas: Group::ALL.into_iter().map(group).collect(),
        conformance: if here.catalog.site.conformance {
            vec![file("conditions", Export::Conditions), file("assessments", Export::Assessments)]
        } else {
            Vec::new()
        },
    };
    let words = &here.words.data;
    let sections = [
        ("files", &words.files),
        ("kinds", &words.kinds),
        ("schemas", &words.schemas),
        ("conformance", &words.conformance),
        ("promises", &words.promises),
    ];
    let is_there = |(id, _): &(&str, &String)| *id != "conformance" || here.catalog.site.conformance;
    let toc = sections.into_iter().filter(is_there).map(|(id, title)| TocEntry::new(id, title)).collect();
    let about = About { title: words.title.clone(), description: words.description.clone(), toc, ..About::default() };
    Some(Made { page: PageView::Data(made), about })
}
