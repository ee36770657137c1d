//! Too much of everything.

use std::fs;
use std::io::Write;

use super::{Input, file, large, put};

const LINKERD: &str = "content/options/linkerd.yaml";

pub fn inputs() -> Vec<Input> {
    vec![
        Input::new("a scalar of a hundred megabytes", |root| {
            let file = fs::File::create(root.join(LINKERD)).expect("created");
            let mut file = std::io::BufWriter::new(file);
            file.write_all(b"title: ").expect("written");
            for _ in 0..100 {
                file.write_all(&[b'x'; 1 << 20]).expect("written");
            }
        })
        .refused(&["unreadable-file"]),
        Input::new("a file of four gigabytes, all holes", |root| {
            let file = fs::File::create(root.join(LINKERD)).expect("created");
            file.set_len(4 << 30).expect("grown");
        })
        .refused(&["unreadable-file"]),
        Input::new("an asset of a terabyte, all holes", |root| {
            fs::create_dir_all(root.join("content/assets")).expect("created");
            let file = fs::File::create(root.join("content/assets/a.bin")).expect("created");
            file.set_len(1 << 40).expect("grown");
        })
        .refused(&["unreadable-file"]),
        large("a title of seven megabytes", LINKERD, || {
            format!("title: {}\nkind: tool\nsummary: S\n", "x".repeat(7 << 20))
        })
        .refused(&["too-large"]),
        large("a site's title of a megabyte", "content/site.yaml", || {
            format!("title: {}\nquestion: Q\ndescription: D\n", "long ".repeat(200_000))
        })
        .refused(&["too-large"]),
        large("a summary of a megabyte of emphasis", LINKERD, || {
            format!("title: L\nkind: tool\nsummary: '{}'\n", "*a**b".repeat(200_000))
        })
        .refused(&["too-large"]),
        large("a summary as long as may be, all emphasis", LINKERD, || {
            format!("title: L\nkind: tool\nsummary: '{}'\n", "*a**b".repeat(3_000))
        }),
        large("seven megabytes of NUL", LINKERD, || "\0".repeat(7 << 20)).refused(&["yaml-syntax"]),
        large("seven megabytes of line ends", LINKERD, || "\n".repeat(7 << 20)).refused(&["wrong-type"]),
        large("seven megabytes of comments", LINKERD, || "#".repeat(7 << 20)).refused(&["wrong-type"]),
        large("twenty thousand unknown facts", "content/capabilities/more.yaml", || {
            let triggers: String =
                (0..20_000).map(|n| format!("  - {{ id: t{n}, text: T, when: nothing_{n} > 1 }}\n")).collect();
            format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}")
        })
        .refused(&["unknown-fact"]),
        large("twenty thousand broken conditions", "content/capabilities/more.yaml", || {
            let triggers: String = (0..20_000).map(|n| format!("  - {{ id: t{n}, text: T, when: a = b }}\n")).collect();
            format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}")
        })
        .refused(&["condition-syntax"]),
        large("five hundred triggers of one capability", "content/capabilities/more.yaml", || {
            let triggers: String = (0..500).map(|n| format!("  - {{ id: t{n}, text: T{n} }}\n")).collect();
            format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}")
        })
        .holds("triggers/more.t7.html", "and 475\u{a0}more"),
        Input::new("two hundred triggers on one number", |root| {
            put(root, "content/facts/more.yaml", b"more: { title: M, question: Q, type: integer }\n");
            let triggers: String =
                (0..200).map(|n| format!("  - {{ id: t{n}, text: T{n}, when: more > {n} }}\n")).collect();
            let text = format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}");
            put(root, "content/capabilities/more.yaml", text.as_bytes());
        })
        .warned(&["implied-statement"])
        .holds("triggers/more.t7.html", "and 175\u{a0}more"),
        large("a table of two thousand columns", "content/capabilities/more.yaml", || {
            let columns: String = (0..2_000).map(|n| format!("    - {{ id: c{n}, title: C }}\n")).collect();
            let cells: String = (0..2_000).map(|n| format!("c{n}: x, ")).collect();
            format!(
                "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntrade_offs:\n  columns:\n{columns}  rows:\n    - cells: {{ {cells} }}\n"
            )
        }),
        large("a choice of five thousand", "content/facts/more.yaml", || {
            let options: String = (0..5_000).map(|n| format!("    o{n}: O\n")).collect();
            format!("many:\n  title: M\n  question: Q\n  type: choices\n  options:\n{options}")
        })
        .warned(&["idle-fact"]),
        large("five thousand aliases", LINKERD, || {
            let aliases: String = (0..5_000).map(|n| format!("  - old-{n}\n")).collect();
            format!("title: L\nkind: tool\nsummary: S\naliases:\n{aliases}")
        }),
        Input::new("an image that says it is four billion pixels wide", |root| {
            let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
            png.extend([0xFF; 8]);
            put(root, "content/assets/a.png", &png);
            put(root, "content/pages/guide.md", b"---\ntitle: G\n---\n\n![A picture](../assets/a.png)\n");
        })
        .holds("pages/guide.html", "<img src=\"../assets/a.png\""),
        Input::new("images that are cut off", |root| {
            let mut text = String::from("---\ntitle: G\n---\n\n");
            for (n, head) in [
                &b"\x89PNG\r\n\x1a\n\0\0"[..],
                b"GIF89a",
                b"\xff\xd8\xff\xc0",
                b"RIFF\0\0\0\0WEBPVP8X",
                b"<svg",
                b"\xff\xd8\xff\xe0\xff\xff",
            ]
            .iter()
            .enumerate()
            {
                put(root, format!("content/assets/{n}.png"), head);
                text.push_str(&format!("![A picture](../assets/{n}.png)\n"));
            }
            put(root, "content/pages/guide.md", text.as_bytes());
        })
        .holds("pages/guide.html", "<img src=\"../assets/5.png\""),
        large("a list of changes of ten thousand", "content/changes.yaml", || {
            "- { date: 2026-01-01, text: T }\n".repeat(10_000)
        }),
        file("a change on a day that is none", "content/changes.yaml", "- { date: 2026-13-99, text: T }\n")
            .refused(&["unknown-value"]),
    ]
}
