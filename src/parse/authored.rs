//! What authors write, key by key: the one list of the keys of every map, with what each means.
//!
//! The readers in `kinds` take the keys from here ([`Layer::KEYS`](thing::Layer)), and the schemas for editors are
//! generated from the same types. No value is ever made of these types: readers are written by hand, so that one run
//! reports everything that is wrong with a file. `tests/schemas.rs` drives both and compares.

pub mod capability;
pub mod fact;
pub mod site;
pub mod situation;
pub mod thing;
pub mod value;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// Declares maps that authors write. Each gets `KEYS`, its keys in declared order, and a strict schema; a key whose type
/// is no `Option` must be there.
macro_rules! authored {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident { $( $(#[$means:meta])* $key:ident: $value:ty, )* }
    )*) => { $(
        #[derive(schemars::JsonSchema)]
        $(#[$about])*
        #[schemars(deny_unknown_fields)]
        #[allow(dead_code)]
        pub struct $name { $( $(#[$means])* $key: $value, )* }

        impl $name {
            /// Its keys.
            pub const KEYS: &'static [&'static str] = &[$( $crate::parse::authored::key(stringify!($key)), )*];
        }
    )* };
}

use authored;

/// The name of a key as it is written: without what Rust puts before its own words.
const fn key(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// The names of the schemas of what authors write, in the order of the manual.
pub const NAMES: [&str; 12] = [
    "authored-site",
    "authored-layer",
    "authored-capability",
    "authored-option",
    "authored-component",
    "authored-facts",
    "authored-case",
    "authored-page",
    "authored-decision",
    "authored-changes",
    "profile",
    "premises",
];

/// The schema of what authors write, by its name; None for an unknown one.
pub fn schema(name: &str) -> Option<Schema> {
    Some(match name {
        "authored-site" => of::<site::Site>(),
        "authored-layer" => of::<thing::Layer>(),
        "authored-capability" => of::<capability::Capability>(),
        "authored-option" => of::<thing::Option_>(),
        "authored-component" => of::<thing::Component>(),
        "authored-facts" => of::<fact::Facts>(),
        "authored-case" => of::<situation::Case>(),
        "authored-page" => of::<thing::Page>(),
        "authored-decision" => of::<situation::Decision>(),
        "authored-changes" => of::<situation::Changes>(),
        "profile" => of::<situation::Profile>(),
        "premises" => of::<situation::Record>(),
        _ => return None,
    })
}

fn of<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft2020_12();
    settings.transforms.push(Box::new(RecursiveTransform(no_null)));
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}

/// A key that may be left out is not written as null either.
fn no_null(schema: &mut Schema) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        if let Some(Value::Array(types)) = property.get_mut("type") {
            types.retain(|one| one != "null");
            if let [one] = &types[..] {
                let one = one.clone();
                property.insert("type".into(), one);
            }
        }
        if let Some(Value::Array(words)) = property.get_mut("enum") {
            words.retain(|word| !word.is_null());
        }
        if let Some(Value::Array(any)) = property.get_mut("anyOf") {
            any.retain(|one| one["type"] != "null");
            if let [Value::Object(one)] = &any[..] {
                let one = one.clone();
                property.remove("anyOf");
                for (key, value) in one {
                    property.entry(key).or_insert(value);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_as_written() {
        assert_eq!(thing::Page::KEYS, ["title", "summary", "order", "aliases"]);
        assert!(fact::Fact::KEYS.contains(&"type"));
    }

    #[test]
    fn every_name_has_a_schema() {
        for name in NAMES {
            assert!(schema(name).is_some(), "{name}");
        }
    }
}
