//! Addresses that run, or that lead elsewhere than they seem.

use super::{Input, file, prose};

/// An address that no site has.
fn base_url(url: &str) -> Input {
    let site = format!("title: T\nquestion: Q\ndescription: D\nbase_url: {url}\n");
    file(format!("the base url {url}"), "content/site.yaml", site).refused(&["unsafe-link"])
}

pub fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "java&#9;script:alert(1)",
        "java&Tab;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "blob:https://example.org/1",
        "file:///etc/passwd",
        "filesystem:http://x/y",
        "about:blank",
        "view-source:https://example.org",
        "ms-msdt:/id",
        "intent://x#Intent;end",
        "//evil.example",
        "\\\\\\\\evil.example",
        "/\\\\evil.example",
        "livescript:x",
        "jar:http://x!/y",
        "x-y.z+1:2",
        "wss://example.org",
        "ftp://example.org",
        "chrome://settings",
        "feed:javascript:alert(1)",
    ] {
        inputs.push(prose(format!("the link {address}"), format!("[x]({address})")).refused(&["unsafe-link"]));
    }
    for (name, text) in [
        ("an automatic link that runs", "<javascript:alert(1)>"),
        ("a reference that runs", "[x]\n\n[x]: javascript:alert(1)"),
        ("a link in pointed brackets that runs", "[x](<java\tscript:alert(1)>)"),
        ("an image that runs", "![x](javascript:alert(1))"),
        ("an image of data", "![x](data:image/svg+xml,<svg/onload=alert(1)>)"),
        ("an image of a file", "![x](file:///etc/passwd)"),
    ] {
        inputs.push(prose(name, text).refused(&["unsafe-link"]));
    }
    for address in [
        "../../../etc/passwd",
        "/etc/passwd",
        "other.html",
        "../capabilities/none.md",
        "guide.md/../../x.md",
        "..",
        ".",
        "guide",
        "%2e%2e/x.md",
        "?q",
        "http",
    ] {
        inputs.push(prose(format!("the path {address}"), format!("[x]({address})")).refused(&["broken-link"]));
    }
    inputs.extend([
        prose("a link to an anchor that is not there", "[x](#none)").refused(&["unknown-anchor"]),
        prose("an image of another host", "![x](https://evil.example/x.png)").refused(&["unknown-asset"]),
        prose("an image out of the assets", "![x](../assets/../../../etc/passwd)").refused(&["unknown-asset"]),
        prose("an image that is not there", "![x](../assets/none.svg)").refused(&["unknown-asset"]),
        prose("an image without words", "![](../assets/none.svg)").refused(&["missing-alt", "unknown-asset"]),
        prose("a wiki link that runs", "[[javascript:alert(1)]]").refused(&["unknown-id"]),
        prose("a wiki link to a script", "[[\"><script>alert(1)</script>]]").refused(&["unknown-id"]),
        prose("a wiki link out of the site", "[[../../etc/passwd]]").refused(&["unknown-id"]),
        prose("a wiki link with words of its own", "[[linkerd|<b>x</b>]]").warned(&["raw-html"]),
        prose("an address that ends its attribute", "[x](<https://example.org/\"onmouseover=alert(1)//>)")
            .holds("pages/guide.html", "&quot;"),
        prose("an address with a script behind it", "[x](https://example.org/?q=<script>alert(1)</script>)")
            .holds("pages/guide.html", "&lt;script"),
        prose("an address with somebody's name", "[x](https://example.org@evil.example/)")
            .holds("pages/guide.html", "evil.example"),
        prose("a title that ends its attribute", "[x](https://example.org \"a\\\"><script>alert(1)</script>\")")
            .holds("pages/guide.html", "example.org"),
        prose("a mail address with a line break", "[x](mailto:a@example.org?subject=x&#10;Bcc:b@example.org)")
            .refused(&["unsafe-link"]),
        prose("an automatic mail address", "<a@example.org>").holds("pages/guide.html", "mailto:a@example.org"),
    ]);
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https://a b",
        "'https://a\"onclick=alert(1)'",
        "'https://a<b'",
        "ftp://example.org",
        "example.org",
        "'https:'",
        "https://",
        "'http:evil'",
        "'HTTPS://EXAMPLE.ORG\\x'",
    ] {
        inputs.push(
            file(
                format!("the url {url}"),
                "content/options/linkerd.yaml",
                format!("title: L\nkind: tool\nsummary: S\nurl: {url}\n"),
            )
            .refused(&["unsafe-link"]),
        );
        inputs.push(base_url(url));
    }
    inputs.extend(["https://example.org/?q=1", "https://example.org/#a"].map(base_url));
    inputs.push(
        file(
            "an edit url that runs",
            "content/site.yaml",
            "title: T\nquestion: Q\ndescription: D\nedit_url: 'javascript:{path}'\n",
        )
        .refused(&["unsafe-link"]),
    );
    inputs.push(
        file(
            "a licence that runs",
            "content/site.yaml",
            "title: T\nquestion: Q\ndescription: D\nlicence: { name: MIT, url: 'javascript:x' }\n",
        )
        .refused(&["unsafe-link"]),
    );
    inputs
}
