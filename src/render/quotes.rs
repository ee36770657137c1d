//! Straight quotes -> the quotes of the page's language, and a number stays on the line of its unit, in the text of a
//! finished page.
//!
//! Attributes, code and data keep theirs: what a reader copies from a condition must work.

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

/// Elements whose text is left as it is.
const VERBATIM: [&str; 8] = ["code", "pre", "script", "style", "kbd", "samp", "textarea", "template"];

/// Elements that do not end the word before them.
const INLINE: [&str; 12] = ["a", "abbr", "b", "cite", "em", "i", "mark", "small", "span", "strong", "sub", "sup"];

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

/// HTML with the straight quotes of its text made into those of a language. A quote opens after a space, a bracket, a
/// dash or another opening quote, and where a block begins; everything else closes, or is an apostrophe.
pub fn typographic(html: &str, quotes: &Quotes) -> String {
    let mut out = Changed::new(html);
    let mut at = 0;
    // What stands before in the same block of text; a space where it begins.
    let mut before = ' ';
    while let Some(found) =
        html[at..].bytes().position(|byte| matches!(byte, b'<' | b'"' | b'\'' | b'&')).map(|found| at + found)
    {
        let text = &html[at..found];
        keep_units(&mut out, before, text, at);
        before = text.chars().next_back().unwrap_or(before);
        let from = &html[found..];
        if from.starts_with('<') {
            let end = element_end(from);
            let name = tag_name(&from[..end]);
            if !INLINE.contains(&name) {
                // Code inside a sentence is a word of it.
                before = if VERBATIM.contains(&name) { 'x' } else { ' ' };
            }
            at = found + end;
            continue;
        }
        let Some((written, quote)) = STRAIGHT.iter().find(|(written, _)| from.starts_with(written)) else {
            before = '&';
            at = found + 1;
            continue;
        };
        at = found + written.len();
        before = turned(*quote, before, &html[at..], quotes);
        out.put(found..at, before);
    }
    keep_units(&mut out, before, &html[at..], at);
    out.finish()
}

/// A text with some places changed: what lies between them is copied in one go.
struct Changed<'a> {
    text: &'a str,
    out: String,
    /// Up to where `out` has it.
    done: usize,
}

impl<'a> Changed<'a> {
    fn new(text: &'a str) -> Self {
        Changed { text, out: String::with_capacity(text.len() + text.len() / 64), done: 0 }
    }

    /// Puts a character in the place of these bytes, which follow all that were changed before.
    fn put(&mut self, place: Range<usize>, character: char) {
        self.out.push_str(&self.text[self.done..place.start]);
        self.out.push(character);
        self.done = place.end;
    }

    fn finish(mut self) -> String {
        self.out.push_str(&self.text[self.done..]);
        self.out
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

/// Lets no line end between a number and its unit: "5 microservices", "20 %". `before` is what stands before the text, and
/// `start` where it begins.
fn keep_units(out: &mut Changed, before: char, text: &str, start: usize) {
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices(' ') {
        let digit = at.checked_sub(1).map_or(before.is_ascii_digit(), |last| bytes[last].is_ascii_digit());
        if !digit || is_named(&text[..at]) {
            continue;
        }
        let after = &text[at + 1..];
        let word = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
        if UNIT.contains(&word.chars().count()) || SHORT_UNITS.contains(&word) || after.starts_with('%') {
            out.put(start + at..start + at + 1, '\u{a0}');
        }
    }
}

/// True if the number at the end of a text belongs to a name before it: "Layer 1", of which nothing is counted.
fn is_named(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    let word = before.strip_suffix(' ').unwrap_or_default().rsplit(|c: char| !c.is_alphabetic()).next();
    word.is_some_and(|word| word.contains(char::is_uppercase))
}

/// Where a tag or a comment ends; for an element whose text stays as it is, where the element ends.
fn element_end(from: &str) -> usize {
    if from.starts_with("<!--") {
        return from.find("-->").map_or(from.len(), |end| end + 3);
    }
    let end = tag_end(from.as_bytes());
    let name = tag_name(from);
    if from.starts_with("</") || !VERBATIM.contains(&name) {
        return end;
    }
    let closing = format!("</{name}>");
    from[end..].find(&closing).map_or(from.len(), |at| end + at + closing.len())
}

/// Behind the `>` of the tag that these bytes begin with; their end if there is none. An attribute may hold a `>`.
fn tag_end(from: &[u8]) -> usize {
    let mut at = 0;
    let find = |at: usize, wanted: &[u8]| from[at..].iter().position(|byte| wanted.contains(byte)).map(|n| at + n);
    while let Some(found) = find(at, b">\"'") {
        let mark = from[found];
        if mark == b'>' {
            return found + 1;
        }
        let Some(close) = find(found + 1, &[mark]) else { break };
        at = close + 1;
    }
    from.len()
}

/// `</span>` -> `span`.
fn tag_name(tag: &str) -> &str {
    let from = tag.bytes().position(|byte| !matches!(byte, b'<' | b'/')).unwrap_or(tag.len());
    let name = &tag[from..];
    &name[..name.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(html: &str) -> String {
        typographic(html, &Quotes { double: ('“', '”'), single: ('‘', '’') })
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
