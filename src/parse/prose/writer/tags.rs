//! Starts and ends of blocks and marks: the HTML around what stands in them.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, LinkType, Tag, TagEnd};

use super::{LinkEnd, OpenHeading, Writer, is_block, is_block_end};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Piece;
use crate::parse::prose::code::Info;

impl<'a> Writer<'a, '_> {
    pub(super) fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        // Neighbouring fences with a tab form one group; anything between two of them ends it.
        let is_tab = matches!(&tag, Tag::CodeBlock(CodeBlockKind::Fenced(info)) if Info::parse(info).tab.is_some());
        if !is_tab {
            self.close_tabs();
        }
        if !matches!(tag, Tag::Heading { .. }) {
            self.depth += usize::from(is_block(&tag));
        }
        match tag {
            Tag::Paragraph => self.html.push_str("<p>"),
            Tag::Heading { level, id, .. } => {
                self.flush();
                let id = id.map(|id| id.to_string());
                let pieces = self.pieces.len();
                self.heading = Some(OpenHeading { level: level as u8, id, range, title: String::new(), pieces });
            }
            Tag::BlockQuote(None) => self.html.push_str("<blockquote>"),
            Tag::BlockQuote(Some(kind)) => {
                let word = match kind {
                    BlockQuoteKind::Note => "note",
                    BlockQuoteKind::Tip => "tip",
                    BlockQuoteKind::Important => "important",
                    BlockQuoteKind::Warning => "warning",
                    BlockQuoteKind::Caution => "caution",
                };
                self.html.push_str(&format!("<div class=\"note note-{word}\"><p class=\"note-title\">"));
                self.hole(Piece::Word(word));
                self.html.push_str("</p>");
            }
            Tag::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => {
                        self.check_closed(&range);
                        Info::parse(info)
                    }
                    CodeBlockKind::Indented => Info::default(),
                };
                self.code = Some((info, String::new(), range));
            }
            Tag::HtmlBlock => self.html.push_str("<p>"),
            Tag::List(None) => self.html.push_str("<ul>"),
            Tag::List(Some(1)) => self.html.push_str("<ol>"),
            Tag::List(Some(start)) => self.html.push_str(&format!("<ol start=\"{start}\">")),
            Tag::Item => self.html.push_str("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, &range),
            Tag::DefinitionList => self.html.push_str("<dl>"),
            Tag::DefinitionListTitle => self.html.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.html.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.table = alignments;
                if self.is_wide() {
                    self.html.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
                    self.hole(Piece::Word("table"));
                    self.html.push_str("\">");
                }
                self.html.push_str("<table>");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.check_row(&range);
                self.column = 0;
                self.html.push_str("<tr>");
            }
            Tag::TableCell => {
                let class = match self.table.get(self.column) {
                    Some(Alignment::Right) => " class=\"end\"",
                    Some(Alignment::Center) => " class=\"centre\"",
                    _ => "",
                };
                let scope = if self.in_head { " scope=\"col\"" } else { "" };
                self.html.push_str(&format!("<{}{scope}{class}>", self.cell()));
            }
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, range),
            Tag::Image { link_type, dest_url, .. } => {
                let destination = dest_url.to_string();
                if matches!(link_type, LinkType::WikiLink { .. }) {
                    let span = self.place(range.clone());
                    self.report(Diagnostic::new(
                        Code::UnknownAsset,
                        span,
                        "`![[…]]` does not embed; write `![text](../assets/name)`",
                    ));
                }
                self.image = Some((destination, String::new(), range));
            }
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        if tag != TagEnd::CodeBlock {
            self.close_tabs();
        }
        match tag {
            TagEnd::HtmlBlock if self.html.ends_with("<p>") => {
                // A comment alone is no paragraph.
                self.html.truncate(self.html.len() - "<p>".len());
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.html.push_str("</p>"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.html.push_str("</blockquote>"),
            TagEnd::BlockQuote(Some(_)) => self.html.push_str("</div>"),
            TagEnd::CodeBlock => {}
            TagEnd::List(false) => self.html.push_str("</ul>"),
            TagEnd::List(true) => self.html.push_str("</ol>"),
            TagEnd::Item => {
                self.html.push_str("</li>");
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.html.push_str("</dl>"),
            TagEnd::DefinitionListTitle => self.html.push_str("</dt>"),
            TagEnd::DefinitionListDefinition => self.html.push_str("</dd>"),
            TagEnd::Table => {
                self.html.push_str(if self.is_wide() { "</tbody></table></div>" } else { "</tbody></table>" })
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.html.push_str("</tr></thead><tbody>");
            }
            TagEnd::TableRow => {
                self.html.push_str("</tr>");
            }
            TagEnd::TableCell => {
                self.html.push_str(&format!("</{}>", self.cell()));
                self.column += 1;
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.html.push_str("</del>"),
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
            TagEnd::Link => match self.links.pop() {
                Some(LinkEnd::Hole) => {
                    self.swallow = false;
                    self.hole(Piece::Close);
                }
                Some(LinkEnd::Html) => self.html.push_str("</a>"),
                Some(LinkEnd::Nothing) | None => self.swallow = false,
            },
            TagEnd::Image => self.end_image(),
        }
        if is_block_end(&tag) {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    /// The first cell of a body row heads it only where the column is plain text; a table in prose has no row heads.
    fn cell(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}
