//! Facts: `facts/<topic>.yaml`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::authored;
use super::value::{FactId, Line, Plain, Range};
use crate::model::FactType;

/// The facts of one topic, by id.
pub struct Facts;

impl JsonSchema for Facts {
    fn schema_name() -> Cow<'static, str> {
        "Facts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "The facts of one topic, by id: `facts/<topic>.yaml`.",
            "propertyNames": FactId::json_schema(generator),
            "additionalProperties": generator.subschema_for::<Fact>(),
        })
    }
}

authored! {
    /// A named, typed thing about a situation, which conditions read.
    #[schemars(extend("allOf" = json!([
        {
            "if": { "properties": { "type": { "enum": ["choice", "choices"] } }, "required": ["type"] },
            "then": { "required": ["options"], "not": { "anyOf": [{ "required": ["unit"] }, { "required": ["range"] }] } },
            "else": { "not": { "required": ["options"] } }
        },
        {
            "if": { "properties": { "type": { "const": "boolean" } }, "required": ["type"] },
            "then": { "not": { "anyOf": [{ "required": ["unit"] }, { "required": ["range"] }] } }
        }
    ])))]
    pub struct Fact {
        /// What it is called.
        title: Plain,
        /// The question that asks a reader for it.
        question: Line,
        /// What helps to answer.
        help: Option<Line>,
        /// How a reader finds the answer; shown, never run.
        measure: Option<Line>,
        /// What its values are: whole numbers, numbers, yes or no, one option (`choice`), a set of options (`choices`).
        r#type: FactType,
        /// Of numbers: what is counted. `services`, or `{ one: service, other: services }`.
        unit: Option<Unit>,
        /// Of numbers: what is plausible, `[0, 200]`; no limit, but the lowest value is 0 unless it starts lower.
        range: Option<Range>,
        /// Of choices: what may be answered, `{ id: Label }`.
        options: Option<BTreeMap<String, Plain>>,
        /// How conditions over it read inside a sentence.
        words: Option<Words>,
        /// Former ids; answers and addresses go on working.
        aliases: Option<Vec<FactId>>,
    }

    /// What is counted, for one and for all other amounts.
    pub struct Units {
        /// For an amount of one: `service`.
        one: Plain,
        /// For all other amounts: `services`.
        other: Plain,
    }

    /// How conditions over a fact read inside a sentence; `{}` stands for a bound, a label or a member.
    pub struct Words {
        /// Where it holds: `{} of debugging`, `mTLS is required`.
        yes: Option<Plain>,
        /// Where it does not hold.
        no: Option<Plain>,
        /// For an empty set.
        none: Option<Plain>,
    }
}

/// What is counted.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
pub enum Unit {
    /// The same for one and for all other amounts.
    Same(Plain),
    /// For one and for all other amounts.
    Units(Units),
}
