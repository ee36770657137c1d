//! What authors write: the schemas for editors and the readers agree, key by key.
//!
//! For every kind there is a sample that holds every key. It is changed in every place (a key removed, a key renamed,
//! a value of another type put in place of each), and each time the schema and the reader must agree on whether the
//! file is fine.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use worthwhile::diagnostic::{Diagnostics, Severity};
use worthwhile::parse;
use worthwhile::parse::yaml;
use worthwhile::read::Sources;
use worthwhile::schema;

/// The schema of a kind, where a file of it stands, and samples that together hold every key.
fn kinds() -> Vec<(&'static str, &'static str, Vec<Value>)> {
    let text = || json!("Text");
    let statements = || json!([{ "id": "a", "text": "Text", "when": "n > 5" }, "Text"]);
    let capability = |more: Value| {
        let mut all = json!({
            "title": "T", "layer": "l", "order": 1, "summary": "S", "description": "D", "complexity": "low",
            "complexity_note": "N", "closing_question": "Q", "matrix": { "trigger": "T", "skip_if": "S" },
            "triggers": [{ "id": "t", "text": "Text", "when": "n > 5" }], "not_when": statements(),
            "decision_points": [{ "id": "d", "question": "Q", "ask": [text()] }],
            "builds_on": [{ "component": "c", "adds": "A" }, { "capability": "c", "adds": "A" }],
            "does_not_replace": [{ "component": "c", "text": "T" }, { "capability": "c", "text": "T" }],
            "related": ["c"], "aliases": ["old"],
        });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let known = || {
        json!({
            "a": 5, "b": true, "c": "x", "d": ["x"], "e": { "min": 1, "max": 2 }, "f": { "min": 1 }, "g": "?",
            "h": [], "i": 1.5,
        })
    };
    vec![
        (
            "authored-site",
            "content/site.yaml",
            vec![json!({
                "format": 1, "title": "T", "tagline": "T", "question": "Q", "description": "D",
                "base_url": "https://example.org/", "locale": "en", "theme": "own",
                "labels": { "layer": "L", "layers": "L" },
                "verdicts": {
                    "adopt": { "label": "A", "probably": "P" }, "prepare": { "label": "A" }, "consider": { "label": "A" },
                    "wait": { "label": "A" }, "skip": { "label": "A" }, "open": { "label": "A" },
                },
                "joints": {
                    "and": "J", "or": "J", "either": "J", "exactly": "J", "not_exactly": "J", "more_than": "J", "at_least": "J",
                    "fewer_than": "J", "less_than": "J", "at_most": "J", "or_more": "J", "to": "J", "not": "J", "yes": "J",
                    "no": "J", "none": "J", "some": "J", "unknown": "J", "yours": "J",
                },
                "licence": { "name": "MIT", "url": "https://example.org/" }, "credits": [text()],
                "edit_url": "https://example.org/{path}", "synonyms": [["A", "B"]], "dates": "git", "social_images": true,
                "home": { "layer": "l", "triggers": [{ "trigger": "a.b", "text": "T" }], "case": "c" }, "conformance": true,
            })],
        ),
        (
            "authored-layer",
            "content/layers/x.yaml",
            vec![json!({
                "title": "T", "order": 1, "summary": "S", "description": "D", "topics": [text()],
                "questions": [{ "question": "Q", "capability": "c" }], "aliases": ["old"],
            })],
        ),
        (
            "authored-capability",
            "content/capabilities/x.yaml",
            vec![
                capability(json!({
                    "trade_offs": {
                        "title": "T", "summary": "S",
                        "keep": { "title": "T", "note": "N", "pros": [text()], "cons": [text()] },
                        "options": [{ "option": "o", "pros": [text()], "cons": [text()], "use_when": statements() }],
                    },
                    "timing": { "now": statements(), "later": statements() },
                })),
                capability(json!({
                    "complexity": { "from": "low", "to": "high" },
                    "trade_offs": {
                        "columns": [{ "id": "a", "title": "A" }],
                        "rows": [{ "option": "o", "when": "n > 5", "cells": { "a": "Text" } }],
                    },
                    "timing": { "prepare": statements(), "activate_when": statements() },
                })),
            ],
        ),
        (
            "authored-option",
            "content/options/x.yaml",
            vec![json!({
                "title": "T", "short": "T", "kind": "tool", "summary": "S", "url": "https://example.org/",
                "licence": "MIT", "maturity": "M", "aliases": ["old"],
            })],
        ),
        (
            "authored-component",
            "content/components/x.yaml",
            vec![json!({
                "title": "T", "layer": "l", "order": 1, "summary": "S", "url": "https://example.org/", "aliases": ["old"],
            })],
        ),
        (
            "authored-facts",
            "content/facts/x.yaml",
            vec![json!({
                "a": {
                    "title": "T", "question": "Q", "help": "H", "measure": "M", "type": "integer", "unit": "u",
                    "range": [0, 9], "words": { "yes": "{}" }, "aliases": ["old_a"],
                },
                "b": { "title": "T", "question": "Q", "type": "number", "unit": { "one": "u", "other": "us" } },
                "c": { "title": "T", "question": "Q", "type": "choices", "options": { "x": "X" },
                       "words": { "yes": "{}", "no": "not {}", "none": "N" } },
                "d": { "title": "T", "question": "Q", "type": "boolean" },
            })],
        ),
        (
            "authored-case",
            "content/cases/x.yaml",
            vec![json!({
                "title": "T", "order": 1, "summary": "S", "constructed": true, "facts": known(),
                "expect": { "c": "adopt", "d": ["wait", "skip"] }, "aliases": ["old"],
            })],
        ),
        (
            "authored-page",
            "content/pages/x.md",
            vec![json!({ "title": "T", "summary": "S", "order": 1, "aliases": ["old"] })],
        ),
        (
            "authored-decision",
            "content/decisions/x.md",
            vec![json!({
                "status": "accepted", "date": "2026-11-23",
                "worthwhile": {
                    "capability": "c", "option": "o", "verdict": "adopt", "settled": true, "constructed": true,
                    "hashes": { "rules": "a", "prose": "b" }, "facts": known(),
                },
            })],
        ),
        (
            "authored-changes",
            "content/changes.yaml",
            vec![json!([{ "date": "2026-11-23", "text": "T", "concerns": ["c"] }])],
        ),
        ("profile", "profile.yaml", vec![json!({ "facts": known() })]),
        (
            "premises",
            "record.md",
            vec![json!({
                "status": "proposed", "date": "2026-11-23",
                "worthwhile": {
                    "capability": "c", "option": "o", "verdict": "adopt", "settled": true, "constructed": false,
                    "hashes": { "rules": "a", "prose": "b" }, "facts": known(),
                },
            })],
        ),
    ]
}

/// A decision has its title below the front matter.
fn heading_of(path: &str) -> &'static str {
    if path.starts_with("content/decisions/") { "# Title\n\n" } else { "" }
}

/// What a reader finds wrong with a file that stands at a path.
fn read(path: &str, value: &Value) -> Vec<String> {
    let text = if path.ends_with(".md") {
        format!("---\n{value}\n---\n\n# Title\n\nProse.\n").replace("# Title\n\n", heading_of(path))
    } else {
        format!("{value}\n")
    };
    let mut sources = Sources::default();
    let path: Arc<str> = Arc::from(path);
    sources.files.insert(path.clone(), Arc::from(text.into_bytes()));
    let found: Diagnostics = match &*path {
        "profile.yaml" => parse::profile::profile(&path, &sources).1,
        "record.md" => parse::profile::record(&path, &sources).1,
        _ => parse::parse(&sources).1,
    };
    let errors = found.iter().filter(|d| d.severity() == Severity::Error && d.span.file == path);
    errors.map(|d| format!("{} {}", d.code, d.message)).collect()
}

/// Calls `visit` with a changed copy of the value for every place and every change.
fn changes(value: &Value, visit: &mut dyn FnMut(&str, Value)) {
    let strangers = [json!(7), json!(true), json!("text"), json!(["text"]), json!([7]), json!({ "x": 1 }), Value::Null];
    let mut pointers = Vec::new();
    places(value, String::new(), &mut pointers);
    for pointer in pointers {
        for stranger in &strangers {
            let mut copy = value.clone();
            *copy.pointer_mut(&pointer).unwrap() = stranger.clone();
            visit(&format!("{pointer} = {stranger}"), copy);
        }
        let Some(map) = value.pointer(&pointer).unwrap().as_object() else { continue };
        for key in map.keys() {
            let mut copy = value.clone();
            let map = copy.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
            let gone = map.remove(key).unwrap();
            visit(&format!("{pointer} without {key}"), copy.clone());
            let map = copy.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
            map.insert(format!("{key}x"), gone);
            visit(&format!("{pointer} with {key}x"), copy);
        }
    }
}

/// The pointers to every value inside a value, itself first.
fn places(value: &Value, pointer: String, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| places(inner, format!("{pointer}/{key}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, inner)| places(inner, format!("{pointer}/{n}"), out))
        }
        _ => {}
    }
    out.push(pointer);
}

#[test]
fn schemas_and_readers_agree() {
    let kinds = kinds();
    assert!(kinds.iter().map(|(name, _, _)| *name).eq(parse::authored::NAMES), "a kind without a sample");
    let (mut count, mut apart) = (0, Vec::new());
    for (name, path, samples) in kinds {
        let validator = jsonschema::draft202012::new(&schema::schema(name, None).unwrap()).unwrap();
        for sample in samples {
            assert_eq!(read(path, &sample), Vec::<String>::new(), "{name}: the sample");
            let faults: Vec<String> = validator.iter_errors(&sample).map(|e| e.to_string()).collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
            changes(&sample, &mut |change, changed| {
                count += 1;
                let (found, valid) = (read(path, &changed), validator.is_valid(&changed));
                if found.is_empty() != valid && !is_found_elsewhere(name, change) {
                    apart.push(format!("{name}: {change}: the schema says {valid}, the reader {found:?}"));
                }
            });
        }
    }
    assert!(apart.is_empty(), "{} of {count} apart:\n{}", apart.len(), apart.join("\n"));
    assert!(count > 2000, "{count} changes");
}

/// What only one of the two can see: what answers no fact, as nothing, a list of numbers or a map that is no range, is
/// reported with the type of its fact, once that is known; which cells a row may have depends on the columns beside it;
/// whether a phrase needs `{}`, on the type of its fact; and but for the premises a decision record belongs to MADR.
fn is_found_elsewhere(name: &str, change: &str) -> bool {
    const NO_ANSWERS: [&str; 4] = ["= null", "= [7]", "= {\"x\":1}", " without min"];
    const NO_MEMBERS: [&str; 3] = ["/0 = 7", "/0 = true", "/0 = [\"text\"]"];
    (change.contains("/facts/") && NO_ANSWERS.iter().chain(&NO_MEMBERS).any(|end| change.ends_with(end)))
        || (change.contains("/words/") && change.ends_with("= \"text\""))
        || change.starts_with("/trade_offs/columns/0/id = ")
        || change.starts_with("/trade_offs/rows/0/cells with ")
        || (name == "premises" && (change.starts_with("/date = ") || change.starts_with("/status = ")))
}

/// Every key of every schema is in some sample: without it there, the sample would not be valid.
#[test]
fn samples_hold_every_key() {
    for (name, _, samples) in kinds() {
        let whole = schema::schema(name, None).unwrap();
        let mut pointers = Vec::new();
        places(&whole, String::new(), &mut pointers);
        for pointer in pointers.iter().filter(|p| p.rsplit('/').nth(1) == Some("properties")) {
            // Conditions name properties too; those are no keys of their own.
            let (map, key) = pointer.rsplit_once('/').unwrap();
            if pointer.contains("/if/") {
                continue;
            }
            let mut less = whole.clone();
            less.pointer_mut(map).unwrap().as_object_mut().unwrap().remove(key);
            if ["premises", "authored-decision"].contains(&name) && map == "/properties" {
                continue; // The front matter of a record is open: it belongs to MADR.
            }
            let validator = jsonschema::draft202012::new(&less).unwrap();
            assert!(samples.iter().any(|sample| !validator.is_valid(sample)), "{name}: no sample has {pointer}");
        }
    }
}

/// A tree of YAML as JSON.
fn to_json(node: &yaml::Node) -> Value {
    match &node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(yes) => json!(yes),
        yaml::Value::Integer(n) => json!(n),
        yaml::Value::Float(n) => json!(n),
        yaml::Value::Text { text, .. } => json!(text),
        yaml::Value::List(items) => items.iter().map(to_json).collect(),
        yaml::Value::Map(entries) => entries.iter().map(|(key, node)| (key.name.clone(), to_json(node))).collect(),
    }
}

/// The name of the schema of a content file; None for what is no YAML.
fn schema_of(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix("content/")?;
    let is = |folder: &str, end: &str| inside.starts_with(folder) && inside.ends_with(end);
    Some(match inside {
        "site.yaml" => "authored-site",
        "changes.yaml" => "authored-changes",
        _ if is("layers/", ".yaml") => "authored-layer",
        _ if is("capabilities/", ".yaml") => "authored-capability",
        _ if is("options/", ".yaml") => "authored-option",
        _ if is("components/", ".yaml") => "authored-component",
        _ if is("facts/", ".yaml") => "authored-facts",
        _ if is("cases/", ".yaml") => "authored-case",
        _ if is("pages/", ".md") => "authored-page",
        _ if is("decisions/", ".md") => "authored-decision",
        _ => return None,
    })
}

#[test]
fn every_file_of_the_real_sites_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for folder in [root.to_owned(), root.join("docs")] {
        for (path, bytes) in &worthwhile::read::read(&folder).unwrap().files {
            let Some(name) = schema_of(path) else { continue };
            let text = std::str::from_utf8(bytes).unwrap();
            let front = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front);
            let tree =
                yaml::parse(front.unwrap_or(text), 0).unwrap_or_else(|fault| panic!("{path}: {}", fault.message));
            let validator = jsonschema::draft202012::new(&schema::schema(name, None).unwrap()).unwrap();
            let faults: Vec<String> =
                validator.iter_errors(&to_json(&tree)).map(|e| format!("{e} at {}", e.instance_path())).collect();
            assert!(faults.is_empty(), "{path}: {faults:#?}");
            *seen.entry(name).or_default() += 1;
        }
    }
    assert!(seen.len() >= 8 && seen.values().sum::<usize>() > 60, "{seen:?}");
}

/// The manual names every key.
#[test]
fn the_manual_names_every_key() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages/reference/content.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    for name in parse::authored::NAMES {
        let whole = schema::schema(name, None).unwrap();
        let mut pointers = Vec::new();
        places(&whole, String::new(), &mut pointers);
        for pointer in pointers.iter().filter(|p| p.rsplit('/').nth(1) == Some("properties") && name != "premises") {
            let key = pointer.rsplit('/').next().unwrap();
            let named = manual.match_indices(key).any(|(at, _)| {
                let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !letter(manual[..at].chars().next_back()) && !letter(manual[at + key.len()..].chars().next())
            });
            assert!(named, "the manual does not name `{key}` of {name}");
        }
    }
}
