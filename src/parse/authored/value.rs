//! The values that authors write: texts, ids, references, conditions, statements.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::authored;

/// Declares values that stand in one place of a file.
macro_rules! values {
    ($( $(#[$about:meta])* pub struct $name:ident: $schema:tt; )*) => { $(
        $(#[$about])*
        pub struct $name;

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )* };
}

values! {
    /// A text as it stands.
    pub struct Plain: { "type": "string", "pattern": "\\S" };
    /// Inline Markdown, with links to things as `[[id]]`.
    pub struct Line: { "type": "string", "pattern": "\\S" };
    /// An id: lower-case letters, digits and single hyphens.
    pub struct Id: { "type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 80 };
    /// The id of a fact: lower-case letters, digits and single underscores.
    pub struct FactId: { "type": "string", "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "maxLength": 80 };
    /// The id of another thing.
    pub struct Reference: { "type": "string", "pattern": "\\S" };
    /// A web address.
    pub struct Address: { "type": "string", "pattern": "^https?://[^\\s\"<>\\\\]*$" };
    /// A condition over facts, in a small subset of CEL.
    pub struct When: { "type": "string", "pattern": "\\S" };
    /// A date: `2026-11-23`.
    pub struct Date: { "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" };
    /// Two numbers, the smaller first.
    pub struct Range: { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 };
    /// Words that mean the same, two or more.
    pub struct SameWords: { "type": "array", "items": { "type": "string", "pattern": "\\S" }, "minItems": 2 };
    /// What is known of a fact.
    pub struct Known: {
        "description": "A number, `true` or `false`, the id of an option, a list of ids (`[]` is none), `{ min, max }`, or `\"?\"` for \"I don't know\".",
        "anyOf": [
            { "type": "boolean" },
            { "type": "number" },
            { "type": "string", "pattern": "\\S" },
            { "type": "array", "items": { "type": "string", "pattern": "\\S" } },
            {
                "type": "object",
                "properties": {
                    "min": { "type": "number", "description": "The lower end, itself inside." },
                    "max": { "type": "number", "description": "The upper end, itself inside." }
                },
                "minProperties": 1,
                "additionalProperties": false
            }
        ]
    };
}

authored! {
    /// The ends of a range of values, both inside.
    pub struct Ends {
        /// The lower end, itself inside.
        min: Option<f64>,
        /// The upper end, itself inside.
        max: Option<f64>,
    }

    /// One sentence, and when it holds. Without a condition it is prose: shown, never decided by.
    pub struct Statement {
        /// A name that stays although the list changes.
        id: Option<Id>,
        /// What it says, in inline Markdown.
        text: Line,
        /// When it holds: a condition over facts, such as `microservices > 5 && needs_mtls`. One that starts with `!` or `"` is put in quotes as a whole; inside of `{ … }` so is one with `[`.
        when: Option<When>,
    }

    /// A statement that makes a capability relevant. It has a page, so it needs an id.
    pub struct Trigger {
        /// Names its page, so it stays although the list changes.
        id: Id,
        /// What it says, in inline Markdown.
        text: Line,
        /// When it holds: a condition over facts, such as `microservices > 5 && needs_mtls`. One that starts with `!` or `"` is put in quotes as a whole; inside of `{ … }` so is one with `[`.
        when: Option<When>,
    }
}

/// A statement, or its text alone.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
pub enum Say {
    /// A text alone is prose: shown, never decided by.
    Text(Line),
    /// With a condition or an id.
    Statement(Statement),
}
