//! The manual's tables of keys, generated from the schemas of what authors write.

use serde_json::{Map, Value};
use worthwhile::{parse, schema};

use super::{cell, is_current};

const HEAD: &str = "---
title: The keys, one by one
summary: Every key of every file that an author writes, with what it holds, as the published schemas say it.
order: 2
---
Generated from the schemas that `worthwhile schema` writes for editors. A key that says *needed* must be there. Where a
value is a map of its own, the map follows below under its name.
";

/// The heading over a schema.
fn heading(name: &str) -> &'static str {
    match name {
        "authored-site" => "The site",
        "authored-layer" => "A layer",
        "authored-capability" => "A capability",
        "authored-option" => "An option",
        "authored-component" => "A component",
        "authored-facts" => "The facts of a topic",
        "authored-case" => "A case",
        "authored-page" => "A page",
        "authored-decision" => "A decision",
        "authored-changes" => "The changes",
        "profile" => "A profile",
        "premises" => "A decision record",
        other => panic!("the manual has no heading for {other}"),
    }
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for name in parse::authored::NAMES {
        let whole = schema::schema(name, None).unwrap();
        let title = heading(name);
        page.push_str(&format!("\n## {title} {{#{name}}}\n\n{}\n", text(&whole, "description")));
        table(&mut page, &whole);
        for (definition, inner) in whole["$defs"].as_object().into_iter().flatten() {
            if inner.get("properties").is_some() {
                let id = format!("{name}-{}", definition.to_lowercase().trim_end_matches('_'));
                let title = definition.trim_end_matches('_');
                page.push_str(&format!("\n### {title} {{#{id}}}\n\n{}\n", text(inner, "description")));
                table(&mut page, inner);
            }
        }
    }
    page
}

fn table(page: &mut String, map: &Value) {
    let none = Map::new();
    let keys = map["properties"].as_object().unwrap_or(&none);
    if keys.is_empty() {
        let values = map.get("additionalProperties").or_else(|| map.get("items"));
        page.push_str(&format!("\nIt is {}.\n", values.map_or("empty".into(), |_| holds(map))));
        return;
    }
    page.push_str("\n| key | holds | meaning |\n|---|---|---|\n");
    let needed = |key: &str| map["required"].as_array().is_some_and(|all| all.iter().any(|k| k == key));
    for (key, value) in keys {
        let must = if needed(key) { " *Needed.*" } else { "" };
        let row = format!("| `{key}` | {} | {}{must} |\n", holds(value), cell(text(value, "description")));
        page.push_str(&row);
    }
}

/// What a value is, in a few words.
fn holds(value: &Value) -> String {
    if let Some(to) = value["$ref"].as_str() {
        return to.rsplit('/').next().unwrap().trim_end_matches('_').to_owned();
    }
    if let Some(words) = value["enum"].as_array() {
        return words.iter().map(|w| format!("`{}`", w.as_str().unwrap_or("?"))).collect::<Vec<_>>().join(", ");
    }
    if let Some(one) = value.get("const") {
        return format!("`{one}`");
    }
    for several in ["anyOf", "oneOf"] {
        if let (Some(all), None) = (value[several].as_array(), value.get("type")) {
            let mut all: Vec<String> = all.iter().map(holds).collect();
            all.dedup();
            return all.join(", or ");
        }
    }
    match value["type"].as_str() {
        Some("string") if text(value, "pattern").starts_with("^[a-z]") => "an id".into(),
        Some("string") => "text".into(),
        Some("integer") => "a whole number".into(),
        Some("number") => "a number".into(),
        Some("boolean") => "`true` or `false`".into(),
        Some("array") => format!("a list: {}", value.get("items").map_or("anything".into(), holds)),
        Some("object") if value.get("properties").is_some() => {
            let keys = value["properties"].as_object().unwrap().keys();
            format!("`{{ {} }}`", keys.cloned().collect::<Vec<_>>().join(", "))
        }
        Some("object") => format!("a map: {}", value.get("additionalProperties").map_or("anything".into(), holds)),
        other => panic!("no words for {other:?}: {value}"),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn the_tables_of_keys_are_those_of_the_schemas() {
    is_current("reference/keys.md", &page());
}
