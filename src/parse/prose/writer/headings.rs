//! Headings: their ids, their order, the sections that they start.

use super::{OpenHeading, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Heading, Piece, Span};
use crate::parse::prose::{escape, slug};

impl Writer<'_, '_> {
    pub(super) fn end_heading(&mut self) {
        let Some(OpenHeading { level, id: explicit, range, title, pieces }) = self.heading.take() else { return };
        let title = title.trim().to_owned();
        self.flush();
        // Links in headings are words there: the heading is a place to link to.
        let inner = self.pieces.split_off(pieces);
        let html: String =
            inner.iter().filter_map(|p| if let Piece::Html(html) = p { Some(&**html) } else { None }).collect();
        let span = self.place(range.clone());
        self.check_heading(level, &span);
        let is_explicit = explicit.is_some();
        let id = match explicit {
            Some(id) => {
                let reserved = self.origin.reserved.contains(&id.as_str());
                let ids = if reserved { &mut self.taken } else { &mut self.ids.used };
                if !ids.insert(id.clone()) {
                    let message = format!("a second heading with the id `{id}`");
                    let sections = self.sections.iter().filter_map(|s| s.heading.as_ref()).chain(&self.section);
                    let deeper = self.sections.iter().flat_map(|s| &s.headings).chain(&self.headings);
                    let first = sections.chain(deeper).find(|h| h.id == id).map(|h| h.span.clone());
                    let mut diagnostic = Diagnostic::new(Code::DuplicateHeading, span.clone(), message);
                    if first.is_some() {
                        diagnostic = diagnostic.note("the first", first);
                    }
                    self.report(diagnostic);
                }
                id
            }
            None => slug(&title, &mut self.ids),
        };
        let heading = Heading { level, title, html, id, explicit: is_explicit, span };
        if level <= 2 && self.depth == 0 {
            self.end_section();
            self.section = Some(heading);
        } else {
            let Heading { id, html, .. } = &heading;
            self.html.push_str(&format!("<h{level} id=\""));
            escape(id, &mut self.html);
            self.html.push_str(&format!("\">{html}</h{level}>"));
            self.headings.push(heading);
        }
    }

    fn check_heading(&mut self, level: u8, span: &Span) {
        if level == 1 {
            self.report(
                Diagnostic::new(Code::HeadingOrder, span.clone(), "a first-level heading inside a page")
                    .help("start at `##`: the title of the page is its first-level heading"),
            );
        } else if level > self.last_level + 1 {
            let message = format!("a heading of level {level} after one of level {}", self.last_level);
            self.report(
                Diagnostic::new(Code::HeadingOrder, span.clone(), message)
                    .help(format!("write `{}`", "#".repeat(self.last_level as usize + 1))),
            );
        }
        self.last_level = level.max(2);
    }
}
