//! Markdown -> Markdown that can be read apart from its site: links by id lead to addresses, placed views are text,
//! included files stand where they are included, and the author's notes to other authors are gone.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use super::code::{self, Info};
use super::comments::comments;
use super::links::{self, Target};
use super::writer::{VIEWS, is_block, is_block_end};

/// Name and anchor -> title and address.
pub type Link<'a> = &'a dyn Fn(&str, Option<&str>) -> (String, Option<String>);

/// What stands outside the text.
pub struct Outside<'a> {
    /// The title and the address behind a name as in `[[name#anchor]]`, or behind the path of a content file; the
    /// name is empty for a place on the same page. No address where the thing has no page.
    pub link: Link<'a>,
    /// The address of a file below `content/assets`.
    pub asset: &'a dyn Fn(&str) -> String,
    /// The text of such a file.
    pub file: &'a dyn Fn(&str) -> Option<String>,
    /// A view placed in prose, by its name and argument.
    pub view: &'a dyn Fn(&str, &str) -> String,
}

/// The sections of a body, each without the heading that starts it; true for those that a heading starts. `file` is
/// where the body is written, relative to the site's folder.
pub fn sections(source: &str, file: &str, outside: &Outside) -> Vec<(bool, String)> {
    let edits = Edits::of(source, file, outside);
    let mut sections = Vec::new();
    let (mut start, mut headed) = (0, false);
    for heading in &edits.headings {
        sections.push((headed, edits.apply(source, start..heading.start)));
        (start, headed) = (heading.end, true);
    }
    sections.push((headed, edits.apply(source, start..source.len())));
    sections
}

/// One line of inline Markdown.
pub fn line(source: &str, file: &str, outside: &Outside) -> String {
    let source = source.trim();
    let has = |marks: &[u8]| source.bytes().any(|byte| marks.contains(&byte));
    let flat = if has(b"\n\r") { source.replace(['\n', '\r'], " ") } else { source.to_owned() };
    if !has(b"[<!") {
        return flat;
    }
    Edits::of(&flat, file, outside).apply(&flat, 0..flat.len()).trim().to_owned()
}

/// What to put in place of parts of a text: in order, none inside another.
#[derive(Default)]
struct Edits {
    edits: Vec<(Range<usize>, String)>,
    /// The headings that start sections.
    headings: Vec<Range<usize>>,
}

impl Edits {
    fn of(source: &str, file: &str, outside: &Outside) -> Edits {
        let mut made = Edits::default();
        let mut depth = 0usize;
        let mut comment = false;
        let mut block: Option<(Info, String, Range<usize>)> = None;
        for (event, range) in Parser::new_ext(source, super::options()).into_offset_iter() {
            if let Some((_, code, _)) = &mut block {
                match event {
                    Event::Text(text) => code.push_str(&text),
                    _ => {
                        made.block(source, block.take(), outside);
                        depth = depth.saturating_sub(1);
                    }
                }
                continue;
            }
            match event {
                Event::Start(tag) => {
                    depth += usize::from(is_block(&tag));
                    match tag {
                        Tag::Heading { level, id, .. } => {
                            if level as u8 <= 2 && depth == 0 {
                                made.headings.push(range.clone());
                            } else if id.is_some() {
                                made.attributes(source, range);
                            }
                        }
                        Tag::CodeBlock(kind) => {
                            let info = match &kind {
                                CodeBlockKind::Fenced(info) => Info::parse(info),
                                CodeBlockKind::Indented => Info::default(),
                            };
                            block = Some((info, String::new(), range));
                        }
                        Tag::Link { link_type, dest_url, .. } => {
                            made.link(source, range, link_type, &dest_url, file, outside);
                        }
                        Tag::Image { dest_url, .. } => {
                            if let Target::Asset(path) = links::target(&dest_url, file) {
                                made.tail(source, &range, Some((outside.asset)(&path)));
                            }
                        }
                        _ => {}
                    }
                }
                Event::End(TagEnd::HtmlBlock) => comment = false,
                Event::End(tag) if is_block_end(&tag) => depth = depth.saturating_sub(1),
                Event::Html(html) | Event::InlineHtml(html) => {
                    for found in comments(&html, &mut comment) {
                        made.put(range.start + found.start..range.start + found.end, String::new());
                    }
                }
                _ => {}
            }
        }
        made.edits.sort_by_key(|(range, _)| (range.start, range.end));
        made
    }

    fn put(&mut self, range: Range<usize>, text: String) {
        self.edits.push((range, text));
    }

    /// A heading's `{#id}` is for HTML.
    fn attributes(&mut self, source: &str, range: Range<usize>) {
        let line = source[range.clone()].trim_end();
        if let (Some(at), true) = (line.rfind('{'), line.ends_with('}')) {
            let start = range.start + line[..at].trim_end().len();
            self.put(start..range.start + line.len(), String::new());
        }
    }

    fn block(&mut self, source: &str, block: Option<(Info, String, Range<usize>)>, outside: &Outside) {
        let Some((info, code, range)) = block else { return };
        if VIEWS.contains(&info.language.as_str()) {
            return self.put(range, (outside.view)(&info.language, code.trim()));
        }
        let Some(include) = &info.include else { return };
        let (path, region) = include.split_once('#').map_or((&**include, None), |(path, region)| (path, Some(region)));
        let text = (outside.file)(path);
        let text = text.and_then(|text| region.map_or(Some(text.clone()), |region| code::region(&text, region)));
        if let Some(text) = text {
            let fence = "`".repeat(source[range.clone()].chars().take_while(|c| *c == '`').count().max(3));
            self.put(range, format!("{fence}{} title=\"{include}\"\n{}\n{fence}\n", info.language, text.trim_end()));
        }
    }

    fn link(
        &mut self,
        source: &str,
        range: Range<usize>,
        link_type: LinkType,
        destination: &str,
        file: &str,
        outside: &Outside,
    ) {
        if let LinkType::WikiLink { has_pothole } = link_type {
            let (name, anchor) = match destination.split_once('#') {
                Some((name, anchor)) => (name.trim(), Some(anchor)),
                None => (destination.trim(), None),
            };
            let (title, url) = (outside.link)(name, anchor);
            let words = match source[range.clone()].split_once('|') {
                Some((_, words)) if has_pothole => words.trim_end_matches(']').to_owned(),
                _ => title,
            };
            let text = url.map_or(words.clone(), |url| format!("[{words}]({url})"));
            return self.put(range, text);
        }
        match links::target(destination, file) {
            Target::Content { path, anchor } => {
                let (_, url) = (outside.link)(&path, anchor.as_deref());
                self.tail(source, &range, url);
            }
            Target::Asset(path) => self.tail(source, &range, Some((outside.asset)(&path))),
            Target::External(_) | Target::Unsafe | Target::Unknown => {}
        }
    }

    /// Gives a link or an image another address; without one only its words stay.
    fn tail(&mut self, source: &str, range: &Range<usize>, url: Option<String>) {
        let written = &source[range.clone()];
        let at = written.rfind("](").or_else(|| written.rfind("][")).unwrap_or(written.len().saturating_sub(1));
        match url {
            Some(url) => self.put(range.start + at..range.end, format!("]({url})")),
            None => {
                self.put(range.start..range.start + 1, String::new());
                self.put(range.start + at..range.end, String::new());
            }
        }
    }

    /// A part of the text, edited.
    fn apply(&self, source: &str, part: Range<usize>) -> String {
        let mut out = String::with_capacity(part.len());
        let mut at = part.start;
        for (range, text) in self.edits.iter().filter(|(range, _)| range.start >= part.start && range.end <= part.end) {
            if range.start < at {
                continue;
            }
            out.push_str(&source[at..range.start]);
            out.push_str(text);
            at = range.end;
        }
        out.push_str(&source[at..part.end]);
        trimmed(&out).to_owned()
    }
}

/// Markdown without blank lines around it. Its first line keeps its indentation, which may make it code.
pub fn trimmed(markdown: &str) -> &str {
    let blank = markdown.len() - markdown.trim_start().len();
    let start = markdown[..blank].rfind('\n').map_or(0, |at| at + 1);
    markdown[start..].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outside<T>(run: impl FnOnce(&Outside) -> T) -> T {
        let link = |name: &str, anchor: Option<&str>| {
            let anchor = anchor.map(|a| format!("#{a}")).unwrap_or_default();
            (name.to_uppercase(), (name != "lost").then(|| format!("../{name}{anchor}")))
        };
        run(&Outside {
            link: &link,
            asset: &|path| format!("../assets/{path}"),
            file: &|path| (path == "a.sh").then(|| "echo\n".into()),
            view: &|view, argument| format!("{view} of {argument}"),
        })
    }

    fn check(source: &str, expected: &str) {
        assert_eq!(outside(|o| line(source, "content/pages/p.md", o)), expected);
    }

    #[test]
    fn links_lead_to_addresses() {
        check("plain **text**", "plain **text**");
        check("see [[a]] and [[a#b|the *b*]]", "see [A](../a) and [the *b*](../a#b)");
        check(
            "see [a](../options/a.md#x) and [b](https://b.example)",
            "see [a](../options/a.md#x) and [b](https://b.example)",
        );
        check("[[lost]] and [x](../assets/y.svg)", "LOST and [x](../assets/y.svg)");
        check("a <!-- note --> b", "a  b");
        check("<!--\nnote\n--> b", "b");
        check("two\nlines", "two lines");
        check("a <!-- note --> b", "a  b");
    }

    #[test]
    fn code_that_starts_a_section_stays_code() {
        let source = "\n    intro <b>\n\n## One\n\n    code <id>\n      more\n\n## Two\n  text\n";
        let made = outside(|o| sections(source, "content/pages/p.md", o));
        let made: Vec<&str> = made.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(made, ["    intro <b>", "    code <id>\n      more", "  text"]);
    }

    #[test]
    fn sections_are_those_of_the_page() {
        let source = "Intro.\n\n## One {#one}\n\nText [[a]].\n\n### Sub {#sub}\n\n```number-line\nx\n```\n\n> ## No section\n\n## Two\n\n```sh include=\"a.sh\"\n```\n";
        let made = outside(|o| sections(source, "content/pages/p.md", o));
        let expected = [
            (false, "Intro."),
            (true, "Text [A](../a).\n\n### Sub\n\nnumber-line of x\n\n> ## No section"),
            (true, "```sh title=\"a.sh\"\necho\n```"),
        ];
        let made: Vec<(bool, &str)> = made.iter().map(|(headed, text)| (*headed, text.as_str())).collect();
        assert_eq!(made, expected);
    }
}
