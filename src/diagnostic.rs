//! What is wrong with what an author wrote: code, place, what was meant, the nearest valid name.
//!
//! Diagnostics are values, returned beside the result of a stage and rendered only at the rim.

mod codes;
pub mod fix;
pub mod github;
pub mod json;
mod lines;
mod names;
pub mod sarif;
pub mod terminal;

use std::sync::Arc;

use crate::model::Span;
use crate::read::Sources;

pub use codes::{Code, Severity};
pub use fix::Fix;
pub use names::nearest;

/// One finding about one place in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    /// One sentence without a full stop: what is wrong.
    pub message: String,
    pub span: Span,
    /// A few words beside the underlined place; may be empty.
    pub label: String,
    /// Further facts, some with the other place they concern.
    pub notes: Vec<Note>,
    /// What to do.
    pub help: Option<String>,
    /// How to do it without thought, where that is possible. See [`Diagnostic::mechanical`].
    pub fix: Option<Fix>,
}

/// A further fact about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub message: String,
    pub span: Option<Span>,
}

impl Diagnostic {
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        let (message, label, notes) = (message.into(), String::new(), Vec::new());
        Diagnostic { code, message, span, label, notes, help: None, fix: None }
    }

    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn note(mut self, message: impl Into<String>, span: Option<Span>) -> Self {
        self.notes.push(Note { message: message.into(), span });
        self
    }

    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// The fix, where it concerns a file of the content: nothing else is ever written to.
    pub fn mechanical(&self) -> Option<&Fix> {
        // What was decided is a record, also where its names are gone since.
        let named = matches!(self.code, Code::UnknownId | Code::UnknownFact | Code::UnknownValue | Code::FactValue);
        if named && self.span.file.starts_with("content/decisions/") {
            return None;
        }
        let fix = self.fix.as_ref()?;
        fix.edits.iter().all(|edit| edit.span.file.starts_with("content/")).then_some(fix)
    }

    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The findings of a run.
///
/// A hostile file can be wrong in a million places. Beyond [`KEPT`] findings are counted and not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    /// Warnings among them.
    warnings: usize,
    /// Errors and warnings that are only counted.
    more: (usize, usize),
}

/// How many findings a run keeps.
pub const KEPT: usize = 5_000;

impl Diagnostic {
    /// The files that it shows or would change.
    pub fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        let noted = self.notes.iter().filter_map(|note| note.span.as_ref());
        let changed = self.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.span);
        std::iter::once(&self.span).chain(noted).chain(changed).map(|span| &span.file)
    }
}

impl Diagnostics {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        let is_warning = diagnostic.severity() == Severity::Warning;
        if self.kept.len() < KEPT {
            self.warnings += usize::from(is_warning);
            self.kept.push(diagnostic);
        } else if !is_warning
            && self.warnings > 0
            && let Some(warning) = self.kept.iter().rposition(|d| d.severity() == Severity::Warning)
        {
            // What stops a build is not hidden behind what does not.
            self.kept[warning] = diagnostic;
            self.warnings -= 1;
            self.more.1 += 1;
        } else {
            match diagnostic.severity() {
                Severity::Error => self.more.0 += 1,
                Severity::Warning => self.more.1 += 1,
            }
        }
    }

    pub fn extend(&mut self, other: Diagnostics) {
        other.kept.into_iter().for_each(|diagnostic| self.push(diagnostic));
        self.more.0 += other.more.0;
        self.more.1 += other.more.1;
    }

    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    pub fn count(&self, severity: Severity) -> usize {
        let more = if severity == Severity::Error { self.more.0 } else { self.more.1 };
        self.kept.iter().filter(|d| d.severity() == severity).count() + more
    }

    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// How many were found and are not kept.
    pub fn not_kept(&self) -> usize {
        self.more.0 + self.more.1
    }

    /// How many of them `check --fix` mends.
    pub fn mechanical(&self, sources: &Sources) -> usize {
        let placed = |d: &&Diagnostic| d.mechanical().and_then(|fix| fix.placed(sources)).is_some();
        self.kept.iter().filter(placed).count()
    }

    /// By file, then place: the order in which readers see them, whatever stage found them.
    pub fn sort(&mut self) {
        self.kept.sort_by(|a, b| (&a.span, a.code, &a.message).cmp(&(&b.span, b.code, &b.message)));
        self.kept.dedup();
        self.warnings = self.kept.iter().filter(|d| d.severity() == Severity::Warning).count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_records_of_decisions_are_not_mended() {
        let found = |file: &str| {
            let span = Span::new(&std::sync::Arc::from(file), 0..12);
            Diagnostic::new(Code::UnknownId, span, "x").nearest("service-mehs", ["service-mesh"])
        };
        assert!(found("content/cases/a.yaml").mechanical().is_some());
        let record = found("content/decisions/a.md");
        assert!(record.mechanical().is_none() && record.help.is_some());
    }

    #[test]
    fn what_is_too_much_to_keep_is_counted() {
        let place = Span::file_start(&std::sync::Arc::from("a.yaml"));
        let mut all = Diagnostics::new();
        for n in 0..KEPT + 3 {
            all.push(Diagnostic::new(Code::UnknownKey, place.clone(), n.to_string()));
        }
        let mut both = Diagnostics::new();
        both.push(Diagnostic::new(Code::RawHtml, place, "x"));
        both.extend(all);
        both.sort();
        assert_eq!((both.iter().count(), both.not_kept()), (KEPT, 4));
        assert!(both.iter().all(|d| d.severity() == Severity::Error));
        assert_eq!((both.count(Severity::Error), both.count(Severity::Warning)), (KEPT + 3, 1));
    }
}
