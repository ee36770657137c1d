//! Request paths -> routes.

/// What a request path asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// `/a/b.html` is `a/b.html`, `/a/` is `a/index.html`.
    Route(String),
    /// Nothing that a site can have.
    Nothing,
}

/// The route that a request path names. `path` is as in the request line: percent-encoded, without the query.
pub(super) fn route(path: &str) -> Asked {
    let Some(path) = decode(path) else { return Asked::Nothing };
    let Some(path) = path.strip_prefix('/') else { return Asked::Nothing };
    if path.contains(|c: char| c.is_control() || c == '\\') {
        return Asked::Nothing;
    }
    let (folders, name) = path.rsplit_once('/').map_or(("", path), |(folders, name)| (folders, name));
    if !folders.is_empty() || path.starts_with('/') {
        let proper = |name: &str| !matches!(name, "" | "." | "..");
        if !folders.split('/').all(proper) {
            return Asked::Nothing;
        }
    }
    match name {
        "." | ".." => Asked::Nothing,
        "" => Asked::Route(format!("{path}index.html")),
        _ => Asked::Route(path.to_owned()),
    }
}

/// The value of a query's parameter, decoded.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    query.split('&').find_map(|pair| decode(pair.strip_prefix(name)?.strip_prefix('=')?))
}

/// Percent-decodes once; None if that is not UTF-8, or the encoding is broken.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |b: u8| char::from(b).to_digit(16);
                (digit(rest.next()?)? * 16 + digit(rest.next()?)?) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_routes() {
        for (path, expected) in [
            ("/", "index.html"),
            ("/matrix.html", "matrix.html"),
            ("/capabilities/", "capabilities/index.html"),
            ("/pages/a%20b.html", "pages/a b.html"),
            ("/a/%C3%A9.md", "a/é.md"),
            ("/a/b...html", "a/b...html"),
        ] {
            assert_eq!(route(path), Asked::Route(expected.into()), "{path}");
        }
        for path in [
            "",
            "x",
            "//",
            "//evil",
            "/a//b",
            "/..",
            "/../a",
            "/a/../b",
            "/a/..",
            "/..%2fa",
            "/%2e%2e/a",
            "/%2E%2E%2Fa",
            "/a/./b",
            "/.",
            "/a%00",
            "/a\\b",
            "/a%5Cb",
            "/%",
            "/%g0",
            "/%f",
            "/%ff",
            "/a%0Ab",
        ] {
            assert_eq!(route(path), Asked::Nothing, "{path}");
        }
        assert_eq!(parameter("a=1&page=%2Fa%2Fb.html", "page").as_deref(), Some("/a/b.html"));
        assert_eq!(parameter("pages=1", "page"), None);
    }
}
