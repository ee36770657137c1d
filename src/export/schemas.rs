//! The schemas of the exports, generated from the types that are written: a doc comment becomes a description.
//!
//! They stay open: a later version may add keys, and whoever reads must ignore those that it does not know.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::framework::Framework;
use super::item::{self, Envelope};
use super::{Export, Index, KindIndex, assessment, conformance, graph, matrix};
use crate::model::Kind;
use crate::parse::authored;

/// What schemas are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Files that many things share.
    Exports,
    /// The file of a thing, by kind.
    Items,
    /// What authors write.
    Authored,
}

impl Group {
    pub const ALL: [Group; 3] = [Group::Exports, Group::Items, Group::Authored];

    pub fn name(self) -> &'static str {
        match self {
            Group::Exports => "exports",
            Group::Items => "items",
            Group::Authored => "authored",
        }
    }

    /// The names of its schemas.
    pub fn schemas(self) -> Vec<&'static str> {
        match self {
            Group::Exports => {
                vec!["index", "framework", "kind-index", "matrix", "graph", "assessment", "conditions", "assessments"]
            }
            Group::Items => Kind::ALL.map(Kind::name).to_vec(),
            Group::Authored => authored::NAMES.to_vec(),
        }
    }
}

/// The schema of this name; None for a name of no export.
pub fn schema(name: &str) -> Option<Schema> {
    Some(match name {
        "index" => of::<Index>(),
        "framework" => of::<Framework>(),
        "kind-index" => of::<KindIndex>(),
        "matrix" => of::<matrix::Matrix>(),
        "graph" => of::<graph::Graph>(),
        "assessment" => of::<assessment::Document>(),
        "conditions" => of::<conformance::Conditions>(),
        "assessments" => of::<conformance::Assessments>(),
        kind => item_schema(Kind::from_name(kind)?),
    })
}

/// The name of the schema of a file; None for what is no JSON.
pub fn name_of(export: &Export) -> Option<&'static str> {
    Some(match export {
        Export::Index => "index",
        Export::Framework => "framework",
        Export::KindIndex(_) => "kind-index",
        Export::Item(key) => key.kind.name(),
        Export::Matrix => "matrix",
        Export::Graph => "graph",
        Export::Conditions => "conditions",
        Export::Assessments => "assessments",
        Export::MatrixCsv => return None,
    })
}

/// The names of all schemas that are published, in a fixed order.
pub fn names() -> impl Iterator<Item = &'static str> {
    Group::ALL.into_iter().flat_map(Group::schemas)
}

/// Where a schema stands in the published site.
pub fn route(name: &str) -> String {
    format!("schemas/v1/{name}.schema.json")
}

fn item_schema(kind: Kind) -> Schema {
    match kind {
        Kind::Layer => of::<Envelope<item::Item<item::LayerBody>>>(),
        Kind::Capability => of::<Envelope<item::Item<item::CapabilityBody>>>(),
        Kind::Trigger => of::<Envelope<item::Item<item::TriggerBody>>>(),
        Kind::Option => of::<Envelope<item::Item<item::OptionBody>>>(),
        Kind::Fact => of::<Envelope<item::Item<item::FactBody>>>(),
        Kind::Component => of::<Envelope<item::Item<item::ComponentBody>>>(),
        Kind::Case => of::<Envelope<item::Item<item::CaseBody>>>(),
        Kind::Decision => of::<Envelope<item::Item<item::DecisionBody>>>(),
        Kind::Page => of::<Envelope<item::Item<item::PageBody>>>(),
    }
}

/// The schema of what a type is written as.
fn of<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.transforms.push(Box::new(RecursiveTransform(left_out_is_not_null)));
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}

/// What may be left out is left out instead of being null: only what must be there may be null.
fn left_out_is_not_null(schema: &mut Schema) {
    let required: Vec<String> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(text).collect();
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !required.contains(name)) {
        let Some(property) = property.as_object_mut() else { continue };
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|one| one != "null");
            if let [one] = &types[..] {
                let one = one.clone();
                property.insert("type".into(), one);
            }
        }
        if let Some(Value::Array(any)) = property.get_mut("anyOf") {
            any.retain(|one| one["type"] != "null");
            if let [one] = &any[..]
                && let Some(reference) = one.get("$ref").cloned()
            {
                property.remove("anyOf");
                property.insert("$ref".into(), reference);
            }
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
