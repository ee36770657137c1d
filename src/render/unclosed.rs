//! Tags of a template that stand open where the engine says only that it did not expect what came.

/// Words of tags that need an `end…` of their own.
const OPENS: [&str; 5] = ["if", "for", "block", "filter", "component"];

/// What is open at a place of a template: the word and the line of the innermost tag without its end, lines from 1.
pub fn open_at(text: &str, line: usize, column: usize) -> Option<(&'static str, usize)> {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[before..];
    let inside = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let end = if line == 0 { text.len() } else { before + inside };
    let (mut open, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..end].find(['{']).map(|found| at + found) {
        let tag = &text[start..];
        // What is written of tags in a comment is none.
        if tag.starts_with("{#") {
            at = tag.find("#}").map_or(end, |close| start + close + 2).min(end);
            continue;
        }
        at = start + 1;
        let Some(tag) = tag.strip_prefix("{%") else { continue };
        let word = tag.trim_start_matches(['-', ' ', '\t', '\r', '\n']);
        let word = &word[..word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len())];
        // The tag at the place itself is what was not expected.
        if tag.find("%}").is_none_or(|close| start + 2 + close >= end) {
            break;
        }
        if let Some(opens) = OPENS.into_iter().find(|opens| *opens == word) {
            open.push((opens, text[..start].matches('\n').count() + 1));
        } else if word.strip_prefix("end").is_some_and(|ends| open.last().is_some_and(|(opens, _)| *opens == ends)) {
            open.pop();
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::open_at;

    #[test]
    fn the_innermost_tag_without_its_end_is_found() {
        let text = "{% block main %}\n{# {% if x %} #}\n{%- for a in b %}{% if a %}x{% endif %}\n{% endblock main %}\n";
        assert_eq!(open_at(text, 4, 4), Some(("for", 3)));
        assert_eq!(open_at(text, 1, 4), None);
        assert_eq!(open_at(text, 3, 20), Some(("for", 3)));
        let text = "{% block main %}\n<p>\n";
        assert_eq!(open_at(text, 3, 1), Some(("block", 1)));
        assert_eq!(open_at(text, 0, 0), Some(("block", 1)));
        assert_eq!(open_at("{% if x %}é{% endif %}", 1, 99), None);
        assert_eq!(open_at("{% if", 1, 3), None);
    }
}
