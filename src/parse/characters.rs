//! Characters that have no place in a text: what readers cannot see and what changes more than itself.

use std::ops::Range;

use super::prose::Origin;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reports are cut after this many in one text.
const REPORTS: usize = 20;

/// Control characters but for tabs and line ends, characters that turn around the direction of what follows them, and
/// code points that are no characters.
pub fn is_unfit(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{202a}'..='\u{202e}' | '\u{fdd0}'..='\u{fdef}' => true,
        _ => character.is_control() || u32::from(character) & 0xFFFE == 0xFFFE,
    }
}

/// Whether a reader sees nothing at all of a text.
pub fn is_blank(text: &str) -> bool {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    text.chars().all(|c| c.is_whitespace() || unseen(c))
}

/// The unfit characters of a text and where they stand.
pub fn unfit(text: &str) -> impl Iterator<Item = (Range<usize>, char)> + '_ {
    let found = text.char_indices().filter(|(_, c)| is_unfit(*c)).map(|(at, c)| (at..at + c.len_utf8(), c));
    found.take(REPORTS)
}

/// Reports the unfit characters of a Markdown text.
pub fn report(text: &str, origin: &Origin<'_>, diagnostics: &mut Diagnostics) {
    for (range, character) in unfit(text) {
        diagnostics.push(fault(character, (origin.place)(range)));
    }
}

/// What is said of one.
pub fn fault(character: char, span: crate::model::Span) -> Diagnostic {
    let message = format!("the character U+{:04X} has no place in a text", u32::from(character));
    Diagnostic::new(Code::ControlCharacter, span, message)
        .help("remove it; it may have come along when text was copied")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fit() {
        for good in ["a\tb\r\nc", "متى؟", "👩‍👩‍👧‍👦", "\u{2066}a\u{2069}", "\u{2028}", "\u{fffd}"]
        {
            assert_eq!(unfit(good).next(), None, "{good:?}");
        }
        for bad in ['\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{fdd0}', '\u{ffff}', '\u{10fffe}'] {
            assert!(is_unfit(bad), "{bad:?}");
        }
        assert!(is_blank(" \u{a0}\u{200b}") && !is_blank("\u{200b}a"));
    }
}
