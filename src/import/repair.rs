//! Text that was decoded twice -> what was meant, as far as that can be known.

use std::ops::Range;

use crate::parse::{garbled, is_blank, is_unfit};

/// A place that was repaired, or that could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// From 1.
    pub line: usize,
    pub was: String,
    /// None: a character was lost; `?` stands for it. Empty: it has no place in a text.
    pub is: Option<String>,
}

/// Sequences that lost a byte on the way, and what they were. The first is decided by what stands around it.
const LOST: [(&str, &str); 6] = [
    ("\u{e2}\u{152}", "\u{274c}"),
    ("\u{e2}\u{2020}'", "\u{2192}"),
    ("\u{e2}\u{2020}\u{2019}", "\u{2192}"),
    ("\u{e2}\u{153}\"", "\u{2713}"),
    ("\u{e2}\u{20ac}\u{9d}", "\u{201d}"),
    ("\u{e2}\u{20ac}'", "\u{2019}"),
];

/// The text with line feeds alone, without byte order marks, with everything repaired that can be.
pub fn repair(text: &str) -> (String, Vec<Repair>) {
    let text = text.replace('\u{feff}', "").replace("\r\n", "\n").replace('\r', "\n");
    let mut repairs = Vec::new();
    let lines: Vec<String> = text.split('\n').enumerate().map(|(n, line)| one(line, n + 1, &mut repairs)).collect();
    (lines.join("\n"), repairs)
}

fn one(line: &str, number: usize, repairs: &mut Vec<Repair>) -> String {
    let mut line = line.to_owned();
    let mut note = |was: &str, is: Option<&str>| {
        repairs.push(Repair { line: number, was: was.to_owned(), is: is.map(str::to_owned) });
    };
    if !line.trim().is_empty() && is_blank(&line) {
        note(&line, Some(""));
        line.clear();
    }
    // A merge that nobody finished: which side is meant is for the author to say, once the site is there.
    const MERGE: &str = "<<<<<<<";
    if line.starts_with(MERGE) {
        note(MERGE, Some(" <<<<<<<"));
        line.insert(0, ' ');
    }
    while let Some((at, c)) = line.char_indices().find(|(_, c)| is_unfit(*c)) {
        note(&c.to_string(), Some(""));
        line.remove(at);
    }
    while let Some(range) = unfit_reference(&line) {
        note(&line[range.clone()], Some(""));
        line.replace_range(range, "");
    }
    for (was, is) in LOST {
        while let Some(at) = line.find(was) {
            note(was, Some(is));
            line.replace_range(at..at + was.len(), is);
        }
    }
    // A dash whose last byte became a straight quote: between spaces it is one, else it was a quotation mark.
    const DASH: &str = "\u{e2}\u{20ac}\"";
    while let Some(at) = line.find(DASH) {
        let after = at + DASH.len();
        let spaced = line[..at].ends_with(' ') && line[after..].starts_with(' ');
        let is = if spaced { "\u{2013}" } else { "\u{201d}" };
        note(DASH, Some(is));
        line.replace_range(at..after, is);
    }
    // What is repaired may be the first half of what was decoded three times.
    for _ in 0..3 {
        let found: Vec<_> = garbled(&line).collect();
        if found.is_empty() {
            break;
        }
        for garble in found.into_iter().rev() {
            let range = garble.start..garble.start + garble.text.len();
            // A pictogram without its last byte says nothing; anything else leaves a gap that must be seen.
            let pictogram = garble.text.starts_with(['\u{f0}', '\u{11f}']);
            let is = garble.repair.as_deref().unwrap_or(if pictogram { "" } else { "?" });
            note(&garble.text, garble.repair.as_deref());
            line.replace_range(range, is);
        }
    }
    line
}

/// The first numeric reference of HTML, such as `&#1;`, to a character that has no place in a text.
fn unfit_reference(line: &str) -> Option<Range<usize>> {
    line.match_indices("&#").find_map(|(at, _)| {
        let (number, _) = line[at + 2..].split_once(';')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let character = char::from_u32(code.ok()?);
        let unfit = character.is_none_or(|c| is_unfit(c) || matches!(c, '\u{fffd}' | '\r' | '\n'));
        unfit.then(|| at..at + 2 + number.len() + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decoded_twice_is_repaired() {
        for (was, is) in [
            ("cr\u{c3}\u{a8}me", "crème"),
            ("a \u{e2}\u{20ac}\" b", "a – b"),
            ("Velero \u{e2}\u{2020}' restore", "Velero → restore"),
            ("\u{e2}\u{153}\u{2026} yes", "✅ yes"),
            ("\u{e2}\u{152} no", "❌ no"),
            ("\u{f0}\u{178}\u{161}\u{20ac} go", "🚀 go"),
            ("\u{f0}\u{178} go", " go"),
            ("lost \u{fffd}", "lost ?"),
            ("a&#1;b &#x0; &#xD800; &#10;", "ab   "),
            ("&#8211; &#x2192; &# &#; &amp;", "&#8211; &#x2192; &# &#; &amp;"),
            ("één ruïne, 10 €", "één ruïne, 10 €"),
        ] {
            let (text, repairs) = repair(was);
            assert_eq!(text, is);
            assert_eq!(repairs.is_empty(), was == is);
            assert_eq!(garbled(&text).count(), 0, "{text}");
        }
        assert_eq!(repair("\u{feff}a\r\nb").0, "a\nb");
    }
}
