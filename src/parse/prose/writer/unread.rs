//! What an author wrote for a purpose and Markdown makes nothing of: references without a definition, kinds of notes that
//! are none, cells beyond the columns of a table, words behind the language of a code block.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, LinkType};

use super::Writer;
use super::blocks::first_line_end;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::prose::code::Info;

/// The kinds of notes, as they are written.
const NOTES: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Words behind the language that mean something.
const ATTRIBUTES: [&str; 4] = ["title", "include", "tab", "linenos"];

/// As many bytes are looked at for the marks before `[!NOTE]`.
const LONGEST_MARKS: usize = 64;

/// A link by reference whose definition the parser did not find.
pub(super) struct Lost {
    range: Range<usize>,
    kind: LinkType,
    label: String,
}

impl From<BrokenLink<'_>> for Lost {
    fn from(link: BrokenLink<'_>) -> Self {
        Lost { range: link.span, kind: link.link_type, label: link.reference.into_string() }
    }
}

impl Writer<'_, '_> {
    /// Brackets that were meant as a link or as a note. A word in brackets may be just that, and so may `[0][1]`.
    pub(super) fn check_lost(&mut self, lost: Vec<Lost>) {
        for Lost { range, kind, label } in lost {
            if matches!(kind, LinkType::Shortcut) {
                if let Some(note) = label.strip_prefix('!') {
                    self.check_note(note, range);
                }
                continue;
            }
            // `row[i][j]` is code.
            let is_code = self.source[..range.start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if is_code || label.is_empty() || label.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            let span = self.place(range);
            let message = format!("nothing defines the reference `{label}`, so its brackets are shown");
            let help = format!(
                "write `[{label}]: https://…` on a line of its own, or link by id: `[[service-mesh]]`; code stands in backticks"
            );
            self.report(Diagnostic::new(Code::UndefinedReference, span, message).help(help));
        }
    }

    /// `[!KIND]` at the start of a quotation that became none.
    fn check_note(&mut self, kind: &str, range: Range<usize>) {
        let written = &self.source[range.clone()];
        if !written.starts_with("[!") || written.contains('\n') {
            return;
        }
        // What stands before it are marks of quotations; a line may be very long.
        let near =
            &self.source[self.source.floor_char_boundary(range.start.saturating_sub(LONGEST_MARKS))..range.start];
        let line = near.rfind('\n').map_or(0, |n| n + 1);
        let before = near[line..].trim_matches([' ', '\t']);
        if before.is_empty() || before.chars().any(|c| c != '>' && c != ' ') {
            return;
        }
        // What a fix may replace: the kind alone.
        let span = self.place(range.start + "[!".len()..range.end - "]".len());
        let upper = kind.to_ascii_uppercase();
        let diagnostic = Diagnostic::new(
            Code::UndefinedReference,
            span,
            format!("`[!{kind}]` starts no note, so it is shown as text"),
        );
        self.report(match NOTES.contains(&upper.as_str()) {
            true => diagnostic.help(format!("leave `> [!{upper}]` alone on its line, and write the text below it")),
            false => diagnostic.nearest(&upper, NOTES),
        });
    }

    /// `[^label]` that no footnote belongs to: the parser leaves it as text.
    pub(super) fn check_footnote(&mut self, text: &str, range: &Range<usize>) {
        let Some(label) = text.strip_prefix('^').filter(|label| !label.is_empty()) else { return };
        let Some(before) = self.source[..range.start].strip_suffix('[') else { return };
        if before.ends_with('\\') || !self.source[range.end..].starts_with(']') {
            return;
        }
        let span = self.place(range.start - 1..range.end + 1);
        let message = format!("there is no footnote `{label}`, so its brackets are shown");
        let help = format!("write `[^{label}]: …` on a line of its own; code stands in backticks");
        self.report(Diagnostic::new(Code::UndefinedReference, span, message).help(help));
    }

    /// A row with more cells than the table has columns.
    pub(super) fn check_row(&mut self, range: &Range<usize>) {
        let (has, fits) = (cells(&self.source[range.clone()]), self.table.len());
        if has > fits {
            let span = self.place(range.start..first_line_end(self.source, range));
            let message = format!("the row has {has} cells and the table {fits} columns: the last are not shown");
            self.report(
                Diagnostic::new(Code::BrokenTable, span, message)
                    .help("give the head as many cells, or write `\\|` for a bar inside of a cell"),
            );
        }
    }

    /// A paragraph whose second line is that of a table.
    pub(super) fn check_paragraph(&mut self, range: &Range<usize>) {
        let mut lines = self.source[range.clone()].lines();
        let (Some(head), Some(rule)) = (lines.next(), lines.next()) else { return };
        let rule = rule.trim_start_matches([' ', '\t', '>']);
        let is_rule = rule.contains('-') && rule.contains('|') && rule.chars().all(|c| " \t|-:".contains(c));
        if !is_rule || !head.contains('|') {
            return;
        }
        let (has, fits) = (cells(head), cells(rule));
        let span = self.place(range.start..first_line_end(self.source, range));
        let has_cells = if has == 1 { "1 cell".to_owned() } else { format!("{has} cells") };
        let message = format!("the head has {has_cells} and the line below it {fits}: no table, but text with bars");
        let help = format!("write `|{}` below the head", "---|".repeat(has));
        self.report(Diagnostic::new(Code::BrokenTable, span, message).help(help));
    }

    /// The first line of a fence against the code in it.
    pub(super) fn check_info(&mut self, info: &Info, code: &str, range: &Range<usize>) {
        let lines = code.lines().count();
        let first = range.start..first_line_end(self.source, range);
        let end = first.start + self.source[first.clone()].trim_end().len();
        for (word, from_end) in &info.unknown {
            // The parser has taken escapes out of what it hands over: then the place is that of the line.
            let start = end.saturating_sub(*from_end);
            let is_there =
                start >= first.start && self.source.get(start..end).is_some_and(|rest| rest.starts_with(word));
            let span = self.place(if is_there { start..start + word.len() } else { first.clone() });
            let diagnostic =
                Diagnostic::new(Code::CodeAttribute, span, format!("`{word}` says nothing of a code block"));
            self.report(if is_there { diagnostic.nearest(word, ATTRIBUTES) } else { diagnostic });
        }
        if let Some(line) = info.marked.last().filter(|line| **line > lines) {
            let message = format!("line {line} is to be marked, and the code has {lines}");
            let diagnostic = Diagnostic::new(Code::CodeAttribute, self.place(first), message);
            self.report(diagnostic.help("count from 1, the first line of the code"));
        }
    }
}

/// How many cells a row of a table holds.
fn cells(row: &str) -> usize {
    let row = row.trim_start_matches([' ', '\t', '>']).trim_end();
    let row = row.strip_prefix('|').unwrap_or(row);
    let bars = row.char_indices().filter(|(at, c)| *c == '|' && !row[..*at].ends_with('\\'));
    let inner = bars.filter(|(at, _)| at + 1 < row.len()).count();
    inner + 1
}
