//! Styles as they are published: without comments and without the space that only people need.

/// The same rules in fewer bytes. Strings and `url(…)` stay as they are. Space parts two words and nothing else: there is
/// none beside `{`, `}`, `;`, `,` and `>`, nor after `:`; before `:` it stays, where it means a descendant. A `;` parts two
/// declarations: there is none before `}`.
pub(super) fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/', ' ', '\t', '\r', '\n', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            }
            b'/' => {
                out.push('/');
                rest = &rest[1..];
            }
            b'}' => {
                // An empty property of one's own ends in `:;`.
                if out.ends_with(';') && !out.ends_with(":;") {
                    out.pop();
                }
                out.push('}');
                rest = &rest[1..];
            }
            b' ' | b'\t' | b'\r' | b'\n' => {
                rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
                let parts_words = !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ':', '>', ' ']);
                if parts_words && !rest.starts_with(['{', '}', ';', ',', '>']) {
                    out.push(' ');
                }
            }
            _ => {
                let end = string_end(rest);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    out.push_str(rest);
    out.truncate(out.trim_end().len());
    // What follows an open end would belong to it.
    if !out.is_empty() && !out.ends_with('}') {
        out.push('\n');
    }
    out
}

/// Where a string ends that starts here: after its closing quote.
fn string_end(text: &str) -> usize {
    let quote = text.as_bytes()[0];
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'\\' if !escaped => escaped = true,
            _ if byte == quote && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::compact;

    fn check(css: &str, expected: &str) {
        assert_eq!(compact(css), expected, "{css}");
    }

    #[test]
    fn comments_and_indentation_go() {
        check(
            "/* head */\n\n.a {\n  color: red; /* why */\n}\n\n.b,\n.c :focus > d { margin: 0 1px }\n",
            ".a{color:red}.b,.c :focus>d{margin:0 1px}",
        );
        check(
            "@media (min-width: 1px) and (hover: none) {\n\t.a { top: 0; }\n}",
            "@media (min-width:1px) and (hover:none){.a{top:0}}",
        );
        check(".a{margin:0 /* x */ 1px}", ".a{margin:0 1px}");
        check(".a { --none: ; }", ".a{--none:;}");
        check("@import \"b.css\";\n", "@import \"b.css\";\n");
        check("/* never closed", "");
    }

    #[test]
    fn strings_stay() {
        check(".a::before { content: \"/* no */  \\\"'\" }", ".a::before{content:\"/* no */  \\\"'\"}");
        check(".a { background: url(\"a//b.svg\") }\n", ".a{background:url(\"a//b.svg\")}");
        check(".a { font: 1px/2 x }", ".a{font:1px/2 x}");
    }
}
