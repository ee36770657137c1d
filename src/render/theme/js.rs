//! Scripts as they are published: without whole-line comments and indentation.

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
            out.push_str(line);
            out.push('\n');
        }
    }
    Cow::Owned(out.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::compact;

    fn check(script: &str, expected: &str) {
        assert_eq!(std::str::from_utf8(&compact(script.as_bytes())), Ok(expected), "{script}");
    }

    #[test]
    fn whole_line_comments_and_indentation_go() {
        check("// head\n(() => {\n  /** why */\n  a(); // stays\n\n})();\n", "(() => {\na(); // stays\n})();\n");
        check("/** one\n    two */\nb();\n", "b();\n");
        check("const u = \"http://x\";\n  // `odd` and `odd`\n", "const u = \"http://x\";\n");
    }

    #[test]
    fn text_over_several_lines_stays() {
        let script = "const t = `a\n  // b\n`;\n";
        check(script, script);
    }
}
