//! schema: a name -> its JSON Schema, draft 2020-12. What is exported and what is authored, in one list.
//!
//! The schemas know no site but for the address that they have in it.

use serde_json::{Value, json};

use crate::export::schemas;
use crate::parse::authored;

pub use schemas::{Group, names, route};

/// The schema of this name, with its own address where the site knows its own; None for an unknown name.
pub fn schema(name: &str, base_url: Option<&str>) -> Option<Value> {
    let mut schema = authored::schema(name).or_else(|| schemas::schema(name))?.to_value();
    if let (Some(base), Some(map)) = (base_url, schema.as_object_mut()) {
        map.insert("$id".into(), json!(format!("{base}{}", route(name))));
    }
    Some(schema)
}

/// The file of a schema: sorted keys, indented, one line break at the end.
pub fn bytes(name: &str, base_url: Option<&str>) -> Vec<u8> {
    let schema = schema(name, base_url).expect("asked for by a name of the list");
    let mut text = serde_json::to_string_pretty(&schema).expect("a value is JSON");
    text.push('\n');
    text.into_bytes()
}
