//! Code blocks, placed views.

use std::ops::Range;

use super::{VIEWS, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CodeBlock, Piece};
use crate::parse::characters::is_unfit;
use crate::parse::prose::code::{self, Info};
use crate::parse::prose::highlight;

/// Included files are cheap to write and may be large: so many bytes of them may one text name.
const MOST_INCLUDED: usize = 4 << 20;

impl Writer<'_, '_> {
    pub(super) fn end_code(&mut self) {
        let Some((info, mut code, range)) = self.code.take() else { return };
        self.depth = self.depth.saturating_sub(1);
        if VIEWS.contains(&info.language.as_str()) {
            let span = self.place(range);
            self.hole(Piece::View { view: info.language.into(), argument: code.trim().into(), span: Box::new(span) });
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
            let span = self.place(range.start..first_line_end(self.source, &range));
            let (file, region) =
                include.split_once('#').map_or((include.as_str(), None), |(file, region)| (file, Some(region)));
            let asset = self.origin.sources.files.get(format!("content/assets/{file}").as_str());
            self.included += asset.map_or(0, |bytes| bytes.len());
            if self.included > MOST_INCLUDED {
                let message = format!("more than {} MiB of files included in one text", MOST_INCLUDED >> 20);
                return self.report(Diagnostic::new(Code::TooLarge, span, message));
            }
            if !code.trim().is_empty() {
                let message = format!("the code between the fences is not shown: `{include}` is");
                self.report(Diagnostic::new(Code::CodeAttribute, span.clone(), message).help("leave the block empty"));
            }
            match asset.and_then(|bytes| included(bytes, region)) {
                Some(text) => code = text,
                None => {
                    let message = format!("`{include}` is no text in `content/assets`, or has no such region");
                    self.report(Diagnostic::new(Code::UnknownAsset, span, message));
                }
            }
        }
        self.check_info(&info, &code, &range);
        if info.tab.is_some() && !self.tabs_open {
            self.html.push_str("<div class=\"tabs\">");
            self.tabs_open = true;
        }
        let Info { language, title, tab, marked, numbered, .. } = info;
        let caption = title.or(tab).map(String::into_boxed_str);
        let block = CodeBlock { language: language.into(), caption, code: code.into(), marked, numbered };
        self.hole(Piece::Code(Box::new(block)));
    }
}

/// A file's text, or a region of it; None if it is no text.
fn included(bytes: &[u8], region: Option<&str>) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains(is_unfit))?;
    match region {
        Some(region) => code::region(text, region),
        None => Some(text.to_owned()),
    }
}

pub(super) fn first_line_end(source: &str, range: &Range<usize>) -> usize {
    source[range.clone()].find('\n').map_or(range.end, |n| range.start + n)
}
