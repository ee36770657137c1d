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

/// Whether every `{` has its `}`: where one has not, the rules of the next file would be inside of it. Else the line, from
/// 1, and what is wrong there.
pub(super) fn closed(css: &str) -> Result<(), (usize, String)> {
    let line = |at: usize| css[..at].matches('\n').count() + 1;
    let (mut open, mut at) = (Vec::new(), 0);
    while let Some(found) = css[at..].find(['"', '\'', '/', '{', '}']) {
        at += found;
        let rest = &css[at..];
        let step = match rest.as_bytes()[0] {
            b'{' => {
                open.push(at);
                1
            }
            b'}' if open.pop().is_none() => return Err((line(at), "a `}` without its `{`".into())),
            b'/' if rest.starts_with("/*") => match rest.find("*/") {
                Some(end) => end + 2,
                None => return Err((line(at), "a comment that is never closed".into())),
            },
            b'"' | b'\'' => string_end(rest),
            _ => 1,
        };
        at += step;
    }
    open.last().map_or(Ok(()), |start| Err((line(*start), "a `{` that is never closed".into())))
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
    use super::{closed, compact};

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
    fn what_is_never_closed_is_told_with_its_line() {
        assert_eq!(closed(".a { b: c }\n@media x {\n  .d { content: \"{\"; } /* { */\n}\n"), Ok(()));
        assert_eq!(closed(".a { b: c }\n\n.d {\n e: f;\n"), Err((3, "a `{` that is never closed".into())));
        assert_eq!(closed(".a { b: c } }\n"), Err((1, "a `}` without its `{`".into())));
        assert_eq!(closed("\n/* why\n"), Err((2, "a comment that is never closed".into())));
    }

    #[test]
    fn strings_stay() {
        check(".a::before { content: \"/* no */  \\\"'\" }", ".a::before{content:\"/* no */  \\\"'\"}");
        check(".a { background: url(\"a//b.svg\") }\n", ".a{background:url(\"a//b.svg\")}");
        check(".a { font: 1px/2 x }", ".a{font:1px/2 x}");
    }
}
