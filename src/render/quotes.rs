//! Straight quotes -> the quotes of the page's language, and a number stays on the line of its unit, in the text of a
//! finished page.
//!
//! Attributes, code and data keep theirs: what a reader copies from a condition must work.

use std::io::{self, Write};
use std::ops::{Range, RangeInclusive};

use serde::Deserialize;

/// The quotes of a language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotes {
    /// Opening and closing: `“` and `”`.
    pub double: (char, char),
    /// Opening and closing: `‘` and `’`. The closing one is the apostrophe too.
    pub single: (char, char),
}

/// What an element means for the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Its text is left as it is.
    Verbatim,
    /// It does not end the word before it.
    Inline,
    Block,
}

impl Element {
    fn of(name: &str) -> Self {
        match name {
            "code" | "pre" | "script" | "style" | "kbd" | "samp" | "textarea" | "template" => Element::Verbatim,
            "a" | "abbr" | "b" | "cite" | "em" | "i" | "mark" | "small" | "span" | "strong" | "sub" | "sup" => {
                Element::Inline
            }
            _ => Element::Block,
        }
    }
}

/// How templates and Markdown write quotes.
const STRAIGHT: [(&str, char); 8] = [
    ("\"", '"'),
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&#x22;", '"'),
    ("'", '\''),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&apos;", '\''),
];

/// The bytes of a text at which there is something to do.
static MARKS: [bool; 256] = marks(b"<\"'&0123456789");
/// The bytes of a tag at which it ends, or a value begins.
static TAG: [bool; 256] = marks(b">\"'");

const fn marks(bytes: &[u8]) -> [bool; 256] {
    let mut marks = [false; 256];
    let mut n = 0;
    while n < bytes.len() {
        marks[bytes[n] as usize] = true;
        n += 1;
    }
    marks
}

/// Where the first of some bytes is from a place on. What lies between two of them is short, so that a table is faster
/// than a search that looks at many bytes at once.
fn next(bytes: &[u8], from: usize, marks: &[bool; 256]) -> Option<usize> {
    bytes[from..].iter().position(|&byte| marks[usize::from(byte)]).map(|found| from + found)
}

/// HTML with the straight quotes of its text made into those of a language, and no line ending between a number and its
/// unit: "5 microservices", "20 %". A quote opens after a space, a bracket, a dash or another opening quote, and where a
/// block begins; everything else closes, or is an apostrophe.
pub fn typographic(html: &str, quotes: &Quotes, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Changed { text: html, out, done: 0 };
    let mut at = 0;
    // Where the text begins that no tag and no quote interrupts.
    let mut start = 0;
    // What stands before it in the same block of text; a space where that begins.
    let mut before = ' ';
    while let Some(found) = next(html.as_bytes(), at, &MARKS) {
        if html.as_bytes()[found].is_ascii_digit() {
            at = found + 1;
            keep_unit(&mut out, start, at)?;
            continue;
        }
        before = html[start..found].chars().next_back().unwrap_or(before);
        let from = &html[found..];
        if from.starts_with('<') {
            let (name, length) = element(from);
            before = match Element::of(name) {
                Element::Inline => before,
                // Code inside a sentence is a word of it.
                Element::Verbatim => 'x',
                Element::Block => ' ',
            };
            at = found + length;
            if before.is_ascii_digit() {
                keep_unit(&mut out, at, at)?;
            }
        } else if let Some((written, quote)) = STRAIGHT.iter().find(|(written, _)| from.starts_with(written)) {
            at = found + written.len();
            before = turned(*quote, before, &html[at..], quotes);
            out.put(found..at, before)?;
        } else {
            before = '&';
            at = found + 1;
        }
        start = at;
    }
    out.out.write_all(&html.as_bytes()[out.done..])
}

/// A text with some places changed: what lies between them is copied in one go.
struct Changed<'a> {
    text: &'a str,
    out: &'a mut dyn Write,
    /// Up to where `out` has it.
    done: usize,
}

impl Changed<'_> {
    /// Puts a character in the place of these bytes, which follow all that were changed before.
    fn put(&mut self, place: Range<usize>, character: char) -> io::Result<()> {
        self.out.write_all(&self.text.as_bytes()[self.done..place.start])?;
        self.out.write_all(character.encode_utf8(&mut [0; 4]).as_bytes())?;
        self.done = place.end;
        Ok(())
    }
}

/// The same for text without markup; lines may end anywhere in it.
pub fn typographic_text(text: &str, quotes: &Quotes) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        before = match character {
            '"' | '\'' => turned(character, before, &text[at + 1..], quotes),
            other => other,
        };
        out.push(before);
    }
    out
}

/// What a straight quote becomes between what stands before it and the rest.
fn turned(quote: char, before: char, rest: &str, quotes: &Quotes) -> char {
    let (open, close) = if quote == '"' { quotes.double } else { quotes.single };
    // A year without its century has lost something too: ’24.
    let is_left_out = quote == '\'' && rest.starts_with(|c: char| c.is_ascii_digit());
    let opens = (before.is_whitespace() || "([{/–—“‘„«".contains(before)) && !is_left_out;
    if opens { open } else { close }
}

/// The letters of a word that a number holds on its line. Longer ones would leave holes, or not fit a narrow column;
/// shorter ones ("of", "to") join numbers rather than name what is counted, but for [these](SHORT_UNITS).
const UNIT: RangeInclusive<usize> = 3..=14;
const SHORT_UNITS: [&str; 8] = ["d", "h", "s", "ms", "kB", "MB", "GB", "TB"];

/// Lets no line end at a space between a number and its unit; nothing if there is none. `start` is where the text around
/// it begins.
fn keep_unit(out: &mut Changed, start: usize, space: usize) -> io::Result<()> {
    let Some(after) = out.text[space..].strip_prefix(' ') else { return Ok(()) };
    let word = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    let is_unit = || UNIT.contains(&word.chars().count()) || SHORT_UNITS.contains(&word) || after.starts_with('%');
    if is_unit() && !is_named(&out.text[start..space]) {
        out.put(space..space + 1, '\u{a0}')?;
    }
    Ok(())
}

/// True if the number at the end of a text belongs to a name before it: "Layer 1", of which nothing is counted.
fn is_named(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let word = before.strip_suffix(' ').unwrap_or_default().rsplit(|c: char| !c.is_alphabetic()).next();
    word.is_some_and(|word| word.contains(char::is_uppercase))
}

/// The name of the element that a text begins with, and where its tag ends; for an element whose text stays as it is,
/// where the element ends. A comment has no name.
fn element(from: &str) -> (&str, usize) {
    if from.starts_with("<!--") {
        return ("", from.find("-->").map_or(from.len(), |end| end + 3));
    }
    let closing = from.starts_with("</");
    let name = &from[if closing { 2 } else { 1 }..];
    let name = &name[..name.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let end = tag_end(from.as_bytes(), 1 + name.len());
    if closing || Element::of(name) != Element::Verbatim {
        return (name, end);
    }
    let closes = |at: &usize| {
        let rest = from[at + 1..].strip_prefix('/').and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.starts_with('>'))
    };
    let closing = memchr::memchr_iter(b'<', &from.as_bytes()[end..]).map(|at| end + at).find(closes);
    (name, closing.map_or(from.len(), |at| at + "</>".len() + name.len()))
}

/// Behind the `>` of the tag that these bytes begin with; their end if there is none. An attribute may hold a `>`. `at` is
/// a place inside of the tag and of no attribute.
fn tag_end(from: &[u8], mut at: usize) -> usize {
    while let Some(found) = next(from, at, &TAG) {
        let mark = from[found];
        if mark == b'>' {
            return found + 1;
        }
        let Some(close) = memchr::memchr(mark, &from[found + 1..]) else { break };
        at = found + 1 + close + 1;
    }
    from.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(html: &str) -> String {
        let mut out = Vec::new();
        typographic(html, &Quotes { double: ('“', '”'), single: ('‘', '’') }, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("text stays text")
    }

    #[test]
    fn quotes_open_and_close() {
        assert_eq!(
            english(r#"<p>"Which tool?" is not it's question: "why 'this' (or "that")".</p>"#),
            "<p>“Which tool?” is not it’s question: “why ‘this’ (or “that”)”.</p>"
        );
        assert_eq!(
            english("<p>&quot;a&quot; &#39;b&#39; &amp; teams&#x27; own</p>"),
            "<p>“a” ‘b’ &amp; teams’ own</p>"
        );
        assert_eq!(english("<p>since '24</p><p>'tis</p>"), "<p>since ’24</p><p>‘tis</p>");
    }

    #[test]
    fn text_has_no_markup() {
        let quotes = Quotes { double: ('“', '”'), single: ('‘', '’') };
        assert_eq!(typographic_text("a <b> isn't \"x\" & '24 'y'", &quotes), "a <b> isn’t “x” & ’24 ‘y’");
    }

    #[test]
    fn a_tag_inside_a_sentence_ends_no_word() {
        assert_eq!(
            english(r#"<p>the <b>team</b>'s "<em>own</em>" way</p>"#),
            "<p>the <b>team</b>’s “<em>own</em>” way</p>"
        );
        assert_eq!(english(r#"<li>one</li><li>"two"</li>"#), "<li>one</li><li>“two”</li>");
        assert_eq!(english("<p><code>ids</code>' order</p>"), "<p><code>ids</code>’ order</p>");
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(
            english(
                "<p>More than <b>5 microservices</b>, <b>20</b> % or 1.5 hours a week, 8 of 9 in 50 ms; 3 + 4, in 2024.</p>"
            ),
            "<p>More than <b>5\u{a0}microservices</b>, <b>20</b>\u{a0}% or 1.5\u{a0}hours a week, 8 of 9 in 50\u{a0}ms; 3 + 4, in 2024.</p>"
        );
        for same in [
            "<p>5 incomprehensibilities</p>",
            "<p>5</p> <p>microservices</p>",
            "<p>in Layer 1 observability</p>",
            "<code>5 hours</code>",
        ] {
            assert_eq!(english(same), same);
        }
    }

    #[test]
    fn attributes_code_and_data_stay() {
        for same in [
            r#"<a href="a" title='b > "c"'>d</a>"#,
            r#"<code class="condition">x in [<a href="f">"a"</a>]</code>"#,
            r#"<pre><code>echo "it's"</code></pre>"#,
            r#"<script type="application/json">{"a":"b"}</script>"#,
            r#"<!-- "a" -->"#,
        ] {
            assert_eq!(english(same), same);
        }
    }

    #[test]
    fn what_is_no_document_ends() {
        for html in ["<", "<a", "<code>'", "<!-- '", "&", "'", "<p>\""] {
            english(html);
        }
    }
}
