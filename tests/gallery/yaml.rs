//! YAML that is broken, or that means something else than it seems to.

use super::{Input, file, large};

const LINKERD: &str = "content/options/linkerd.yaml";
const SCALE: &str = "content/facts/scale.yaml";

fn option(more: &str) -> String {
    format!("title: Linkerd\nkind: tool\nsummary: S\n{more}\n")
}

pub fn inputs() -> Vec<Input> {
    let refused = |name: &str, text: &str, codes: &[&'static str]| file(name, LINKERD, text).refused(codes);
    vec![
        large("a bomb of aliases", LINKERD, || bomb('[', ']')).refused(&["yaml-limit"]),
        large("a bomb of aliases in maps", LINKERD, map_bomb).refused(&["yaml-limit"]),
        large("one long list, aliased again and again", LINKERD, || {
            format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(5000), "*a,".repeat(5000))
        })
        .refused(&["yaml-limit"]),
        large("a bomb of anchors on anchors", LINKERD, || {
            (0..45).map(|n| format!("{}a{n}: &x{n}\n", " ".repeat(n))).collect::<String>() + &format!("{}b: 1\n", " ".repeat(45))
        })
        .refused(&["missing-key", "unknown-key"]),
        refused("an alias in itself", "a: &a [*a]\n", &["yaml-syntax"]),
        refused("an alias of nothing", "title: *none\n", &["yaml-syntax"]),
        file("an anchor and its alias", LINKERD, "title: &t Linkerd\nkind: tool\nsummary: *t\n")
            .holds("options/linkerd.html", "Linkerd"),
        refused("a merge", &option("<<: { url: 'https://example.org' }"), &["unknown-key"]),
        large("ten thousand brackets", LINKERD, || "[".repeat(10_000)).refused(&["yaml-limit"]),
        large("a million brackets", LINKERD, || "[".repeat(1_000_000)).refused(&["yaml-limit"]),
        large("ten thousand braces", LINKERD, || "{a: ".repeat(10_000)).refused(&["yaml-limit"]),
        large("ten thousand dashes on a line", LINKERD, || "- ".repeat(10_000) + "x\n").refused(&["yaml-limit"]),
        large("ten thousand question marks on a line", LINKERD, || "? ".repeat(10_000) + "x\n").refused(&["yaml-syntax"]),
        large("two thousand levels of indentation", LINKERD, || {
            (0..2000).map(|n| format!("{}a:\n", " ".repeat(n))).collect()
        })
        .refused(&["yaml-limit"]),
        refused("two documents", &format!("{}---\n{}", option(""), option("")), &["yaml-syntax"]),
        refused("a directive", &format!("%YAML 1.1\n---\n{}", option("")), &["yaml-syntax"]),
        refused("a tag directive", &format!("%TAG ! tag:evil,2000:\n---\n{}", option("")), &["yaml-syntax"]),
        refused("a tag that runs code elsewhere", "title: !!python/object/apply:os.system ['id']\nkind: tool\nsummary: S\n", &["yaml-tag"]),
        refused("a binary", "title: !!binary aGk=\nkind: tool\nsummary: S\n", &["yaml-tag"]),
        refused("a tag on the whole file", "!thing\ntitle: L\nkind: tool\nsummary: S\n", &["yaml-tag"]),
        refused("a key twice", &option("title: Again"), &["duplicate-key"]),
        refused("a key twice, once in quotes", &option("\"title\": Again"), &["duplicate-key"]),
        refused("a key twice, once escaped", &option("\"\\x74itle\": Again"), &["duplicate-key"]),
        file("a key twice in a statement", "content/capabilities/more.yaml",
            "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n  - { id: a, text: A, text: B }\n").refused(&["duplicate-key"]),
        file("a fact twice", SCALE, "a:\n  title: A\n  question: Q\n  type: boolean\na:\n  title: B\n  question: Q\n  type: boolean\n")
            .refused(&["duplicate-id", "duplicate-key", "unknown-fact"]),
        file("an option of a fact twice", SCALE, "services:\n  title: A\n  question: Q\n  type: choice\n  options: { a: A, a: B }\n")
            .refused(&["condition-type", "duplicate-key", "unknown-fact"]),
        file("a key twice five levels down", "content/capabilities/more.yaml",
            "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntrade_offs:\n  keep: { title: K }\n  options:\n    - option: linkerd\n      use_when:\n        - { text: A, when: needs_mtls, when: services > 3 }\n")
            .refused(&["duplicate-key"]),
        large("a hundred thousand keys, all wrong", LINKERD, || (0..100_000).map(|n| format!("k{n}: 1\n")).collect())
            .refused(&["unknown-key"]),
        large("one key a hundred thousand times", LINKERD, || option("") + &"title: x\n".repeat(100_000)).refused(&["duplicate-key"]),
        large("a key of a megabyte", LINKERD, || format!("{}: 1\n", "k".repeat(1 << 20))).refused(&["yaml-syntax"]),
        large("two million values", LINKERD, || format!("title: [{}]\n", "a,".repeat(2_000_000))).refused(&["yaml-limit"]),
        refused("tabs for indentation", "title:\n\t- a\n", &["yaml-syntax"]),
        refused("quotes that do not end", "title: \"Linkerd\nkind: tool\n", &["yaml-syntax"]),
        refused("a list that does not end", "title: [a, b\nkind: tool\n", &["yaml-syntax"]),
        refused("a colon in a value", "title: a: b\nkind: tool\nsummary: S\n", &["yaml-syntax"]),
        refused("a value that starts with @", "title: @here\nkind: tool\nsummary: S\n", &["yaml-syntax"]),
        refused("a value that starts with a backtick", "title: `x`\nkind: tool\nsummary: S\n", &["yaml-syntax"]),
        refused("a list for a key", "? [a, b]\n: c\n", &["yaml-syntax"]),
        refused("no key", ": x\n", &["missing-key", "unknown-key"]),
        refused("a list for a file", "- title: L\n", &["wrong-type"]),
        refused("a word for a file", "Linkerd\n", &["wrong-type"]),
        refused("a set", "{title, kind, summary}\n", &["wrong-type"]),
        refused("numbers for keys", &option("1: one\n2.5: two"), &["unknown-key"]),
        refused("a key that JavaScript has of its own", &option("__proto__: { polluted: true }\nconstructor: x"), &["unknown-key"]),
        file("blocks of text", LINKERD, "title: |-\n  Linkerd\nkind: tool\nsummary: >\n  a\n  b\n").holds("options/linkerd.html", "a b"),
        file("a comment in odd places", LINKERD, "title: Linkerd # it\n#\nkind: tool # or service\nsummary: 'a # b'\n")
            .holds("options/linkerd.html", "a # b"),
    ]
}

fn bomb(open: char, close: char) -> String {
    let mut text = format!("a0: &a0 {open}x,x,x,x,x,x,x,x,x{close}\n");
    for n in 1..12 {
        text.push_str(&format!("a{n}: &a{n} {open}{}{close}\n", vec![format!("*a{}", n - 1); 9].join(",")));
    }
    text
}

fn map_bomb() -> String {
    let mut text = "a0: &a0 {x: 1}\n".to_owned();
    for n in 1..16 {
        let pairs: Vec<String> = (0..9).map(|k| format!("k{k}: *a{}", n - 1)).collect();
        text.push_str(&format!("a{n}: &a{n} {{{}}}\n", pairs.join(", ")));
    }
    text
}
