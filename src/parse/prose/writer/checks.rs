//! What an author is told of a text while it is written: characters that have no place in it, words that are missing,
//! code without an end.

use std::ops::Range;

use super::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::characters::{self, is_unfit};
use crate::parse::prose::{UNSAID, is_unfinished, open_fence};

impl Writer<'_, '_> {
    /// Characters that have no place in a text, written as entities; those that stand there as they are were reported.
    pub(super) fn check_entities(&mut self, text: &str, range: &Range<usize>) {
        if let Some(unfit) = text.chars().find(|c| is_unfit(*c)).filter(|unfit| !self.source.contains(*unfit)) {
            let span = self.place(range.clone());
            self.report(characters::fault(unfit, span));
        }
    }

    /// What starts a line, behind the marks of a list or a heading, and says that it has to be written yet.
    pub(super) fn check_written(&mut self, text: &str, range: &Range<usize>) {
        // In the record of a decision, what only who decides can say.
        if text.contains(UNSAID) {
            let span = self.place(range.clone());
            self.report(Diagnostic::new(Code::Unfinished, span, "a reason that is not written yet"));
        }
        // Asked first: looking for the start of a line is long where lines are.
        if !is_unfinished(text) {
            return;
        }
        let line = self.source[..range.start].rfind('\n').map_or(0, |n| n + 1);
        let is_mark = |c: char| c.is_ascii_digit() || " \t#>-*+.)".contains(c);
        if self.source[line..range.start].chars().all(is_mark) {
            let span = self.place(range.clone());
            self.report(Diagnostic::new(Code::Unfinished, span, "a text that is not written yet"));
        }
    }

    /// A fence that never ends takes all that follows it.
    pub(super) fn check_closed(&mut self, range: &Range<usize>) {
        if let Some(fence) = open_fence(&self.source[range.clone()]) {
            let first = self.source[range.clone()].lines().next().unwrap_or("").len();
            let span = self.place(range.start..range.start + first);
            let message = "the code block is not closed: all that follows is code";
            self.report(
                Diagnostic::new(Code::UnclosedCode, span, message)
                    .help(format!("close it: {fence} on a line of its own")),
            );
        }
    }
}
