use std::collections::BTreeMap;

use super::*;
use crate::draw::measure::Face;
use crate::draw::svg::check::{Node, TextBox, assert_publishable, assert_readable, text_boxes};

/// Capabilities, and per capability what it builds on with what that adds, as in the published site.
const REAL: [(&str, &[(&str, &str)]); 8] = [
    (
        "Service mesh",
        &[
            ("Cilium CNI", "The mesh adds L7 visibility"),
            ("Prometheus", "The mesh adds golden signals per service"),
            ("Network policies", "The mesh adds mTLS (zero trust)"),
        ],
    ),
    (
        "Distributed tracing",
        &[
            ("Prometheus", "Traces add detail at the level of a request"),
            ("Loki", "A trace ID in the logs correlates them with traces"),
            ("Grafana", "One view of metrics, logs and traces"),
        ],
    ),
    (
        "Chaos engineering",
        &[
            ("Velero", "A chaos test shows whether a cluster restore works"),
            ("Prometheus", "Experiments become visible in metrics"),
            ("HA set-up", "Chaos validates that HA really works"),
        ],
    ),
    (
        "Policy enforcement",
        &[
            ("Pod Security Standards", "Policies enforce them automatically"),
            ("Network policies", "A policy generates the default-deny rules"),
            ("RBAC", "A policy audits changes to RBAC"),
        ],
    ),
    (
        "Cost visibility",
        &[
            ("Prometheus", "Kubecost uses its CPU and memory metrics"),
            ("Resource limits", "The cost tool shows waste (limits against usage)"),
        ],
    ),
    (
        "Multi-region readiness",
        &[
            ("Cilium CNI", "It can join clusters (Cluster Mesh)"),
            ("Velero", "Backups can be restored in another region (DR)"),
            ("Stateless design", "Makes several regions possible"),
        ],
    ),
    (
        "Observability extension",
        &[
            ("Prometheus", "Monitoring of SLOs"),
            ("Loki", "Structured logging with a trace ID"),
            ("Grafana", "Observability in one place"),
        ],
    ),
    (
        "Security and auditing",
        &[
            ("RBAC", "Changes to RBAC are audited"),
            ("Loki", "Central storage of audit logs"),
            ("Vault", "Access to secrets is audited"),
        ],
    ),
];

const COMPONENTS: [&str; 12] = [
    "Cilium CNI",
    "Network policies",
    "Prometheus",
    "Loki",
    "Grafana",
    "Velero",
    "HA set-up",
    "Pod Security Standards",
    "RBAC",
    "Resource limits",
    "Stateless design",
    "Vault",
];

fn real() -> WiringGrid {
    WiringGrid {
        label: "What the capabilities of Layer 2 build on; the same as a list above".into(),
        layer_label: "Layer 2".into(),
        layer_title: "Enhancement".into(),
        columns: REAL
            .iter()
            .map(|(title, links)| GridColumn {
                title: (*title).into(),
                href: format!("../capabilities/{}.html", title.to_lowercase().replace(' ', "-")),
                links: links
                    .iter()
                    .map(|(to, adds)| GridLink {
                        row: COMPONENTS.iter().position(|c| c == to).expect("a component"),
                        adds: (*adds).into(),
                    })
                    .collect(),
            })
            .collect(),
        rows: COMPONENTS
            .iter()
            .map(|title| GridRow {
                title: (*title).into(),
                href: format!("../components/{}.html", title.to_lowercase().replace(' ', "-")),
                group: "Layer 1, Foundation".into(),
            })
            .collect(),
    }
}

/// A layer of `count` capabilities with long and short names, words that do not break, and three groups of rows.
fn generated(count: usize) -> WiringGrid {
    let words = ["Kubernetes", "cost", "observability", "of", "infrastructure", "Zuverlässigkeitsprüfung", "a", "SLO"];
    let text = |seed: usize, length: usize| -> String {
        (0..length).map(|i| words[(seed * 7 + i * 3 + i * i) % words.len()]).collect::<Vec<_>>().join(" ")
    };
    WiringGrid {
        label: "A wide layer".into(),
        layer_label: "Layer 7".into(),
        layer_title: "Everything that was ever wanted".into(),
        columns: (0..count)
            .map(|i| GridColumn {
                title: format!("{} {i}", text(i, 1 + i % 4)),
                href: format!("c{i}.html"),
                links: (0..i % 6)
                    .map(|k| GridLink { row: (i * 5 + k * 11) % 30, adds: text(i + k, (i + 2 * k) % 12) })
                    .collect(),
            })
            .collect(),
        rows: (0..30)
            .map(|i| GridRow {
                title: format!("{} {i}", text(i + 3, 1 + i % 3)),
                href: format!("r{i}.html"),
                group: ["Layer 1, Foundation", "Layer 7, Everything that was ever wanted", ""][i % 3].into(),
            })
            .collect(),
    }
}

/// What the theme sets each text in.
fn font(svg: &Node) -> impl Fn(&Node) -> Option<(f64, Face)> + use<> {
    let small = svg.has_class("graph-narrow") || svg.has_class("graph-page-narrow");
    let size = move |wide: f64| if small { 11.0 } else { wide };
    move |text| {
        Some(match text.get("class") {
            Some("adds" | "muted") => (size(12.0), Face::Regular),
            None if text.children().iter().any(|line| line.has_class("node-link")) => (size(13.0), Face::Regular),
            Some("shelf-title") | None => (size(13.0), Face::Bold),
            Some(other) => panic!("the theme does not know {other}"),
        })
    }
}

fn view_box(svg: &Node) -> (f64, f64) {
    let numbers: Vec<f64> =
        svg.get("viewBox").expect("a viewBox").split(' ').map(|n| n.parse().expect("a number")).collect();
    (numbers[2], numbers[3])
}

fn boxes(svg: &Node) -> Vec<TextBox> {
    text_boxes(svg, view_box(svg).0, &font(svg))
}

/// Checks every drawing of a page and gives them back.
fn checked(markup: &str) -> Vec<Node> {
    let drawings = assert_publishable(markup);
    for svg in &drawings {
        assert_readable(&boxes(svg), view_box(svg), 0.0);
        assert_words_off_wires(svg);
    }
    drawings
}

/// No text but that inside nodes may lie on a wire or a dot.
fn assert_words_off_wires(svg: &Node) {
    let words: Vec<TextBox> = boxes(svg).into_iter().filter(|b| b.class == "adds").collect();
    let numbers = |d: &str| -> Vec<f64> {
        d.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|n| n.parse().ok()).collect()
    };
    for wire in svg.all().into_iter().filter(|n| n.name() == "path") {
        let n = numbers(wire.get("d").expect("a path"));
        let (left, top, right, bottom) =
            if wire.has_class("wire-row") { (n[0], n[1], n[2], n[1]) } else { (n[0], n[1], n[0], n[2]) };
        for b in &words {
            let crosses = b.left < right && left < b.right && b.top < bottom && top < b.bottom;
            assert!(!crosses, "{b:?} lies on {wire:?}");
        }
    }
}

fn links(svg: &Node) -> Vec<(&str, String)> {
    let links = svg.all().into_iter().filter(|n| n.name() == "a");
    links.map(|a| (a.get("href").expect("a link"), a.get("aria-label").map_or(a.text(), str::to_owned))).collect()
}

#[test]
fn the_real_layer_is_one_readable_grid_in_each_size() {
    let drawings = checked(&layer(&real()));
    assert_eq!(drawings.len(), 2);
    assert!(drawings[0].has_class("graph-wide") && drawings[1].has_class("graph-narrow"));
    for svg in &drawings {
        assert_eq!(svg.all().iter().filter(|n| n.has_class("dot")).count(), 23);
        let hrefs: Vec<&str> = links(svg).into_iter().map(|(href, _)| href).collect();
        assert_eq!(hrefs.len(), 20);
        assert_eq!(hrefs[0], "../capabilities/service-mesh.html");
        assert_eq!(hrefs[8], "../components/cilium-cni.html");
        assert!(links(svg).iter().all(|(_, name)| !name.is_empty() && !name.ends_with('…')));
    }
    // Every word of what is added stands in the wide drawing.
    let said: String = boxes(&drawings[0]).iter().map(|b| b.text.clone() + " ").collect();
    for word in REAL.iter().flat_map(|(_, links)| *links).flat_map(|(_, adds)| adds.split(' ')) {
        assert!(said.contains(word), "{word} is missing");
    }
    assert!(view_box(&drawings[0]).1 < 1200.0, "{:?}", view_box(&drawings[0]));
}

#[test]
fn a_page_shows_one_capability_with_its_words_in_both_sizes() {
    for column in 0..8 {
        let grid = WiringGrid { columns: vec![real().columns[column].clone()], ..real() };
        let drawings = checked(&page(&grid));
        assert_eq!(drawings.len(), 2);
        for svg in &drawings {
            let said: String = boxes(svg).iter().map(|b| b.text.clone() + " ").collect();
            for word in grid.columns[0].links.iter().flat_map(|link| link.adds.split(' ')) {
                assert!(said.contains(word), "{word} is missing");
            }
            assert_eq!(links(svg).len(), 1 + grid.columns[0].links.len());
        }
    }
}

#[test]
fn forty_capabilities_make_five_grids_of_eight() {
    let drawings = checked(&layer(&generated(40)));
    assert_eq!(drawings.len(), 10);
    let mut seen = BTreeMap::new();
    for svg in &drawings {
        let columns = svg.all().iter().filter(|n| n.has_class("column")).count();
        assert_eq!(columns, 8);
        for (href, name) in links(svg) {
            assert!(!name.ends_with('…'), "a cut name has its whole name for assistive technology: {name}");
            *seen.entry(href.to_owned()).or_insert(0) += 1;
        }
    }
    assert!((0..40).all(|i| seen[&format!("c{i}.html")] == 2), "each capability stands once in each size");
    assert_eq!(drawings[0].get("aria-label"), Some("A wide layer (1/5)"));
}

#[test]
fn every_number_of_capabilities_is_readable() {
    for count in 0..=17 {
        checked(&layer(&generated(count)));
        checked(&page(&generated(count)));
    }
    // Nine are five and four, not eight and one.
    let drawings = checked(&layer(&generated(9)));
    let columns = |svg: &Node| svg.all().iter().filter(|n| n.has_class("column")).count();
    assert_eq!(drawings.iter().map(columns).collect::<Vec<_>>(), [5, 4, 5, 4]);
}

#[test]
fn rows_are_gathered_by_group_and_unused_ones_left_out() {
    let mut grid = real();
    grid.rows[2].group = "Layer 2, Enhancement".into();
    grid.columns.truncate(2);
    let drawings = checked(&layer(&grid));
    let names: Vec<String> = links(&drawings[0]).into_iter().map(|(_, name)| name).collect();
    assert_eq!(
        names,
        ["Service mesh", "Distributed tracing", "Cilium CNI", "Network policies", "Loki", "Grafana", "Prometheus"]
    );
}

#[test]
fn markup_in_texts_stays_text() {
    let evil = r#"<script>alert("x")</script> & 'y'"#;
    let grid = WiringGrid {
        label: evil.into(),
        layer_label: evil.into(),
        layer_title: evil.into(),
        columns: vec![GridColumn {
            title: evil.into(),
            href: r#""><script>"#.into(),
            links: vec![GridLink { row: 0, adds: evil.into() }, GridLink { row: 99, adds: String::new() }],
        }],
        rows: vec![GridRow { title: evil.into(), href: "a&b".into(), group: evil.into() }],
    };
    for markup in [layer(&grid), page(&grid)] {
        let drawings = checked(&markup);
        assert_eq!(drawings[0].get("aria-label"), Some(evil));
        assert_eq!(links(&drawings[0])[0].0, r#""><script>"#);
        assert!(!markup.contains("<script"));
    }
}

#[test]
fn a_layer_without_foundations_and_one_without_capabilities() {
    let grid = WiringGrid {
        columns: vec![GridColumn { title: "Alone".into(), href: "alone.html".into(), links: Vec::new() }],
        rows: Vec::new(),
        ..real()
    };
    assert_eq!(links(&checked(&layer(&grid))[0]), [("alone.html", "Alone".to_owned())]);
    assert_eq!(layer(&WiringGrid { columns: Vec::new(), ..grid }), "");
}

#[test]
fn the_same_grid_gives_the_same_bytes() {
    assert_eq!(layer(&generated(40)), layer(&generated(40)));
    assert_eq!(page(&real()), page(&real()));
}
