//! What a page is, for search engines: JSON-LD with terms of schema.org.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::frame::{Crumb, Frame};
use super::here::Here;
use crate::export::{self, Export};
use crate::model::Kind;
use crate::plan::{PageName, Plan};

/// JSON with its keys as they come; most of it stands on the page already.
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(usize),
    List(Vec<Value<'a>>),
    Object(Vec<(&'static str, Value<'a>)>),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => number.serialize(serializer),
            Value::List(values) => serializer.collect_seq(values),
            Value::Object(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Value<'a> {
    Value::Text(text.into())
}

/// The data block of a page, keys sorted, `<` escaped. None without a base URL, because its addresses must be absolute,
/// and for the page of lost readers.
pub(super) fn json_ld(here: &Here, frame: &Frame) -> Option<String> {
    let url = frame.canonical.as_deref()?;
    let mut graph = vec![about(here, frame, url)];
    graph.extend(breadcrumb(here, frame, url));
    let data = Value::Object(vec![("@context", text("https://schema.org")), ("@graph", Value::List(graph))]);
    Some(export::compact(&data).replace('<', "\\u003c"))
}

fn about<'a>(here: &Here<'a>, frame: &'a Frame, url: &'a str) -> Value<'a> {
    let site = &here.catalog.site;
    let base = site.base_url.as_deref().unwrap_or("/");
    let publisher =
        || Value::Object(vec![("@type", text("Organization")), ("name", text(&site.title)), ("url", text(base))]);
    let mut made = vec![("url", text(url)), ("description", text(&frame.description))];
    let mut set = |key: &'static str, value: Value<'a>| made.push((key, value));
    match &here.page.name {
        PageName::Home => {
            set("@type", text("WebSite"));
            set("name", text(&site.title));
            set("inLanguage", text(&site.locale));
            set("publisher", publisher());
        }
        PageName::Thing(key) if matches!(key.kind, Kind::Fact | Kind::Trigger) => {
            set("@type", text("DefinedTerm"));
            set("name", text(&frame.og.title));
            set("termCode", text(&key.id));
            let mut terms = vec![("@type", text("DefinedTermSet")), ("name", text(here.kind_title(key.kind)))];
            let index = here.plan.page(&PageName::Index(key.kind));
            terms.extend(index.map(|page| ("url", text(format!("{base}{}", page.route)))));
            set("inDefinedTermSet", Value::Object(terms));
        }
        PageName::Thing(_) | PageName::TradeOff(_) => {
            set("@type", text("TechArticle"));
            set("headline", text(&frame.og.title));
            set("inLanguage", text(&site.locale));
            set("author", publisher());
            set("publisher", publisher());
            let of = vec![("@type", text("WebSite")), ("name", text(&site.title)), ("url", text(base))];
            set("isPartOf", Value::Object(of));
            if let Some(changed) = &frame.changed {
                set("dateModified", text(changed));
            }
            if let Some(image) = &frame.og.image {
                set("image", text(image));
            }
            if let Some(licence) = site.licence.as_ref().and_then(|licence| licence.url.as_ref()) {
                set("license", text(licence));
            }
        }
        PageName::Data => {
            set("@type", text("Dataset"));
            set("name", text(format!("{}: {}", site.title, frame.og.title)));
            set("creator", publisher());
            set("distribution", downloads(here.plan));
            if let Some(licence) = site.licence.as_ref().and_then(|licence| licence.url.as_ref()) {
                set("license", text(licence));
            }
        }
        _ => {
            set("@type", text("WebPage"));
            set("name", text(&frame.og.title));
            set("inLanguage", text(&site.locale));
        }
    }
    Value::Object(made)
}

/// The files of the data page.
fn downloads(plan: &Plan) -> Value<'static> {
    let files = [
        (Export::Framework, "application/json"),
        (Export::Matrix, "application/json"),
        (Export::MatrixCsv, "text/csv"),
    ];
    let download = |(file, form): (Export, &'static str)| {
        let address = text(export::url(plan, &file.route()));
        Value::Object(vec![("@type", text("DataDownload")), ("contentUrl", address), ("encodingFormat", text(form))])
    };
    Value::List(files.into_iter().map(download).collect())
}

/// From home to the page; the last crumb is the page itself.
fn breadcrumb<'a>(here: &Here<'a>, frame: &'a Frame, url: &'a str) -> Option<Value<'a>> {
    let base = here.catalog.site.base_url.as_deref()?;
    let item = |(place, crumb): (usize, &'a Crumb)| {
        let address = match &crumb.href {
            // The canonical address of home has no file name.
            Some(href) => match here.page.route.resolve(href) {
                route if route == "index.html" => text(base),
                route => text(format!("{base}{route}")),
            },
            None => text(url),
        };
        Value::Object(vec![
            ("@type", text("ListItem")),
            ("position", Value::Number(place + 1)),
            ("name", text(&crumb.title)),
            ("item", address),
        ])
    };
    let items: Vec<Value> = frame.breadcrumb.iter().enumerate().map(item).collect();
    let list = || vec![("@type", text("BreadcrumbList")), ("itemListElement", Value::List(items))];
    frame.breadcrumb.first().map(|_| Value::Object(list()))
}
