//! The schemas of what tools take and give, generated from their types.

use std::sync::Arc;

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::Value;

/// What a tool takes.
pub fn input<T: JsonSchema>() -> Arc<JsonObject> {
    of::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

/// What a tool gives.
pub fn output<T: JsonSchema>() -> Arc<JsonObject> {
    of::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn of<T: JsonSchema>(settings: SchemaSettings) -> Arc<JsonObject> {
    match SchemaGenerator::new(settings).into_root_schema_for::<T>().to_value() {
        Value::Object(mut schema) => {
            // Every tool takes an object, even one without arguments.
            schema.entry("type").or_insert_with(|| "object".into());
            Arc::new(schema)
        }
        _ => unreachable!("the types of tools are structs"),
    }
}
