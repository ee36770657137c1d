//! A Markdown document -> blocks that know their lines. With `links.rs` the only file of this room that names the
//! Markdown crate.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::labels::{clean, section};
use super::links::with_escape;
use crate::parse::prose;

/// A block and the lines that it takes, from 0, the last one excluded.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub body: Body,
    pub lines: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Heading {
        level: u8,
        text: String,
    },
    /// Inline Markdown on one line.
    Paragraph(String),
    List(Vec<Item>),
    /// Inline Markdown in every cell; rows are as long as the head.
    Table {
        head: Vec<String>,
        rows: Vec<(Vec<String>, usize)>,
    },
    /// Code with a fence, quotes: kept as they are.
    Raw,
    /// Code that is set in.
    Indented,
    Html,
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Inline Markdown on one line; without the box of a task.
    pub text: String,
    /// What else it holds.
    pub blocks: Vec<Block>,
    pub lines: Range<usize>,
}

/// Parses a document.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let events = Parser::new_ext(text, options()).into_offset_iter().collect();
    Builder { text, starts, events, at: 0 }.blocks()
}

/// The lines, from 0, of the blocks of code with a fence that a text of the new site holds, at
/// any depth.
pub fn code(text: &str) -> Vec<Range<usize>> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |at: usize| ends.partition_point(|end| *end < at);
    let fenced = |(event, range): (Event<'_>, Range<usize>)| {
        let fenced = matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))));
        fenced.then(|| line(range.start)..line(text[..range.end].trim_end_matches('\n').len()) + 1)
    };
    Parser::new_ext(text, prose::options()).into_offset_iter().filter_map(fenced).collect()
}

/// A heading inside a quote, an item or a definition would be out of order; its signs become text. Those that begin with
/// `#` and are inside of nothing only if `all`. What follows one may make another of it.
pub fn flat(mut text: String, all: bool) -> String {
    loop {
        let signs = headings(&text, all);
        if signs.is_empty() {
            return text;
        }
        let (mut made, mut at) = (String::with_capacity(text.len() + signs.len()), 0);
        for sign in signs {
            made.push_str(&text[at..sign]);
            made.push('\\');
            at = sign;
        }
        text = made + &text[at..];
    }
}

/// Where the signs of headings of a text of the new site stand: before `#`, or the line below the words.
fn headings(text: &str, all: bool) -> Vec<usize> {
    let (mut depth, mut signs) = (0, Vec::new());
    for (event, range) in Parser::new_ext(text, prose::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                let written = text[range.clone()].trim_end();
                let line = written.trim_end_matches(['=', '-']).len();
                let marked = written.starts_with('#');
                if all || depth > 0 || !marked {
                    signs.push(range.start + if marked { 0 } else { line.min(written.len() - 1) });
                }
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    signs
}

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

struct Builder<'a> {
    text: &'a str,
    starts: Vec<usize>,
    events: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
}

impl<'a> Builder<'a> {
    /// Blocks up to the end of whatever holds them.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            self.at += 1;
            let body = match event {
                Event::End(_) => break,
                Event::Start(Tag::Heading { level, .. }) => {
                    Body::Heading { level: number(level), text: self.inline_to(&TagEnd::Heading(level)) }
                }
                Event::Start(Tag::Paragraph) => Body::Paragraph(self.inline_to(&TagEnd::Paragraph)),
                Event::Start(Tag::List(start)) => Body::List(self.items(start)),
                Event::Start(Tag::Table(_)) => self.table(),
                Event::Start(Tag::DefinitionList) => {
                    let start = self.at;
                    match self.definitions() {
                        Some(defined) => {
                            blocks.extend(defined);
                            continue;
                        }
                        None => {
                            self.at = start;
                            self.skip();
                            Body::Raw
                        }
                    }
                }
                Event::Start(Tag::HtmlBlock) => {
                    self.skip();
                    Body::Html
                }
                Event::Start(tag) => {
                    self.skip();
                    if tag == Tag::CodeBlock(CodeBlockKind::Indented) { Body::Indented } else { Body::Raw }
                }
                Event::Rule => Body::Rule,
                // Text that stands in an item without a paragraph is taken there.
                _ => continue,
            };
            blocks.push(Block { body, lines: self.lines(&range) });
        }
        blocks
    }

    /// Terms that name parts of a capability, as labels with a list each; None if one of them names none.
    fn definitions(&mut self) -> Option<Vec<Block>> {
        let mut blocks: Vec<Block> = Vec::new();
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            self.at += 1;
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    let title = self.inline_to(&TagEnd::DefinitionListTitle);
                    section(&clean(&title))?;
                    blocks.push(Block { body: Body::Paragraph(format!("**{title}**")), lines: self.lines(&range) });
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let item = self.item(&range);
                    match blocks.last_mut() {
                        Some(Block { body: Body::List(items), lines }) => {
                            lines.end = item.lines.end;
                            items.push(item);
                        }
                        _ => blocks.push(Block { lines: item.lines.clone(), body: Body::List(vec![item]) }),
                    }
                }
                _ => break,
            }
        }
        Some(blocks)
    }

    /// The items of a list. A number above a hundred that does not follow the one before it counts nothing; it is a word:
    /// "1986. A year".
    fn items(&mut self, start: Option<u64>) -> Vec<Item> {
        let mut items = Vec::new();
        let mut counted = None;
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            self.at += 1;
            match event {
                Event::Start(Tag::Item) => {
                    let mut item = self.item(&range);
                    let number = self.text[range].split_inclusive(['.', ')']).next().unwrap_or_default().trim();
                    let value = number.trim_end_matches(['.', ')']).parse::<u64>().ok();
                    let follows = |value: u64| value < 100 || counted.is_some_and(|last: u64| value == last + 1);
                    if start.is_none() || value.is_none_or(follows) {
                        counted = value;
                    } else {
                        item.text = format!("{number} {}", item.text);
                    }
                    items.push(item);
                }
                _ => break,
            }
        }
        items
    }

    fn item(&mut self, range: &Range<usize>) -> Item {
        let lines = self.lines(range);
        // A tight item holds its text itself; a loose one in its first paragraph.
        let text = if matches!(self.events.get(self.at), Some((Event::Start(Tag::Paragraph), _))) {
            self.at += 1;
            self.inline_to(&TagEnd::Paragraph)
        } else {
            self.inline()
        };
        Item { text, blocks: self.blocks(), lines }
    }

    fn table(&mut self) -> Body {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        let mut row = Vec::new();
        while let Some((event, range)) = self.events.get(self.at).cloned() {
            self.at += 1;
            match event {
                Event::Start(Tag::TableCell) => row.push(self.inline_to(&TagEnd::TableCell)),
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push((std::mem::take(&mut row), self.lines(&range).start)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Body::Table { head, rows }
    }

    /// The inline text up to the end of what was started.
    fn inline_to(&mut self, end: &TagEnd) -> String {
        let text = self.inline();
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            if matches!(event, Event::End(found) if found == end) {
                break;
            }
        }
        text
    }

    /// Inline text as it was written, up to the next block.
    fn inline(&mut self) -> String {
        let mut range: Option<Range<usize>> = None;
        let mut depth = 0;
        while let Some((event, at)) = self.events.get(self.at) {
            match event {
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
                ) => {
                    depth += 1;
                }
                Event::End(_) if depth > 0 => depth -= 1,
                Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => break,
                Event::TaskListMarker(_) => {
                    self.at += 1;
                    continue;
                }
                _ => {}
            }
            range = Some(range.map_or(at.clone(), |r| r.start.min(at.start)..r.end.max(at.end)));
            self.at += 1;
        }
        let written = range.map_or("", |range| &self.text[with_escape(self.text, range)]);
        // Lines of a quote or of an item that goes on start with what marks them; one space is what they mean.
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// To the end of what was started.
    fn skip(&mut self) {
        let mut depth = 1;
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    fn lines(&self, range: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let end = self.text[..range.end].trim_end().len().max(range.start + 1);
        line(range.start)..line(end - 1) + 1
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
