//! Texts of one line of inline Markdown, and what their authors wrote that YAML would lose: words behind a `#`, lines.

use std::ops::Range;

use super::{Fields, File, quote};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Span, Spanned, Text};
use crate::parse::prose::{self, Origin};
use crate::parse::yaml::{Node, Value};

impl File<'_> {
    /// Inline Markdown.
    pub fn inline(&mut self, node: &Node) -> Option<Text> {
        let Spanned { value, .. } = self.string(node)?;
        self.check_end(node);
        self.check_lines(node, &value);
        let place = self.place_in(node);
        let origin =
            Origin { file: self.path.clone(), place: &place, sources: self.sources, sections: &[], reserved: &[] };
        Some(prose::inline(&value, &origin, &mut self.diagnostics))
    }

    /// Reports a text of paragraphs, of a list or a table: it would be one line of them all. A text that is only wrapped
    /// is none. YAML keeps the line breaks of a `|` alone; elsewhere one stands for an empty line.
    fn check_lines(&mut self, node: &Node, value: &str) {
        let value = value.trim();
        if !value.contains('\n') {
            return;
        }
        let before = self.text.get(..node.span.start.saturating_sub(self.offset)).unwrap_or_default();
        let header = before.trim_end().rsplit(['\n', ' ']).next().unwrap_or_default();
        let is_literal = header.starts_with('|');
        let count = |starts: &dyn Fn(&str) -> bool| value.lines().filter(|line| starts(line.trim_start())).count();
        let is_bullet = |line: &str| line.starts_with("- ") || line.starts_with("* ");
        let is_numbered = |line: &str| {
            let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
            number.len() < line.len() && number.starts_with(". ")
        };
        let is_block = count(&|line| line.is_empty() || line.starts_with("```")) > 0
            || count(&is_bullet) > 1
            || count(&is_numbered) > 1
            || count(&|line| line.starts_with('|')) > 1;
        if !is_literal || is_block {
            let span = self.span(node.span.clone());
            let message = "a text of several paragraphs, of a list or a table, where one line stands";
            self.report(
                Diagnostic::new(Code::WrongType, span, message)
                    .help("write one sentence or two here, and the rest in the Markdown file beside this one"),
            );
        }
    }

    /// Reports a text without quotes that ends where a `#word` follows it on its line.
    fn check_end(&mut self, node: &Node) {
        let Value::Text { source: Some(_), .. } = node.value else { return };
        let (start, end) = (node.span.start - self.offset, node.span.end - self.offset);
        let (Some(written), Some(after)) = (self.text.get(start..end), self.text.get(end..)) else { return };
        let after = after.lines().next().unwrap_or("").trim_end();
        let comment = after.trim_start();
        let is_word = comment.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if written.starts_with(['\'', '"']) || !is_word {
            return;
        }
        let span = |start, end| Span::new(&self.path, self.offset + start..self.offset + end);
        let cut = span(end + after.len() - comment.len(), end + after.len());
        let message = format!("`{comment}` is a comment here, not a part of the text");
        let mut diagnostic = Diagnostic::new(Code::CutText, cut, message).help("put the text in quotes");
        diagnostic.fix = quote(span(start, end + after.len()), &self.text[start..end + after.len()]);
        self.report(diagnostic);
    }

    pub fn inline_at(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        fields.get(key).and_then(|node| self.inline(node))
    }

    pub fn require_inline(&mut self, fields: &Fields<'_>, key: &str) -> Option<Text> {
        let node = self.require(fields, key)?;
        self.inline(node)
    }

    /// Maps a byte range of a text node's text to its place in the file: exact where the characters stand one for
    /// one, else the whole node.
    pub(super) fn place_in(&self, node: &Node) -> impl Fn(Range<usize>) -> Span + use<> {
        let file = self.path.clone();
        let whole = node.span.clone();
        let source = match &node.value {
            Value::Text { source, .. } => *source,
            _ => None,
        };
        move |range| match source {
            Some(at) => Span::new(&file, at + range.start..at + range.end),
            None => Span::new(&file, whole.clone()),
        }
    }
}
