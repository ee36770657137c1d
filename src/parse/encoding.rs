//! Bytes -> text: UTF-8 only, a BOM taken off, and text that was decoded twice or merged by half found before anybody
//! publishes it.

use std::sync::Arc;

use super::characters::is_unfit;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::Span;

/// A file's text and where it starts in the file: after the BOM, if there is one. None if it is not UTF-8, or two texts
/// that nobody has chosen between.
pub fn text<'a>(path: &Arc<str>, bytes: &'a [u8], diagnostics: &mut Diagnostics) -> Option<(&'a str, usize)> {
    const BOM: &str = "\u{feff}";
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            double_decoded(path, text, diagnostics);
            if conflicts(path, text, diagnostics) {
                return None;
            }
            match text.strip_prefix(BOM) {
                Some(rest) => {
                    let span = Span::new(path, 0..BOM.len());
                    diagnostics.push(
                        Diagnostic::new(Code::ByteOrderMark, span.clone(), "the file starts with a byte order mark")
                            .help("save it as UTF-8 without a byte order mark")
                            .fix(Fix::replace("take the byte order mark off", span, "")),
                    );
                    Some((rest, BOM.len()))
                }
                None => Some((text, 0)),
            }
        }
        Err(error) => {
            let at = error.valid_up_to();
            let span = Span::new(path, at..(at + 1).min(bytes.len()));
            let message = format!("byte {:#04x} at offset {at} is not UTF-8", bytes.get(at).copied().unwrap_or(0));
            diagnostics.push(Diagnostic::new(Code::NotUtf8, span, message).help("save the file as UTF-8"));
            None
        }
    }
}

/// Reports are cut after this many in one file: what is ruined is ruined throughout.
const REPORTS: usize = 20;

fn double_decoded(path: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) {
    for garbled in garbled(text).take(REPORTS) {
        let span = Span::new(path, garbled.start..garbled.start + garbled.text.len());
        let diagnostic = Diagnostic::new(
            Code::DoubleDecoded,
            span.clone(),
            format!("`{}` looks like text that was decoded twice", garbled.text.escape_debug()),
        );
        diagnostics.push(match garbled.repair {
            Some(repair) => {
                let fix = Fix::replace(format!("write `{repair}`"), span, &repair);
                diagnostic.help(format!("probably meant: `{repair}`")).fix(fix)
            }
            None => diagnostic.help("a character was lost here; write it again"),
        });
    }
}

/// Reports where a merge left both sides; true if it did anywhere.
fn conflicts(path: &Arc<str>, text: &str, diagnostics: &mut Diagnostics) -> bool {
    const MARKS: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];
    // The mark that comes next, and where the first of the three stands.
    let (mut next, mut first, mut found) = (0, 0..0, 0);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let after = words.strip_prefix(MARKS[next]);
        if after.is_some_and(|after| after.is_empty() || (after.starts_with(' ') && next != 1)) {
            if next == 0 {
                first = at..at + words.len();
            }
            if next == 2 && found < REPORTS {
                found += 1;
                diagnostics.push(
                    Diagnostic::new(
                        Code::MergeConflict,
                        Span::new(path, first.clone()),
                        "a merge that is not finished",
                    )
                    .help("keep one side, or both, and take the lines `<<<<<<<`, `=======` and `>>>>>>>` out"),
                );
            }
            next = (next + 1) % MARKS.len();
        }
        at += line.len();
    }
    found > 0
}

/// A run of characters that came from reading UTF-8 as a one-byte encoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Garbled {
    pub start: usize,
    pub text: String,
    /// What the bytes meant, where all of them are still there.
    pub repair: Option<String>,
}

/// Finds text that was decoded twice: UTF-8 read as Windows-1252 or Windows-1254, or U+FFFD.
///
/// A run of characters that map to bytes above 0x7F is garbled if those bytes are UTF-8 again. Single accented
/// letters never are, because no single byte above 0x7F is UTF-8; pairs count only behind the letters that the
/// common two-byte characters turn into, so that words like "Ä…" stay free.
pub fn garbled(text: &str) -> impl Iterator<Item = Garbled> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let rest = &text[at..];
            let character = rest.chars().next()?;
            if character.is_ascii() {
                at += 1;
                continue;
            }
            let start = at;
            if character == '\u{fffd}' {
                at += character.len_utf8();
                return Some(Garbled { start, text: "\u{fffd}".into(), repair: None });
            }
            if let Some((length, repair)) = sequence(rest) {
                at += length;
                return Some(Garbled { start, text: rest[..length].into(), repair });
            }
            at += character.len_utf8();
        }
        None
    })
}

/// A garbled run at the start of `rest`: its length in bytes, and the repair of as much of it as decodes.
fn sequence(rest: &str) -> Option<(usize, Option<String>)> {
    let lead = byte(rest.chars().next()?)?;
    let needed = match lead {
        // Two-byte sequences: only those behind Â and Ã, which Latin text turns into.
        0xC2 | 0xC3 => 2,
        0xE2 | 0xEF => 3,
        0xF0 => 4,
        _ => return None,
    };
    let mut bytes = Vec::new();
    let mut length = 0;
    for character in rest.chars().take(needed) {
        let Some(byte) = byte(character) else { break };
        bytes.push(byte);
        length += character.len_utf8();
    }
    if bytes.len() == needed
        && let Ok(repair) = String::from_utf8(bytes.clone())
    {
        // Control characters are what nobody wrote.
        return Some((length, Some(repair).filter(|repair| !repair.contains(is_unfit))));
    }
    // `â€` and `ðŸ` have lost their last byte to a quote or to nothing; no language writes them.
    let lost = bytes.len() >= 2 && matches!(bytes[..2], [0xE2, 0x80] | [0xE2, 0x9C] | [0xE2, 0x86] | [0xF0, 0x9F]);
    lost.then(|| (rest.chars().take(2).map(char::len_utf8).sum(), None))
}

/// The byte that a character stands for in Windows-1252, or in Windows-1254 where that differs.
fn byte(character: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    const TURKISH: [(char, u8); 6] = [('Ğ', 0xD0), ('İ', 0xDD), ('Ş', 0xDE), ('ğ', 0xF0), ('ı', 0xFD), ('ş', 0xFE)];
    if let Some(n) = HIGH.iter().position(|c| *c == character) {
        return Some(0x80 + n as u8);
    }
    if let Some((_, byte)) = TURKISH.iter().find(|(c, _)| *c == character) {
        return Some(*byte);
    }
    u8::try_from(u32::from(character)).ok().filter(|b| *b >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let found: Vec<(String, Option<String>)> = garbled(text).map(|g| (g.text, g.repair)).collect();
        let expected: Vec<(String, Option<String>)> =
            expected.iter().map(|(t, r)| ((*t).into(), r.map(str::to_owned))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn text_decoded_twice_is_found_and_repaired() {
        check("Ã©Ã©n", &[("Ã©", Some("é")), ("Ã©", Some("é"))]);
        check("a â€“ b", &[("â€“", Some("–"))]);
        check("â€œquotedâ€\"", &[("â€œ", Some("“")), ("â€", None)]);
        check("ğŸš€ go", &[("ğŸš€", Some("🚀"))]);
        check("ðŸ", &[("ðŸ", None)]);
        check("lost \u{fffd} here", &[("\u{fffd}", None)]);
        check("âœ… done", &[("âœ…", Some("✅"))]);
    }

    #[test]
    fn good_text_is_left_alone() {
        for good in ["één ruïne", "Ärger über Öl", "“quoted” – dash…", "naïve café", "Â", "10 €", "ğüşıöç", "日本語"]
        {
            check(good, &[]);
        }
    }
}
