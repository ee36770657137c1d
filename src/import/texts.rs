//! One text -> its parts: what it is about, its sentences, what stands between signs.

use super::labels::{clean, mark};
use crate::parse::is_blank;

/// "Prometheus → per-service signals" is the two of them.
pub fn pair(text: &str) -> Option<(String, String)> {
    let text = clean_item(text);
    for joint in ["→", "->", "=>", "⇒", ": ", " – ", " — ", " - "] {
        let Some((name, adds)) = text.split_once(joint) else { continue };
        let (name, adds) = (clean(name), adds.trim().trim_start_matches("**").trim().to_owned());
        let short = name.split_whitespace().count() <= 6 && !name.is_empty();
        if short && !adds.is_empty() && super::id(&name).is_some() {
            return Some((name, adds));
        }
    }
    None
}

/// A text without its mark, and without the full stop of a fragment.
pub fn clean_item(text: &str) -> String {
    let text = mark(text).1.replace("<br>", " ").replace("<br/>", " ").replace("<br />", " ");
    let text = text.trim();
    let fragment = text.matches(". ").count() == 0 && !text.ends_with("..");
    let text = if fragment { text.trim_end_matches('.') } else { text };
    let text = text.trim_end_matches([';', ',']).split_whitespace().collect::<Vec<_>>().join(" ");
    if is_blank(&text) { String::new() } else { text }
}

/// Splits a text, but not inside parentheses.
pub fn split(text: &str, at: char) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if c == at && depth <= 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.into_iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// The sentences of a text, without their full stops.
pub fn sentences(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = text.split(". ").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
    if let Some(last) = parts.last_mut() {
        *last = last.trim_end_matches('.').to_owned();
    }
    parts
}

/// The first sentence of a text.
pub fn sentence(text: &str) -> String {
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text[..end].trim().to_owned()
}
