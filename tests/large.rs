//! A site of a thousand capabilities: its pages stay small enough to be read, and say where the rest is.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use worthwhile::output::{Output, Site};
use worthwhile::read::Sources;

const CAPABILITIES: usize = 1000;
/// Bytes of HTML.
const PAGE: usize = 300_000;
const ROW: usize = 1_000;

/// Sentences as long as those of the real content.
fn sentence(seed: usize, words: usize) -> String {
    const WORDS: [&str; 16] = [
        "services", "encrypt", "traffic", "between", "clusters", "without", "changes", "their", "budget", "audit",
        "policies", "measure", "regional", "failover", "owners", "approve",
    ];
    (0..words).map(|n| WORDS[(seed * 7 + n * n + n * 3) % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

/// Capabilities in three layers, one of which holds most of them. All of them build on one component and, but for the
/// first, on one capability, read one fact and name one option; the rest is spread.
fn sources() -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: String, text: String| {
        sources.files.insert(Arc::from(path.as_str()), Arc::from(text.as_bytes()));
    };
    add(
        "content/site.yaml".into(),
        "title: T\nquestion: Q?\ndescription: D\nbase_url: https://example.org/\nhome: { case: case-0 }\n".into(),
    );
    for n in 0..3 {
        add(
            format!("content/layers/layer-{n}.yaml"),
            format!("title: Layer {n}\norder: {n}\nsummary: {}\n", sentence(n, 9)),
        );
    }
    let mut facts = String::new();
    for n in 0..200 {
        let of = if n % 2 == 0 { "integer, range: [0, 100]" } else { "boolean" };
        writeln!(
            facts,
            "fact_{n}: {{ title: Fact {n}, question: 'How many {} are there?', type: {of} }}",
            sentence(n, 4)
        )
        .unwrap();
    }
    add("content/facts/all.yaml".into(), facts);
    for n in 0..600 {
        let text = format!("title: Option {n}\nkind: tool\nsummary: {}\n", sentence(n, 14));
        add(format!("content/options/option-{n}.yaml"), text);
    }
    for n in 0..150 {
        let text = format!("title: Component {n}\nlayer: layer-0\nsummary: {}\n", sentence(n, 10));
        add(format!("content/components/component-{n}.yaml"), text);
    }
    let when = |n: usize, at: usize| match (n + at) % 200 {
        fact if fact % 2 == 0 => format!("fact_{fact} > {}", 5 + n % 60),
        fact => format!("fact_{fact}"),
    };
    for n in 0..CAPABILITIES {
        let layer = if n % 10 < 7 { 1 } else { 2 };
        let mut text = format!(
            "title: Capability number {n}\nlayer: layer-{layer}\norder: {n}\nsummary: {}\ncomplexity: medium\n",
            sentence(n, 13)
        );
        let first = if n < 50 { format!("fact_0 > {n}") } else { format!("fact_0 > 7 && {}", when(n, 2)) };
        writeln!(text, "triggers:\n  - {{ id: a, text: {}, when: '{first}' }}", sentence(n, 6)).unwrap();
        writeln!(text, "  - {{ id: b, text: {}, when: '{}' }}", sentence(n + 1, 6), when(n, 5)).unwrap();
        writeln!(text, "not_when:\n  - {{ text: {}, when: '{}' }}", sentence(n + 2, 6), when(n, 11)).unwrap();
        writeln!(text, "timing:\n  now:\n    - {{ text: {}, when: '{}' }}", sentence(n + 3, 6), when(n, 20)).unwrap();
        text += "trade_offs:\n  keep: { title: Keep, pros: [Cheap] }\n  options:\n";
        for option in [0, 1 + n % 599] {
            let row = sentence(n + option, 5);
            writeln!(text, "    - {{ option: option-{option}, pros: [{row}], cons: [{row}], use_when: [{row}] }}")
                .unwrap();
        }
        text += "decision_points:\n";
        for id in ["x", "y", "z"] {
            let ask = sentence(n, 8);
            writeln!(text, "  - {{ id: {id}, question: '{}?', ask: ['{ask}?', '{ask}?'] }}", sentence(n + 4, 8))
                .unwrap();
        }
        writeln!(text, "builds_on:\n  - {{ component: component-0, adds: {} }}", sentence(n, 7)).unwrap();
        writeln!(text, "  - {{ component: component-{}, adds: {} }}", 1 + n % 149, sentence(n, 7)).unwrap();
        if n > 0 {
            writeln!(text, "  - {{ capability: capability-0, adds: {} }}", sentence(n, 7)).unwrap();
        }
        add(format!("content/capabilities/capability-{n}.yaml"), text);
    }
    for n in 0..3 {
        let facts: String =
            (0..200).step_by(2).map(|fact| format!("  fact_{fact}: {}\n", (fact + n * 20) % 60)).collect();
        let text = format!("title: Case {n}\nsummary: {}\nconstructed: true\nfacts:\n{facts}", sentence(n, 12));
        add(format!("content/cases/case-{n}.yaml"), text);
    }
    sources
}

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let sources = sources();
        let (plan, mut diagnostics) = worthwhile::compile(&sources, None);
        worthwhile::output::site(&sources, plan, &mut diagnostics)
            .unwrap_or_else(|| panic!("{diagnostics:?}"))
            .complete()
    })
}

fn text(route: &str) -> String {
    let bytes = site().bytes(&site().output(route).unwrap_or_else(|| panic!("there is no {route}"))).unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn no_page_but_the_matrix_is_too_large() {
    let pages: Vec<_> = site().outputs.iter().filter(|(_, output)| matches!(output, Output::Page(_))).collect();
    assert!(pages.len() > 4 * CAPABILITIES, "{} pages", pages.len());
    let mut sizes: Vec<(usize, &str)> =
        pages.par_iter().map(|(route, output)| (site().bytes(output).unwrap().len(), route.as_ref())).collect();
    sizes.retain(|(size, route)| *size > PAGE && *route != "matrix.html");
    sizes.sort_unstable();
    assert_eq!(sizes, [], "pages above {PAGE} bytes");
}

#[test]
fn a_row_of_the_matrix_is_small() {
    let matrix = text("matrix.html");
    let rows: Vec<&str> = matrix.split("<tr data-layer").skip(1).collect();
    assert_eq!(rows.len(), CAPABILITIES);
    let largest = rows[..rows.len() - 1].iter().map(|row| row.len()).max();
    assert!(largest <= Some(ROW), "{largest:?} bytes");
}

#[test]
fn what_a_page_does_not_tell_it_links_to() {
    let check = |route: &str, link: &str, times: usize| {
        let found = text(route).matches(link).count();
        assert!(found >= times, "{route}: {found} of {times} {link}");
    };
    // Every capability is named on the page of its layer, of what it builds on, of a fact, of an option, of a case.
    check("layers/layer-1.html", "href=\"../capabilities/capability-", 700);
    check("components/component-0.html", "href=\"../capabilities/capability-", CAPABILITIES);
    check("capabilities/capability-0.html", "href=\"capability-", CAPABILITIES - 1);
    check("facts/fact_0.html", "href=\"../capabilities/capability-", CAPABILITIES);
    check("options/option-0.html", "href=\"../trade-offs/capability-", CAPABILITIES);
    check("cases/case-0.html", "href=\"../capabilities/capability-", CAPABILITIES);
    check("checklist.html", "#decision-points\"", CAPABILITIES);
    check("capabilities/index.html", "href=\"capability-", CAPABILITIES);
    // The assessment leads to the cases and, by layer, to the rules.
    check("assess.html", "href=\"cases/case-", 3);
    check("assess.html", "href=\"capabilities/index.html#layer-", 2);
    // The home page names a few of each verdict.
    let home = text("index.html");
    assert!(home.contains("more</li>") && home.matches("href=\"capabilities/").count() < 40, "{home}");
}

#[test]
fn the_decision_points_of_every_capability_are_in_the_script_of_the_checklist() {
    let script = text("assets/points.js");
    let list = script.strip_prefix("worthwhile.points=").and_then(|rest| rest.strip_suffix(";\n")).unwrap();
    let list: Vec<serde_json::Value> = serde_json::from_str(list).unwrap();
    assert_eq!(list.len(), CAPABILITIES);
    assert_eq!(list[3]["points"][0][0], "capability-3.decision-x");
    assert!(!script.contains('<'), "what could end a script");
    assert!(text("checklist.html").contains("data-points=\"assets/points.js "));
}

#[test]
fn the_twin_of_the_home_page_does_not_name_the_verdict_of_every_capability() {
    let (home, case) = (text("index.md"), text("cases/case-0.md"));
    let named = |text: &str| text.matches("capabilities/capability-").count();
    assert!(named(&case) >= CAPABILITIES, "the page of the case names all");
    assert!(home.contains("cases/case-0.md") && named(&home) < 100, "{} on the home page", named(&home));
}
