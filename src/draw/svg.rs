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
    whole(value).unwrap_or_else(|| exact(value))
}

fn exact(value: f64) -> String {
    let mut text = format!("{value:.3}");
    let kept = text.trim_end_matches('0').trim_end_matches('.').len();
    text.truncate(kept);
    if text == "-0" { "0".to_owned() } else { text }
}

/// The same by whole thousandths, where it is certain which way they are rounded: drawings have very many coordinates.
fn whole(value: f64) -> Option<String> {
    let thousandths = value.abs() * 1000.0;
    let near = (thousandths.fract() - 0.5).abs() < 1e-3;
    if near || thousandths > 1e9 || thousandths.is_nan() {
        return None;
    }
    let rounded = thousandths.round() as u32;
    let sign = if value < 0.0 && rounded > 0 { "-" } else { "" };
    let (whole, part) = (rounded / 1000, rounded % 1000);
    Some(match part {
        0 => format!("{sign}{whole}"),
        _ if part % 100 == 0 => format!("{sign}{whole}.{}", part / 100),
        _ if part % 10 == 0 => format!("{sign}{whole}.{:02}", part / 10),
        _ => format!("{sign}{whole}.{part:03}"),
    })
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
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn whole_thousandths_are_exact(value in prop_oneof![-2e4..2e4_f64, any::<f64>()], places in 0..5u8) {
            let shift = 10_f64.powi(places.into());
            for value in [value, (value * shift).round() / shift] {
                prop_assert_eq!(number(value), exact(value));
            }
        }
    }
}
