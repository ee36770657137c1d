//! The published schemas: valid themselves, open where they are published, and true of every file of the real site.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};

use worthwhile::export::schemas::Group;
use worthwhile::output::{Output, Site};
use worthwhile::schema;

type Files = BTreeMap<String, Arc<[u8]>>;

fn build(base_url: Option<&str>) -> Files {
    let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (mut plan, mut diagnostics) = worthwhile::compile(&sources, base_url);
    plan.publish_conformance();
    let site = worthwhile::output::site(&sources, plan, &mut diagnostics).expect("the real site compiles");
    let machine = |site: &Site, output: &Output| match output {
        Output::Export(_) | Output::Schema(_) => Some(site.bytes(output).expect("exports need no theme")),
        _ => None,
    };
    site.outputs.iter().filter_map(|(route, output)| Some((route.to_string(), machine(&site, output)?))).collect()
}

/// The files for programs of the real site, by route.
fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| build(None))
}

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Every schema of the site, by its route.
fn schemas() -> BTreeMap<String, Value> {
    let is_schema = |route: &str| route.starts_with("schemas/v1/");
    files().iter().filter(|(route, _)| is_schema(route)).map(|(route, bytes)| (route.clone(), parsed(bytes))).collect()
}

fn check(schema: &Value, instance: &Value, name: &str) {
    let validator = jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    let faults: Vec<String> =
        validator.iter_errors(instance).map(|e| format!("{} at {}", e, e.instance_path())).take(5).collect();
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

#[test]
fn every_schema_is_one() {
    let schemas = schemas();
    assert_eq!(schemas.len(), schema::names().count());
    for (route, schema) in &schemas {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{route}");
        jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|error| panic!("{route}: {error}"));
        assert!(schema["title"].is_string() && schema["description"].is_string(), "{route} says what it is");
    }
}

#[test]
fn every_published_file_is_valid_against_the_schema_that_it_names() {
    let schemas = schemas();
    let mut count = 0;
    for (route, bytes) in files().iter().filter(|(route, _)| !route.starts_with("schemas/") && route.ends_with(".json"))
    {
        let mut file = parsed(bytes);
        // A profile is like the next.
        if let Some(profiles) = file.get_mut("profiles").and_then(Value::as_array_mut) {
            profiles.truncate(30);
        }
        let named = file["$schema"].as_str().unwrap_or_else(|| panic!("{route} names no schema"));
        let target = resolve(route, named);
        let schema = schemas.get(&target).unwrap_or_else(|| panic!("{route} names {named}, which is not there"));
        check(schema, &file, route);
        assert_eq!(file["schema_version"], worthwhile::export::SCHEMA_VERSION, "{route}");
        count += 1;
    }
    assert!(count > 100, "{count} files");
}

/// A URL relative to a file, as a path in the site.
fn resolve(file: &str, url: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in url.split('/') {
        match part {
            ".." => parts.truncate(parts.len().saturating_sub(1)),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn with_a_base_url_addresses_are_absolute() {
    let base = "https://example.org/sub/";
    let files = build(Some(base));
    for (route, bytes) in &files {
        if route.ends_with(".csv") {
            continue;
        }
        let file = parsed(bytes);
        let id = if route.starts_with("schemas/") { &file["$id"] } else { &file["$schema"] };
        let id = id.as_str().unwrap_or_else(|| panic!("{route} has no address"));
        let path = id.strip_prefix(base).unwrap_or_else(|| panic!("{route}: {id}"));
        assert!(files.contains_key(path), "{route}: {id}");
    }
}

/// Calls `visit` for every schema inside a schema, with its path.
fn each(schema: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(path, schema);
    for key in ["properties", "$defs", "patternProperties"] {
        for (name, part) in schema[key].as_object().into_iter().flatten() {
            each(part, &format!("{path}/{key}/{name}"), visit);
        }
    }
    for key in ["anyOf", "oneOf", "allOf", "prefixItems"] {
        for (n, part) in schema[key].as_array().into_iter().flatten().enumerate() {
            each(part, &format!("{path}/{key}/{n}"), visit);
        }
    }
    for key in ["items", "additionalProperties", "not", "if", "then", "else"] {
        if schema[key].is_object() {
            each(&schema[key], &format!("{path}/{key}"), visit);
        }
    }
}

fn published() -> impl Iterator<Item = (&'static str, Value)> {
    let names = [Group::Exports, Group::Items].into_iter().flat_map(Group::schemas);
    names.map(|name| (name, schema::schema(name, None).unwrap()))
}

#[test]
fn every_key_says_what_it_means() {
    for name in schema::names() {
        let schema = schema::schema(name, None).unwrap();
        each(&schema, name, &mut |path, part| {
            let parent = path.rsplit('/').nth(1).unwrap_or_default();
            // What only asks about a key says nothing of its meaning.
            if ["properties", "$defs"].contains(&parent) && !path.contains("/if/") {
                assert!(part["description"].as_str().is_some_and(|text| !text.is_empty()), "{path} is not described");
            }
        });
    }
}

#[test]
fn no_published_value_is_of_two_types() {
    for (name, schema) in published() {
        each(&schema, name, &mut |path, part| {
            let types: Vec<&Value> = part["type"].as_array().into_iter().flatten().filter(|t| **t != "null").collect();
            assert!(types.len() <= 1, "{path}: {types:?}");
            let any: Vec<&Value> =
                part["anyOf"].as_array().into_iter().flatten().filter(|p| p["type"] != "null").collect();
            assert!(any.len() <= 1 && part.get("oneOf").is_none(), "{path}: {any:?}");
        });
    }
}

#[test]
fn published_schemas_stay_open() {
    for (name, schema) in published() {
        each(&schema, name, &mut |path, part| {
            assert_ne!(part["additionalProperties"], json!(false), "{path} is closed");
            assert!(part.get("unevaluatedProperties").is_none(), "{path} is closed");
        });
    }
}

#[test]
fn what_is_wrong_is_not_valid() {
    let schema = schema::schema("capability", None).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let good = parsed(&files()["api/v1/capabilities/service-mesh.json"]);
    assert!(validator.is_valid(&good));
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut file = good.clone();
        change(&mut file);
        assert!(!validator.is_valid(&file));
    };
    broken(&|file| file["item"]["complexity_from"] = json!("huge"));
    broken(&|file| file["item"]["triggers"][0]["when"]["tree"]["op"] = json!("~"));
    broken(&|file| file["schema_version"] = json!("2.0"));
    broken(&|file| drop(file["item"].as_object_mut().unwrap().remove("hashes")));
    broken(&|file| file["item"]["description"] = Value::Null);
}
