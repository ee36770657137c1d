//! A published capability -> the one that was authored.

use serde_json::{Map, Value, json};

use super::{escape, id, list, put, start, statements, texts};

/// A capability as authored; `place` is its place among all of them.
pub fn capability(item: &Value, place: usize) -> Value {
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
