//! Scripts as they are published: without whole-line comments, indentation, and spaces beside punctuation.

use std::borrow::Cow;

/// The same script in fewer bytes. A script with text over several lines (a template literal) stays as it is, and so
/// does what is not UTF-8.
pub(super) fn compact(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Ok(script) = std::str::from_utf8(bytes) else { return Cow::Borrowed(bytes) };
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return Cow::Borrowed(bytes);
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            tighten(line, &mut out);
            out.push('\n');
        }
    }
    Cow::Owned(out.into_bytes())
}

/// Appends a line without the spaces beside punctuation. A line that may hold anything but double-quoted strings and
/// plain code (a comment, a pattern, another quote, `--`) stays as it is.
fn tighten(line: &str, out: &mut String) {
    if line.contains(['`', '\'', '/', '\\']) || line.contains("--") || line.contains("++") {
        out.push_str(line);
        return;
    }
    let punctuation = |c: Option<&char>| c.is_some_and(|c| "=*<>!?:;,(){}[]|&.".contains(*c));
    let characters: Vec<char> = line.chars().collect();
    let mut in_string = false;
    for (at, &character) in characters.iter().enumerate() {
        in_string ^= character == '"';
        let beside = || punctuation(characters.get(at + 1)) || (at > 0 && punctuation(characters.get(at - 1)));
        if in_string || character != ' ' || !beside() {
            out.push(character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::compact;

    fn check(script: &str, expected: &str) {
        assert_eq!(std::str::from_utf8(&compact(script.as_bytes())), Ok(expected), "{script}");
    }

    #[test]
    fn whole_line_comments_and_indentation_go() {
        check("// head\n(() => {\n  /** why */\n  a(); // stays\n\n})();\n", "(()=>{\na(); // stays\n})();\n");
        check("/** one\n    two */\nb();\n", "b();\n");
        check("const a = (b, c) => b ? c : 1 - -d;\n", "const a=(b,c)=>b?c:1 - -d;\n");
        check("f(\"a = b\", c in d);\n", "f(\"a = b\",c in d);\n");
        check("x = y / 2 / z;\n", "x = y / 2 / z;\n");
        check("const u = \"http://x\";\n  // `odd` and `odd`\n", "const u = \"http://x\";\n");
    }

    #[test]
    fn text_over_several_lines_stays() {
        let script = "const t = `a\n  // b\n`;\n";
        check(script, script);
    }
}
