//! Markdown events -> pieces and sections.

mod blocks;
mod checks;
mod footnotes;
mod headings;
mod media;
mod tags;
mod unread;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use foldhash::HashMap;
use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use self::footnotes::Footnotes;
use self::unread::Lost;
use super::code::Info;
use super::comments::{comments, without};
use super::{Ids, Origin, escape};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Excerpt, Heading, Piece, Prose, Section, Span};

/// The views that a fenced block can place in prose, by the block's language.
pub const VIEWS: [&str; 5] = ["matrix", "number-line", "graph", "verdicts", "options"];

/// Inline Markdown whose first word `lead` is not the author's.
pub fn inline(source: &str, lead: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Vec<Piece> {
    let mut writer = Writer::new(source, origin, diagnostics);
    for (event, range) in Parser::new_ext(source, super::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Text(text) if range.start == 0 => {
                writer.event(Event::Text(CowStr::from(text.strip_prefix(lead).unwrap_or(&text).to_owned())), range);
            }
            event => writer.event(event, range),
        }
    }
    writer.flush();
    // There are very many texts, most of one piece.
    writer.pieces.shrink_to_fit();
    writer.pieces
}

/// A body: its sections, in order.
pub fn body(source: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) -> Prose {
    let mut writer = Writer::new(source, origin, diagnostics);
    let mut lost: Vec<Lost> = Vec::new();
    let mut keep = |link: BrokenLink<'_>| {
        lost.push(link.into());
        None
    };
    for (event, range) in
        Parser::new_with_broken_link_callback(source, super::options(), Some(&mut keep)).into_offset_iter()
    {
        if let (Event::Text(text), None) = (&event, &writer.code) {
            writer.check_footnote(text, &range);
        }
        writer.event(event, range);
    }
    writer.check_lost(lost);
    writer.finish()
}

struct Writer<'a, 'd> {
    source: &'a str,
    origin: &'a Origin<'a>,
    diagnostics: &'d mut Diagnostics,
    /// Finished pieces of the section that is being written.
    pieces: Vec<Piece>,
    /// HTML that is not a piece yet.
    html: String,
    sections: Vec<Section>,
    section: Option<Heading>,
    headings: Vec<Heading>,
    ids: Ids,
    /// Where the first heading of each id stands, once a second one has come.
    firsts: Option<HashMap<String, Span>>,
    /// Ids of the page's own sections that headings have taken.
    taken: BTreeSet<String>,
    last_level: u8,
    /// The heading that is being written.
    heading: Option<OpenHeading>,
    /// Inside a `[[…]]` without words of its own: its text is a title hole already.
    swallow: bool,
    /// Ends of open links: true for a hole, false for plain HTML.
    links: Vec<LinkEnd>,
    image: Option<(String, String, Range<usize>)>,
    /// Images inside of that image's text.
    inner_images: usize,
    code: Option<(Info, String, Range<usize>)>,
    tabs_open: bool,
    /// Bytes of included files so far.
    included: usize,
    table: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Inside a comment of HTML that began on an earlier line.
    comment: bool,
    depth: usize,
    footnotes: Footnotes,
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    range: Range<usize>,
    title: String,
    /// How many pieces stood before it.
    pieces: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum LinkEnd {
    Hole,
    Html,
    Nothing,
}

impl<'a, 'd> Writer<'a, 'd> {
    fn new(source: &'a str, origin: &'a Origin<'a>, diagnostics: &'d mut Diagnostics) -> Self {
        Writer {
            source,
            origin,
            diagnostics,
            pieces: Vec::new(),
            html: String::new(),
            sections: Vec::new(),
            section: None,
            headings: Vec::new(),
            ids: Ids {
                kept: origin.sections.iter().chain(origin.reserved).map(|id| (*id).to_owned()).collect(),
                ..Ids::default()
            },
            firsts: None,
            taken: BTreeSet::new(),
            last_level: 1,
            heading: None,
            swallow: false,
            links: Vec::new(),
            image: None,
            inner_images: 0,
            code: None,
            tabs_open: false,
            included: 0,
            table: Vec::new(),
            column: 0,
            in_head: false,
            comment: false,
            depth: 0,
            footnotes: Footnotes::default(),
        }
    }

    fn place(&self, range: Range<usize>) -> Span {
        (self.origin.place)(range)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(Arc::from(&*self.html)));
            self.html.clear();
        }
    }

    fn hole(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn text(&mut self, text: &str) {
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        if self.swallow {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.title.push_str(text);
        }
        escape(text, &mut self.html);
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some((_, code, _)) = &mut self.code {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.end_code(),
                _ => {}
            }
            return;
        }
        if let Event::Text(text) | Event::Code(text) = &event {
            self.check_entities(text, &range);
        }
        if let Event::Text(text) = &event {
            self.check_written(text, &range);
        }
        if self.image.is_some() && !matches!(event, Event::InlineHtml(_)) {
            return self.in_image(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => {
                if tag == TagEnd::Paragraph {
                    self.check_paragraph(&range);
                }
                if std::mem::take(&mut self.comment) {
                    let span = self.place(range);
                    let message = "the comment is not closed: nobody sees what follows";
                    self.report(Diagnostic::new(Code::RawHtml, span, message).help("close it: `-->`"));
                }
                self.end(tag);
            }
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                if self.swallow {
                    return;
                }
                self.html.push_str("<code>");
                self.text(&code);
                self.html.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let shown = without(&html, &comments(&html, &mut self.comment));
                if shown.trim().is_empty() {
                    return;
                }
                let span = self.place(range);
                self.report(
                    Diagnostic::new(Code::RawHtml, span, "HTML in Markdown is shown as text")
                        .help("write it in Markdown, or in backticks if it is meant to be shown"),
                );
                self.text(&shown);
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => {
                self.html.push('\n');
            }
            Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>"),
            Event::TaskListMarker(done) => {
                self.html.push_str(if done { "<span class=\"box done\">" } else { "<span class=\"box\">" });
                self.hole(Piece::Word(if done { "task_done" } else { "task_open" }));
                self.html.push_str("</span> ");
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    /// Of what stands in the text of an image only the words count: it becomes an attribute.
    fn in_image(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.inner_images += 1,
            Event::End(TagEnd::Image) if self.inner_images > 0 => self.inner_images -= 1,
            Event::End(TagEnd::Image) => self.end_image(),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            _ => {}
        }
    }

    /// Whether the table has more columns than a phone can show without tearing words and numbers apart: it scrolls.
    fn is_wide(&self) -> bool {
        self.table.len() > 5
    }

    /// Whether what comes next stands inside of a link, where HTML allows no other.
    fn in_link(&self) -> bool {
        self.links.iter().any(|end| *end != LinkEnd::Nothing)
    }

    fn close_tabs(&mut self) {
        if self.tabs_open {
            self.html.push_str("</div>");
            self.tabs_open = false;
        }
    }

    fn end_section(&mut self) {
        self.close_tabs();
        self.flush();
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.shrink_to_fit();
        let headings = std::mem::take(&mut self.headings);
        let heading = self.section.take();
        if heading.is_some() || !pieces.is_empty() {
            self.footnotes.end_section();
            self.sections.push(Section { heading, pieces, headings });
        }
    }

    fn finish(mut self) -> Prose {
        self.end_section();
        self.add_footnotes();
        self.sections.shrink_to_fit();
        let start = self.source.len() - self.source.trim_start().len();
        let text = self.source.trim();
        let place = self.place(start..start + text.len());
        let source = match self.origin.sources.files.get(&place.file) {
            Some(file) => Excerpt::new(file.clone(), place.start..place.end),
            None => Excerpt::from(text),
        };
        Prose { source, sections: self.sections }
    }
}

/// Blocks inside which a second-level heading starts no section of the page.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList | Tag::CodeBlock(_)
    )
}

pub(super) fn is_block_end(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList)
}
