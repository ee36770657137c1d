//! The texts that diagnostics point into, with the places of their lines: looked for once for a file, however many
//! diagnostics it has.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::json::Place;
use crate::model::Span;
use crate::read::Sources;

pub(super) struct Texts<'s> {
    pub sources: &'s Sources,
    known: RefCell<BTreeMap<Arc<str>, Rc<Lines>>>,
}

/// A text and where each of its lines starts.
pub(super) struct Lines {
    pub text: String,
    starts: Vec<usize>,
}

impl<'s> Texts<'s> {
    pub fn new(sources: &'s Sources) -> Self {
        Texts { sources, known: RefCell::default() }
    }

    /// The lines of a file; none for one that is not there.
    pub fn of(&self, file: &Arc<str>) -> Rc<Lines> {
        let mut known = self.known.borrow_mut();
        let lines = known.entry(file.clone()).or_insert_with(|| {
            let text = self.sources.text(file).unwrap_or_default();
            let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            Rc::new(Lines { text, starts })
        });
        lines.clone()
    }

    /// A span in lines and columns.
    pub fn place(&self, span: &Span) -> Place {
        let lines = self.of(&span.file);
        let (line, column) = lines.position(span.start);
        let (end_line, end_column) = lines.position(span.end.max(span.start));
        Place { file: span.file.to_string(), line, column, end_line, end_column }
    }
}

impl Lines {
    /// The number of the line that a byte is in, from 1.
    pub fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// Where a line starts, and where it ends without its line break.
    pub fn bounds(&self, number: usize) -> (usize, usize) {
        let start = self.starts[number - 1];
        let end = self.starts.get(number).map_or(self.text.len(), |next| next - 1);
        (start, end)
    }

    /// Line and column of a byte, both from 1; columns count characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let at = self.floor(at);
        let number = self.number(at);
        (number, 1 + self.text[self.bounds(number).0..at].chars().count())
    }

    /// The character boundary at or before a byte.
    pub fn floor(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at.min(self.text.len()))
    }
}
