//! Each kind of finding by an example, and what must not be found.

use std::sync::Arc;

use super::*;
use crate::assess::lanes::LineCell;
use crate::read::Sources;

const FACTS: &str = "\
services: { title: S, question: Q, type: integer }
a: { title: A, question: Q, type: boolean }
b: { title: B, question: Q, type: boolean }
rules: { title: R, question: Q, type: choices, options: { g: G, d: D } }
";

fn catalog(lists: &str, case: Option<&str>) -> Catalog {
    let capability = format!("title: C\nlayer: l\nsummary: S\ncomplexity: low\n{lists}");
    let mut files = vec![
        ("content/site.yaml", "title: T\nquestion: Q\ndescription: D\n"),
        ("content/layers/l.yaml", "title: L\norder: 1\nsummary: S\n"),
        ("content/options/o.yaml", "title: O\nkind: tool\nsummary: S\n"),
        ("content/facts/f.yaml", FACTS),
        ("content/capabilities/c.yaml", &capability),
    ];
    files.extend(case.map(|case| ("content/cases/x.yaml", case)));
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
    }
    let (catalog, diagnostics) = crate::link::link(crate::parse::parse(&sources).0);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    catalog
}

fn shown(catalog: &Catalog, at: &At) -> String {
    at.condition(catalog).map_or("?", |c| c.source.as_str()).to_owned()
}

/// Findings as "kind: what", idle facts left out.
#[track_caller]
fn check(lists: &str, expected: &[&str]) -> Vec<Finding> {
    let catalog = catalog(lists, None);
    let findings: Vec<Finding> =
        lint(&catalog).into_iter().filter(|f| !matches!(f.kind, FindingKind::FactDecidesNothing { .. })).collect();
    let told: Vec<String> = findings
        .iter()
        .map(|finding| {
            let what = match &finding.kind {
                FindingKind::NeverHolds { at } | FindingKind::AlwaysHolds { at } => shown(&catalog, at),
                FindingKind::Equivalent { at, to } => format!("{} = {}", shown(&catalog, at), shown(&catalog, to)),
                FindingKind::Implied { at, by } => format!("{} by {}", shown(&catalog, at), shown(&catalog, by)),
                FindingKind::LaterNeverDecides { at, not_when } => {
                    format!("{} before {}", shown(&catalog, not_when), shown(&catalog, at))
                }
                FindingKind::TriggerLeadsNowhere { at, blocked_by } => {
                    let by = blocked_by.map_or("several".into(), |by| shown(&catalog, &by));
                    format!("{} blocked by {by}", shown(&catalog, at))
                }
                FindingKind::VerdictUnreachable { verdict, .. } => verdict.name().into(),
                FindingKind::OptionNeverFits { row, .. } => row.to_string(),
                other => format!("{other:?}"),
            };
            format!("{}: {what}", finding.kind.name())
        })
        .collect();
    assert_eq!(told, expected);
    findings
}

#[test]
fn sound_advice_has_no_findings() {
    check(
        "triggers: [{ id: t, text: T, when: services > 5 }, { id: u, text: U, when: a }]\n\
         not_when: [{ text: N, when: services < 3 }]\n\
         timing: { now: [{ text: W, when: b }], later: [{ text: L, when: services < 5 }] }\n",
        &[],
    );
}

#[test]
fn statements_that_cannot_vary() {
    let findings = check(
        "triggers: [{ id: t, text: T, when: a }, { id: u, text: U, when: services > 5 && services < 6 }]\n\
         not_when: [{ text: N, when: 'b && (\"g\" in rules) && rules == []' }]\n\
         timing: { now: [{ text: W, when: b || !b }] }\n",
        &[
            "never-holds: services > 5 && services < 6",
            "never-holds: b && (\"g\" in rules) && rules == []",
            "always-holds: b || !b",
            "verdict-unreachable: consider",
            "verdict-unreachable: skip",
        ],
    );
    let cell = |min, max| LineCell { min, min_open: false, max, max_open: false };
    let cells: Vec<Needed> =
        [cell(0.0, Some(5.0)), cell(6.0, None)].into_iter().map(|c| Needed::Numbers(vec![c])).collect();
    assert_eq!(findings[0].cells, [(FactIx(0), cells)]);
    assert!(findings[0].span.file.ends_with("capabilities/c.yaml"));
}

#[test]
fn statements_that_say_nothing_new() {
    let findings = check(
        "triggers: [{ id: t, text: T, when: services > 5 }, { id: u, text: U, when: services >= 6 },\
         { id: v, text: V, when: services > 9 && a }]\n",
        &["equivalent: services >= 6 = services > 5", "implied: services > 9 && a by services > 5"],
    );
    let ten = Needed::Numbers(vec![LineCell { min: 10.0, min_open: false, max: None, max_open: false }]);
    assert_eq!(findings[1].cells, [(FactIx(0), vec![ten]), (FactIx(1), vec![Needed::Bool(true)])]);
    // Where all must hold, the wider one adds nothing.
    check(
        "triggers: [{ id: t, text: T, when: a }]\n\
         timing: { prepare: [P], activate_when: [{ text: X, when: services > 5 }, { text: Y, when: services > 2 }] }\n",
        &["implied: services > 2 by services > 5"],
    );
    // Prose beside it is another matter, and so is another list.
    check(
        "triggers: [{ id: t, text: T, when: a }, { id: u, text: U }]\ntiming: { now: [{ text: W, when: a || b }] }\n",
        &["verdict-unreachable: consider"],
    );
}

#[test]
fn what_an_earlier_rule_always_decides() {
    check(
        "triggers: [{ id: t, text: T, when: a }]\nnot_when: [{ text: N, when: services < 5 }]\n\
         timing: { later: [{ text: L, when: services <= 3 }] }\n",
        &["later-never-decides: services < 5 before services <= 3"],
    );
    check(
        "triggers: [{ id: t, text: T, when: services < 2 }, { id: u, text: U, when: a }, { id: v, text: V, when: b }]\n\
         not_when: [{ text: N, when: services < 5 }, { text: M, when: b && services > 3 }]\n\
         timing: { later: [{ text: L, when: b && services <= 3 }] }\n",
        &[
            "trigger-leads-nowhere: services < 2 blocked by services < 5",
            "trigger-leads-nowhere: b blocked by several",
            "later-never-decides: services < 5 before b && services <= 3",
        ],
    );
}

#[test]
fn verdicts_that_nobody_gets() {
    check(
        "triggers: [{ id: t, text: T, when: a }]\nnot_when: [{ text: N, when: '!a' }]\ntiming: { prepare: [P], activate_when: [{ text: X, when: '!a' }] }\n",
        &["verdict-unreachable: adopt", "verdict-unreachable: wait"],
    );
}

#[test]
fn options_that_never_fit() {
    let lists = |more: &str| {
        format!(
            "triggers: [{{ id: t, text: T, when: a }}]\ntrade_offs:\n  options:\n    \
             - {{ option: o, pros: [], cons: [], use_when: [{{ text: U, when: 'b && !b' }}{more}] }}\n"
        )
    };
    check(&lists(""), &["never-holds: b && !b", "option-never-fits: 0"]);
    check(&lists(", prose"), &["never-holds: b && !b"]);
}

#[test]
fn facts_that_decide_nothing() {
    let lists = "triggers: [{ id: t, text: T, when: a }]\ntiming: { prepare: [{ text: P, when: b }] }\n";
    let catalog = catalog(lists, None);
    let idle: Vec<FactIx> = lint(&catalog)
        .iter()
        .filter_map(|f| match f.kind {
            FindingKind::FactDecidesNothing { fact } => Some(fact),
            _ => None,
        })
        .collect();
    assert_eq!(idle, [FactIx(0), FactIx(2), FactIx(3)]);
}

#[test]
fn a_case_that_gets_another_verdict_names_what_decided() {
    let lists = "triggers: [{ id: t, text: T, when: a }]\nnot_when: [{ text: N, when: services < 3 }]\n";
    let case = |expect: &str| {
        format!(
            "title: X\norder: 1\nsummary: S\nconstructed: true\nfacts: {{ a: true, services: 2 }}\nexpect: {{ c: {expect} }}\n"
        )
    };
    assert_eq!(case_mismatches(&catalog(lists, Some(&case("[wait, skip]")))), []);
    let catalog = catalog(lists, Some(&case("adopt")));
    let findings = case_mismatches(&catalog);
    assert_eq!(findings.len(), 1);
    let FindingKind::CaseVerdict { found, because, settled, .. } = &findings[0].kind else { panic!("{findings:?}") };
    assert_eq!((*found, *settled), (Some(Verdict::Skip), true));
    assert_eq!(because.iter().map(|s| shown(&catalog, &s.at(0))).collect::<Vec<_>>(), ["services < 3"]);
    assert!(findings[0].span.file.ends_with("cases/x.yaml"));
    assert!(findings[0].other.as_ref().is_some_and(|s| s.file.ends_with("capabilities/c.yaml")));
}

#[test]
fn grey_zones_are_told_with_their_values() {
    let lists = "triggers: [{ id: t, text: T, when: services > 5 }]\nnot_when: [{ text: N, when: services < 3 }]\n\
                 timing: { now: [{ text: W, when: services == 4 }] }\n";
    let values = LineCell { min: 3.0, min_open: false, max: Some(5.0), max_open: false };
    assert_eq!(grey_zones(&catalog(lists, None)), [GreyZone { capability: 0, fact: FactIx(0), values }]);
}
