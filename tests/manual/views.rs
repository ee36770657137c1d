//! What templates see, generated from the sources of the view structs: their fields, types and docstrings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use worthwhile::render::theme::VIEWS;
use worthwhile::view::TEMPLATES;

use super::{cell, is_current};

const HEAD: &str = "---
title: What templates see
summary: Every value that a template of a theme can name, with what it holds, generated from the program's source.
order: 8
---
A template gets three variables:

- `frame`: what stands around every page, as the next section lists it;
- `page`: what the page itself says, by the template's own section below;
- `t`: the words of the theme, by the keys of `locales/<locale>.yaml`.

`redirect.html` gets `page` and `t` alone. A value whose name ends in `_html` is finished HTML: print it with `| safe`.
Everything else is text that the engine escapes. What is absent is `null`, never missing, so a name that does not exist
is a mistake, and an error that says where.
";

/// A struct of the sources.
struct Struct {
    module: String,
    name: String,
    doc: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    kind: String,
    doc: String,
}

impl Struct {
    fn anchor(&self) -> String {
        format!("{}-{}", self.module.replace('_', "-"), self.name.to_lowercase())
    }
}

/// The public structs of a file that are handed to templates.
fn structs(module: &str, source: &str) -> Vec<Struct> {
    let (mut found, mut doc): (Vec<Struct>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut open, mut serialized) = (false, false);
    for line in source.lines() {
        let text = line.trim();
        if let Some(said) = text.strip_prefix("///") {
            doc.push(said.trim());
        } else if text.starts_with("#[derive(") {
            serialized = text.contains("Serialize");
        } else if let Some(name) = text.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            open = serialized && !name.contains('<');
            if open {
                let (module, name, doc) = (module.to_owned(), name.to_owned(), doc.join(" "));
                found.push(Struct { module, name, doc, fields: Vec::new() });
            }
            doc.clear();
        } else if line == "}" {
            (open, serialized) = (false, false);
            doc.clear();
        } else if let Some((name, kind)) =
            text.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")).filter(|_| open)
        {
            let (name, kind, doc) = (name.to_owned(), kind.trim_end_matches(',').to_owned(), std::mem::take(&mut doc));
            found.last_mut().unwrap().fields.push(Field { name, kind, doc: doc.join(" ") });
        } else if !text.starts_with('#') {
            doc.clear();
        }
    }
    found
}

/// A type in words, structs as links to their tables.
fn holds(kind: &str, field: &str, module: &str, all: &[Struct]) -> String {
    let inner = |outer: &str| kind.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    let of = |kind: &str| holds(kind, field, module, all);
    if let Some(kind) = inner("Option<") {
        return format!("{}, or null", of(kind));
    }
    if let Some(kind) = inner("Vec<") {
        return format!("a list: {}", of(kind));
    }
    if let Some(kind) = inner("Box<") {
        return of(kind);
    }
    if let Some((_, kind)) = inner("BTreeMap<").and_then(|both| both.split_once(", ")) {
        return format!("a map: {}", of(kind));
    }
    if let Some((kind, many)) =
        kind.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(|rest| rest.split_once("; "))
    {
        return format!("a list of {many}: {}", of(kind));
    }
    let (named_module, name) = kind.rsplit_once("::").unwrap_or((module, kind));
    match name {
        "String" | "&'static str" if field.ends_with("_html") || field == "html" => "HTML".into(),
        "String" | "&'static str" => "text".into(),
        "bool" => "`true` or `false`".into(),
        "usize" | "u8" | "u32" | "i64" | "f64" => "a number".into(),
        "Value" | "serde_json::Value" => "a value of JSON".into(),
        name => {
            // Its own module's first: two modules may have one of the same name.
            let named = |one: &&Struct| one.name == name;
            let near = all.iter().filter(named).find(|one| one.module == named_module);
            let one =
                near.or_else(|| all.iter().find(named)).unwrap_or_else(|| panic!("no words for {module}: {kind}"));
            format!("[{name}](#{})", one.anchor())
        }
    }
}

fn page() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view");
    let mut sources = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| !matches!(*module, "words" | "here" | "tests")) {
            sources.insert(module.to_owned(), fs::read_to_string(entry.path()).unwrap());
        }
    }
    let all: Vec<Struct> = sources.iter().flat_map(|(module, source)| structs(module, source)).collect();
    let mut page = HEAD.to_owned();
    page.push_str(&format!(
        "\nThis is version {VIEWS} of what templates see. It goes up when a name goes away or means something else. A theme \
         that says `views: {VIEWS}` in its `theme.yaml` is refused by a program with another version, instead of showing half \
         of what it should.\n"
    ));
    let mut left: BTreeSet<&str> = sources.keys().map(String::as_str).collect();
    let mut section = |module: &str, title: &str, page: &mut String| {
        assert!(left.remove(module), "no module {module}");
        let own: Vec<&Struct> = all.iter().filter(|one| one.module == module).collect();
        if own.is_empty() {
            return;
        }
        page.push_str(&format!("\n## {title} {{#{}-page}}\n", module.replace('_', "-")));
        for one in own {
            page.push_str(&format!("\n### {} {{#{}}}\n", one.name, one.anchor()));
            if !one.doc.is_empty() {
                page.push_str(&format!("\n{}\n", one.doc));
            }
            page.push_str("\n| name | holds | meaning |\n|---|---|---|\n");
            for field in &one.fields {
                let holds = holds(&field.kind, &field.name, module, &all);
                page.push_str(&format!("| `{}` | {holds} | {} |\n", field.name, cell(&field.doc)));
            }
        }
    };
    section("frame", "`frame`", &mut page);
    for template in TEMPLATES {
        section(&template.replace('-', "_"), &format!("`{template}.html`"), &mut page);
    }
    section("parts", "Parts that several pages have", &mut page);
    section("judged", "Verdicts with their reasons", &mut page);
    section("comparison", "Columns and criteria of a comparison", &mut page);
    left.clone().into_iter().for_each(|module| {
        assert!(all.iter().all(|one| one.module != module), "the manual has no section for src/view/{module}.rs");
    });
    page
}

#[test]
fn the_tables_of_views_are_those_of_the_structs() {
    is_current("reference/views.md", &page());
}
