//! How wide text gets, without a font at hand.
//!
//! A page is set in the reader's own system font. The widths here are those of DejaVu Sans, the widest of the fonts
//! that readers commonly have, so that what fits here fits there.

/// What a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Regular,
    /// Every weight above 500: many fonts know only one bold.
    Bold,
    Mono,
}

/// The width of a text in px at a font size in px, never too small.
pub fn width(text: &str, size: f64, face: Face) -> f64 {
    text.chars().map(|c| advance(c, face)).sum::<f64>() * size
}

/// A text in lines no wider than `max` px, broken between words, and inside a word only where it alone is too wide.
/// What exceeds `most` lines is cut with an ellipsis. Never empty.
pub fn wrap(text: &str, max: f64, size: f64, face: Face, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("starts with a line");
        let joined = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        if width(&joined, size, face) <= max {
            *last = joined;
            continue;
        }
        let mut rest = word;
        if last.is_empty() {
            lines.pop();
        }
        while width(rest, size, face) > max {
            let head = fitting(rest, max, size, face);
            lines.push(rest[..head].to_owned());
            rest = &rest[head..];
        }
        lines.push(rest.to_owned());
    }
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(shorten(&rest, max, size, face));
    }
    lines
}

/// A text that is no wider than `max` px: itself, or its beginning and an ellipsis.
pub fn shorten(text: &str, max: f64, size: f64, face: Face) -> String {
    if width(text, size, face) <= max {
        return text.to_owned();
    }
    let room = (max - width("…", size, face)).max(0.0);
    let mut end = 0;
    let mut sum = 0.0;
    for (at, c) in text.char_indices() {
        sum += advance(c, face) * size;
        if sum > room {
            break;
        }
        end = at + c.len_utf8();
    }
    format!("{}…", text[..end].trim_end())
}

/// How many bytes of `text` fit into `max` px: those of one character at least.
fn fitting(text: &str, max: f64, size: f64, face: Face) -> usize {
    let mut sum = 0.0;
    for (at, c) in text.char_indices() {
        sum += advance(c, face) * size;
        if sum > max && at > 0 {
            return at;
        }
    }
    text.len()
}

/// The advance of a character in em.
fn advance(c: char, face: Face) -> f64 {
    let hundredths = match (c, face) {
        ('\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}', _) => 0,
        ('\u{1100}'..='\u{11ff}' | '\u{2e80}'.., _) => 102,
        (_, Face::Mono) => 61,
        (' '..='~', Face::Regular) => REGULAR[c as usize - 32],
        (' '..='~', Face::Bold) => BOLD[c as usize - 32],
        ('–' | '‘' | '’' | '·', _) => 52,
        ('\u{a0}'..='\u{24f}', Face::Regular) => 75,
        _ => 102,
    };
    f64::from(hundredths) / 100.0
}

// Hundredths of an em from the space to the tilde, rounded up.
const REGULAR: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69,
    62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64,
    60, 82, 60, 60, 53, 64, 34, 64, 84,
];

const BOLD: [u8; 95] = [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40,
    84, 84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111,
    78, 73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60,
    48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_between_words_and_only_then_inside_them() {
        let lines = wrap("golden signals per service", 100.0, 12.0, Face::Regular, 9);
        assert_eq!(lines, ["golden signals", "per service"]);
        let lines = wrap("an Antidisestablishmentarianism", 80.0, 12.0, Face::Regular, 9);
        assert!(lines.len() > 2 && lines.iter().all(|l| width(l, 12.0, Face::Regular) <= 80.0), "{lines:?}");
        assert_eq!(lines.concat(), "anAntidisestablishmentarianism");
    }

    #[test]
    fn cuts_with_an_ellipsis() {
        let lines = wrap("one two three four five six seven eight", 60.0, 12.0, Face::Regular, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && width(&lines[1], 12.0, Face::Regular) <= 60.0, "{lines:?}");
        assert_eq!(shorten("short", 200.0, 12.0, Face::Bold), "short");
        assert_eq!(shorten("日本語のとても長い名前", 60.0, 12.0, Face::Bold).chars().last(), Some('…'));
    }

    #[test]
    fn empty_text_is_one_empty_line() {
        assert_eq!(wrap("  ", 60.0, 12.0, Face::Regular, 2), [""]);
    }
}
