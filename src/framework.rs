//! framework: a published `framework.json` -> Sources: the content that it was made from, as far as it is content.
//!
//! Everything in it goes through the same stages as a folder, so what is computed from it cannot differ. What the file
//! does not hold is left out: the theme, the home page, images. JSON is YAML, so the files are JSON; where the order of
//! keys means something, they are put together in it.

mod capability;
mod facts;

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::model::Kind;
use crate::read::Sources;
use capability::capability;
use facts::{answer, case, ordered, topics};

/// Why a file is no framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(String);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

/// The first number of the versions that are understood.
const VERSION: &str = "1.";

/// Where the schema of a framework stands in its site.
const SCHEMA: &str = "schemas/v1/framework.schema.json";

/// The sources behind a framework.
pub fn sources(bytes: &[u8]) -> Result<Sources, Broken> {
    let framework: Value = serde_json::from_slice(bytes).map_err(|e| Broken(format!("it is no JSON: {e}")))?;
    let version = framework["schema_version"].as_str().unwrap_or_default();
    // Other files of this program have capabilities too.
    let is_whole = ["layers", "capabilities", "facts"].iter().all(|kind| framework[*kind].is_array());
    if !version.starts_with(VERSION) || !is_whole {
        return Err(Broken(
            "it is no `framework.json` of version 1 (api/v1/framework.json of a published site)".into(),
        ));
    }
    let mut files = Files::default();
    files.add("site.yaml", site(&framework));
    for (n, layer) in items(&framework, Kind::Layer).enumerate() {
        files.thing(Kind::Layer, layer, self::layer(layer, n));
    }
    for (n, capability) in items(&framework, Kind::Capability).enumerate() {
        files.thing(Kind::Capability, capability, self::capability(capability, n));
    }
    for option in items(&framework, Kind::Option) {
        let fields = [("kind", "option_kind"), ("short", "short"), ("url", "project"), ("licence", "licence")];
        let mut made = start(option);
        fields.iter().for_each(|(to, from)| put(&mut made, to, &option[*from]));
        put(&mut made, "maturity", &option["maturity"]["markdown"]);
        files.thing(Kind::Option, option, Value::Object(made));
    }
    for (n, component) in items(&framework, Kind::Component).enumerate() {
        let mut made = start(component);
        made.insert("layer".into(), component["layer"]["id"].clone());
        made.insert("order".into(), json!(n));
        put(&mut made, "url", &component["project"]);
        files.thing(Kind::Component, component, Value::Object(made));
    }
    for (topic, facts) in topics(&framework) {
        files.text(&format!("facts/{topic}.yaml"), ordered(facts));
    }
    for (n, case) in items(&framework, Kind::Case).enumerate() {
        files.text(&format!("cases/{}.yaml", id(case)), self::case(case, n));
        files.prose(Kind::Case, case);
    }
    for decision in items(&framework, Kind::Decision) {
        let title = decision["title"].as_str().unwrap_or_default();
        let prose = decision["prose"].as_str().unwrap_or_default();
        let front = self::decision(decision);
        let path = format!("{}/{}.md", Kind::Decision.folder(), id(decision));
        files.text(&path, format!("---\n{front}\n---\n\n# {}\n\n{prose}\n", escape(&json!(title))));
    }
    for (n, page) in items(&framework, Kind::Page).enumerate() {
        let mut made = json!({ "title": page["title"], "order": n, "aliases": page["aliases"] });
        if page["summary"].as_str().is_some_and(|summary| !summary.is_empty()) {
            made["summary"] = json!(escape(&page["summary"]));
        }
        files.page(Kind::Page, page, made);
    }
    let changes: Value = list(&framework["changes"]).map(change).collect();
    if list(&changes).next().is_some() {
        files.add("changes.yaml", changes);
    }
    Ok(files.sources)
}

#[derive(Default)]
struct Files {
    sources: Sources,
}

impl Files {
    fn text(&mut self, path: &str, text: String) {
        self.sources.files.insert(Arc::from(format!("content/{path}")), Arc::from(text.into_bytes()));
    }

    fn add(&mut self, path: &str, value: Value) {
        self.text(path, value.to_string());
    }

    fn thing(&mut self, kind: Kind, item: &Value, value: Value) {
        self.add(&format!("{}/{}.yaml", kind.folder(), id(item)), value);
        self.prose(kind, item);
    }

    fn prose(&mut self, kind: Kind, item: &Value) {
        if let Some(prose) = item["prose"].as_str() {
            self.text(&format!("{}/{}.md", kind.folder(), id(item)), prose.to_owned());
        }
    }

    /// A Markdown file with front matter.
    fn page(&mut self, kind: Kind, item: &Value, front: Value) {
        let prose = item["prose"].as_str().unwrap_or_default();
        self.text(&format!("{}/{}.md", kind.folder(), id(item)), format!("---\n{front}\n---\n{prose}\n"));
    }
}

fn items(framework: &Value, kind: Kind) -> impl Iterator<Item = &Value> {
    framework[kind.folder()].as_array().into_iter().flatten()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn id(item: &Value) -> &str {
    item["id"].as_str().unwrap_or_default()
}

/// Title, summary and aliases.
fn start(item: &Value) -> Map<String, Value> {
    let mut made = Map::new();
    made.insert("title".into(), item["title"].clone());
    made.insert("summary".into(), json!(escape(&item["summary"])));
    put(&mut made, "aliases", &item["aliases"]);
    made
}

/// A summary is published without markup: what would be markup in it is none.
fn escape(text: &Value) -> String {
    let text = text.as_str().unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '[' | '<') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// What is there is put there.
fn put(made: &mut Map<String, Value>, key: &str, value: &Value) {
    let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if !empty {
        made.insert(key.to_owned(), value.clone());
    }
}

fn texts(value: &Value) -> Value {
    list(value).map(|text| text["markdown"].clone()).collect()
}

/// A statement; an id with a dot was not given by its author.
fn statement(statement: &Value) -> Value {
    let mut made = json!({ "text": statement["text"]["markdown"] });
    if !id(statement).contains('.') {
        made["id"] = statement["id"].clone();
    }
    if let Some(cel) = statement["when"]["cel"].as_str() {
        made["when"] = json!(cel);
    }
    made
}

fn statements(value: &Value) -> Value {
    list(value).map(statement).collect()
}

fn site(framework: &Value) -> Value {
    let verdicts: Map<String, Value> = list(&framework["verdicts"])
        .filter_map(|v| {
            let words = json!({ "label": v["label"], "probably": v["probably"] });
            Some((v["verdict"].as_str()?.to_owned(), words))
        })
        .collect();
    let mut made = Map::new();
    made.insert("format".into(), json!(1));
    made.insert("title".into(), framework["name"].clone());
    // The address of its schema is that of the site with a path behind it, where the site knows its own.
    let schema = framework["$schema"].as_str().and_then(|url| url.strip_suffix(SCHEMA));
    if let Some(base) = schema.filter(|base| base.starts_with("http")) {
        made.insert("base_url".into(), json!(base));
    }
    made.insert("question".into(), framework["question"].clone());
    made.insert("description".into(), json!(escape(&framework["description"])));
    made.insert("verdicts".into(), Value::Object(verdicts));
    put(&mut made, "joints", &framework["joints"]);
    put(&mut made, "licence", &framework["licence"]);
    put(&mut made, "credits", &texts(&framework["credits"]));
    // "Layer 2" is the label and the number of the layer.
    let label = items(framework, Kind::Layer).next().and_then(|layer| {
        let (label, _) = layer["title"].as_str()?.rsplit_once(' ')?;
        Some(json!({ "layer": label, "layers": format!("{label}s") }))
    });
    made.extend(label.map(|label| ("labels".to_owned(), label)));
    Value::Object(made)
}

fn layer(layer: &Value, place: usize) -> Value {
    let mut made = start(layer);
    let full = layer["full_title"].as_str().unwrap_or_default();
    let title = full.split_once(": ").map_or(full, |(_, title)| title);
    made.insert("title".into(), json!(title));
    made.insert("order".into(), if layer["order"].is_i64() { layer["order"].clone() } else { json!(place) });
    put(&mut made, "description", &layer["description"]["markdown"]);
    put(&mut made, "topics", &texts(&layer["topics"]));
    let questions: Vec<Value> = list(&layer["questions"])
        .map(|q| {
            let mut made = Map::new();
            made.insert("question".into(), q["question"]["markdown"].clone());
            put(&mut made, "capability", &q["capability"]["id"]);
            Value::Object(made)
        })
        .collect();
    put(&mut made, "questions", &Value::Array(questions));
    Value::Object(made)
}

fn decision(item: &Value) -> Value {
    let facts: Map<String, Value> = list(&item["facts"]).filter_map(answer).collect();
    json!({
        "status": item["status"],
        "date": item["date"],
        "worthwhile": {
            "capability": item["capability"]["id"],
            "option": item["option"],
            "verdict": item["verdict"],
            "constructed": item["constructed"],
            "settled": item["settled"],
            "hashes": item["premises"],
            "facts": facts,
        },
    })
}

fn change(item: &Value) -> Value {
    let name = |thing: &Value| Some(json!(format!("{}:{}", thing["kind"].as_str()?, thing["id"].as_str()?)));
    let concerns: Vec<Value> = list(&item["concerns"]).filter_map(name).collect();
    json!({ "date": item["date"], "text": item["text"]["markdown"], "concerns": concerns })
}
