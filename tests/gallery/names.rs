//! Names: of files, of things, and the paths that they become.

use std::ffi::OsStr;

use super::{Input, file, put};

const OPTION: &[u8] = b"title: Other\nkind: tool\nsummary: S\n";

/// A file of options under this name.
fn named(name: &'static str) -> Input {
    Input::new(format!("a file {name:?}"), move |root| put(root, format!("content/options/{name}"), OPTION))
}

fn aliased(path: &'static str, head: &str, alias: &str) -> Input {
    let end = if path.ends_with(".md") { "---\n" } else { "" };
    file(
        format!("the alias {alias:?} in {path}"),
        path,
        format!("{head}aliases: [\"{}\"]\n{end}", alias.replace('\\', "\\\\").replace('"', "\\\"")),
    )
}

/// Twelve letters of their own for each number.
fn word(n: u64) -> String {
    let mut state = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + (state >> 33) as u8 % 26)
    };
    (0..12).map(|_| letter()).collect()
}

pub fn inputs() -> Vec<Input> {
    let long: &'static str = Box::leak(format!("{}.yaml", "a".repeat(240)).into_boxed_str());
    let mut inputs: Vec<Input> = [
        "Linkerd.yaml",
        "a b.yaml",
        "a_b.yaml",
        "\u{e9}t\u{e9}.yaml",
        "l\u{456}nkerd.yaml",
        "\u{ff41}.yaml",
        "con.yaml",
        "nul.yaml",
        "com1.yaml",
        "lpt9.yaml",
        "-x.yaml",
        "x-.yaml",
        "1x.yaml",
        "a--b.yaml",
        "a\\b.yaml",
        "a\nb.yaml",
        "<script>.yaml",
        "\"quoted\".yaml",
        "%2e%2e%2fetc.yaml",
        "\u{1f600}.yaml",
        "a.b.yaml",
        "..yaml.yaml",
        "x\u{200b}y.yaml",
        "a:b.yaml",
        "a?b.yaml",
        "*.yaml",
        long,
    ]
    .into_iter()
    .map(|name| if name.starts_with('.') { named(name) } else { named(name).refused(&["invalid-id"]) })
    .collect();
    inputs.extend(
        ["other.yml", "other.YAML", "other.yaml.bak", "other", "other.json", "other.toml", "Makefile"]
            .map(|name| named(name).refused(&["unknown-file"])),
    );
    inputs.extend([".hidden.yaml", "other.yaml~", "#other.yaml#", ".other.yaml.swp"].map(named));
    inputs.extend([
        file("a page far down", "content/pages/a/b/c/d/e/f.md", "---\ntitle: Deep\n---\n")
            .holds("pages/a/b/c/d/e/f.html", "Deep"),
        file("a page in a folder with a device's name", "content/pages/aux/f.md", "---\ntitle: X\n---\n")
            .refused(&["invalid-id"]),
        file("a layer in a folder", "content/layers/more/layer-3.yaml", "title: T\norder: 3\nsummary: S\n")
            .refused(&["unknown-file"]),
        Input::new("thousands of misspelt names of thousands of facts", |root| {
            let facts: String =
                (0..4000).map(|n| format!("{}: {{ title: T, question: Q, type: boolean }}\n", word(n))).collect();
            put(root, "content/facts/more.yaml", facts.as_bytes());
            let triggers: String =
                (0..4000).map(|n| format!("  - {{ id: t{n}, text: T, when: {}x }}\n", word(n))).collect();
            let capability = format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}");
            put(root, "content/capabilities/more.yaml", capability.as_bytes());
        })
        .refused(&["unknown-fact"]),
        file("a folder that means nothing", "content/capability/x.yaml", "title: T\n").refused(&["unknown-file"]),
        file("a second site", "content/sites.yaml", "title: T\n").refused(&["unknown-file"]),
        file("a page that would be an index", "content/pages/index.md", "---\ntitle: X\n---\n")
            .refused(&["invalid-id"]),
        file("a capability that would be an index", "content/options/index.yaml", "title: X\nkind: tool\nsummary: S\n")
            .refused(&["invalid-id"]),
        Input::new("a file name that is not UTF-8", |root| {
            use std::os::unix::ffi::OsStrExt;
            std::fs::write(root.join("content/options").join(OsStr::from_bytes(b"caf\xe9.yaml")), OPTION)
                .expect("written");
        })
        .refused(&["unreadable-file"]),
        Input::new("two assets that differ in case only", |root| {
            put(root, "content/assets/Logo.svg", b"<svg/>");
            put(root, "content/assets/logo.svg", b"<svg/>");
        })
        .refused(&["duplicate-id"]),
        Input::new("an asset whose name a URL must escape", |root| {
            put(root, "content/assets/a b#c?d%20e\"f.svg", b"<svg/>");
            put(root, "content/pages/guide.md", b"---\ntitle: G\n---\n\n![A](<../assets/a b%23c%3Fd%2520e%22f.svg>)\n");
        })
        .holds("pages/guide.html", "a%20b%23c%3Fd%2520e%22f.svg"),
        Input::new("an asset with a backslash in its name", |root| put(root, "content/assets/a\\b.svg", b"<svg/>"))
            .refused(&["invalid-id"]),
        Input::new("an asset with a line break in its name", |root| put(root, "content/assets/a\nb.svg", b"<svg/>"))
            .refused(&["invalid-id"]),
        Input::new("an asset named as a page of ours", |root| put(root, "content/assets/index.html", b"<p>theirs</p>"))
            .holds("assets/index.html", "theirs"),
        file(
            "a trigger whose id is a path",
            "content/capabilities/more.yaml",
            "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n  - { id: ../../x, text: T }\n",
        )
        .refused(&["invalid-id", "missing-key"]),
        file(
            "facts whose ids are traps",
            "content/facts/more.yaml",
            "__proto__: { title: T, question: Q, type: boolean }\n",
        )
        .refused(&["invalid-id"]),
        file(
            "a fact that JavaScript has of its own",
            "content/facts/more.yaml",
            "constructor: { title: T, question: Q, type: boolean }\n",
        )
        .refused(&["invalid-id"]),
        file(
            "a fact that is a word of CEL",
            "content/facts/more.yaml",
            "in: { title: T, question: Q, type: boolean }\n",
        )
        .refused(&["invalid-id"]),
        file("a fact with a capital", "content/facts/more.yaml", "Nodes: { title: T, question: Q, type: boolean }\n")
            .refused(&["invalid-id"]),
        file(
            "a choice with a path",
            "content/facts/more.yaml",
            "x: { title: T, question: Q, type: choice, options: { ../a: A, b/c: B } }\n",
        )
        .refused(&["invalid-id"]),
        file(
            "a theme that is a path",
            "content/site.yaml",
            "title: T\nquestion: Q\ndescription: D\ntheme: ../../etc\n",
        )
        .refused(&["invalid-id"]),
        file("a theme that is not there", "content/site.yaml", "title: T\nquestion: Q\ndescription: D\ntheme: mine\n")
            .refused(&["theme-error"]),
        file(
            "a reference that is a path",
            "content/components/prometheus.yaml",
            "title: P\nlayer: ../layers/layer-1\nsummary: S\n",
        )
        .refused(&["unknown-id"]),
        file("an empty reference", "content/components/prometheus.yaml", "title: P\nlayer: ''\nsummary: S\n")
            .refused(&["empty-text"]),
    ]);
    let page = ("content/pages/guide.md", "---\ntitle: G\n");
    let option = ("content/options/linkerd.yaml", "title: L\nkind: tool\nsummary: S\n");
    for alias in [
        "../../../evil",
        "/etc/evil",
        "a//b",
        "a/./b",
        "A",
        "a\\b",
        "x\"><script>alert(1)</script>",
        "con",
        ".",
        "..",
        "a b",
        "index",
        "\u{e9}",
        "https://evil.example",
    ] {
        inputs.push(aliased(page.0, page.1, alias).refused(&["invalid-id"]));
    }
    inputs
        .extend(["../evil", "a/b", "Linkerd"].map(|alias| aliased(option.0, option.1, alias).refused(&["invalid-id"])));
    inputs.push(aliased(option.0, option.1, "linkerd").refused(&["duplicate-id"]));
    inputs
}
