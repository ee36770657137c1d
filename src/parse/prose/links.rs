//! Where a link in Markdown leads: to a thing, a content file, an asset, another host; or nowhere safe.

/// What the target of a Markdown link or image is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another host, or a mail or telephone address.
    External(String),
    /// A content file, relative to `content/`; empty for the same page.
    Content { path: String, anchor: Option<String> },
    /// A file below `content/assets`, relative to it.
    Asset(String),
    /// A scheme that is not allowed.
    Unsafe,
    /// A path that is neither content nor an asset.
    Unknown,
}

/// Schemes that a site needs. Everything else is refused, above all `javascript:` and `data:`.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Whether a link may lead there and that is another place than the site.
pub fn leads_outside(destination: &str) -> bool {
    matches!(target(destination, "content/site.yaml"), Target::External(_))
}

/// Decides where `destination`, written in `file` (relative to the site's folder), leads.
pub fn target(destination: &str, file: &str) -> Target {
    let destination = destination.trim();
    // Browsers ignore control characters inside a scheme, so a link that holds any is no honest link.
    if destination.chars().any(|c| c.is_control()) || destination.starts_with("//") || destination.contains('\\') {
        return Target::Unsafe;
    }
    let colon = destination.find(':').filter(|&at| !destination[..at].contains(['/', '?', '#']));
    if let Some(at) = colon {
        let scheme = destination[..at].to_ascii_lowercase();
        return if SCHEMES.contains(&scheme.as_str()) {
            Target::External(destination.to_owned())
        } else {
            Target::Unsafe
        };
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (destination, None),
    };
    if path.is_empty() {
        return match anchor {
            Some(anchor) => Target::Content { path: String::new(), anchor: Some(anchor) },
            None => Target::Unknown,
        };
    }
    let Some(path) = normalise(file, path) else { return Target::Unknown };
    let Some(path) = path.strip_prefix("content/") else { return Target::Unknown };
    match path.strip_prefix("assets/") {
        Some(asset) => match decode(asset) {
            Some(asset) => Target::Asset(asset),
            None => Target::Unknown,
        },
        None if path.ends_with(".md") || path.ends_with(".yaml") => Target::Content { path: path.to_owned(), anchor },
        None => Target::Unknown,
    }
}

/// A path as a URL has it -> the name of the file: `a%20b.svg` is `a b.svg`. None if it is no text then.
fn decode(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

/// `path` as seen from the folder of `file`, both relative to the site's folder; None if it leads out of it.
fn normalise(file: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        let of = |destination| target(destination, "content/capabilities/service-mesh.md");
        let content =
            |path: &str, anchor: Option<&str>| Target::Content { path: path.into(), anchor: anchor.map(str::to_owned) };
        assert_eq!(of("distributed-tracing.md"), content("capabilities/distributed-tracing.md", None));
        assert_eq!(of("../options/istio.md#why"), content("options/istio.md", Some("why")));
        assert_eq!(of("#trigger"), content("", Some("trigger")));
        assert_eq!(of("../assets/a/trace.svg"), Target::Asset("a/trace.svg".into()));
        assert_eq!(of("https://linkerd.io"), Target::External("https://linkerd.io".into()));
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "java\tscript:x",
        ] {
            assert_eq!(of(bad), Target::Unsafe, "{bad}");
        }
        for unknown in ["../../../etc/passwd", "/etc/passwd", "other.html", ""] {
            assert_eq!(of(unknown), Target::Unknown, "{unknown}");
        }
    }
}
