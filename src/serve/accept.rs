//! What kind of file a request asks for.

use axum::http::{HeaderMap, header};

/// Whether a request would rather have Markdown than HTML: only if it names Markdown, and HTML no higher. Browsers do
/// not; programs that read for a model do.
pub(super) fn wants_markdown(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<(String, f32)> = lines.flat_map(|line| line.split(',')).filter_map(range).collect();
    let of = |name: &str| ranges.iter().find(|(range, _)| range == name).map(|(_, quality)| *quality);
    let html = of("text/html").or(of("text/*")).or(of("*/*")).unwrap_or(0.0);
    of("text/markdown").is_some_and(|markdown| markdown > 0.0 && markdown >= html)
}

/// `text/html;level=1;q=0.5` as a name and its quality; None where it is not as it should be.
fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    Some((name, quality.map_or(Ok(1.0), str::parse).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(accept: &str) -> bool {
        let value = accept.parse().expect("a header's value");
        wants_markdown(&HeaderMap::from_iter([(header::ACCEPT, value)]))
    }

    #[test]
    fn markdown_is_named_and_html_no_higher() {
        for accept in [
            "text/markdown",
            "text/markdown, text/html;q=0.9, */*;q=0.1",
            "TEXT/Markdown;charset=utf-8, text/html",
            "text/html;q=0.5,text/markdown;q=0.5",
            "text/markdown;q=0.9, */*;q=0.8",
        ] {
            assert!(wants(accept), "{accept}");
        }
        for accept in [
            "",
            "*/*",
            "text/*",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html, text/markdown;q=0.5",
            "text/markdown;q=0.5, */*",
            "text/markdown;q=0",
            "text/markdown;q=x",
            "text/markdownish",
        ] {
            assert!(!wants(accept), "{accept}");
        }
        assert!(!wants_markdown(&HeaderMap::new()));
    }
}
