//! `/.well-known/api-catalog`: the API of the site as a set of links, after RFC 9727 (RFC 9264 for the format).
//!
//! Clients look for it at the root of a host, so it is found where the site stands there.

use serde_json::json;

use super::Site;
use crate::export::{Export, url};
use crate::plan::Route;
use crate::twin::llms;

pub const ROUTE: &str = ".well-known/api-catalog";

/// The catalog. Its addresses are absolute, so it is made for sites with a base URL.
pub(super) fn catalog(site: &Site) -> String {
    let at = |route: &str| url(&site.plan, &Route::new(route));
    let published = |routes: &[(&str, &str)]| -> Vec<serde_json::Value> {
        let there = routes.iter().filter(|(route, _)| site.outputs.contains_key(*route));
        there.map(|(route, kind)| json!({ "href": at(route), "type": kind })).collect()
    };
    let index = at(Export::Index.route().as_str());
    let documents = published(&[("data.html", "text/html"), (llms::ROUTE, "text/plain")]);
    let schemas = published(&[("schemas/v1/framework.schema.json", "application/schema+json")]);
    let mut api = json!({ "anchor": index, "service-doc": documents });
    if !schemas.is_empty() {
        api["service-desc"] = schemas.into();
    }
    let this = json!({ "anchor": at(ROUTE), "item": [{ "href": index, "type": "application/json" }] });
    let text = serde_json::to_string_pretty(&json!({ "linkset": [this, api] }));
    text.expect("links are JSON") + "\n"
}
