//! Footnotes: numbers where they are referred to, notes at the end of sections, and what is shown nowhere.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Writer;
use super::blocks::first_line_end;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Piece, Span};

/// The footnotes of a text, while it is written.
#[derive(Default)]
pub(super) struct Footnotes {
    /// By label, from 1, in the order of the first references. Labels are the same in capitals: keys are in none.
    numbers: BTreeMap<String, usize>,
    /// Labels that are first referred to in each finished section, and in the one that is being written.
    of_sections: Vec<Vec<String>>,
    new: Vec<String>,
    /// Finished definitions by label, where they stand, and the label as it is written.
    finished: BTreeMap<String, (Vec<Piece>, Span, String)>,
    /// Definitions that are being written, one inside of the other: the label, what was written before, the place.
    open: Vec<(String, Vec<Piece>, Span)>,
}

impl Footnotes {
    pub(super) fn end_section(&mut self) {
        self.of_sections.push(std::mem::take(&mut self.new));
    }
}

impl Writer<'_, '_> {
    /// A number that leads to the note. Only the first reference to a note can be led back to.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let key = label.to_lowercase();
        let next = self.footnotes.numbers.len() + 1;
        let number = *self.footnotes.numbers.entry(key.clone()).or_insert(next);
        let id = if number == next {
            self.footnotes.new.push(key);
            format!(" id=\"fnref-{number}\"")
        } else {
            String::new()
        };
        let html = match self.in_link() {
            true => format!("<sup{id}>{number}</sup>"),
            false => format!("<sup><a href=\"#fn-{number}\"{id}>{number}</a></sup>"),
        };
        self.html.push_str(&html);
    }

    pub(super) fn start_footnote(&mut self, label: &str, range: &Range<usize>) {
        self.flush();
        let outer = std::mem::take(&mut self.pieces);
        let place = self.place(range.start..first_line_end(self.source, range));
        self.footnotes.open.push((label.to_owned(), outer, place));
    }

    pub(super) fn end_footnote(&mut self) {
        self.flush();
        let Some((label, outer, place)) = self.footnotes.open.pop() else { return };
        let inner = std::mem::replace(&mut self.pieces, outer);
        match self.footnotes.finished.get(&label.to_lowercase()) {
            None => drop(self.footnotes.finished.insert(label.to_lowercase(), (inner, place, label))),
            Some((_, first, _)) => {
                let message = format!("a second footnote `{label}` is not shown");
                let diagnostic = Diagnostic::new(Code::UnusedFootnote, place, message);
                self.report(diagnostic.note("the first", Some(first.clone())));
            }
        }
    }

    /// Notes stand at the end of the section that first refers to them, because sections of one file may stand far
    /// apart on a page.
    pub(super) fn add_footnotes(&mut self) {
        for (n, labels) in std::mem::take(&mut self.footnotes.of_sections).into_iter().enumerate() {
            if labels.is_empty() {
                continue;
            }
            self.html.push_str("<div class=\"footnotes\"><ol>");
            for label in labels {
                let number = self.footnotes.numbers.get(&label).copied().unwrap_or_default();
                self.html.push_str(&format!("<li value=\"{number}\" id=\"fn-{number}\">"));
                self.flush();
                let definition = self.footnotes.finished.remove(&label).map(|(pieces, ..)| pieces);
                self.pieces.extend(definition.unwrap_or_default());
                self.html.push_str(&format!("<a href=\"#fnref-{number}\" class=\"back\">"));
                self.hole(Piece::Word("back_to_text"));
                self.html.push_str("</a></li>");
            }
            self.html.push_str("</ol></div>");
            self.flush();
            let pieces = std::mem::take(&mut self.pieces);
            self.sections[n].pieces.extend(pieces);
        }
        for (_, place, label) in std::mem::take(&mut self.footnotes.finished).into_values() {
            let message = format!("nothing refers to the footnote `{label}`, so it is not shown");
            let diagnostic = Diagnostic::new(Code::UnusedFootnote, place, message);
            self.report(diagnostic.help(format!("write `[^{label}]` where it belongs, or take it out")));
        }
    }
}
