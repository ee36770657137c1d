//! Text with typed holes -> HTML with relative URLs.

use super::here::Here;
use super::parts::ProseSection;
use super::placed;
use super::shared::{attribute, escape};
use crate::model::{Piece, Prose, Section, Text};
use crate::parse::prose::figure;
use crate::plan::route::url_path;

impl Here<'_> {
    /// One line of inline Markdown as HTML.
    pub fn text(&self, text: &Text) -> String {
        if text.pieces().is_empty() {
            return text.plain().to_string();
        }
        self.pieces(text.pieces())
    }

    pub fn maybe(&self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(text))
    }

    pub fn texts(&self, texts: &[Text]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    pub fn pieces(&self, pieces: &[Piece]) -> String {
        if let [Piece::Html(html)] = pieces {
            return html.to_string();
        }
        let mut out = String::new();
        let mut open = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Open { name, anchor, .. } => {
                    let href = self.target(name, anchor.as_deref());
                    if let Some(href) = &href {
                        out.push_str("<a href=\"");
                        attribute(&mut out, href);
                        out.push_str("\">");
                    }
                    open.push(href.is_some());
                }
                Piece::Title { name } => {
                    let title = self.catalog.named(name).and_then(|key| self.catalog.title(key));
                    escape(&mut out, title.as_deref().unwrap_or(name));
                }
                Piece::Close => {
                    if open.pop() == Some(true) {
                        out.push_str("</a>");
                    }
                }
                Piece::Asset { path, image, .. } => {
                    attribute(&mut out, &self.file(&format!("assets/{}", url_path(path))));
                    let size = image.then(|| self.catalog.assets.get(&**path).and_then(|asset| asset.size)).flatten();
                    if let Some((width, height)) = size {
                        out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
                    }
                }
                // Some stand in attributes.
                Piece::Word(key) => attribute(&mut out, self.words.prose.get(*key).map_or(*key, String::as_str)),
                Piece::View { view, argument, .. } => out.push_str(&placed::view(self, view, argument)),
                Piece::Code(block) => figure(block, &mut out),
            }
        }
        out
    }

    /// The URL behind a hole; None where the thing has no page.
    fn target(&self, name: &str, anchor: Option<&str>) -> Option<String> {
        let mut href = match name {
            "" => String::new(),
            _ => self.published_thing(self.catalog.named(name)?)?,
        };
        if let Some(anchor) = anchor {
            href.push('#');
            href.push_str(anchor);
        }
        Some(href)
    }

    /// What stands before the first heading.
    pub fn intro(&self, prose: &Prose) -> Option<String> {
        let section = prose.sections.first().filter(|s| s.heading.is_none())?;
        Some(self.pieces(&section.pieces)).filter(|html| !html.trim().is_empty())
    }

    /// The sections under headings, those whose id is in `elsewhere` left out.
    pub fn sections(&self, prose: &Prose, elsewhere: &[&str]) -> Vec<ProseSection> {
        let own = |section: &&Section| section.heading.as_ref().is_some_and(|h| !elsewhere.contains(&h.id.as_str()));
        prose.sections.iter().filter(own).filter_map(|section| self.section(section)).collect()
    }

    fn section(&self, section: &Section) -> Option<ProseSection> {
        let heading = section.heading.as_ref()?;
        Some(ProseSection {
            id: heading.id.clone(),
            title_html: heading.html.clone(),
            html: self.pieces(&section.pieces),
        })
    }

    /// The prose whose heading carries this id, without the heading.
    pub fn prose_of(&self, prose: &Prose, id: &str) -> Option<String> {
        let of = |section: &&Section| section.heading.as_ref().is_some_and(|h| h.explicit && h.id == id);
        let html: String = prose.sections.iter().filter(of).map(|section| self.pieces(&section.pieces)).collect();
        (!html.is_empty()).then_some(html)
    }
}
