use proptest::prelude::*;

use super::*;
use crate::model::Piece;

fn check_body(source: &str) -> (String, Vec<String>) {
    let file: Arc<str> = Arc::from("content/pages/test.md");
    let sources = Sources::default();
    let place = |range: Range<usize>| Span::new(&file, range);
    let origin =
        Origin { file: file.clone(), place: &place, sources: &sources, sections: &["trigger"], reserved: &["main"] };
    let mut diagnostics = Diagnostics::new();
    let prose = body(source, &origin, &mut diagnostics);
    let mut html = String::new();
    for section in &prose.sections {
        if let Some(heading) = &section.heading {
            html.push_str(&format!("<h{} id={}>{}</h>", heading.level, heading.id, heading.html));
        }
        html.push_str(&show(&section.pieces));
    }
    let found = diagnostics
        .iter()
        .map(|d| format!("{} {}", d.code, &source[d.span.start..d.span.end].lines().next().unwrap_or("")))
        .collect();
    (html, found)
}

fn show(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.to_string(),
            Piece::Open { name, anchor, .. } => format!("<{name}{}>", anchor.as_deref().unwrap_or("")),
            Piece::Title { name } => format!("={name}"),
            Piece::Close => "</>".into(),
            Piece::Asset { path, .. } => format!("@{path}"),
            Piece::Word(word) => format!("%{word}"),
            Piece::View { view, argument, .. } => format!("{{{view} {argument}}}"),
            Piece::Code(block) => {
                let mut html = String::new();
                figure(block, &mut html);
                html
            }
        })
        .collect()
}

fn check_inline(source: &str, html: &str) {
    let file: Arc<str> = Arc::from("content/capabilities/test.yaml");
    let sources = Sources::default();
    let place = |range: Range<usize>| Span::new(&file, range);
    let origin = Origin { file: file.clone(), place: &place, sources: &sources, sections: &[], reserved: &[] };
    let mut diagnostics = Diagnostics::new();
    let text = inline(source, &origin, &mut diagnostics);
    let shown = if text.pieces().is_empty() { text.plain().to_string() } else { show(text.pieces()) };
    assert_eq!(shown, html, "{source}");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_wide_table_scrolls_and_a_narrow_one_does_not() {
    let table =
        |columns: usize| format!("|{}\n|{}\n|{}\n", "a|".repeat(columns), "-|".repeat(columns), "1|".repeat(columns));
    let (narrow, _) = check_body(&table(5));
    assert!(narrow.starts_with("<table>") && narrow.ends_with("</table>"), "{narrow}");
    let (wide, _) = check_body(&table(6));
    let open = "<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%table\"><table>";
    assert!(wide.starts_with(open) && wide.ends_with("</table></div>"), "{wide}");
}

#[test]
fn inline_text_has_no_blocks() {
    check_inline("More than **5 microservices**", "More than <strong>5 microservices</strong>");
    check_inline("> 5 services; 1. not a list", "&gt; 5 services; 1. not a list");
    check_inline("# no heading\n- no list", "# no heading - no list");
    check_inline("[[service-mesh]] and [[fact:x|words]]", "<service-mesh>=service-mesh</> and <fact:x>words</>");
    check_inline("**[[a#b|c]]**", "<strong><ab>c</></strong>");
    check_inline("`a < b` & \"c\"", "<code>a &lt; b</code> &amp; &quot;c&quot;");
    check_inline("", "");
}

#[test]
fn sections_headings_and_ids() {
    let (html, found) = check_body("intro\n\n## Why `x`\n\ntext\n\n### Deep\n\n## Why x\n\n## Own {#own}\n");
    assert_eq!(
        html,
        "<p>intro</p><h2 id=why-x>Why <code>x</code></h><p>text</p><h3 id=\"deep\">Deep</h3>\
         <h2 id=why-x-2>Why x</h><h2 id=own>Own</h>"
    );
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn headings_out_of_order_and_twice() {
    let (_, found) = check_body("# One\n\n#### Four\n\n## A {#a}\n\n## B {#a}\n");
    assert_eq!(found, ["heading-order # One", "heading-order #### Four", "duplicate-heading ## B {#a}"]);
}

#[test]
fn html_is_text_and_reported() {
    let (html, found) = check_body("a <b>c</b>\n\n<script>alert(1)</script>\n\n<!-- a note -->\n");
    assert!(html.contains("&lt;b&gt;c&lt;/b&gt;"), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    assert!(!html.contains("a note"), "{html}");
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn links_into_the_site_and_images_are_words_in_headings() {
    let (html, found) = check_body("## About [[load-testing]], [x](../assets/x.svg) and ![a logo](../assets/y.svg)\n");
    assert!(html.contains(">About load-testing, x and a logo</h>"), "{html}");
    assert!(html.contains("id=about-load-testing-x-and-a-logo"), "{html}");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn comments_are_hidden_to_their_end_and_no_further() {
    let (html, found) = check_body("<!--\na secret\n-->\n\ntext\n");
    assert!(!html.contains("secret") && !html.contains("--") && html.contains("text"), "{html}");
    assert!(found.is_empty(), "{found:?}");
    let (html, found) = check_body("<!-- a secret --> important\n");
    assert!(html.contains("important") && !html.contains("secret"), "{html}");
    assert_eq!(found.len(), 1, "{found:?}");
    let (html, found) = check_body("<!-- a secret\n\nmore\n");
    assert!(!html.contains("secret"), "{html}");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn links_images_and_views() {
    let (html, found) = check_body(
        "[m](../capabilities/service-mesh.md#trigger) [e](https://e.org) [j](javascript:x) [n](nowhere.html)\n\n\
         ![](../assets/a.svg) ![A trace](../assets/b.svg)\n\n```number-line\nmicroservices\n```\n",
    );
    assert!(html.contains("<capabilities/service-mesh.mdtrigger>m</>"), "{html}");
    assert!(html.contains("<a href=\"https://e.org\">e</a> j n"), "{html}");
    assert!(html.contains("<img src=\"@b.svg\" alt=\"A trace\" loading=\"lazy\">"), "{html}");
    assert!(html.contains("{number-line microservices}"), "{html}");
    let codes: Vec<&str> = found.iter().map(|f| f.split(' ').next().unwrap_or("")).collect();
    assert_eq!(codes, ["unsafe-link", "broken-link", "missing-alt"]);
}

#[test]
fn tables_tasks_footnotes_alerts() {
    let (html, _) = check_body(
        "| A | B |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\nText[^n].\n\n[^n]: The note.\n\n> [!TIP]\n> Try.\n",
    );
    assert!(html.contains("<th scope=\"col\">A</th><th scope=\"col\" class=\"end\">B</th>"), "{html}");
    assert!(html.contains("<span class=\"box done\">%task_done</span> done"), "{html}");
    assert!(html.contains("<sup><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>"), "{html}");
    assert!(html.contains("<li value=\"1\" id=\"fn-1\"><p>The note.</p><a href=\"#fnref-1\""), "{html}");
    assert!(html.contains("<div class=\"note note-tip\"><p class=\"note-title\">%tip</p><p>Try.</p></div>"), "{html}");
}

#[test]
fn labels_of_footnotes_are_the_same_in_capitals() {
    let (html, found) = check_body("Text[^note] and more[^NOTE].\n\n[^Note]: The words.\n");
    assert!(html.contains("<li value=\"1\" id=\"fn-1\"><p>The words.</p>") && !html.contains("fn-2"), "{html}");
    assert!(found.is_empty(), "{found:?}");
}

/// What looks like a mistake of Markdown and is none.
#[test]
fn ordinary_markdown_is_not_reported() {
    for text in [
        "> | a | b |\n> |---|---|\n> | `x \\| y` | z |\n",
        "- | a |\n  |---|\n  | b |\n",
        "[a][b] and [b][] and [b]\n\n[B]: https://a.example\n",
        "A [word], [ ] and row[i][j], `[x][y]`, a list[0][1], \\[^x]\n",
        "- [ ] open\n- [x] done\n",
        "- > [!NOTE]\n  > Text.\n",
        "Heading\n-------\n\n<<<<<<< seven\n",
        "One[^a] and two[^b].\n\n[^a]: See[^b].\n\n[^b]: Words.\n",
        "```yaml title=\"tittle x\" {1}\na: 1\n```\n",
        "| a |\n|---|\n| b |\n",
        "a | b\n--- | ---\nc |\n",
    ] {
        let (_, found) = check_body(text);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn code_is_highlighted_and_marked() {
    let (html, found) =
        check_body("```yaml title=\"a.yaml\" {2}\nkind: Pod # x\nname: \"a\"\n```\n\n```nosuch\nx\n```\n");
    assert!(html.contains("<figcaption>a.yaml</figcaption>"), "{html}");
    assert!(html.contains("<span class=\"ln\"><span class=\"a\">kind</span>"), "{html}");
    assert!(html.contains("<span class=\"c\"># x</span>"), "{html}");
    assert!(html.contains("<span class=\"ln hl\"><span class=\"a\">name</span>"), "{html}");
    assert_eq!(found, ["unknown-language ```nosuch"]);
}

proptest! {
    /// A text in which no Markdown can be is what the parser makes of it.
    #[test]
    fn bare_texts_are_what_the_parser_makes_of_them(source in "[a-zA-Z0-9 .,;:()/%'\"?#+=|$^{}>@€é–’-]{1,40}") {
        if is_bare(&source) {
            let file: Arc<str> = Arc::from("content/capabilities/test.yaml");
            let sources = Sources::default();
            let place = |range: Range<usize>| Span::new(&file, range);
            let origin = Origin { file: file.clone(), place: &place, sources: &sources, sections: &[], reserved: &[] };
            let mut diagnostics = Diagnostics::new();
            prop_assert_eq!(bare(&source), parsed(&source, &origin, &mut diagnostics));
            prop_assert_eq!(diagnostics.iter().count(), 0);
        }
    }
}

#[test]
fn what_may_be_markdown_is_not_bare() {
    assert!(is_bare("More than 5 services (or 2 teams): traffic's 50 % \"east-west\""));
    for source in ["a *b*", "a_b", "`x`", "[[x]]", "<b>", "&amp;", "a\\", " a", "a ", "a\tb", "a\nb", "~~a~~"] {
        assert!(!is_bare(source), "{source:?}");
    }
}
