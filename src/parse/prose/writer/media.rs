//! Links and images.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{LinkEnd, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Piece;
use crate::parse::prose::escape;
use crate::parse::prose::links::{self, Target};

impl Writer<'_, '_> {
    pub(super) fn start_link(&mut self, link_type: LinkType, destination: &str, range: Range<usize>) {
        if self.in_link() {
            self.links.push(LinkEnd::Nothing);
            return;
        }
        let span = self.place(range);
        // A heading is a place to link to: links into the site are words there.
        let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
        let target = || links::target(destination, &self.origin.file);
        if self.heading.is_some() && (is_wiki || matches!(target(), Target::Content { .. } | Target::Asset(_))) {
            self.links.push(LinkEnd::Nothing);
            return;
        }
        if let LinkType::WikiLink { has_pothole } = link_type {
            let (name, anchor) = match destination.split_once('#') {
                Some((name, anchor)) => (Box::from(name.trim()), Some(Box::from(anchor))),
                None => (Box::<str>::from(destination.trim()), None),
            };
            self.hole(Piece::Open { name: name.clone(), anchor, span: Box::new(span) });
            if !has_pothole {
                self.hole(Piece::Title { name });
                self.swallow = true;
            }
            self.links.push(LinkEnd::Hole);
            return;
        }
        let destination =
            if link_type == LinkType::Email { format!("mailto:{destination}") } else { destination.to_owned() };
        match links::target(&destination, &self.origin.file) {
            Target::External(url) => {
                self.html.push_str("<a href=\"");
                escape(&url, &mut self.html);
                self.html.push_str("\">");
                self.links.push(LinkEnd::Html);
            }
            Target::Content { path, anchor } => {
                self.hole(Piece::Open { name: path.into(), anchor: anchor.map(Into::into), span: Box::new(span) });
                self.links.push(LinkEnd::Hole);
            }
            Target::Asset(path) => {
                self.html.push_str("<a href=\"");
                self.hole(Piece::Asset { path: path.into(), image: false, span: Box::new(span) });
                self.html.push_str("\">");
                self.links.push(LinkEnd::Html);
            }
            Target::Unsafe => {
                self.report(
                    Diagnostic::new(Code::UnsafeLink, span, format!("the link `{destination}` is not allowed"))
                        .help("link with https, http, mailto, tel, or relative to the content"),
                );
                self.links.push(LinkEnd::Nothing);
            }
            Target::Unknown => {
                self.report(
                    Diagnostic::new(Code::BrokenLink, span, format!("`{destination}` is no file of the content"))
                        .help("link by id, `[[service-mesh]]`, or to a `.md` file relative to this one"),
                );
                self.links.push(LinkEnd::Nothing);
            }
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some((destination, alt, range)) = self.image.take() else { return };
        let span = self.place(range);
        if alt.trim().is_empty() {
            self.report(
                Diagnostic::new(Code::MissingAlt, span.clone(), format!("the image `{destination}` has no text"))
                    .help("say what it shows: `![A request passes three services](…)`"),
            );
        }
        match links::target(&destination, &self.origin.file) {
            // So are images.
            Target::Asset(_) if self.heading.is_some() => self.text(&alt),
            Target::Asset(path) => {
                self.html.push_str("<img src=\"");
                self.hole(Piece::Asset { path: path.into(), image: true, span: Box::new(span) });
                self.html.push_str("\" alt=\"");
                escape(&alt, &mut self.html);
                self.html.push_str("\" loading=\"lazy\">");
            }
            Target::Unsafe => {
                self.report(Diagnostic::new(
                    Code::UnsafeLink,
                    span,
                    format!("the image `{destination}` is not allowed"),
                ));
            }
            _ => self.report(
                Diagnostic::new(Code::UnknownAsset, span, format!("`{destination}` is not in `content/assets`"))
                    .help("put images into `content/assets`: pages load nothing from other hosts"),
            ),
        }
    }
}
