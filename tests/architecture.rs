//! The house, checked: imports run with the flow, and the crates that only one room may know are named there alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import. A module that is not listed may not exist.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("read", &[]),
    ("publish", &[]),
    ("draw", &["assess", "model"]),
    ("diagnostic", &["model", "read"]),
    ("parse", &["model", "diagnostic", "read"]),
    ("framework", &["model", "read"]),
    ("import", &["model", "parse"]),
    ("link", &["model", "diagnostic", "parse"]),
    ("assess", &["model", "link"]),
    ("words", &["model", "link", "assess"]),
    ("lint", &["model", "link", "assess", "words", "diagnostic"]),
    ("plan", &["model", "link", "assess"]),
    ("view", &["model", "link", "plan", "assess", "words", "draw", "lint", "export", "parse", "record"]),
    ("record", &["model", "link", "assess", "words", "profile"]),
    ("export", &["model", "link", "plan", "assess", "words", "lint", "parse", "record"]),
    ("schema", &["export", "parse"]),
    ("render", &["model", "plan", "view"]),
    ("twin", &["model", "link", "plan", "assess", "words", "export", "parse", "view", "record"]),
    ("search", &["model", "link", "plan"]),
    (
        "output",
        &[
            "model",
            "diagnostic",
            "read",
            "plan",
            "export",
            "schema",
            "render",
            "parse",
            "lint",
            "twin",
            "search",
            "view",
            "draw",
        ],
    ),
    ("serve", &[]),
    ("again", &["diagnostic", "read", "parse", "link", "lint", "plan"]),
    ("lib", &["model", "diagnostic", "read", "parse", "link", "plan", "lint"]),
];

/// Modules at the rim, which may import anything but each other's rooms.
const RIM: &[&str] = &["cli", "main", "mcp", "profile"];

/// Crates that one room alone names.
const ALONE: &[(&str, &str)] = &[
    ("serde_yaml::granit_parser", "src/parse/yaml.rs"),
    ("pulldown_cmark", "src/parse/prose src/import"),
    ("syntect", "src/parse/prose/highlight.rs"),
    ("tera::", "src/render/html.rs"),
    ("resvg", "src/output/social.rs"),
    ("rust_stemmers", "src/search/words.rs"),
    ("unicode_segmentation", "src/search/words.rs"),
    ("rustix", "src/publish src/read src/serve"),
    ("axum", "src/serve"),
    ("notify::", "src/serve"),
    ("rmcp::", "src/mcp"),
];

fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    let mut open = vec![root.join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert!(files.len() > 40, "the sources were not found");
    files
}

fn module(path: &str) -> &str {
    path.trim_start_matches("src/").split('/').next().unwrap().trim_end_matches(".rs")
}

/// The lines of a file that are no tests and no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..end].lines().filter(|l| !l.trim_start().starts_with("//"))
}

#[test]
fn imports_run_with_the_flow() {
    let mut against = Vec::new();
    for (path, text) in sources() {
        let from = module(&path);
        if RIM.contains(&from) || path.ends_with("tests.rs") {
            continue;
        }
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == from) else {
            against.push(format!("{path}: the module `{from}` is not part of the house"));
            continue;
        };
        for line in code(&text) {
            let mut rest = line;
            while let Some(at) = rest.find("crate::") {
                rest = &rest[at + "crate::".len()..];
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(list) => list.split('}').next().unwrap().split(',').map(str::trim).collect(),
                    None => vec![rest],
                };
                for name in names {
                    let to = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                    let is_module = MAY_IMPORT.iter().any(|(m, _)| *m == to) || RIM.contains(&to);
                    if is_module && to != from && !allowed.contains(&to) {
                        against.push(format!("{path}: `{from}` imports `{to}`: {}", line.trim()));
                    }
                }
            }
        }
    }
    assert!(against.is_empty(), "{}", against.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut outside = Vec::new();
    for (path, text) in sources() {
        for (name, room) in ALONE {
            if !room.split(' ').any(|room| path.starts_with(room)) && code(&text).any(|line| line.contains(name)) {
                outside.push(format!("{path} names `{name}`, which belongs to {room}"));
            }
        }
    }
    assert!(outside.is_empty(), "{}", outside.join("\n"));
}

/// The clock, the environment and hash maps make output differ between two runs.
#[test]
fn nothing_that_differs_between_runs_reaches_the_output() {
    // Reading compares the times of files with the clock, to know which it need not read again.
    let rim = ["cli", "serve", "publish", "read", "main"];
    let mut found = Vec::new();
    for (path, text) in sources() {
        if rim.contains(&module(&path)) || path.ends_with("tests.rs") {
            continue;
        }
        for line in code(&text) {
            for word in ["SystemTime", "Instant::", "std::env", "HashSet<"] {
                if line.contains(word) {
                    found.push(format!("{path}: {}", line.trim()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn files_have_one_reason() {
    const LONGEST: usize = 560;
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(path, text)| !path.ends_with("tests.rs") && code(text).count() > LONGEST)
        .map(|(path, text)| format!("{path}: {} lines", code(&text).count()))
        .collect();
    assert!(long.is_empty(), "look for the second noun in: {}", long.join(", "));
}

#[test]
fn unsafe_code_is_forbidden() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
}
