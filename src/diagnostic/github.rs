//! Diagnostics as workflow commands: one line each, which the runner of a forge shows beside the line at fault.

use super::json::{self, Item};
use super::lines::Texts;
use super::{Diagnostics, Severity};
use crate::read::Sources;

/// All diagnostics, one line each. `prefix` stands before each path: the site's folder as seen from where annotations
/// are relative to, or nothing.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, prefix: &str) -> String {
    let texts = Texts::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        let level = match diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let item = json::within(diagnostic, &texts);
        let place = &item.place;
        let mut properties = vec![
            ("file", format!("{prefix}{}", place.file)),
            ("line", place.line.to_string()),
            ("endLine", place.end_line.to_string()),
            ("col", place.column.to_string()),
            ("endColumn", place.end_column.to_string()),
            ("title", format!("{}[{}]", item.severity, item.code)),
        ];
        // Columns are shown only for what stands on one line.
        if place.line != place.end_line {
            properties.retain(|(name, _)| !matches!(*name, "col" | "endColumn"));
        }
        let properties: Vec<String> =
            properties.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
        out.push_str(&format!("::{level} {}::{}\n", properties.join(","), data(&message(&item, prefix))));
    }
    out
}

/// The message with its notes and its help, each on a line.
fn message(item: &Item, prefix: &str) -> String {
    let mut lines = vec![item.message.clone()];
    for note in &item.notes {
        let at = note.place.as_ref().map(|p| format!(" ({prefix}{}:{}:{})", p.file, p.line, p.column));
        lines.push(format!("{}{}", note.message, at.unwrap_or_default()));
    }
    lines.extend(item.help.clone());
    lines.join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
