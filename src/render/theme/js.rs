//! Scripts as they are published: without whole-line comments, indentation, spaces beside punctuation, and line breaks
//! that mean nothing.

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
    let mut after_declaration = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            let follows = std::mem::replace(&mut after_declaration, is_declaration(line));
            if let Some(more) = line.strip_prefix("const ").filter(|_| follows) {
                // The same declaration goes on: the end of the line before it gives way.
                out.truncate(out.len() - ";\n".len());
                out.push(',');
                tighten(more, &mut out);
                out.push('\n');
                continue;
            }
            if joins(&out, line) {
                out.pop();
                // The last statement of a block needs no end; an empty one after `)` does.
                if line.starts_with('}') && out.ends_with(';') && !out.ends_with(");") {
                    out.pop();
                }
            }
            tighten(line, &mut out);
            out.push('\n');
        }
    }
    Cow::Owned(out.into_bytes())
}

/// True if the line is one whole declaration of constants, and nothing beside it.
fn is_declaration(line: &str) -> bool {
    let count = |brackets: [char; 3]| line.matches(brackets).count();
    let is_whole = line.starts_with("const ") && line.ends_with(';') && line.matches(';').count() == 1;
    is_whole
        && count(['(', '[', '{']) == count([')', ']', '}'])
        && !line.contains("=> {")
        && !line.contains(['/', '\\'])
}

/// True if the line break before this line means nothing: no statement can end, or start, there. A line that may end in
/// a comment keeps its break.
fn joins(out: &str, line: &str) -> bool {
    let before = out.strip_suffix('\n').unwrap_or(out);
    let before = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    let opens = before.ends_with(['{', '(', '[', ',', ';', '?', ':', '&', '|']) || before.ends_with("=>");
    let closes = line.starts_with(['}', ')', ']', '.', '?', ':', '&', '|']);
    !before.is_empty() && !before.contains("//") && !before.contains("*/") && (opens || closes)
}

/// Appends a line without the spaces beside punctuation outside of strings. From where it may hold anything else (a
/// comment, a pattern, an escape) it stays as it is, and so does a line with `--`.
fn tighten(line: &str, out: &mut String) {
    let plain = !line.contains("--") && !line.contains("++");
    // A template in the hole of a template is more than this reader follows.
    if !plain || line.matches('`').count() > 2 {
        out.push_str(line);
        return;
    }
    let sign = |c: Option<&char>| c.is_some_and(|c| "+-".contains(*c));
    let punctuation = |c: Option<&char>| sign(c) || c.is_some_and(|c| "=*<>!?:;,(){}[]|&.\"'`".contains(*c));
    let (line, rest) = line.split_at(line.find(['/', '\\']).unwrap_or(line.len()));
    let characters: Vec<char> = line.chars().collect();
    let mut string = None;
    for (at, &character) in characters.iter().enumerate() {
        match string {
            Some(quote) if quote == character => string = None,
            None if ['"', '\'', '`'].contains(&character) => string = Some(character),
            _ => {}
        }
        let (before, after) = (at.checked_sub(1).and_then(|at| characters.get(at)), characters.get(at + 1));
        // Two signs without a space are another operator.
        let means_nothing = || (punctuation(before) || punctuation(after)) && !(sign(before) && sign(after));
        if string.is_some() || character != ' ' || !means_nothing() {
            out.push(character);
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::compact;

    fn check(script: &str, expected: &str) {
        assert_eq!(std::str::from_utf8(&compact(script.as_bytes())), Ok(expected), "{script}");
    }

    #[test]
    fn whole_line_comments_and_indentation_go() {
        check("// head\n(() => {\n  /** why */\n  a(); // stays\n\n})();\n", "(()=>{a();// stays\n})();\n");
        check("/** one\n    two */\nb();\n", "b();\n");
        check("const a = (b, c) => b ? c : 1 - -d;\n", "const a=(b,c)=>b?c:1- -d;\n");
        check("f(`a = ${b + c}`, 'd = e', \"f ' g\" || h);\n", "f(`a = ${b + c}`,'d = e',\"f ' g\"||h);\n");
        check("f(\"a = b\", c in d);\n", "f(\"a = b\",c in d);\n");
        check("a(\n  b,\n  c\n)\n  .d();\nconst e = () => {\n}\nf();\n", "a(b,c).d();const e=()=>{}\nf();\n");
        check("f(() => {\n  return b;\n});\n{\n  c();\n}\n", "f(()=>{return b});{c();}\n");
        check("a = [ // one,\n  b,\n];\nc\nd\n", "a=[// one,\nb,];c\nd\n");
        check("a + b - c + +d;\nreturn \"e - f\" in `g + h` + -1;\n", "a+b-c+ +d;return\"e - f\"in`g + h`+ -1;\n");
        check(
            "const a = 1;\nconst { b } = c;\n  // why\nconst d = \"const \";\nd();\n",
            "const a=1,{b}=c,d=\"const \";d();\n",
        );
        check(
            "const a = 1; b();\nconst c = 2;\nlet d;\nconst e = () => {\n  f();\n};\nconst g = 1;\n",
            "const a=1;b();const c=2;let d;const e=()=>{f();};const g=1;\n",
        );
        check("const a = () => { return 1;\n};\nconst b = 1;\nc;\n", "const a=()=>{return 1};const b=1;c;\n");
        check("x = y / 2 / z;\n", "x=y / 2 / z;\n");
        check("const u = \"http://x = y\";\n  // `odd` and `odd`\n", "const u=\"http://x = y\";\n");
    }

    #[test]
    fn text_over_several_lines_stays() {
        let script = "const t = `a\n  // b\n`;\n";
        check(script, script);
    }
}
