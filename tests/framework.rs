//! A published framework.json holds enough to be a site again: made into sources and compiled, it publishes itself.

mod odd;

use std::path::Path;

use serde_json::Value;
use worthwhile::export::{self, Export};
use worthwhile::framework;
use worthwhile::plan::Plan;

fn framework(plan: &Plan) -> (Vec<u8>, Value) {
    let bytes = export::render(plan, &Export::Framework);
    let value = serde_json::from_slice(&bytes).unwrap();
    (bytes, value)
}

/// Where two values differ.
fn differences(path: &str, a: &Value, b: &Value, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()) {
                let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                differences(&format!("{path}/{key}"), &of(a), &of(b), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(n, (a, b))| differences(&format!("{path}/{n}"), a, b, found));
        }
        _ if a == b => {}
        _ => found.push(format!("{path}: {a} -> {b}")),
    }
}

/// Compiles the sources behind a framework, and compares what it publishes with what it was; `but` are ends of paths
/// that may differ.
fn check(plan: &Plan, but: &[&str]) {
    let (bytes, before) = framework(plan);
    let sources = framework::sources(&bytes).unwrap();
    let (again, diagnostics) = worthwhile::compile(&sources, None);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let (_, after) = framework(&again);
    let mut found = Vec::new();
    differences("", &before, &after, &mut found);
    found.retain(|path| !but.iter().any(|end| path.split(": ").next().unwrap().ends_with(end)));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_real_site_comes_back_whole() {
    let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (plan, diagnostics) = worthwhile::compile(&sources, None);
    assert!(!diagnostics.has_errors());
    // The order that an author wrote is published as the place that it gives.
    check(&plan, &["/order"]);
}

#[test]
fn a_site_that_knows_its_address_comes_back_with_it() {
    let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (plan, _) = worthwhile::compile(&sources, Some("https://example.org/sub/"));
    check(&plan, &["/order"]);
}

#[test]
fn what_the_real_site_does_not_have_comes_back_too() {
    let sources = odd::site();
    let (plan, diagnostics) = worthwhile::compile(&sources, None);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    check(&plan, &["/order"]);
}

#[test]
fn other_files_are_refused() {
    for text in ["", "{}", "[1]", "{\"schema_version\":\"2.0\",\"capabilities\":[]}", "{\"schema_version\":\"1.0\"}"] {
        assert!(framework::sources(text.as_bytes()).is_err(), "{text}");
    }
}
