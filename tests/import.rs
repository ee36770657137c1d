//! Documents of many shapes become sites that build, and no line of them is dropped without a word.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;
use worthwhile::import::{Imported, import};
use worthwhile::read::Sources;

const DOCUMENTS: [&str; 4] = ["dutch", "labels", "outline", "damaged"];

/// Lines that Markdown, YAML and the site each read in a way of their own.
const ODD: [&str; 20] = [
    "- # A heading in an item",
    "    # indented code",
    "[^1]: a footnote with [^1] in it",
    "![](javascript:alert) [a](javascript:alert(1)) <https://a.example> <b>bold</b>",
    "Term\n: definition",
    "~~~graph include=\"x\"",
    "```",
    "> [!NOTE]",
    "[[service-mesh]] and [[x|y]] {#id}",
    "## Trigger {#main}",
    "- [ ] a task: with | bars | in it",
    "| Pros | Cons |\n|---|---|\n| | x<br>y |",
    "- : \u{200b} \u{202e} \u{7}",
    "1986. A year",
    "---",
    "***",
    "- **Options**: `a: b` -> \"c\" # d",
    "Complexity: very high, since nobody knows it",
    "## Cr\u{c3}*\u{a8}me, cr\u{c3}`\u{a8}`me",
    "- Trigger: cr\u{c3}[\u{a8}](a.md)me \u{e2}\u{2020}__'",
];

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/import/{name}.md"));
    fs::read_to_string(path).expect("the document")
}

/// What is wrong with the imported site, as text; nothing if it is fine but for warnings.
fn faults(imported: &Imported) -> String {
    let mut sources = Sources::default();
    for (path, text) in &imported.files {
        sources.files.insert(Arc::from(path.as_str()), Arc::from(text.as_bytes()));
    }
    let (_, diagnostics) = worthwhile::compile(&sources, None);
    let errors = diagnostics.iter().filter(|d| d.severity().name() == "error");
    errors.map(|d| format!("{}: {} {}\n{}\n", d.span.file, d.code, d.message, imported.files[&*d.span.file])).collect()
}

/// The words of a text, without what Markdown and YAML make of it.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|w| w.chars().count() > 1).collect()
}

/// Every word of every line is in a file of the site, or in the report.
fn assert_accounted(source: &str, imported: &Imported) {
    let everything: String =
        imported.files.values().map(String::as_str).chain([imported.report.as_str()]).collect::<Vec<_>>().join("\n");
    let known = words(&everything);
    for (n, line) in source.lines().enumerate() {
        let lost: Vec<String> = words(&line.replace("<br>", " ")).into_iter().filter(|w| !known.contains(w)).collect();
        assert!(lost.is_empty(), "line {}: {line}\nlost {lost:?}\n{everything}", n + 1);
        if imported.left.contains(&(n + 1)) {
            assert!(imported.report.contains(&format!("- line {}: ", n + 1)), "line {}: {line}", n + 1);
        }
    }
}

#[test]
fn every_line_is_placed_or_reported_and_the_site_builds() {
    for name in ["dutch", "labels", "outline"] {
        let source = document(name);
        let imported = import(name, &source);
        assert_eq!(faults(&imported), "", "{name}");
        assert_accounted(&source, &imported);
        for lost in ["not understood", "found no place"] {
            assert!(!imported.report.contains(lost), "{name}: {}", imported.report);
        }
    }
}

/// The lines of a file below a key, up to the next key at its column.
fn below(imported: &Imported, path: &str, key: &str) -> String {
    let text = imported.files.get(path).unwrap_or_else(|| panic!("{path} in {:?}", imported.files.keys()));
    let start = text.find(&format!("\n{key}:")).unwrap_or_else(|| panic!("{key} in\n{text}")) + 1;
    let rest = &text[start..];
    let end = rest.match_indices('\n').find(|(at, _)| rest[at + 1..].starts_with(|c: char| c.is_alphabetic()));
    rest[..end.map_or(rest.len(), |(at, _)| at + 1)].to_owned()
}

#[test]
fn a_number_that_counts_nothing_is_a_word() {
    let imported = import(
        "any",
        "# Guide\n\n## Flags\n\nOn and off.\n\n### Not when\n\n- Nobody asks\n\n### Triggers\n\n2. Two teams\n1986. A year\n1987. Another\n",
    );
    let triggers = below(&imported, "content/capabilities/flags.yaml", "triggers");
    for text in ["text: Two teams\n", "1986. A year", "1987. Another"] {
        assert!(triggers.contains(text), "{triggers}");
    }
    let long: String = (1..=101).map(|n| format!("{n}. item number x{n}\n")).collect();
    let imported = import(
        "any",
        &format!("# Guide\n\n## Flags\n\nOn and off.\n\n### Not when\n\n- Nobody asks\n\n### Triggers\n\n{long}"),
    );
    assert!(below(&imported, "content/capabilities/flags.yaml", "triggers").contains("text: item number x101\n"));
}

#[test]
fn what_is_escaped_stays_escaped() {
    for (line, kept) in [
        ("[[x](n/\\\\evil.example)", "\\[\\[x](n/\\\\evil.example)"),
        ("\\*no emphasis\\* of it", "\\*no emphasis\\* of it"),
        ("See [\\[1\\]](https://a.example).", "See [\\[1\\]](https://a.example)."),
        ("See [\\[1\\]](other.md) there.", "See \\[1\\] there."),
        ("Read [x](<j-\na%va pt:alert(1)>) of it", "Read x of it"),
    ] {
        let imported = import("any", &format!("# Guide\n\n{line}\n"));
        assert_eq!(faults(&imported), "", "{line}");
        let site = &imported.files["content/site.yaml"];
        assert!(site.contains(kept), "{line}: {site}");
    }
}

#[test]
fn a_dutch_framework() {
    let imported = import("dutch", &document("dutch"));
    assert_eq!((imported.capabilities, imported.pages), (3, 3));
    let mesh = "content/capabilities/service-mesh.yaml";
    let triggers = below(&imported, mesh, "triggers");
    assert!(triggers.contains("text: Meer dan **5 microservices** met complexe communicatie\n"), "{triggers}");
    // A cross turns a statement round, wherever it stands.
    assert!(below(&imported, mesh, "not_when").contains("text: Monoliet, of minder dan 3 services\n"));
    let row = "matrix:\n  trigger: '> 5 microservices'\n  skip_if: Monoliet of < 3 services\n";
    assert!(below(&imported, mesh, "matrix").starts_with(row));
    assert_eq!(below(&imported, mesh, "complexity"), "complexity: { from: medium, to: high }\n");
    let trade_offs = below(&imported, mesh, "trade_offs");
    assert!(trade_offs.contains("- option: linkerd\n      pros:\n        - Kleine footprint\n"), "{trade_offs}");
    assert!(below(&imported, mesh, "timing").contains("  later:\n    - text: Laag 1 nog niet stabiel is\n"));
    assert!(below(&imported, mesh, "builds_on").contains("  - component: cilium-cni\n    adds: mesh voegt L7"));
    assert!(below(&imported, mesh, "decision_points").contains("    ask:\n      - Zijn er incidenten"));
    // A column without a place of its own is kept beside the option.
    assert!(imported.files["content/options/linkerd.md"].contains("**Kosten**: gratis"));
    // Options that are headings with lists.
    let tracing = below(&imported, "content/capabilities/gedistribueerde-tracing.yaml", "trade_offs");
    assert!(
        tracing.contains("- option: jaeger\n      pros:\n        - Open standaard\n        - Volwassen\n      cons:\n")
    );
    assert!(imported.report.contains("a row of a matrix whose capability has no chapter"));
}

#[test]
fn labels_and_lists_in_place_of_headings() {
    let imported = import("labels", &document("labels"));
    assert_eq!((imported.capabilities, imported.pages), (2, 2));
    let flags = "content/capabilities/feature-flags.yaml";
    let options = below(&imported, flags, "trade_offs");
    assert!(options.contains("- option: unleash\n      pros:\n        - open source\n        - mature\n      cons:\n        - a service to run\n"), "{options}");
    assert!(options.contains("use_when:\n        - text: there are few flags\n"), "{options}");
    assert!(below(&imported, flags, "timing").contains("  later:\n    - text: The test suite is red\n"));
    // Tables whose columns are now and later, and tables of free columns.
    let load = "content/capabilities/load-testing.yaml";
    assert!(
        below(&imported, load, "timing")
            .contains("  now:\n    - text: A peak in 3 months\n  later:\n    - text: No test environment\n")
    );
    assert!(below(&imported, load, "trade_offs").contains("- { id: finds, title: Finds }\n"));
    assert!(imported.report.contains("HTML, which content does not hold"));
}

#[test]
fn layers_in_the_document_and_parts_on_one_line() {
    let imported = import("outline", &document("outline"));
    let layers: Vec<&String> = imported.files.keys().filter(|path| path.starts_with("content/layers/")).collect();
    assert_eq!(layers.len(), 3, "{layers:?}");
    let rollback = "content/capabilities/rollback.yaml";
    let options = below(&imported, rollback, "trade_offs");
    assert!(
        options.contains(
            "- option: argo-rollouts\n      pros:\n        - gradual\n        - compares numbers\n      cons:\n"
        ),
        "{options}"
    );
    assert!(below(&imported, rollback, "timing").contains("  later:\n    - text: there are no health checks\n"));
    // What builds on a capability of the document is linked to it.
    assert!(below(&imported, "content/capabilities/on-call.yaml", "builds_on").contains("capability: rollback"));
}

#[test]
fn numbers_levels_definitions_and_tables_without_a_heading() {
    let imported = import("shapes", &document("shapes"));
    assert_eq!(faults(&imported), "");
    let pooling = "content/capabilities/connection-pooling.yaml";
    let text = &imported.files[pooling];
    assert!(text.starts_with("title: Connection pooling\nlayer: capabilities\n"), "{text}");
    assert!(text.contains("\ncomplexity: low\n") && !text.contains("complexity_note"), "{text}");
    assert!(below(&imported, pooling, "trade_offs").contains("- option: pgbouncer\n"), "{text}");
    let replicas = "content/capabilities/read-replicas.yaml";
    assert!(imported.files[replicas].contains("title: Read replicas\n"));
    assert!(imported.files[replicas].contains("\ncomplexity: medium\n"));
    assert!(below(&imported, replicas, "triggers").contains("text: reports slow the users down\n"));
    assert!(below(&imported, replicas, "not_when").contains("text: a read must see the write before it\n"));
    assert!(imported.files["content/capabilities/sharding.yaml"].contains("\ncomplexity: high\n"));
    assert!(imported.files["content/layers/capabilities.yaml"].contains("title: Capabilities\n"));
    // Terms that name no part of a capability stay prose.
    assert!(imported.files["content/pages/glossary.md"].contains("\nShard\n: a part of the data\n"));
}

#[test]
fn what_was_decoded_twice_is_mended_and_said() {
    let imported = import("damaged", &document("damaged"));
    assert_eq!(faults(&imported), "");
    let caching = "content/capabilities/caching.yaml";
    assert!(below(&imported, caching, "triggers").contains("text: Pages take > 2 s – every day\n"));
    assert!(below(&imported, caching, "not_when").contains("text: Data changes every second\n"));
    assert!(below(&imported, caching, "builds_on").contains("component: redis\n    adds: keeps what was read\n"));
    assert!(imported.files["content/site.yaml"].contains("title: Ruined café\n"));
    assert!(imported.report.contains("had lost a part; write it again"), "{}", imported.report);
}

#[test]
fn the_verb_writes_a_site_and_its_report() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| {
        let program = Command::new(env!("CARGO_BIN_EXE_worthwhile")).args(args).current_dir(folder.path()).output();
        program.expect("the program runs")
    };
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/dutch.md");
    let source = source.to_str().expect("UTF-8");
    let output = run(&["import", source, "--out", "mine"]);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{talk}");
    assert!(talk.contains("3 capabilities and 3 pages") && talk.contains("import-report.md"), "{talk}");
    assert_eq!(run(&["build", "mine"]).status.code(), Some(0));
    // Never into a site that is there.
    assert_eq!(run(&["import", source, "--out", "mine"]).status.code(), Some(3));
    fs::write(folder.path().join("latin.md"), b"# caf\xe9\n").expect("written");
    assert_eq!(run(&["import", "latin.md", "--out", "other"]).status.code(), Some(1));
}

fn cases() -> u32 {
    std::env::var("IMPORTS").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Lines of all documents in any order: nothing is lost, and what comes out builds. More of them:
    /// `IMPORTS=8000 cargo test --release --test import any_order`.
    #[test]
    fn any_order_of_lines_is_imported(
        picks in prop::collection::vec((0..=DOCUMENTS.len(), 0..120usize), 1..60)
    ) {
        let documents: Vec<String> = DOCUMENTS.iter().map(|name| document(name)).collect();
        let mut lines: Vec<Vec<&str>> = documents.iter().map(|d| d.lines().collect()).collect();
        lines.push(ODD.to_vec());
        let text: Vec<&str> = picks.iter().map(|(d, n)| lines[*d][n % lines[*d].len()]).collect();
        let text = text.join("\n");
        let imported = import("any", &text);
        prop_assert_eq!(faults(&imported), "", "{}", text);
        // Repaired characters are other words; they are looked at above.
        if !text.contains('\u{c3}') && !text.contains('\u{e2}') && !text.contains('\u{fffd}') && !text.contains('\u{11f}') {
            assert_accounted(&text, &imported);
        }
    }
}
