//! The small change of drawings: escaping, numbers, classes. Knows nothing of what is drawn.

use std::fmt::Write as _;

/// Text for an element or a double-quoted attribute; characters that no document may hold are left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A coordinate: at most three decimals, none where they are zero.
pub fn number(value: f64) -> String {
    let mut text = format!("{value:.3}");
    let kept = text.trim_end_matches('0').trim_end_matches('.').len();
    text.truncate(kept);
    if text == "-0" { "0".to_owned() } else { text }
}

/// A share of the width (0 to 1) in per cent.
pub fn percent(share: f64) -> String {
    number(share * 100.0) + "%"
}

/// Lines of text under each other, each a `tspan` that starts at `x`, with a class unless that is empty; the first
/// stands on the text's own `y`. Spaces between them keep the words apart where the text is read without its lines.
pub fn lines(out: &mut String, class: &str, x: f64, pitch: f64, lines: &[String]) {
    let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
    for (i, line) in lines.iter().enumerate() {
        let (space, dy) = if i == 0 { ("", 0.0) } else { (" ", pitch) };
        let _ = write!(out, r#"{space}<tspan{class} x="{}" dy="{}">{}</tspan>"#, number(x), number(dy), escape(line));
    }
}

#[cfg(test)]
pub mod check;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_markup_and_drops_what_no_document_may_hold() {
        assert_eq!(escape("a<b> & \"c\" 'd'\u{0}\u{1b}\n"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; ");
    }

    #[test]
    fn writes_numbers_shortly() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(45.454_545), "45.455");
        assert_eq!(number(-0.0001), "0");
        assert_eq!(percent(0.5), "50%");
    }
}
