//! Diagnostics for programs.

use serde::Serialize;

use super::{Diagnostic, Diagnostics};
use crate::model::Span;
use crate::read::Sources;

/// All diagnostics of a run, in the order in which people see them.
#[derive(Debug, Serialize)]
pub struct Report {
    pub diagnostics: Vec<Item>,
    pub errors: usize,
    pub warnings: usize,
}

/// One diagnostic.
#[derive(Debug, Serialize)]
pub struct Item {
    pub code: &'static str,
    pub severity: &'static str,
    pub message: String,
    #[serde(flatten)]
    pub place: Place,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The line at fault, without its line break.
    pub snippet: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<ItemNote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct ItemNote {
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place in a file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Place {
    /// Byte offsets to lines and columns.
    pub fn of(span: &Span, text: &str) -> Place {
        let (line, column) = position(text, span.start);
        let (end_line, end_column) = position(text, span.end.max(span.start));
        Place { file: span.file.to_string(), line, column, end_line, end_column }
    }
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let at = text.floor_char_boundary(at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    (1 + text[..at].matches('\n').count(), 1 + text[start..at].chars().count())
}

/// Diagnostics to the report that `--format json` prints.
pub fn report(diagnostics: &Diagnostics, sources: &Sources) -> Report {
    Report {
        diagnostics: diagnostics.iter().map(|d| item(d, sources)).collect(),
        errors: diagnostics.count(super::Severity::Error),
        warnings: diagnostics.count(super::Severity::Warning),
    }
}

/// One diagnostic with its place.
pub fn item(diagnostic: &Diagnostic, sources: &Sources) -> Item {
    let text = sources.text(&diagnostic.span.file).unwrap_or_default();
    let place = Place::of(&diagnostic.span, &text);
    Item {
        code: diagnostic.code.name(),
        severity: diagnostic.severity().name(),
        message: diagnostic.message.clone(),
        snippet: text.lines().nth(place.line - 1).unwrap_or_default().chars().take(400).collect(),
        place,
        label: diagnostic.label.clone(),
        notes: diagnostic
            .notes
            .iter()
            .map(|n| ItemNote {
                message: n.message.clone(),
                place: n.span.as_ref().map(|s| Place::of(s, &sources.text(&s.file).unwrap_or_default())),
            })
            .collect(),
        help: diagnostic.help.clone(),
    }
}
