//! Arguments, held against the schema of what takes them: which one is wrong, and what it takes, in JSON's words.

use std::sync::LazyLock;

use rmcp::model::JsonObject;
use serde_json::{Map, Value};

use super::desk::{cut, unknown};

/// Refuses arguments that there are not (one that is misspelt would be ignored in silence), that are missing, or of
/// another type. Words that may stand there are left to whoever knows the nearest one.
pub fn check(schema: &JsonObject, arguments: &JsonObject) -> Result<(), String> {
    let known = properties(schema);
    match arguments.keys().find(|name| !known.contains_key(*name)) {
        Some(wrong) => Err(unknown("argument", wrong, known.keys().map(String::as_str))),
        None => fit(schema, arguments),
    }
}

/// The same, whatever else is given.
pub fn fit(schema: &JsonObject, arguments: &JsonObject) -> Result<(), String> {
    let known = properties(schema);
    let mut required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    if let Some(name) = required.find(|name| !arguments.contains_key(*name)) {
        let about = known.get(name).and_then(|property| property["description"].as_str());
        let about = about.map_or(String::new(), |about| format!(": {}", about.trim_end_matches('.')));
        return Err(format!("`{name}` is missing{about}"));
    }
    for (name, value) in arguments {
        known.get(name).map_or(Ok(()), |property| fits(name, property, value))?;
    }
    Ok(())
}

fn properties(schema: &JsonObject) -> &Map<String, Value> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    schema.get("properties").and_then(Value::as_object).unwrap_or(&NONE)
}

/// Holds one value against its schema.
fn fits(name: &str, schema: &Value, value: &Value) -> Result<(), String> {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        // It may be anything.
        _ => return Ok(()),
    };
    let least = schema["minimum"].as_u64();
    let is = |one: &&str| match *one {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        // As the types of tools have them: none is below zero.
        "integer" => value.as_u64().is_some_and(|n| least.is_none_or(|least| n >= least)),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    if !types.iter().any(is) {
        let wanted = types.iter().find(|one| **one != "null").map_or("null".to_owned(), |one| words(one, schema));
        return Err(format!("`{name}` is {wanted}, not {}", told(value)));
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(&format!("{name}[{n}]"), &schema["items"], item)?;
    }
    Ok(())
}

/// A type in words.
fn words(name: &str, schema: &Value) -> String {
    match name {
        "boolean" => "true or false".into(),
        "integer" => match schema["minimum"].as_u64() {
            Some(least) => format!("a whole number, {least} or more"),
            None => "a whole number".into(),
        },
        "number" => "a number".into(),
        "string" => "a text".into(),
        "array" if schema["items"]["type"] == "string" => "a list of texts".into(),
        "array" => "a list".into(),
        _ => "an object".into(),
    }
}

/// A value in words.
fn told(value: &Value) -> String {
    const MOST: usize = 40;
    match value {
        Value::String(text) => format!("the text {}", Value::from(cut(text, MOST))),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is said of an argument of this type.
    fn said(property: Value, value: Value) -> String {
        let schema = json!({ "properties": { "it": property }, "required": ["it"] });
        let arguments = json!({ "it": value });
        let objects = [schema, arguments].map(|value| value.as_object().cloned().unwrap_or_default());
        check(&objects[0], &objects[1]).err().unwrap_or_default()
    }

    #[test]
    fn an_argument_of_another_type_is_named_with_what_it_takes() {
        let limit = json!({ "type": ["integer", "null"], "minimum": 1 });
        assert_eq!(said(limit.clone(), json!("3")), r#"`it` is a whole number, 1 or more, not the text "3""#);
        for wrong in [json!(0), json!(-1), json!(2.5), json!(1e300), json!([1]), json!(true)] {
            assert!(
                said(limit.clone(), wrong.clone()).starts_with("`it` is a whole number, 1 or more, not "),
                "{wrong}"
            );
        }
        for right in [json!(1), json!(u64::MAX), json!(null)] {
            assert_eq!(said(limit.clone(), right), "");
        }
        let list = json!({ "type": "array", "items": { "type": "string" } });
        assert_eq!(said(list.clone(), json!("a")), r#"`it` is a list of texts, not the text "a""#);
        assert_eq!(said(list.clone(), json!(["a", 5])), "`it[1]` is a text, not 5");
        assert_eq!(said(list, json!(["a"])), "");
        let object = json!({ "type": "object" });
        assert_eq!(said(object.clone(), json!([])), "`it` is an object, not a list");
        let long = said(object, json!("é".repeat(1000)));
        assert!(long.len() < 200 && long.ends_with("…\""), "{long}");
    }

    #[test]
    fn what_is_missing_is_named_with_what_it_is() {
        let schema = json!({
            "properties": { "id": { "type": "string", "description": "Its id." }, "kind": { "type": "string" } },
            "required": ["id"],
        });
        let schema = schema.as_object().cloned().unwrap_or_default();
        assert_eq!(check(&schema, &Map::new()), Err("`id` is missing: Its id".into()));
        let misspelt = json!({ "kidn": 1 }).as_object().cloned().unwrap_or_default();
        assert_eq!(check(&schema, &misspelt), Err("there is no argument `kidn`; did you mean `kind`?".into()));
        assert_eq!(fit(&schema, &json!({ "id": "a", "kidn": 1 }).as_object().cloned().unwrap_or_default()), Ok(()));
    }
}
