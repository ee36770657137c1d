//! Texts as YAML: plain where that reads back as the same text, else in quotes.

/// A text of one line as a scalar of block style.
pub fn scalar(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_plain(&text) { text } else { quoted(&text) }
}

/// A text of one line as a scalar inside `[…]` or `{…}`.
pub fn flow(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_plain(&text) && !text.contains([',', '[', ']', '{', '}']) { text } else { quoted(&text) }
}

fn quoted(text: &str) -> String {
    // Single quotes escape nothing but themselves; what cannot be seen is escaped in double ones.
    if text.chars().any(|c| c.is_control() || c == '\u{feff}') {
        let escaped: String = text
            .chars()
            .map(|c| match c {
                '"' | '\\' => format!("\\{c}"),
                c if c.is_control() || c == '\u{feff}' => format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            })
            .collect();
        return format!("\"{escaped}\"");
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether a text stands for itself without quotes, for YAML 1.1 readers too.
fn is_plain(text: &str) -> bool {
    const TAKEN: [&str; 10] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"];
    let Some(first) = text.chars().next() else { return false };
    let starts = first.is_alphabetic() || (first.is_ascii_digit() && text.contains(char::is_alphabetic));
    starts
        && !TAKEN.contains(&text.to_ascii_lowercase().as_str())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !text.contains(|c: char| c.is_control() || c == '\u{feff}')
        // A number with an exponent, a date, a time, a version: readers differ in what they make of these.
        && (!first.is_ascii_digit() || text.contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_back_as_they_were() {
        for text in [
            "Plain text",
            "true",
            "5",
            "1e5",
            "2026-11-25",
            "> 5 services",
            "a: b",
            "ends with:",
            "a #b",
            "it's",
            "'quoted'",
            "- dash",
            "*star*",
            "**bold** words",
            "[[link]]",
            "a, b",
            "{x}",
            "`code`",
            "!not",
            "%",
            "@at",
            "&& and",
            "é",
            "tab\u{1}",
            "No",
            "? really",
            "|",
            "\"x\" in y",
            "back\\slash",
        ] {
            for (source, what) in [(format!("k: {}", scalar(text)), "block"), (format!("k: [{}]", flow(text)), "flow")]
            {
                let value: serde_json::Value = serde_yaml::from_str(&source).expect("YAML");
                let found = if what == "block" { &value["k"] } else { &value["k"][0] };
                assert_eq!(found, text, "{source}");
            }
        }
        assert_eq!(scalar("Two\n  lines"), "Two lines");
    }
}
