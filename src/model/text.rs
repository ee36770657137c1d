//! Text with typed holes: Markdown already turned to HTML, except where it links to a thing or an asset.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::span::Span;

/// A piece of rendered Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Finished, escaped HTML.
    Html(Arc<str>),
    /// Where a link to a thing starts: the `href` is filled in by `view`, which knows the page it stands on.
    /// `name` is what `[[…]]` says before `|` and `#` (`service-mesh`, `fact:microservices`); or, for a Markdown link,
    /// the path of a content file relative to `content/`, ending in `.md`; or empty for a place on the same page.
    /// `anchor` is the part after `#`, if any.
    Open { name: Box<str>, anchor: Option<Box<str>>, span: Box<Span> },
    /// Stands for the title of the thing, where the author gave no words of their own (`[[service-mesh]]`).
    Title { name: Box<str> },
    /// Where that link ends.
    Close,
    /// The URL of a file in `content/assets`, inside an attribute; `path` is relative to `content/assets`. After an
    /// image's URL the rest of its attributes follow, so its size can be written there: `" width="…" height="…`.
    Asset { path: Box<str>, image: bool, span: Box<Span> },
    /// A word that the theme says, by its key in the theme's `prose` words: `note`, `footnotes`, …
    Word(&'static str),
    /// A view placed in prose by a fenced block: `matrix`, `number-line`, `graph`, `verdicts`, `options`.
    View { view: Box<str>, argument: Box<str>, span: Box<Span> },
    /// A block of code. It gets its colours where it is shown: most uses of a site want its text alone, and the text is a
    /// fraction of the HTML.
    Code(Box<CodeBlock>),
}

/// Code as its author wrote it, and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// In small letters; empty for text without colours.
    pub language: Box<str>,
    /// Above the code.
    pub caption: Option<Box<str>>,
    pub code: Box<str>,
    /// Lines to mark, from 1.
    pub marked: BTreeSet<usize>,
    /// Whether lines have numbers.
    pub numbered: bool,
}

/// One line of inline Markdown. There are very many, most of them without markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Inner);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Inner {
    /// Source, plain text and HTML are one and the same.
    Bare(Box<str>),
    Marked(Box<Marked>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Marked {
    source: Box<str>,
    plain: Box<str>,
    pieces: Box<[Piece]>,
}

impl Text {
    /// A text that is HTML as it stands.
    pub fn bare(source: &str) -> Text {
        Text(Inner::Bare(source.into()))
    }

    /// `pieces`: what `source` is in HTML; `plain`: what it is without markup.
    pub fn marked(source: &str, plain: &str, pieces: impl Into<Box<[Piece]>>) -> Text {
        Text(Inner::Marked(Box::new(Marked { source: source.into(), plain: plain.into(), pieces: pieces.into() })))
    }

    /// As written.
    pub fn source(&self) -> &str {
        match &self.0 {
            Inner::Bare(text) => text,
            Inner::Marked(marked) => &marked.source,
        }
    }

    /// Without markup; a title hole reads as its name. Use `Catalog::plain` for the real titles.
    pub fn plain(&self) -> &str {
        match &self.0 {
            Inner::Bare(text) => text,
            Inner::Marked(marked) => &marked.plain,
        }
    }

    /// Empty where the plain text is its HTML as it stands.
    pub fn pieces(&self) -> &[Piece] {
        match &self.0 {
            Inner::Bare(_) => &[],
            Inner::Marked(marked) => &marked.pieces,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.source().trim().is_empty()
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::bare("")
    }
}

/// A heading in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Without markup.
    pub title: String,
    /// With markup, without links.
    pub html: String,
    /// The fragment id, unique on its page.
    pub id: String,
    /// True when the author wrote the id.
    pub explicit: bool,
    pub span: Span,
}

/// A part of prose: what stands before the first second-level heading, or one such heading with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// None for what stands before the first heading.
    pub heading: Option<Heading>,
    /// The body without the heading itself.
    pub pieces: Vec<Piece>,
    /// Deeper headings of this section, in order.
    pub headings: Vec<Heading>,
}

/// A Markdown body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// As written, without front matter.
    pub source: Excerpt,
    pub sections: Vec<Section>,
}

/// A part of a file's text, which is not copied.
#[derive(Clone, Default)]
pub struct Excerpt {
    file: Arc<[u8]>,
    range: Range<usize>,
}

impl Excerpt {
    /// `range`: bytes of `file`, which are text there.
    pub fn new(file: Arc<[u8]>, range: Range<usize>) -> Self {
        Excerpt { file, range }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.file.get(self.range.clone()).unwrap_or_default()).unwrap_or_default()
    }
}

impl From<&str> for Excerpt {
    fn from(text: &str) -> Self {
        Excerpt { file: Arc::from(text.as_bytes()), range: 0..text.len() }
    }
}

impl std::ops::Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Excerpt {}

impl Prose {
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// Every heading, in order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.sections.iter().flat_map(|s| s.heading.iter().chain(&s.headings))
    }

    /// Without markup: for search. Title holes read as their names.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for section in &self.sections {
            out.extend(section.heading.iter().flat_map(|heading| [&heading.title, " "]));
            out.push_str(&plain(&section.pieces, &|name| name.to_owned()));
            out.push(' ');
        }
        out
    }

    /// Every piece, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.sections.iter().flat_map(|s| &s.pieces)
    }
}

/// The text of pieces without markup, entities decoded; `title` gives the words for title holes.
pub fn plain(pieces: &[Piece], title: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    // What goes into an attribute stands inside of a tag, whose end follows it.
    let mut in_tag = false;
    for piece in pieces {
        match piece {
            Piece::Html(html) => {
                let own = if in_tag { html.split_once('>').map_or("", |(_, after)| after) } else { html };
                in_tag = html.rfind('<').map_or(in_tag && !html.contains('>'), |at| !html[at..].contains('>'));
                strip(own, &mut out);
            }
            Piece::Title { name } => out.push_str(&title(name)),
            Piece::Code(block) => {
                for part in block.caption.as_deref().into_iter().chain([&*block.code]) {
                    if !out.is_empty() && !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                    out.push_str(part);
                }
            }
            Piece::Open { .. } | Piece::Close | Piece::Asset { .. } | Piece::Word(_) | Piece::View { .. } => {}
        }
    }
    out
}

/// Elements inside of a line: they part no words.
const INLINE: [&str; 8] = ["a", "code", "del", "em", "img", "span", "strong", "wbr"];

/// Appends the character data of our own, well-formed HTML, with a space where an element parts words.
fn strip(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let tag = rest[1..].trim_start_matches('/');
            let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
            if !INLINE.contains(&name) && !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        }
        let entity = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')]
            .into_iter()
            .find(|(name, _)| rest.starts_with(name));
        match entity {
            Some((name, character)) => {
                out.push(character);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_where_elements_part_them_and_tags_are_no_words() {
        let file: Arc<str> = Arc::from("content/pages/a.md");
        let pieces = [
            Piece::Html(Arc::from(
                "<p>One <em>t</em>wo<sup><a>1</a></sup></p><table><td>a</td><td>b &amp; c</td></table><img src=\"",
            )),
            Piece::Asset { path: "x.svg".into(), image: true, span: Box::new(Span::file_start(&file)) },
            Piece::Html(Arc::from("\" alt=\"not\" loading=\"lazy\"><p>three</p>")),
        ];
        let said = plain(&pieces, &|name| name.to_owned());
        assert_eq!(said.split_whitespace().collect::<Vec<_>>(), ["One", "two", "1", "a", "b", "&", "c", "three"]);
    }
}
