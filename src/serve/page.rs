//! What the server itself adds to pages, and looks up in them.

use std::fmt::Write;

use super::RenderedDiagnostic;

/// The script that every page gets.
pub(super) const CLIENT: &str = "/__worthwhile/client.js";
/// Style sheet of the overlay, and of the pages that the server makes itself.
pub(super) const STYLES: &str = "/__worthwhile/overlay.css";
/// The stream of server-sent events; `?page=` is the path of the page that asks.
pub(super) const EVENTS: &str = "/__worthwhile/events";

/// What a page refers to and a browser loads with it, as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct References<'a> {
    /// Of style sheets.
    pub styles: Vec<&'a str>,
    /// Of scripts and images.
    pub others: Vec<&'a str>,
}

/// Finds references in HTML whose attributes are in double quotes, as ours are; others are overlooked, and then a
/// change to what they name does not reload the page.
pub(super) fn references(html: &str) -> References<'_> {
    let mut found = References::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..name_end];
        if !matches!(name, "link" | "script" | "img" | "source") {
            continue;
        }
        let tag = &rest[name_end..tag_end(rest)];
        match name {
            "link" if attribute(tag, "rel").is_some_and(|rel| rel.split_whitespace().any(|r| r == "stylesheet")) => {
                found.styles.extend(attribute(tag, "href"));
            }
            "link" => {}
            _ => found.others.extend(attribute(tag, "src")),
        }
    }
    found
}

/// The route that a reference in the page at `from` names; None if it leads out of the site.
pub(super) fn resolve(from: &str, reference: &str) -> Option<String> {
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() || path.starts_with("//") || path.split('/').next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let mut names: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').collect(),
    };
    names.pop();
    for name in path.trim_start_matches('/').split('/') {
        match name {
            "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// Adds the client script to a page. It is told what the page was made of: `page` and `styles` are fingerprints.
pub(super) fn with_client(html: &[u8], page: &str, styles: &str) -> Vec<u8> {
    let tag = format!(r#"<script defer src="{CLIENT}" data-page="{page}" data-styles="{styles}"></script>"#);
    let end = b"</head>";
    let at = html.windows(end.len()).position(|window| window == end).unwrap_or(html.len());
    let mut with = Vec::with_capacity(html.len() + tag.len());
    with.extend_from_slice(&html[..at]);
    with.extend_from_slice(tag.as_bytes());
    with.extend_from_slice(&html[at..]);
    with
}

/// A page of the server's own, where there is none of the site: what is wrong, instead.
pub(super) fn instead(heading: &str, text: &str, diagnostics: &[RenderedDiagnostic]) -> String {
    let mut list = String::new();
    for d in diagnostics {
        let mut place = d.file.clone();
        for number in [d.line, d.column].into_iter().take_while(|number| *number > 0) {
            let _ = write!(place, ":{number}");
        }
        let code = if d.code.is_empty() { String::new() } else { format!("[{}]", d.code) };
        let _ = write!(
            list,
            "<li><p><strong>{}{}</strong> {}</p><p>{}</p><pre>{}</pre></li>",
            escape(&d.severity),
            escape(&code),
            escape(&d.message),
            escape(&place),
            escape(&d.snippet)
        );
    }
    let text = if text.is_empty() { String::new() } else { format!("<pre>{}</pre>", escape(text)) };
    format!(
        "<!doctype html><html lang=\"en\" data-worthwhile=\"instead\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>\
         <link rel=\"stylesheet\" href=\"{STYLES}\"></head>\
         <body class=\"worthwhile\"><main><h1>{0}</h1>{text}<ol>{list}</ol></main></body></html>",
        escape(heading)
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Where a tag ends: at the first `>` that is not in quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (n, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return n,
            _ => {}
        }
    }
    text.len()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = &rest[at + name.len()..];
        match after.strip_prefix("=\"") {
            Some(value) if before.is_some_and(char::is_whitespace) => return value.split('"').next(),
            _ => rest = after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found() {
        let html = r#"<head><link rel="stylesheet" href="../a.css"><link rel="canonical" href="x"><link
            href="b.css" media="print" rel="alternate stylesheet"><script defer src="c.js"></script></head>
            <p title="a > b <img src='no'>"><img alt="src" src="d.png"> <images src="no"> <script>"#;
        let expected = References { styles: vec!["../a.css", "b.css"], others: vec!["c.js", "d.png"] };
        assert_eq!(references(html), expected);
    }

    #[test]
    fn references_resolve_to_routes() {
        for (from, reference, expected) in [
            ("index.html", "assets/a.css", Some("assets/a.css")),
            ("a/b.html", "../assets/a.css?v=1#x", Some("assets/a.css")),
            ("a/b.html", "/assets/a.css", Some("assets/a.css")),
            ("a/b.html", "./c.js", Some("a/c.js")),
            ("index.html", "../c.js", None),
            ("index.html", "https://example.org/c.js", None),
            ("index.html", "data:text/css,", None),
            ("index.html", "//example.org/c.js", None),
            ("index.html", "#x", None),
        ] {
            assert_eq!(resolve(from, reference).as_deref(), expected, "{from} {reference}");
        }
    }

    #[test]
    fn the_client_goes_to_the_end_of_the_head() {
        let tag = r#"<script defer src="/__worthwhile/client.js" data-page="1" data-styles="2"></script>"#;
        let with = |html: &str| String::from_utf8(with_client(html.as_bytes(), "1", "2")).expect("text");
        assert_eq!(
            with("<head><title>a</title></head><body></head>"),
            format!("<head><title>a</title>{tag}</head><body></head>")
        );
        assert_eq!(with("<p>a"), format!("<p>a{tag}"));
    }
}
