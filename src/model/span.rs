//! Where something was written: a file and a byte range in it.

use std::ops::Range;
use std::sync::Arc;

/// A byte range of one source file. `file` is the path relative to the site's folder, with `/` between names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: Arc<str>,
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(file: &Arc<str>, range: Range<usize>) -> Self {
        Span { file: file.clone(), start: range.start, end: range.end }
    }

    /// The first byte of a file: for what concerns the file as a whole.
    pub fn file_start(file: &Arc<str>) -> Self {
        Span::new(file, 0..0)
    }

    /// The part `range` (relative to this span's start) of this span.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let at = |n: usize| (self.start + n).min(self.end.max(self.start));
        Span { file: self.file.clone(), start: at(range.start), end: at(range.end) }
    }
}

/// A value with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}
