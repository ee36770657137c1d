//! The image that stands for a page where a link to it is shown: 1200 × 630, its title large.

use super::measure::{Face, wrap};

/// In px, as og:image wants them.
pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

/// What a card says. Plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card<'a> {
    /// "Capability, Layer 2: Enhancement".
    pub kind: &'a str,
    pub title: &'a str,
    /// A sentence on it.
    pub text: &'a str,
    pub site: &'a str,
    pub question: &'a str,
}

const EDGE: u32 = 80;

/// The card as SVG, set in `family`. Light, because it stands on pages of others.
pub fn card(card: &Card, family: &str) -> String {
    let room = f64::from(WIDTH - 2 * EDGE);
    // Text wraps by the widths of a wider font, so that it never reaches the edge.
    let size = if wrap(card.title, room, 76.0, Face::Bold, 9).len() > 2 { 58 } else { 76 };
    let title = wrap(card.title, room, f64::from(size), Face::Bold, 3);
    let text = wrap(card.text, room, 30.0, Face::Regular, 3);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" font-family=\"{family}\" font-weight=\"600\">\
         <path d=\"M0 0h{WIDTH}v{HEIGHT}H0z\" fill=\"#fff\"/>\
         <path d=\"M0 0h{WIDTH}v10H0z\" fill=\"#0b5d66\"/>\
         <path d=\"M{EDGE} 530h{}\" stroke=\"#dbe1df\" stroke-width=\"2\"/>",
        WIDTH - 2 * EDGE
    );
    line(&mut out, 118, 28, "#0b5d66", card.kind);
    let mut y = 128;
    for words in &title {
        y += size + size / 6;
        line(&mut out, y, size, "#13201e", words);
    }
    y += 24;
    for words in &text {
        y += 42;
        line(&mut out, y, 30, "#46524f", words);
    }
    // The mark: a curve that crosses its threshold.
    out.push_str(&format!(
        "<g transform=\"translate({EDGE} 556) scale(1.5)\" fill=\"none\" stroke=\"#0b5d66\" stroke-linecap=\"round\">\
         <path d=\"M3 9h18\" stroke-width=\"1.8\" stroke-dasharray=\"1.5 3.6\"/><path d=\"M3 19c9 0 7-14 18-14\" stroke-width=\"2.4\"/></g>"
    ));
    let foot = wrap(&format!("{}  ·  {}", card.site, card.question), room - 52.0, 26.0, Face::Regular, 1);
    at(&mut out, EDGE + 52, 585, 26, "#46524f", &foot[0]);
    out.push_str("</svg>");
    out
}

fn line(out: &mut String, y: u32, size: u32, fill: &str, text: &str) {
    at(out, EDGE, y, size, fill, text);
}

fn at(out: &mut String, x: u32, y: u32, size: u32, fill: &str, text: &str) {
    out.push_str(&format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\" xml:space=\"preserve\">"));
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            other => out.push(other),
        }
    }
    out.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_smaller_and_text_is_escaped() {
        let short = card(&Card { kind: "K", title: "A < B", text: "T & U", site: "S", question: "Q" }, "Inter");
        assert!(short.contains("A &lt; B") && short.contains("T &amp; U") && short.contains("font-size=\"76\""));
        let words = "A very long title that would never fit on one or two lines of such a card at the larger size";
        let long = card(&Card { kind: "K", title: words, text: "", site: "S", question: "Q" }, "Inter");
        assert!(long.contains("font-size=\"58\"") && !long.contains("font-size=\"76\""));
    }
}
