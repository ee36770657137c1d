//! The words of a theme in one language: which there are, and what one of them lacks.

use serde_json::Value;

use super::{Files, ThemeError, fault, missing};

/// As many missing keys are named; a file that lacks more was made for something else.
const NAMED: usize = 12;

/// The file of a language, relative to the theme's folder.
pub(super) fn path(files: &Files<'_>, locale: &str) -> Result<String, ThemeError> {
    let path = format!("locales/{locale}.yaml");
    if files.bytes(&path).is_some() {
        return Ok(path);
    }
    let there: Vec<String> = files
        .below("locales/")
        .iter()
        .filter_map(|path| Some(format!("`{}`", path.strip_prefix("locales/")?.strip_suffix(".yaml")?)))
        .collect();
    let message = format!(
        "the theme has no words for `locale: {locale}`, but for {}; for others, translate a copy of `locales/en.yaml` \
         that `worthwhile theme eject` writes",
        there.join(", ")
    );
    Err(ThemeError { message, ..missing(&path) })
}

/// Refuses words that lack a key of the default theme's, for a page would show nothing in its place. Others may be there:
/// templates of a site may read them.
pub(super) fn complete(path: &str, words: &Value) -> Result<(), ThemeError> {
    let default: Value = Files { own: &Default::default() }.yaml("locales/en.yaml")?;
    let mut lacking = Vec::new();
    compare(&default, words, "", &mut lacking);
    // A language without quotes of its own keeps those that were written.
    lacking.retain(|(key, _)| key != "quotes");
    let Some((first, near)) = lacking.first() else { return Ok(()) };
    let message = match (near, lacking.len()) {
        (Some(near), 1) => format!("the key `{first}` is missing; there is `{near}`, which nothing reads"),
        (None, 1) => format!("the key `{first}` is missing"),
        (_, count) => {
            let named: Vec<String> = lacking.iter().take(NAMED).map(|(key, _)| format!("`{key}`")).collect();
            let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
            format!("{count} keys are missing: {}{more}", named.join(", "))
        }
    };
    Err(fault(path, message))
}

/// The keys that `own` lacks of what `default` has, each with the only one beside it that `default` does not have.
fn compare(default: &Value, own: &Value, at: &str, lacking: &mut Vec<(String, Option<String>)>) {
    let Value::Object(default) = default else { return };
    let inner = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
    for (key, value) in default {
        match own.get(key) {
            Some(own) => compare(value, own, &inner(key), lacking),
            None => {
                let others = own.as_object().into_iter().flat_map(|own| own.keys());
                let odd: Vec<&String> = others.filter(|other| !default.contains_key(*other)).collect();
                let near = if let [odd] = odd[..] { Some(inner(odd)) } else { None };
                lacking.push((inner(key), near));
            }
        }
    }
}
