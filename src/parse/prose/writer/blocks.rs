//! Code blocks, placed views, footnotes.

use std::ops::Range;

use super::{VIEWS, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Piece;
use crate::parse::prose::{code, highlight};

impl Writer<'_, '_> {
    pub(super) fn end_code(&mut self) {
        let Some((info, mut code, range)) = self.code.take() else { return };
        self.depth = self.depth.saturating_sub(1);
        if VIEWS.contains(&info.language.as_str()) {
            let span = self.place(range);
            self.hole(Piece::View { view: info.language, argument: code.trim().to_owned(), span });
            return;
        }
        if !highlight::is_known(&info.language) {
            let span = self.place(range.start..first_line_end(self.source, &range));
            self.report(
                Diagnostic::new(Code::UnknownLanguage, span, format!("`{}` is no known language", info.language))
                    .help("the block is shown without colours; write `text` to say that this is meant"),
            );
        }
        if let Some(include) = &info.include {
            match self.included(include) {
                Some(text) => code = text,
                None => {
                    let span = self.place(range.start..first_line_end(self.source, &range));
                    let message = format!("`{include}` is not in `content/assets`, or has no such region");
                    self.report(Diagnostic::new(Code::UnknownAsset, span, message));
                }
            }
        }
        if info.tab.is_some() && !self.tabs_open {
            self.html.push_str("<div class=\"tabs\">");
            self.tabs_open = true;
        }
        self.plain.push_str(&code);
        self.html.push_str(&code::figure(&info, &code));
    }

    fn included(&self, include: &str) -> Option<String> {
        let (path, region) = include.split_once('#').map_or((include, None), |(path, region)| (path, Some(region)));
        let text = self.origin.sources.text(&format!("content/assets/{path}"))?;
        match region {
            Some(region) => code::region(&text, region),
            None => Some(text),
        }
    }

    /// A number that leads to the note. Only the first reference to a note can be led back to.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let next = self.footnote_numbers.len() + 1;
        let number = *self.footnote_numbers.entry(label.to_owned()).or_insert(next);
        let id = if number == next {
            self.new_footnotes.push(label.to_owned());
            format!(" id=\"fnref-{number}\"")
        } else {
            String::new()
        };
        self.html.push_str(&format!("<sup><a href=\"#fn-{number}\"{id}>{number}</a></sup>"));
    }

    /// Notes stand at the end of the section that first refers to them, because sections of one file may stand far
    /// apart on a page.
    pub(super) fn add_footnotes(&mut self) {
        for (n, labels) in std::mem::take(&mut self.section_footnotes).into_iter().enumerate() {
            if labels.is_empty() {
                continue;
            }
            self.html.push_str("<div class=\"footnotes\"><ol>");
            for label in labels {
                let number = self.footnote_numbers.get(&label).copied().unwrap_or_default();
                self.html.push_str(&format!("<li value=\"{number}\" id=\"fn-{number}\">"));
                self.flush();
                let definition = self.footnotes.remove(&label).unwrap_or_default();
                self.pieces.extend(definition);
                self.html.push_str(&format!("<a href=\"#fnref-{number}\" class=\"back\">"));
                self.hole(Piece::Word("back_to_text"));
                self.html.push_str("</a></li>");
            }
            self.html.push_str("</ol></div>");
            self.flush();
            let pieces = std::mem::take(&mut self.pieces);
            self.sections[n].pieces.extend(pieces);
        }
    }
}

fn first_line_end(source: &str, range: &Range<usize>) -> usize {
    source[range.clone()].find('\n').map_or(range.end, |n| range.start + n)
}
