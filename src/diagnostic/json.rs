//! Diagnostics for programs.

use serde::Serialize;

use super::lines::Texts;
use super::{Diagnostic, Diagnostics};
use crate::read::Sources;

/// All diagnostics of a run, in the order in which people see them.
#[derive(Debug, Serialize)]
pub struct Report {
    /// At most [`super::KEPT`] of them.
    pub diagnostics: Vec<Item>,
    /// All that were found, listed or not.
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
    /// What `check --fix` would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<ItemFix>,
}

/// A mend that needs no thought.
#[derive(Debug, Serialize)]
pub struct ItemFix {
    pub does: String,
    pub edits: Vec<ItemEdit>,
}

/// What stands at `place` becomes `with`.
#[derive(Debug, Serialize)]
pub struct ItemEdit {
    pub place: Place,
    pub with: String,
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

/// Diagnostics to the report that `--format json` prints.
pub fn report(diagnostics: &Diagnostics, sources: &Sources) -> Report {
    let texts = Texts::new(sources);
    Report {
        diagnostics: diagnostics.iter().map(|d| within(d, &texts)).collect(),
        errors: diagnostics.count(super::Severity::Error),
        warnings: diagnostics.count(super::Severity::Warning),
    }
}

/// Diagnostics with their places.
pub fn items<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>, sources: &Sources) -> Vec<Item> {
    let texts = Texts::new(sources);
    diagnostics.map(|diagnostic| within(diagnostic, &texts)).collect()
}

pub(super) fn within(diagnostic: &Diagnostic, texts: &Texts<'_>) -> Item {
    let place = texts.place(&diagnostic.span);
    let lines = texts.of(&diagnostic.span.file);
    let (start, end) = lines.bounds(place.line);
    let snippet = lines.text[start..end].trim_end_matches('\r').chars().take(400).collect();
    Item {
        code: diagnostic.code.name(),
        severity: diagnostic.severity().name(),
        message: diagnostic.message.clone(),
        snippet,
        place,
        label: diagnostic.label.clone(),
        notes: diagnostic
            .notes
            .iter()
            .map(|n| ItemNote { message: n.message.clone(), place: n.span.as_ref().map(|s| texts.place(s)) })
            .collect(),
        help: diagnostic.help.clone(),
        fix: fix(diagnostic, texts),
    }
}

fn fix(diagnostic: &Diagnostic, texts: &Texts<'_>) -> Option<ItemFix> {
    let fix = diagnostic.mechanical()?;
    let placed = fix.placed(texts.sources)?.into_iter();
    let edits = placed.map(|edit| ItemEdit { place: texts.place(&edit.span), with: edit.with });
    Some(ItemFix { does: fix.does.clone(), edits: edits.collect() })
}
