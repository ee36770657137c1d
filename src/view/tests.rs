use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::output::Site;
use crate::read::{self, Sources};
use crate::render::{self, Theme};

const SITE: &str = "title: T\nquestion: Q\ndescription: D\n";
const CAPABILITY: &str = "title: Mesh\nlayer: l\nsummary: S\ncomplexity: { from: low, to: high }\n";

fn theme() -> Theme {
    Theme::load(&BTreeMap::new(), "en").expect("the default theme loads")
}

/// A plan of these files below `content/`, beside a layer, a fact and a capability.
fn plan(files: &[(&str, &str)]) -> Plan {
    let mut all = BTreeMap::from([
        ("site.yaml", SITE),
        ("layers/l.yaml", "title: Base\norder: 1\nsummary: S\n"),
        ("facts/f.yaml", "n: { title: N, question: Q, type: integer, unit: { one: service, other: services } }\n"),
        ("capabilities/mesh.yaml", CAPABILITY),
    ]);
    all.extend(files.iter().copied());
    let mut sources = Sources::default();
    for (path, text) in all {
        sources.files.insert(Arc::from(format!("content/{path}")), Arc::from(text.as_bytes()));
    }
    let (plan, diagnostics) = crate::compile(&sources, None);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    plan
}

fn page_at(plan: &Plan, route: &str) -> View {
    let page = plan.at(&Route::new(route)).unwrap_or_else(|| panic!("no page at {route}"));
    view(plan, &theme().look, page)
}

fn prose(plan: &Plan, route: &str) -> String {
    match page_at(plan, route).page {
        PageView::Prose(page) => page.intro_html.unwrap_or_default(),
        other => panic!("no prose page: {other:?}"),
    }
}

fn capability_of(plan: &Plan, id: &str) -> capability::CapabilityPage {
    match page_at(plan, &format!("capabilities/{id}.html")).page {
        PageView::Capability(page) => *page,
        other => panic!("no capability page: {other:?}"),
    }
}

fn check_prose(markdown: &str, html: &str) {
    let page = format!("---\ntitle: P\n---\n{markdown}\n");
    assert_eq!(prose(&plan(&[("pages/a/p.md", &page)]), "pages/a/p.html"), html, "{markdown}");
}

#[test]
fn holes_become_relative_links() {
    check_prose("[[mesh]]", r#"<p><a href="../../capabilities/mesh.html">Mesh</a></p>"#);
    check_prose("[[fact:n|how *many*]]", r#"<p><a href="../../facts/n.html">how <em>many</em></a></p>"#);
    check_prose("[[layer:l]]", r#"<p><a href="../../layers/l.html">Layer 1</a></p>"#);
    check_prose("[that](../../capabilities/mesh.yaml)", r#"<p><a href="../../capabilities/mesh.html">that</a></p>"#);
    check_prose("[[p#here]]\n\n## Here", "<p><a href=\"p.html#here\">P</a></p>");
    check_prose("[up](#here)\n\n## Here", "<p><a href=\"#here\">up</a></p>");
}

#[test]
fn statements_link_their_facts_and_their_page() {
    let yaml = format!(
        "{CAPABILITY}triggers:\n  - {{ id: many, text: Many, when: 'n > 5 || n == 2' }}\n  - {{ id: prose, text: Prose }}\nnot_when:\n  - A monolith\n"
    );
    let page = capability_of(&plan(&[("capabilities/mesh.yaml", &yaml)]), "mesh");
    let [many, prose] = &page.trigger.as_ref().expect("a section").statements[..] else { panic!("two triggers") };
    let condition = many.condition.as_ref().expect("a condition");
    let fact = r#"<a href="../facts/n.html">n</a>"#;
    assert_eq!(condition.cel_html, format!("{fact} &gt; 5 || {fact} == 2"));
    assert_eq!(many.condition_words.as_ref(), Some(&condition.words));
    assert_eq!(condition.words, "more than 5 services or exactly 2 services");
    assert_eq!((many.anchor.as_str(), many.href.as_deref()), ("trigger-many", Some("../triggers/mesh.many.html")));
    assert_eq!(prose.condition, None);
    let not_when = page.not_when.expect("a section");
    assert_eq!((not_when.statements[0].anchor.as_str(), &not_when.statements[0].href), ("not-when-1", &None));
}

#[test]
fn the_gist_says_what_is_derived() {
    let yaml = format!(
        "{CAPABILITY}matrix: {{ skip_if: Few }}\ntriggers:\n  - {{ id: a, text: A }}\n  - {{ id: b, text: '*B*' }}\n  - {{ id: c, text: C }}\n"
    );
    let half = |texts: &[&str], derived| parts::GistHalf {
        texts_html: texts.iter().map(|text| text.to_string()).collect(),
        derived,
    };
    let gist = capability_of(&plan(&[("capabilities/mesh.yaml", &yaml)]), "mesh").gist;
    assert_eq!(gist.worth_it_when, half(&["A", "<em>B</em>"], true));
    assert_eq!(gist.skip_if, Some(half(&["Few"], false)));
    assert_eq!(gist.complexity.label, "Low to high");
    assert_eq!((gist.complexity.pips, gist.complexity.rank), (["on", "may", "may"], 13));
}

#[test]
fn prose_goes_into_the_section_that_its_heading_names() {
    let markdown = "First.\n\n## Why {#trigger}\n\nBecause.\n\n## Before\n\nLook.\n";
    let yaml = format!("{CAPABILITY}triggers:\n  - {{ id: a, text: A }}\n");
    let plan = plan(&[("capabilities/mesh.yaml", &yaml), ("capabilities/mesh.md", markdown)]);
    let page = capability_of(&plan, "mesh");
    assert_eq!(page.intro_html.as_deref(), Some("<p>First.</p>"));
    assert_eq!(page.trigger.expect("a section").prose_html.as_deref(), Some("<p>Because.</p>"));
    assert_eq!(page.sections.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["before"]);
    let frame = page_at(&plan, "capabilities/mesh.html").frame;
    assert_eq!(frame.toc.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["trigger", "before"]);
}

#[test]
fn grey_zones_carry_their_unit() {
    let yaml = format!(
        "{CAPABILITY}triggers:\n  - {{ id: many, text: Many, when: n > 5 }}\nnot_when:\n  - {{ text: Few, when: n < 5 }}\n"
    );
    let plan = plan(&[("capabilities/mesh.yaml", &yaml)]);
    let page = capability_of(&plan, "mesh");
    assert_eq!(page.trigger.expect("a section").grey_zones[0].range, "exactly 5 services");
    let PageView::Fact(fact) = page_at(&plan, "facts/n.html").page else { panic!("no fact page") };
    let rows = fact.line.expect("a number line").rows;
    let ranges: Vec<&str> = rows.iter().map(|row| row.range.as_str()).collect();
    assert_eq!(ranges, ["0 to 4", "exactly 5", "6 or more"]);
    assert!(rows[1].cells[0].grey && rows[1].cells[0].bars.is_empty());
    assert_eq!(rows[2].cells[0].bars[0].href, "../capabilities/mesh.html#trigger-many");
}

#[test]
fn views_are_placed_in_prose() {
    let yaml = format!(
        "{CAPABILITY}triggers:\n  - {{ id: many, text: Many, when: n > 5 }}\ntrade_offs:\n  options:\n    - {{ option: a, pros: [Fast, Small] }}\nbuilds_on:\n  - {{ component: c, adds: More }}\n"
    );
    let files = |markdown: &str| {
        let page = format!("---\ntitle: P\n---\n{markdown}\n");
        let plan = plan(&[
            ("capabilities/mesh.yaml", &yaml),
            ("options/a.yaml", "title: A\nkind: tool\nsummary: S\n"),
            ("components/c.yaml", "title: C\nlayer: l\norder: 1\nsummary: S\n"),
            (
                "cases/shop.yaml",
                "title: Shop\norder: 1\nsummary: S\nfacts: { n: 8 }\nexpect: { mesh: [adopt, wait] }\n",
            ),
            ("pages/p.md", &page),
        ]);
        prose(&plan, "pages/p.html")
    };
    let check = |view: &str, expected: &[&str]| {
        let html = files(&format!("```{view}\n```"));
        for part in expected {
            assert!(html.contains(part), "{view}: no {part} in {html}");
        }
    };
    let mesh = r#"<a href="../capabilities/mesh.html">Mesh</a>"#;
    check("matrix\nl", &[r#"aria-label="Decision matrix""#, &format!("<th scope=\"row\">{mesh}</th><td>Many</td>")]);
    check("options\nmesh", &[r#"<a href="../options/a.html">A</a>"#, "<ul><li>Fast</li><li>Small</li></ul>"]);
    check("verdicts\nshop", &["verdict-adopt", mesh]);
    check("graph\nmesh", &["<svg", "../components/c.html"]);
    check("graph\nl", &["<svg", "../capabilities/mesh.html"]);
    check("number-line\nn", &["<svg", "Mesh"]);
    let twice = files("```number-line\nn\n```\n\n```number-line\nn\n```");
    assert!(twice.contains(r#"id="line-1-title""#) && twice.contains(r#"id="line-2-title""#), "{twice}");
}

#[test]
fn a_comparison_marks_what_is_the_same() {
    let option = |licence: &str| format!("title: O\nkind: tool\nsummary: S\nlicence: {licence}\n");
    let yaml = format!(
        "{CAPABILITY}trade_offs:\n  keep: {{ pros: [Nothing new] }}\n  options:\n    - {{ option: a, pros: [Fast], cons: [Big] }}\n    - {{ option: b, pros: [Fast], cons: [Slow] }}\n"
    );
    let plan = plan(&[
        ("capabilities/mesh.yaml", &yaml),
        ("options/a.yaml", &option("MIT")),
        ("options/b.yaml", &option("MIT")),
    ]);
    let PageView::TradeOff(page) = page_at(&plan, "trade-offs/mesh.html").page else { panic!("no trade-off page") };
    let same: Vec<(&str, bool)> = page.criteria.iter().map(|c| (c.id.as_str(), c.same)).collect();
    assert_eq!(same, [("gives", true), ("costs", false), ("kind", true), ("licence", true)]);
    assert_eq!(page.columns.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["keep", "a", "b"]);
}

#[test]
fn rows_with_free_columns_are_compared_as_options_are() {
    let yaml = format!(
        "{CAPABILITY}not_when:\n  - Few\ntrade_offs:\n  columns: [{{ id: a, title: A }}, {{ id: b, title: B }}, {{ id: use-when, title: Use }}]\n  rows:\n    - {{ when: n > 5, cells: {{ a: One *row*, b: Same, use-when: Many }} }}\n    - {{ when: n > 9, cells: {{ a: One row, b: Same }} }}\n"
    );
    let plan = plan(&[("capabilities/mesh.yaml", &yaml)]);
    let PageView::TradeOff(page) = page_at(&plan, "trade-offs/mesh.html").page else { panic!("no trade-off page") };
    assert_eq!(page.columns.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["keep", "one-row", "one-row-2"]);
    assert_eq!(page.columns[1].title_html, "One <em>row</em>");
    let same: Vec<(&str, bool)> = page.criteria.iter().map(|c| (c.id.as_str(), c.same)).collect();
    assert_eq!(same, [("use-when", false), ("b", true)]);
    let reasons: Vec<&str> = page.criteria[0].cells.iter().map(|c| c.statements[0].text_html.as_str()).collect();
    assert_eq!(reasons[..2], ["Few", "Many"], "{reasons:?}");
    assert!(page.criteria[1].cells[0].not_applicable && !page.criteria[1].cells[1].not_applicable);
}

#[test]
fn the_page_for_lost_readers_links_absolutely() {
    let lost = page_at(&plan(&[]), "404.html").frame;
    assert_eq!((lost.root.as_str(), lost.home_href.as_str(), lost.canonical), ("/", "/index.html", None));
    let site = format!("{SITE}base_url: https://example.org/sub/\n");
    let plan = plan(&[("site.yaml", &site)]);
    assert_eq!(page_at(&plan, "404.html").frame.home_href, "/sub/index.html");
    assert_eq!(page_at(&plan, "index.html").frame.canonical.as_deref(), Some("https://example.org/sub/"));
    let mesh = page_at(&plan, "capabilities/mesh.html").frame;
    assert_eq!(mesh.og.url.as_deref(), Some("https://example.org/sub/capabilities/mesh.html"));
    assert_eq!(mesh.home_href, "../index.html");
}

#[test]
fn the_frame_knows_where_the_page_stands() {
    let site = format!("{SITE}edit_url: https://example.org/edit/{{path}}\n");
    let files = [
        ("site.yaml", site.as_str()),
        ("capabilities/grid.yaml", "title: Grid\nlayer: l\norder: 1\nsummary: S\ncomplexity: low\n"),
        ("capabilities/mesh.yaml", "title: Mesh\nlayer: l\norder: 2\nsummary: S\ncomplexity: low\n"),
    ];
    let frame = page_at(&plan(&files), "capabilities/mesh.html").frame;
    let crumbs: Vec<(&str, Option<&str>)> =
        frame.breadcrumb.iter().map(|c| (c.title.as_str(), c.href.as_deref())).collect();
    assert_eq!(crumbs, [("Home", Some("../index.html")), ("Layer 1: Base", Some("../layers/l.html")), ("Mesh", None)]);
    let nav: Vec<(&str, Option<&str>)> = frame.nav.iter().map(|n| (n.title.as_str(), n.current)).collect();
    assert_eq!(nav, [("Matrix", None), ("Assess", None), ("Layers", Some("true"))]);
    assert_eq!(frame.edit_href.as_deref(), Some("https://example.org/edit/content/capabilities/mesh.yaml"));
    assert_eq!(frame.previous, Some(parts::Link { title: "Grid".into(), href: "grid.html".into() }));
    assert_eq!((frame.next, frame.title.as_str()), (None, "Mesh – T"));
}

#[test]
fn every_link_of_the_real_content_leads_somewhere() {
    let sources = read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the content is there");
    let (plan, diagnostics) = crate::compile(&sources, None);
    assert_eq!(diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), [""; 0]);
    let site = Site::new(plan, theme()).complete();
    let mut pages = BTreeMap::new();
    for page in site.plan.pages.iter() {
        let html = render::render(&site.plan, &site.theme, page).unwrap_or_else(|error| panic!("{error}"));
        pages.insert(page.route.clone(), String::from_utf8(html).expect("pages are UTF-8"));
    }
    let files: BTreeSet<&str> = site.outputs.keys().map(|route| &**route).collect();
    let ids: BTreeMap<&Route, BTreeSet<&str>> =
        pages.iter().map(|(route, html)| (route, attributes(html, &["id"]).collect())).collect();

    let mut dead = Vec::new();
    for (route, html) in &pages {
        for link in attributes(html, &["href", "src"]) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            if link.contains(':') {
                continue;
            }
            let target = if path.is_empty() { route.clone() } else { resolve(route, path) };
            let is = match ids.get(&target) {
                // A fragment may also be a situation.
                Some(ids) => anchor.is_empty() || anchor.starts_with("s=1&") || ids.contains(anchor),
                None => files.contains(target.as_str()),
            };
            if !is {
                dead.push(format!("{route}: {link}"));
            }
        }
    }
    assert_eq!(dead, [""; 0]);
}

/// The values of attributes in our own HTML.
fn attributes<'a>(html: &'a str, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
    names.iter().flat_map(move |name| {
        html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>()
    })
}

/// The route that a relative or absolute path leads to.
fn resolve(from: &Route, path: &str) -> Route {
    if let Some(absolute) = path.strip_prefix('/') {
        return Route::new(absolute);
    }
    let mut names: Vec<&str> = from.as_str().split('/').collect();
    names.pop();
    for name in path.split('/') {
        match name {
            ".." => {
                names.pop();
            }
            _ => names.push(name),
        }
    }
    Route::new(names.join("/"))
}
