//! A published `framework.json` -> Sources: the content that it was made from, as far as it is content.
//!
//! Everything in it goes through the same stages as a folder, so what is computed from it cannot differ. What the file
//! does not hold is left out: the theme, the home page, images. JSON is YAML, so the files are JSON; where the order of
//! keys means something, they are put together in it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::model::Kind;
use crate::read::Sources;

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

/// The sources behind a framework.
pub fn sources(bytes: &[u8]) -> Result<Sources, Broken> {
    let framework: Value = serde_json::from_slice(bytes).map_err(|e| Broken(format!("it is no JSON: {e}")))?;
    let version = framework["schema_version"].as_str().unwrap_or_default();
    if !version.starts_with(VERSION) || !framework["capabilities"].is_array() {
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
    made.insert("question".into(), framework["question"].clone());
    made.insert("description".into(), json!(escape(&framework["description"])));
    made.insert("verdicts".into(), Value::Object(verdicts));
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

fn capability(item: &Value, place: usize) -> Value {
    let mut made = start(item);
    made.insert("layer".into(), item["layer"]["id"].clone());
    made.insert("order".into(), json!(place));
    made.insert("complexity".into(), json!({ "from": item["complexity_from"], "to": item["complexity_to"] }));
    for key in ["description", "complexity_note", "closing_question"] {
        put(&mut made, key, &item[key]["markdown"]);
    }
    let mut matrix = Map::new();
    for half in ["trigger", "skip_if"] {
        let text = item["matrix"][format!("{half}_markdown")].as_str().map(|text| json!(text));
        if item["matrix"][format!("{half}_derived")] == json!(false) {
            matrix.insert(half.into(), text.unwrap_or_else(|| json!(escape(&item["matrix"][half]))));
        }
    }
    put(&mut made, "matrix", &if matrix.is_empty() { Value::Null } else { Value::Object(matrix) });
    for key in ["triggers", "not_when"] {
        put(&mut made, key, &statements(&item[key]));
    }
    if item["trade_off"].is_object() {
        made.insert("trade_offs".into(), trade_off(&item["trade_off"]));
    }
    let points: Vec<Value> = list(&item["decision_points"])
        .map(|point| {
            let mut made = json!({ "question": point["question"]["markdown"], "ask": texts(&point["ask"]) });
            if !id(point).contains('.') {
                made["id"] = point["id"].clone();
            }
            made
        })
        .collect();
    put(&mut made, "decision_points", &Value::Array(points));
    let lists = if item["timing"]["staged"] == json!(true) { ["prepare", "activate_when"] } else { ["now", "later"] };
    let timing: Map<String, Value> =
        lists.into_iter().map(|key| (key.to_owned(), statements(&item["timing"][key]))).collect();
    made.insert("timing".into(), Value::Object(timing));
    let on = |thing: &Value, key: &str, text: &Value| {
        let mut made = Map::new();
        made.insert(thing["kind"].as_str().unwrap_or_default().to_owned(), thing["id"].clone());
        made.insert(key.to_owned(), text["markdown"].clone());
        Value::Object(made)
    };
    let builds_on: Value = list(&item["builds_on"]).map(|f| on(&f["thing"], "adds", &f["adds"])).collect();
    put(&mut made, "builds_on", &builds_on);
    let stays: Value = list(&item["does_not_replace"]).map(|n| on(&n["thing"], "text", &n["text"])).collect();
    put(&mut made, "does_not_replace", &stays);
    put(&mut made, "related", &list(&item["related"]).map(|r| r["id"].clone()).collect());
    Value::Object(made)
}

fn trade_off(item: &Value) -> Value {
    let mut made = Map::new();
    put(&mut made, "title", &item["title"]);
    put(&mut made, "summary", &item["summary"]["markdown"]);
    if item["keep"].is_object() {
        let mut keep = Map::new();
        put(&mut keep, "title", &item["keep"]["title"]);
        put(&mut keep, "note", &item["keep"]["note"]["markdown"]);
        put(&mut keep, "pros", &texts(&item["keep"]["pros"]));
        put(&mut keep, "cons", &texts(&item["keep"]["cons"]));
        made.insert("keep".into(), Value::Object(keep));
    }
    if list(&item["columns"]).next().is_none() {
        let option = |o: &Value| {
            let mut made = Map::new();
            made.insert("option".into(), o["option"]["id"].clone());
            put(&mut made, "pros", &texts(&o["pros"]));
            put(&mut made, "cons", &texts(&o["cons"]));
            put(&mut made, "use_when", &statements(&o["use_when"]));
            Value::Object(made)
        };
        made.insert("options".into(), list(&item["options"]).map(option).collect());
        return Value::Object(made);
    }
    let column = |c: &Value| json!({ "id": c["id"], "title": c["title"] });
    made.insert("columns".into(), list(&item["columns"]).map(column).collect());
    let row = |row: &Value| {
        let mut made = Map::new();
        put(&mut made, "option", &row["option"]["id"]);
        put(&mut made, "when", &row["when"]["cel"]);
        let cells: Map<String, Value> = list(&row["cells"])
            .filter_map(|c| Some((c["column"].as_str()?.to_owned(), c["text"]["markdown"].clone())))
            .collect();
        made.insert("cells".into(), Value::Object(cells));
        Value::Object(made)
    };
    made.insert("rows".into(), list(&item["rows"]).map(row).collect());
    Value::Object(made)
}

/// The facts of each topic, in declared order.
fn topics(framework: &Value) -> BTreeMap<&str, Vec<(String, String)>> {
    let mut topics: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for item in items(framework, Kind::Fact) {
        let facts = topics.entry(item["topic"].as_str().unwrap_or_default()).or_default();
        facts.push((id(item).to_owned(), fact(item)));
    }
    topics
}

fn fact(item: &Value) -> String {
    let mut made = Map::new();
    made.insert("title".into(), item["title"].clone());
    made.insert("type".into(), item["fact_type"].clone());
    for key in ["question", "help", "measure"] {
        put(&mut made, key, &item[key]["markdown"]);
    }
    put(&mut made, "aliases", &item["aliases"]);
    if item["words"].as_object().is_some_and(|words| !words.is_empty()) {
        made.insert("words".into(), item["words"].clone());
    }
    if item["unit"].is_string() {
        let one = if item["unit_one"].is_string() { &item["unit_one"] } else { &item["unit"] };
        made.insert("unit".into(), json!({ "one": one, "other": item["unit"] }));
    }
    if item["range"].is_object() {
        made.insert("range".into(), json!([number(&item["range"]["min"]), number(&item["range"]["max"])]));
    }
    let mut entries: Vec<(String, String)> = made.into_iter().map(|(key, value)| (key, value.to_string())).collect();
    let options: Vec<(String, String)> =
        list(&item["options"]).map(|option| (id(option).to_owned(), option["label"].to_string())).collect();
    if !options.is_empty() {
        entries.push(("options".into(), ordered(options)));
    }
    ordered(entries)
}

fn case(item: &Value, place: usize) -> String {
    let mut made = start(item);
    made.insert("order".into(), json!(place));
    made.insert("constructed".into(), item["constructed"].clone());
    let mut entries: Vec<(String, String)> = made.into_iter().map(|(key, value)| (key, value.to_string())).collect();
    entries.push(("facts".into(), facts(&item["facts"])));
    let expect: Vec<(String, String)> = list(&item["expect"])
        .map(|expect| (id(&expect["capability"]).to_owned(), expect["verdicts"].to_string()))
        .collect();
    if !expect.is_empty() {
        entries.push(("expect".into(), ordered(expect)));
    }
    ordered(entries)
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

/// The answers of a case as they are authored.
fn facts(value: &Value) -> String {
    ordered(list(value).filter_map(answer).map(|(fact, value)| (fact, value.to_string())).collect())
}

fn answer(answer: &Value) -> Option<(String, Value)> {
    let fact = answer["fact"].as_str()?.to_owned();
    let first = |keys: &[&str]| keys.iter().map(|key| &answer[*key]).find(|value| !value.is_null()).cloned();
    let value = match (first(&["boolean", "option", "one_of", "set"]), &answer["number"], &answer["range"]) {
        (Some(value), ..) => value,
        (None, n, _) if n.is_number() => number(n),
        (None, _, Value::Object(range)) => range.iter().map(|(end, n)| (end.clone(), number(n))).collect(),
        _ => json!("?"),
    };
    Some((fact, value))
}

/// Whole numbers without a decimal point, as integer facts need them.
fn number(value: &Value) -> Value {
    match value.as_f64() {
        Some(n) if n.fract() == 0.0 && n.abs() < 1e15 => json!(n as i64),
        _ => value.clone(),
    }
}

/// A map whose keys stand in this order; the values are JSON.
fn ordered(entries: Vec<(String, String)>) -> String {
    let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{}: {value}", json!(key))).collect();
    format!("{{{}}}", entries.join(",\n"))
}
