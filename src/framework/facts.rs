//! Published facts, and the situations that answer them -> what was authored.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{id, items, list, put, start};
use crate::model::Kind;

/// The facts of each topic, in declared order.
pub fn topics(framework: &Value) -> BTreeMap<&str, Vec<(String, String)>> {
    let mut topics: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for item in items(framework, Kind::Fact) {
        let facts = topics.entry(item["topic"].as_str().unwrap_or_default()).or_default();
        facts.push((id(item).to_owned(), fact(item)));
    }
    topics
}

/// A fact as a text of JSON, because the order of its options means something.
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

/// A case; its facts stand in the order in which they were given.
pub fn case(item: &Value, place: usize) -> String {
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

/// The answers of a case as they are authored.
fn facts(value: &Value) -> String {
    ordered(list(value).filter_map(answer).map(|(fact, value)| (fact, value.to_string())).collect())
}

/// The name of a fact and its answer as authored; `?` where it is not known.
pub fn answer(answer: &Value) -> Option<(String, Value)> {
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
pub fn ordered(entries: Vec<(String, String)>) -> String {
    let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{}: {value}", json!(key))).collect();
    format!("{{{}}}", entries.join(",\n"))
}
