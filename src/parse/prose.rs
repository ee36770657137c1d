//! Markdown -> HTML with typed holes. With `prose/highlight.rs` the only file that names the Markdown crate.
//!
//! Raw HTML becomes text, links are checked for safe schemes, images for alternative text, headings for their order.
//! Where a link leads is not known here: it becomes a hole that `link` checks and `view` fills in.

mod code;
mod comments;
mod highlight;
mod links;
pub mod rewrite;
mod writer;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Options;

use super::characters;
use crate::diagnostic::Diagnostics;
use crate::model::{Piece, Prose, Span, Text};
use crate::read::Sources;

pub use code::figure;
pub use links::leads_outside;
pub use writer::VIEWS;

/// Where a Markdown text stands and what it may include.
pub struct Origin<'a> {
    /// Path of the file, relative to the site's folder.
    pub file: Arc<str>,
    /// Maps a byte range of the Markdown text to its place in the file.
    pub place: &'a dyn Fn(Range<usize>) -> Span,
    /// For code that is included from `content/assets`.
    pub sources: &'a Sources,
    /// Sections of the page's own, which a heading of their id belongs to.
    pub sections: &'a [&'a str],
    /// Ids that the page itself uses, and no heading may.
    pub reserved: &'a [&'a str],
}

/// What Markdown is here beside CommonMark.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// One line of inline Markdown. Line breaks count as spaces; block markup has no meaning in it.
pub fn inline(source: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Text {
    if source.trim().is_empty() {
        return Text::default();
    }
    if is_bare(source) {
        return bare(source);
    }
    parsed(source, origin, diagnostics)
}

/// True if no Markdown can be in a text: every mark of it has another character, and blocks are not looked for.
fn is_bare(source: &str) -> bool {
    let is_mark = |byte: u8| {
        byte.is_ascii_control() || matches!(byte, b'*' | b'_' | b'`' | b'[' | b']' | b'<' | b'&' | b'\\' | b'~' | b'!')
    };
    source.trim().len() == source.len() && !source.bytes().any(is_mark)
}

/// What becomes of a text without Markdown; it needs no parser.
fn bare(source: &str) -> Text {
    let mut html = String::with_capacity(source.len());
    escape(source, &mut html);
    if html == source { Text::bare(source) } else { Text::marked(source, source, [Piece::Html(Arc::from(html))]) }
}

fn parsed(source: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Text {
    // A leading word keeps `> 5` from being a quotation and `1.` from being a list; it is taken off again below.
    const LEAD: &str = "a ";
    let flat: String = source.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }).collect();
    let led = format!("{LEAD}{flat}");
    let place = |range: Range<usize>| {
        let back = |at: usize| at.saturating_sub(LEAD.len());
        (origin.place)(back(range.start)..back(range.end))
    };
    let shifted =
        Origin { file: origin.file.clone(), place: &place, sources: origin.sources, sections: &[], reserved: &[] };
    let pieces = writer::inline(&led, LEAD, &shifted, diagnostics);
    let plain = crate::model::text::plain(&pieces, &|name| name.to_owned());
    let pieces: Box<[Piece]> = match &pieces[..] {
        [Piece::Html(html)] if **html == *plain => Box::default(),
        _ => pieces.into(),
    };
    if pieces.is_empty() && plain == source { Text::bare(source) } else { Text::marked(source, &plain, pieces) }
}

/// What stands in the record of a decision where its reason is to be written.
pub const UNSAID: &str = "… (say why";

/// True if a text still has to be written: it starts with TODO, as those of `worthwhile new` do.
pub fn is_unfinished(text: &str) -> bool {
    text.trim_start().strip_prefix("TODO").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The fence that a block of code starts with and that would close it, if nothing does.
pub fn open_fence(block: &str) -> Option<&str> {
    let first = block.trim_start().lines().next()?;
    let mark = first.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let fence = &first[..first.len() - first.trim_start_matches(mark).len()];
    let last = block.trim_end().rsplit_once('\n').map_or("", |(_, last)| last);
    let is_closed = last.trim_start_matches([' ', '\t', '>']).starts_with(fence);
    (fence.len() >= 3 && !is_closed).then_some(fence)
}

/// A Markdown body with sections.
pub fn body(source: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Prose {
    characters::report(source, origin, diagnostics);
    writer::body(source, origin, diagnostics)
}

/// The ids of the headings of a text, and how often each was wished for.
#[derive(Default)]
pub(crate) struct Ids {
    /// Those of what the page has beside its headings.
    kept: BTreeSet<String>,
    used: BTreeSet<String>,
    /// The number to try next behind an id that is taken.
    next: HashMap<String, usize>,
}

/// A heading id from its words: lower-case letters and digits, hyphens between words; unique among `ids`.
pub(crate) fn slug(title: &str, ids: &mut Ids) -> String {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && (character.is_whitespace() || character == '-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    // With a number behind it, it could be one of the page's again: `now-2` is the second statement of its list.
    let is_kept = is_kept_for_the_page(slug) || ids.kept.contains(slug);
    let fits = slug.starts_with(|c: char| c.is_alphabetic()) && !is_kept;
    let slug = if fits { slug.to_owned() } else { format!("s-{slug}") };
    if ids.used.insert(slug.clone()) {
        return slug;
    }
    let n = ids.next.entry(slug.clone()).or_insert(2);
    loop {
        let unique = format!("{slug}-{n}");
        *n += 1;
        if ids.used.insert(unique.clone()) {
            return unique;
        }
    }
}

/// True for ids as a page makes them for what it needs: notes, ways back from them, symbols.
fn is_kept_for_the_page(id: &str) -> bool {
    ["fn-", "fnref-", "icon-"].iter().any(|start| id.starts_with(start))
}

/// Appends text with the characters escaped that HTML gives a meaning, in content and in attributes.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\0')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "\u{fffd}",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests;
