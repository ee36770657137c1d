//! Resources: every page as Markdown, everything as JSON, the schemas.

use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};

use super::desk::{Desk, unknown};
use crate::export::{self, Export};
use crate::plan::{PageName, Route};
use crate::schema;
use crate::twin;

/// What addresses start with; the rest is a route of the site.
pub const ROOT: &str = "worthwhile://site/";

/// Resources in one page of the list.
pub const AT_ONCE: usize = 100;

/// Every resource, in reading order.
pub fn all(desk: &Desk) -> Vec<Resource> {
    let pages = desk.plan.pages.iter().filter(|page| page.name != PageName::NotFound).map(|page| {
        let summary = twin::summary(&desk.plan, &desk.words, &page.name);
        let route = page.route.twin();
        let resource = Resource::new(format!("{ROOT}{route}"), route.as_str())
            .with_title(desk.title(&page.name))
            .with_mime_type("text/markdown");
        if summary.is_empty() { resource } else { resource.with_description(summary) }
    });
    let exports = [Export::Framework, Export::Matrix, Export::Graph].into_iter().map(|export| {
        let route = export.route();
        Resource::new(format!("{ROOT}{route}"), route.as_str()).with_mime_type("application/json")
    });
    let schemas = schema::names().map(|name| {
        let route = schema::route(name);
        Resource::new(format!("{ROOT}{route}"), route).with_mime_type("application/schema+json")
    });
    pages.chain(exports).chain(schemas).collect()
}

/// The address of a thing's page.
pub fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(format!("{ROOT}{{folder}}/{{id}}.md"), "thing")
            .with_title("The page of a thing")
            .with_description("`folder` is the plural of its kind: capabilities, facts, options, cases, …")
            .with_mime_type("text/markdown"),
    ]
}

/// A resource by its address.
pub fn read(desk: &Desk, uri: &str) -> Result<ReadResourceResult, String> {
    let missing = || {
        let all = all(desk);
        unknown("resource", uri, all.iter().map(|resource| resource.uri.as_str()))
    };
    let route = uri.strip_prefix(ROOT).ok_or_else(missing)?;
    let (text, kind) = if let Some(stem) = route.strip_suffix(".md") {
        let page = desk.plan.at(&Route::new(format!("{stem}.html"))).ok_or_else(missing)?;
        (twin::twin(&desk.plan, &desk.words, page).ok_or_else(missing)?, "text/markdown")
    } else if let Some(name) = schema::names().find(|name| schema::route(name) == route) {
        let base = desk.plan.catalog.site.base_url.as_deref();
        (String::from_utf8_lossy(&schema::bytes(name, base)).into_owned(), "application/schema+json")
    } else {
        let exports = export::exports(&desk.plan);
        let export = exports.into_iter().find(|export| export.route().as_str() == route).ok_or_else(missing)?;
        let kind = if export == Export::MatrixCsv { "text/csv" } else { "application/json" };
        (String::from_utf8_lossy(&export::render(&desk.plan, &export)).into_owned(), kind)
    };
    Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(kind)]))
}
