//! Links that a site cannot follow -> their words; links by reference -> links in place.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::repair::repair;
use crate::parse::leads_outside;

/// A text whose links all lead to other hosts, and what became of the others.
pub struct Links {
    pub text: String,
    /// Line, from 1, and what was done there.
    pub notes: Vec<(usize, String)>,
    /// Lines, from 0, that held the targets of references.
    pub definitions: Vec<Range<usize>>,
}

/// How often a text is looked at again. Brackets that stand deeper in one another are not a person's.
const ROUNDS: usize = 6;

/// Rewrites links. The lines stay what they are.
///
/// A link holds no other: words of a link that went may stand in brackets that are one now. So the text is looked at until
/// nothing of it changes, and what is left then are brackets that are escaped.
pub fn links(text: &str) -> Links {
    let mut all = round(text);
    let mut before = text.to_owned();
    for _ in 0..ROUNDS {
        if all.text == before {
            return all;
        }
        before = std::mem::take(&mut all.text);
        let next = round(&before);
        all.notes.extend(next.notes);
        all.text = next.text;
    }
    if all.text != before {
        all.text = all.text.replace("](", "]\\(");
    }
    all
}

/// A text as it can stand where it is written: what was left out around it may have made a link of it, or text that was
/// decoded twice, and to mend one may make the other.
pub fn settled(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let next = links(&repair(&text).0).text;
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Rewrites the links that the parser finds in a text as it is.
fn round(text: &str) -> Links {
    let parser = Parser::new_ext(text, super::blocks::options());
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |at: usize| ends.partition_point(|end| *end < at);
    let mut definitions: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| {
            let end = text[..definition.span.end].trim_end().len();
            line(definition.span.start)..line(end.max(definition.span.start)) + 1
        })
        .collect();
    definitions.sort_by_key(|range| range.start);

    struct Open {
        range: Range<usize>,
        inner: Option<Range<usize>>,
        reference: bool,
        plain: bool,
        image: bool,
        target: String,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut notes = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        let ends = matches!(event, Event::End(TagEnd::Link | TagEnd::Image));
        if !ends && let Some(link) = open.last_mut() {
            link.inner =
                Some(link.inner.clone().map_or(range.clone(), |r| r.start.min(range.start)..r.end.max(range.end)));
        }
        match event {
            Event::Start(Tag::Link { link_type, ref dest_url, .. } | Tag::Image { link_type, ref dest_url, .. }) => {
                let image = matches!(event, Event::Start(Tag::Image { .. }));
                let plain = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let reference = !plain && link_type != LinkType::Inline;
                open.push(Open { range, inner: None, reference, plain, image, target: dest_url.to_string() });
            }
            // What a heading carries in braces is for another tool.
            Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
                let source = text[range.clone()].trim_end();
                let braces = source.rfind('{').map_or("", |at| &source[at..]);
                if id.is_some() || !classes.is_empty() || !attrs.is_empty() {
                    notes.push((line(range.start) + 1, format!("`{braces}` of a heading was left out")));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let Some(link) = open.pop() else { continue };
                // Inside another, only the outer one is written anew.
                if !open.is_empty() {
                    continue;
                }
                let words = link.inner.map_or("", |inner| &text[with_escape(text, inner)]);
                let words = if words.is_empty() && link.image { "image" } else { words };
                let external = leads_outside(&link.target);
                // A relative link, a link inside the document, an image: none of them is there in the new site.
                let written = if external && !words.contains("](") {
                    if link.plain || (!link.image && !link.reference) {
                        continue;
                    }
                    format!("[{words}]({})", link.target)
                } else {
                    let words: String = if words.contains("](") { "image".into() } else { words.into() };
                    let what = if link.image { "the image" } else { "the link" };
                    notes.push((line(link.range.start) + 1, format!("{what} to `{}` became its words", link.target)));
                    words
                };
                edits.push((link.range, written));
            }
            _ => {}
        }
    }
    let (mut made, mut at) = (String::with_capacity(text.len()), 0);
    for (range, written) in edits {
        made.push_str(&text[at..range.start]);
        made.push_str(&written);
        // A link over two lines keeps both.
        let breaks = text[range.clone()].matches('\n').count().saturating_sub(written.matches('\n').count());
        made.extend(std::iter::repeat_n('\n', breaks));
        at = range.end;
    }
    made.push_str(&text[at..]);
    Links { text: made, notes, definitions }
}

/// The place of some words with the backslash before them: the parser leaves out what makes their first character a
/// character.
pub fn with_escape(text: &str, words: Range<usize>) -> Range<usize> {
    let escaped = !words.is_empty() && text[..words.start].ends_with('\\');
    words.start - usize::from(escaped)..words.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_other_hosts_stay() {
        let source = "See [a](https://a.example), [b][ref], [c](#there), [d](other.md) and ![e](e.png).\n\n[ref]: https://b.example\n";
        let links = links(source);
        assert_eq!(
            links.text,
            "See [a](https://a.example), [b](https://b.example), c, d and e.\n\n[ref]: https://b.example\n"
        );
        assert_eq!((links.notes.len(), links.definitions.len(), links.definitions[0].start), (3, 1, 2));
    }

    #[test]
    fn brackets_around_words_that_were_a_link_are_none() {
        assert_eq!(links("[a [b](c.md) d](e.md)\n").text, "a b d\n");
        let deep = format!("{}x{}\n", "[".repeat(5_000), "](y)".repeat(5_000));
        let text = links(&deep).text;
        assert_eq!(round(&text).text, text);
    }
}
