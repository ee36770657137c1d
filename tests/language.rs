//! A site in another language: where the content, the words of the theme and those of `site.yaml` are all in one language,
//! nothing that a reader sees is in English.
//!
//! The language is one of Cyrillic letters, so that every word of Latin ones is the program's own.

use std::sync::Arc;

use serde_json::Value;
use worthwhile::read::Sources;
use worthwhile::render::theme;

const SITE: [(&str, &str); 13] = [
    (
        "content/site.yaml",
        "title: Ж\nquestion: Ж?\ndescription: Ж ж\ntagline: Ж\nlocale: zz\ntheme: ours\nlabels: { layer: Ж, layers: Жж }\n\
         verdicts:\n  adopt: { label: Жа, probably: Жжа }\n  prepare: { label: Жп, probably: Жжп }\n  \
         consider: { label: Жк, probably: Жжк }\n  wait: { label: Жв, probably: Жжв }\n  skip: { label: Жс, probably: Жжс }\n  \
         open: { label: Жо, probably: Жжо }\n\
         joints:\n  and: и\n  or: или\n  either: либо\n  exactly: ровно\n  not_exactly: не ровно\n  more_than: больше\n  \
         at_least: не меньше\n  fewer_than: меньше\n  less_than: менее\n  at_most: не больше\n  or_more: и больше\n  to: до\n  \
         not: 'не:'\n  yes: да\n  no: нет\n  none: ничего\n  some: что-то\n  unknown: не знаю\n  yours: у вас\n\
         licence: { name: Ж }\ncredits: [Ж]\nhome: { layer: l1, triggers: [{ trigger: c1.t1, text: Ж }], case: x1 }\n",
    ),
    (
        "content/layers/l1.yaml",
        "title: Ж\norder: 1\nsummary: Ж\ndescription: Ж\ntopics: [Ж]\nquestions: [{ question: Ж?, capability: c1 }]\n",
    ),
    ("content/layers/l2.yaml", "title: Жж\norder: 2\nsummary: Ж\n"),
    (
        "content/facts/f.yaml",
        "n1: { title: Ж1, question: Ж?, type: integer, unit: { one: ж, other: жж }, range: [0, 20], measure: Ж, help: Ж }\n\
         n2: { title: Ж2, question: Ж?, type: number, unit: ж }\nn3: { title: Ж3, question: Ж?, type: number }\n\
         b1: { title: Ж4, question: Ж?, type: boolean }\nb2: { title: Ж5, question: Ж?, type: boolean, words: { yes: Ж } }\n\
         o1: { title: Ж6, question: Ж?, type: choice, options: { a1: Жа, a2: Жб, a3: Жв } }\n\
         s1: { title: Ж7, question: Ж?, type: choices, options: { a1: Жа, a2: Жб, a3: Жв } }\n\
         s2: { title: Ж8, question: Ж?, type: choices, options: { a1: Жа, a2: Жб }, words: { yes: 'Ж {}', none: Ж } }\n",
    ),
    (
        "content/capabilities/c1.yaml",
        "title: Ж\nlayer: l1\norder: 1\nsummary: Ж\ncomplexity: { from: low, to: high }\ncomplexity_note: Ж\n\
         matrix: { trigger: Ж, skip_if: Ж }\n\
         triggers:\n  - { id: t1, text: Ж, when: n1 > 5 && (b1 || !b2) }\n  - { id: t2, text: Ж, when: n2 >= 1 && n2 < 4 }\n  \
         - { id: t3, text: Ж, when: 'o1 in [\"a1\", \"a2\"] || s1 != []' }\n  - { id: t4, text: Ж, when: n3 <= 2 && n3 != 1 }\n  \
         - { id: t5, text: Ж }\n\
         not_when:\n  - { text: Ж, when: 'n1 < 2 && s2 == []' }\n  - { text: Ж, when: 'o1 != \"a3\" && !b1 && n1 == 3' }\n\
         trade_offs:\n  title: Ж\n  summary: Ж\n  keep: { title: Ж, pros: [Ж], cons: [Ж] }\n  options:\n    \
         - { option: p1, pros: [Ж], cons: [Ж], use_when: [{ text: Ж, when: b1 }] }\n    \
         - { option: p2, pros: [Ж], cons: [Ж], use_when: [{ text: Ж, when: n1 > 9 }, Ж] }\n\
         decision_points: [{ question: Ж?, ask: [Ж] }]\n\
         timing: { now: [{ text: Ж, when: n2 > 8 }], later: [{ text: Ж, when: b2 }] }\n\
         builds_on: [{ component: m1, adds: Ж }]\n",
    ),
    (
        "content/capabilities/c2.yaml",
        "title: Жж\nlayer: l2\norder: 2\nsummary: Ж\ncomplexity: medium\ntriggers: [{ id: t1, text: Ж, when: '\"a1\" in s1' }]\n\
         trade_offs: { columns: [{ id: k1, title: Ж }], rows: [{ cells: { k1: Ж }, when: b1 }, { cells: { k1: Ж } }] }\n\
         timing: { prepare: [Ж], activate_when: [{ text: Ж, when: n1 > 2 }] }\nbuilds_on: [{ capability: c1, adds: Ж }]\n",
    ),
    ("content/options/p1.yaml", "title: Жа\nkind: tool\nsummary: Ж\nlicence: Ж\nmaturity: Ж\n"),
    ("content/options/p2.yaml", "title: Жб\nkind: approach\nsummary: Ж\n"),
    ("content/components/m1.yaml", "title: Ж\nlayer: l2\nsummary: Ж\n"),
    (
        "content/cases/x1.yaml",
        "title: Ж\nsummary: Ж\nconstructed: true\nfacts: { n1: 8, n2: { min: 1, max: 3 }, n3: { min: 2 }, b1: true, b2: false, \
         o1: [a1, a2], s1: [], s2: [a1] }\n",
    ),
    ("content/cases/x2.yaml", "title: Жж\nsummary: Ж\nfacts: { n1: 1, b1: '?', s2: [] }\n"),
    (
        "content/pages/g1.md",
        "---\ntitle: Ж\nsummary: Ж\n---\n\nЖ[^1], [[c1]].\n\n> [!NOTE]\n> Ж\n\n> [!WARNING]\n> Ж\n\n## Ж\n\n- [ ] Ж\n\n[^1]: Ж\n",
    ),
    ("content/changes.yaml", "- { date: 2026-11-01, text: Ж, concerns: [c1] }\n"),
];

/// Every string of a locale in Cyrillic letters: what stands in braces, and what is no word for people, stays.
fn translated(key: &str, value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), translated(key, value))).collect(),
        Value::Array(list) => list.iter().map(|value| translated(key, value)).collect(),
        Value::String(text) if key != "language" => {
            let (mut made, mut inside) = (String::new(), false);
            for c in text.chars() {
                inside = (inside || c == '{') && c != '}';
                made.push(if c.is_ascii_alphabetic() && !inside { 'ж' } else { c });
            }
            Value::String(made)
        }
        other => other.clone(),
    }
}

fn sources() -> Sources {
    let english = theme::file("locales/en.yaml").expect("the words of the default theme");
    let english: Value = serde_yaml::from_str(std::str::from_utf8(&english).expect("text")).expect("YAML");
    let ours = translated("", &english).to_string();
    let mut sources = Sources::default();
    for (path, text) in SITE.into_iter().chain([("themes/ours/locales/zz.yaml", ours.as_str())]) {
        sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
    }
    sources
}

/// What a reader of a page sees or hears, with its markup left out: text, and the attributes that are text.
fn said(html: &str) -> String {
    let mut said = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        said.push_str(&rest[..at]);
        said.push(' ');
        rest = &rest[at..];
        // Code is the same in every language; scripts and styles are not read.
        let silent = ["script", "style", "code", "pre", "kbd"]
            .into_iter()
            .find(|name| rest[1..].strip_prefix(name).is_some_and(|after| after.starts_with(['>', ' '])));
        let from = silent.map_or(0, |name| rest.find(&format!("</{name}>")).expect("it is closed"));
        let end = from + rest[from..].find('>').expect("a tag ends");
        let tag = &rest[..rest.find('>').expect("a tag ends")];
        for name in ["aria-label", "title", "alt", "placeholder"] {
            if let Some((_, after)) = tag.split_once(&format!(" {name}=\"")) {
                said.push_str(&after[..after.find('"').expect("a value ends")]);
                said.push(' ');
            }
        }
        rest = &rest[end + 1..];
    }
    said + rest
}

/// What a reader of a twin sees: without front matter, code, and the targets of links.
fn said_in_markdown(text: &str) -> String {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    let mut said = String::new();
    for (n, piece) in body.split('`').enumerate() {
        said.push_str(if n % 2 == 0 { piece } else { " " });
    }
    let mut plain = String::new();
    for (n, piece) in said.split("](").enumerate() {
        plain.push_str(if n == 0 { piece } else { piece.split_once(')').map_or("", |(_, after)| after) });
        plain.push(' ');
    }
    plain
}

/// Words of Latin letters, two or more. A path or an address is no word, nor is what Markdown and HTML have of their own,
/// nor the truth of a statement, which twins say as the JSON does.
fn latin(text: &str) -> Vec<&str> {
    const MARKS: [&str; 8] = ["NOTE", "WARNING", "lt", "gt", "nbsp", "true", "false", "unknown"];
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic()) && !MARKS.contains(word))
        .collect()
}

#[test]
fn no_page_is_half_in_english() {
    let sources = sources();
    let (plan, mut diagnostics) = worthwhile::compile(&sources, None);
    let site = worthwhile::output::site(&sources, plan, &mut diagnostics).unwrap_or_else(|| panic!("{diagnostics:?}"));
    let english: Vec<String> = diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    assert!(!english.iter().any(|said| said.contains("english") || said.contains("theme")), "{english:?}");
    let (made, faults) = site.all(&sources);
    assert!(faults.is_empty(), "{faults:?}");
    let mut found = Vec::new();
    let mut pages = 0;
    for (route, bytes) in &made {
        let text = String::from_utf8_lossy(bytes);
        let said = match route.rsplit_once('.') {
            Some((_, "html")) => said(&text),
            Some((_, "md")) => said_in_markdown(&text),
            _ => continue,
        };
        pages += 1;
        let words = latin(&said);
        if !words.is_empty() {
            found.push(format!("{route}: {words:?}"));
        }
    }
    assert!(pages > 60, "{pages} pages");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
