//! Diagnostics as SARIF 2.1.0, the form in which code hosts and editors take the findings of any tool.

use serde_json::{Value, json};

use super::json::{Item, ItemFix, Place, within};
use super::lines::Texts;
use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::read::Sources;

/// The log of one run. `prefix` stands before each path: the site's folder as seen from the root of the repository, or
/// nothing.
pub fn report(diagnostics: &Diagnostics, sources: &Sources, prefix: &str) -> Value {
    let texts = Texts::new(sources);
    let results: Vec<Value> = diagnostics.iter().map(|d| result(d, &texts, prefix)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "worthwhile",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.why() },
        "help": { "text": code.mend() },
        "defaultConfiguration": { "level": level(code) },
    })
}

fn level(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(diagnostic: &Diagnostic, texts: &Texts<'_>, prefix: &str) -> Value {
    let Item { message, place, notes, help, fix, .. } = within(diagnostic, texts);
    // SARIF has no place for what to do in a result; it ends the message, as it does for people.
    let mut text = vec![sentence(&message)];
    text.extend(notes.iter().filter(|note| note.place.is_none()).map(|note| sentence(&note.message)));
    text.extend(help.as_deref().map(sentence));
    let rule = Code::ALL.iter().position(|code| *code == diagnostic.code);
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": rule,
        "level": level(diagnostic.code),
        "message": { "text": text.join(" ") },
        "locations": [{ "physicalLocation": location(&place, prefix) }],
    });
    let related: Vec<Value> = notes
        .iter()
        .filter_map(|note| Some((note, note.place.as_ref()?)))
        .map(
            |(note, place)| json!({ "physicalLocation": location(place, prefix), "message": { "text": note.message } }),
        )
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(ItemFix { does, edits }) = fix {
        let change = |place: &Place, with: &str| {
            json!({
                "artifactLocation": { "uri": uri(&place.file, prefix) },
                "replacements": [{ "deletedRegion": region(place), "insertedContent": { "text": with } }],
            })
        };
        let changes: Vec<Value> = edits.iter().map(|edit| change(&edit.place, &edit.with)).collect();
        result["fixes"] = json!([{ "description": { "text": sentence(&does) }, "artifactChanges": changes }]);
    }
    result
}

fn location(place: &Place, prefix: &str) -> Value {
    json!({ "artifactLocation": { "uri": uri(&place.file, prefix) }, "region": region(place) })
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

/// A path as a relative URI.
fn uri(path: &str, prefix: &str) -> String {
    let mut out = String::new();
    for byte in prefix.bytes().chain(path.bytes()) {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A message as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
