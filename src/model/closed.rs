//! The closed sets of words of the format, as JSON Schema: what a verdict, a list or a type of facts may be called.
//!
//! Exports and authored files say these words as text; their schemas name them with these.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::capability::Level;
use super::thing::OptionKind;
use super::{FactType, Kind, ListKind, Verdict};

/// Says of a type whose values have names that in JSON it is one of these names.
macro_rules! closed {
    ($($type:ty, $name:literal, $names:expr, $description:literal;)*) => { $(
        impl ::schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "string", "enum": $names, "description": $description })
            }
        }
    )* };
}

pub(crate) use closed;

closed! {
    Verdict, "Verdict", Verdict::ALL.map(Verdict::name), "A verdict.";
    Kind, "Kind", Kind::ALL.map(Kind::name), "What kind of thing it is.";
    Level, "Level", Level::ALL.map(Level::name), "How much complexity it brings.";
    OptionKind, "OptionKind", OptionKind::ALL.map(OptionKind::name), "What an option is.";
    FactType, "FactType", FactType::ALL.map(FactType::name), "The type of a fact; the values of `choices` are sets.";
    ListKind, "ListKind", ListKind::ALL.map(ListKind::name), "A list of statements.";
}

/// The version of the shapes that a file was made with.
#[derive(Debug, Clone, Copy)]
pub struct Version;

impl JsonSchema for Version {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^1\\.[0-9]+$" })
    }
}
