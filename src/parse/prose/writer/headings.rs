//! Headings: their ids, their order, the sections that they start.

use foldhash::{HashMap, HashMapExt};

use super::{OpenHeading, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Heading, Piece, Span};
use crate::parse::prose::{escape, is_kept_for_the_page, slug};

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
                self.check_id(&id, &span);
                id
            }
            None => slug(&title, &mut self.ids),
        };
        if let Some(firsts) = &mut self.firsts {
            firsts.entry(id.clone()).or_insert_with(|| span.clone());
        }
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

    /// An id that an author gave is the only one of its page.
    fn check_id(&mut self, id: &str, span: &Span) {
        if self.origin.reserved.contains(&id) || is_kept_for_the_page(id) {
            let message = format!("the page keeps the id `{id}` for itself");
            let diagnostic = Diagnostic::new(Code::DuplicateHeading, span.clone(), message);
            return self.report(diagnostic.help("choose another id, or leave it out"));
        }
        let is_section = self.origin.sections.contains(&id);
        let ids = if is_section { &mut self.taken } else { &mut self.ids.used };
        if ids.insert(id.to_owned()) {
            return;
        }
        let firsts = self.firsts.get_or_insert_with(|| {
            let sections = self.sections.iter().filter_map(|s| s.heading.as_ref()).chain(&self.section);
            let deeper = self.sections.iter().flat_map(|s| &s.headings).chain(&self.headings);
            let mut firsts = HashMap::new();
            for heading in sections.chain(deeper) {
                firsts.entry(heading.id.clone()).or_insert_with(|| heading.span.clone());
            }
            firsts
        });
        let first = firsts.get(id).cloned();
        let mut diagnostic =
            Diagnostic::new(Code::DuplicateHeading, span.clone(), format!("a second heading with the id `{id}`"));
        if first.is_some() {
            diagnostic = diagnostic.note("the first", first);
        }
        self.report(diagnostic);
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
