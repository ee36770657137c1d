//! The words of a theme in one language: which there are, and what one of them lacks.

use serde_json::Value;

use super::{Files, ThemeError, Unknown, fault, missing};

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
    // `de-DE` where there is `de`.
    let language = locale.split('-').next().unwrap_or_default().to_lowercase();
    let near = there.iter().map(|name| name.trim_matches('`').to_owned()).find(|name| *name == language);
    let unknown = near.map(|near| Box::new(Unknown { word: near.clone(), names: vec![near] }));
    Err(ThemeError { message, unknown, ..missing(&path) })
}

/// Refuses words that lack a key of the default theme's, for a page would show nothing in its place. Others may be there:
/// templates of a site may read them.
pub(super) fn complete(path: &str, words: &Value, text: &str) -> Result<(), ThemeError> {
    let default: Value = Files { own: &Default::default() }.yaml("locales/en.yaml")?;
    let mut lacking = Vec::new();
    compare(&default, words, "", &mut lacking);
    // A language without quotes of its own keeps those that were written.
    lacking.retain(|(key, _)| key != "quotes");
    let Some((first, near)) = lacking.first() else {
        let Some((key, message)) = misfit(&default, words, "") else { return Ok(()) };
        return Err(ThemeError { line: line_of(text, &key), ..fault(path, format!("`{key}`: {message}")) });
    };
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

/// The first key whose words do not fit what the program fills in: its path, and what is wrong.
fn misfit(default: &Value, own: &Value, at: &str) -> Option<(String, String)> {
    match (default, own) {
        (Value::Object(default), Value::Object(own)) => default.iter().find_map(|(key, value)| {
            let inner = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            misfit(value, own.get(key)?, &inner)
        }),
        (Value::Array(default), Value::Array(own)) => {
            default.iter().zip(own).find_map(|(default, own)| misfit(default, own, at))
        }
        (Value::String(default), Value::String(own)) => {
            let (filled, written) = (holes(default), holes(own));
            let named = |holes: &[&str]| holes.iter().map(|h| format!("`{{{h}}}`")).collect::<Vec<_>>().join(", ");
            if let Some(odd) = written.iter().find(|hole| !filled.contains(hole)) {
                let known = if filled.is_empty() { "nothing".to_owned() } else { named(&filled) };
                return Some((at.to_owned(), format!("nothing fills `{{{odd}}}`; what is filled there is {known}")));
            }
            // "one capability" needs no number.
            let needs = !filled.is_empty() && written.is_empty() && !at.ends_with(".one");
            needs.then(|| (at.to_owned(), format!("the place of {} is missing", named(&filled))))
        }
        (Value::Object(default), _) => {
            let keys: Vec<String> = default.keys().map(|key| format!("`{key}`")).collect();
            Some((at.to_owned(), format!("has {}, and is no text", keys.join(", "))))
        }
        (Value::Array(_), _) => Some((at.to_owned(), "is a list, and no text".into())),
        (Value::String(_), _) => Some((at.to_owned(), "is a text: write it in quotes".into())),
        _ => None,
    }
}

/// The names in `{…}` of a phrase, in order: "{} of {total}" has "" and "total".
fn holes(phrase: &str) -> Vec<&str> {
    phrase.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

/// The line, from 1, at which a key stands: each part of its path is looked for below the one before it.
fn line_of(text: &str, key: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    for part in key.split('.') {
        let names = [format!("{part}:"), format!("\"{part}\":")];
        let stands = |line: &&str| {
            names.iter().any(|name| {
                line.match_indices(name.as_str())
                    .any(|(n, _)| !line[..n].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            })
        };
        match lines[at..].iter().position(stands) {
            Some(found) => at += found,
            None => break,
        }
    }
    at + 1
}
