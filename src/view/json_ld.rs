//! What a page is, for search engines: JSON-LD with terms of schema.org.

use serde_json::{Map, Value, json};

use super::frame::{Crumb, Frame};
use super::here::Here;
use crate::export::{self, Export};
use crate::model::Kind;
use crate::plan::{PageName, Plan};

/// The data block of a page, `<` escaped. None without a base URL, because its addresses must be absolute, and for the
/// page of lost readers.
pub(super) fn json_ld(here: &Here, frame: &Frame) -> Option<String> {
    let url = frame.canonical.as_deref()?;
    let mut graph = vec![about(here, frame, url)];
    graph.extend(breadcrumb(here, frame, url));
    let data = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(data.to_string().replace('<', "\\u003c"))
}

fn about(here: &Here, frame: &Frame, url: &str) -> Value {
    let site = &here.catalog.site;
    let base = site.base_url.as_deref().unwrap_or("/");
    let publisher = json!({ "@type": "Organization", "name": site.title, "url": base });
    let mut made = Map::new();
    let mut set = |key: &str, value: Value| made.insert(key.to_owned(), value);
    set("url", json!(url));
    set("description", json!(frame.description));
    match &here.page.name {
        PageName::Home => {
            set("@type", json!("WebSite"));
            set("name", json!(site.title));
            set("inLanguage", json!(site.locale));
            set("publisher", publisher);
        }
        PageName::Thing(key) if matches!(key.kind, Kind::Fact | Kind::Trigger) => {
            set("@type", json!("DefinedTerm"));
            set("name", json!(frame.og.title));
            set("termCode", json!(key.id));
            let terms = here.kind_title(key.kind);
            let set_url = here.plan.page(&PageName::Index(key.kind)).map(|page| format!("{base}{}", page.route));
            set("inDefinedTermSet", json!({ "@type": "DefinedTermSet", "name": terms, "url": set_url }));
        }
        PageName::Thing(_) | PageName::TradeOff(_) => {
            set("@type", json!("TechArticle"));
            set("headline", json!(frame.og.title));
            set("inLanguage", json!(site.locale));
            set("author", publisher.clone());
            set("publisher", publisher);
            set("isPartOf", json!({ "@type": "WebSite", "name": site.title, "url": base }));
            if let Some(changed) = &frame.changed {
                set("dateModified", json!(changed));
            }
            if let Some(image) = &frame.og.image {
                set("image", json!(image));
            }
            if let Some(licence) = site.licence.as_ref().and_then(|licence| licence.url.as_ref()) {
                set("license", json!(licence));
            }
        }
        PageName::Data => {
            set("@type", json!("Dataset"));
            set("name", json!(format!("{}: {}", site.title, frame.og.title)));
            set("creator", publisher);
            set("distribution", downloads(here.plan));
            if let Some(licence) = site.licence.as_ref().and_then(|licence| licence.url.as_ref()) {
                set("license", json!(licence));
            }
        }
        _ => {
            set("@type", json!("WebPage"));
            set("name", json!(frame.og.title));
            set("inLanguage", json!(site.locale));
        }
    }
    Value::Object(made)
}

/// The files of the data page.
fn downloads(plan: &Plan) -> Value {
    let files = [
        (Export::Framework, "application/json"),
        (Export::Matrix, "application/json"),
        (Export::MatrixCsv, "text/csv"),
    ];
    let download = |(file, form): (Export, &str)| json!({ "@type": "DataDownload", "contentUrl": export::url(plan, &file.route()), "encodingFormat": form });
    files.into_iter().map(download).collect()
}

/// From home to the page; the last crumb is the page itself.
fn breadcrumb(here: &Here, frame: &Frame, url: &str) -> Option<Value> {
    let base = here.catalog.site.base_url.as_deref()?;
    let item = |(place, crumb): (usize, &Crumb)| {
        let address = match &crumb.href {
            // The canonical address of home has no file name.
            Some(href) => match here.page.route.resolve(href) {
                route if route == "index.html" => base.to_owned(),
                route => format!("{base}{route}"),
            },
            None => url.to_owned(),
        };
        json!({ "@type": "ListItem", "position": place + 1, "name": crumb.title, "item": address })
    };
    let items: Vec<Value> = frame.breadcrumb.iter().enumerate().map(item).collect();
    (!items.is_empty()).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}
