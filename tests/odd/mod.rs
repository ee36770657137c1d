//! A small site of what the real one does not have: other labels, free columns, staged timing, answers that are ranges or
//! one of several, texts that look like Markdown blocks.

use std::sync::Arc;

use worthwhile::read::Sources;

pub fn site() -> Sources {
    let mut sources = Sources::default();
    for (path, text) in [
        ("content/site.yaml", "title: T\nquestion: Q?\ndescription: D\nlabels: { layer: Shelf, layers: Shelves }\n"),
        ("content/layers/one.yaml", "title: One\norder: 7\nsummary: S\naliases: [first]\n"),
        (
            "content/facts/b.yaml",
            "z: { title: Z, question: Q, type: number, unit: hours, range: [0.5, 2] }\n\
             a: { title: A, question: Q, type: choice, options: { y: Why, b: Bee }, aliases: [old_a] }\n\
             s: { title: S, question: '> 5 | of what?', type: choices, options: { k: Kay, c: See } }\n\
             i: { title: I, question: Q, type: integer }\n",
        ),
        ("content/facts/a.yaml", "flag: { title: F, question: Q, type: boolean }\n"),
        (
            "content/capabilities/c.yaml",
            "title: C\nlayer: one\nsummary: S\ncomplexity: low\n\
             triggers: [{ id: t, text: 'T [[a-thing|x]]', when: z > 1 && a == \"y\" }, { id: u, text: U }]\n\
             timing: { prepare: [P], activate_when: [{ text: W, when: i >= 3 && flag }] }\n\
             trade_offs: { columns: [{ id: n, title: N }, { id: m, title: M }], rows: [{ cells: { n: One, m: Two }, when: '\"k\" in s' }] }\n",
        ),
        ("content/components/a-thing.yaml", "title: A thing\nlayer: one\nsummary: S\n"),
        (
            "content/cases/x.yaml",
            "title: X\nsummary: S\nconstructed: true\nfacts: { z: { min: 0.5 }, a: [y, b], s: [], i: \"?\", flag: false }\n",
        ),
        ("content/pages/guide/p.md", "---\ntitle: P\n---\n\nText with [[a-thing]].\n"),
    ] {
        sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
    }
    sources
}
