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

    /// Footnotes stand at the end of the last section, in the order in which they are referred to.
    pub(super) fn add_footnotes(&mut self) {
        let mut order: Vec<(usize, String)> = self.footnote_numbers.iter().map(|(l, n)| (*n, l.clone())).collect();
        order.sort();
        if order.is_empty() || self.sections.is_empty() {
            return;
        }
        self.html.push_str("<section class=\"footnotes\" aria-label=\"");
        self.hole(Piece::Word("footnotes"));
        self.html.push_str("\"><ol>");
        for (number, label) in order {
            self.html.push_str(&format!("<li id=\"fn-{number}\">"));
            self.flush();
            let definition = self.footnotes.remove(&label).unwrap_or_default();
            self.pieces.extend(definition);
            self.html.push_str(&format!("<a href=\"#fnref-{number}\" class=\"back\">"));
            self.hole(Piece::Word("back_to_text"));
            self.html.push_str("</a></li>");
        }
        self.html.push_str("</ol></section>");
        self.flush();
        let pieces = std::mem::take(&mut self.pieces);
        if let Some(last) = self.sections.last_mut() {
            last.pieces.extend(pieces);
        }
    }
}

fn first_line_end(source: &str, range: &Range<usize>) -> usize {
    source[range.clone()].find('\n').map_or(range.end, |n| range.start + n)
}
