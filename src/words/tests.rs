//! What readers are told, condition by condition.

use std::sync::Arc;

use super::*;
use crate::read::Sources;

const FACTS: &str = "\
services: { title: Services, question: Q, type: integer, unit: { one: service, other: services } }
hours: { title: Hours, question: Q, type: number, unit: { one: hour, other: hours }, words: { yes: 'debugging takes {}' } }
growth: { title: Growth, question: Q, type: number, unit: '% a month' }
score: { title: Score, question: Q, type: integer, range: [-5, 5] }
mtls: { title: mTLS, question: Q, type: boolean, words: { yes: mTLS is required, no: mTLS is not required } }
stable: { title: Stable, question: Q, type: boolean, words: { yes: Layer 1 is stable } }
bare: { title: Bare, question: Q, type: boolean }
chains:
  title: Call chains
  question: Q
  type: choice
  options: { simple: simple, complex: complex, other: of another kind }
  words: { yes: 'call chains are {}', no: 'call chains are not {}' }
cloud: { title: Cloud, question: Q, type: choice, options: { aws: AWS, azure: Azure } }
rules:
  title: Compliance regimes
  question: Q
  type: choices
  options: { gdpr: GDPR, dora: DORA, pci-dss: PCI-DSS }
  words: { yes: '{} applies', no: '{} does not apply', none: no regime applies }
stack: { title: Stack, question: Q, type: choices, options: { vault: Vault, nomad: Nomad } }
";

/// A catalog with one trigger.
fn catalog(when: &str) -> Catalog {
    let capability = format!(
        "title: C\nlayer: l\nsummary: S\ncomplexity: low\ntriggers:\n  - id: t\n    text: T\n    when: '{when}'\n"
    );
    let mut sources = Sources::default();
    for (path, text) in [
        ("content/site.yaml", "title: T\nquestion: Q\ndescription: D\n"),
        ("content/layers/l.yaml", "title: L\norder: 1\nsummary: S\n"),
        ("content/facts/f.yaml", FACTS),
        ("content/capabilities/c.yaml", &capability),
    ] {
        sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
    }
    let (plan, diagnostics) = crate::compile(&sources, None);
    assert!(!diagnostics.has_errors(), "{when}: {diagnostics:#?}");
    (*plan.catalog).clone()
}

#[test]
fn conditions_read_as_sentences() {
    for (when, expected) in [
        ("services > 5", "more than 5 services"),
        ("services >= 1", "at least 1 service"),
        ("services < 3", "fewer than 3 services"),
        ("services == 1", "exactly 1 service"),
        ("!(services != 1)", "exactly 1 service"),
        ("hours > 0.5", "debugging takes more than 0.5 hours"),
        ("hours <= 1.0", "debugging takes at most 1 hour"),
        ("hours < 4", "debugging takes less than 4 hours"),
        ("growth > 20", "more than 20% a month"),
        ("score > -2", "Score: more than -2"),
        ("mtls", "mTLS is required"),
        ("!mtls", "mTLS is not required"),
        ("mtls == false", "mTLS is not required"),
        ("!(mtls != false)", "mTLS is not required"),
        ("stable", "Layer 1 is stable"),
        ("!stable", "not: Layer 1 is stable"),
        ("!bare", "Bare: no"),
        ("chains == \"complex\"", "call chains are complex"),
        ("chains != \"complex\"", "call chains are not complex"),
        ("chains in [\"simple\", \"complex\"]", "call chains are simple or complex"),
        ("cloud == \"aws\"", "Cloud: AWS"),
        ("cloud != \"aws\"", "Cloud: not AWS"),
        ("\"gdpr\" in rules", "GDPR applies"),
        ("!(\"gdpr\" in rules)", "GDPR does not apply"),
        ("rules == []", "no regime applies"),
        ("!(rules == [])", "some regime applies"),
        ("stack == []", "Stack: none"),
        ("!(stack == [])", "Stack: some"),
        ("services > 5 && chains == \"complex\"", "more than 5 services and call chains are complex"),
        ("mtls || services < 3", "mTLS is required or fewer than 3 services"),
        (
            "mtls && (\"gdpr\" in rules || \"dora\" in rules)",
            "mTLS is required and either GDPR applies or DORA applies",
        ),
        ("!(mtls && services > 5)", "mTLS is not required or at most 5 services"),
        ("mtls || stable || bare", "mTLS is required, Layer 1 is stable, or Bare: yes"),
    ] {
        let catalog = catalog(when);
        let condition = catalog.capabilities[0].triggers[0].when.as_deref().unwrap();
        assert_eq!(super::condition(&catalog, condition), expected, "{when}");
    }
}

#[test]
fn answers_read_on_their_own() {
    let catalog = catalog("mtls");
    let ix = |id: &str| catalog.fact_ix(id).unwrap();
    let ids = |list: &[&str]| list.iter().map(|s| s.to_string()).collect();
    for (fact, answer, expected) in [
        ("services", Answer::Number(8.0), "8 services"),
        ("services", Answer::Range { min: Some(5.0), max: Some(10.0) }, "5 to 10 services"),
        ("services", Answer::Range { min: Some(3.0), max: None }, "at least 3 services"),
        ("hours", Answer::Range { min: None, max: Some(1.5) }, "at most 1.5 hours"),
        ("mtls", Answer::Bool(true), "yes"),
        ("mtls", Answer::Unknown, "I don’t know"),
        ("chains", Answer::Choice("other".into()), "of another kind"),
        ("chains", Answer::OneOf(ids(&["simple", "other"])), "simple or of another kind"),
        ("rules", Answer::Set(ids(&["dora", "gdpr"])), "GDPR, DORA"),
        ("rules", Answer::Set(ids(&[])), "none"),
    ] {
        assert_eq!(super::answer(&catalog, ix(fact), &answer), expected);
    }
}

#[test]
fn what_is_needed_reads_as_a_bound() {
    let catalog = catalog("mtls");
    let ix = |id: &str| catalog.fact_ix(id).unwrap();
    let line = |min, min_open, max, max_open| LineCell { min, min_open, max, max_open };
    let ids = |list: &[&str]| list.iter().map(|s| s.to_string()).collect::<Vec<String>>();
    let numbers = |cells: &[LineCell]| Needed::Numbers(cells.to_vec());
    for (fact, needed, expected) in [
        ("services", numbers(&[line(11.0, false, None, false)]), "more than 10 services"),
        ("services", numbers(&[line(0.0, false, Some(4.0), false)]), "fewer than 5 services"),
        ("services", numbers(&[line(3.0, false, Some(4.0), false)]), "3 to 4 services"),
        ("services", numbers(&[line(5.0, false, Some(5.0), false)]), "exactly 5 services"),
        (
            "services",
            numbers(&[line(0.0, false, Some(2.0), false), line(11.0, false, None, false)]),
            "fewer than 3 services or more than 10 services",
        ),
        ("hours", numbers(&[line(1.0, true, None, false)]), "debugging takes more than 1 hour"),
        ("hours", numbers(&[line(1.0, false, None, false)]), "debugging takes at least 1 hour"),
        ("hours", numbers(&[line(0.0, false, Some(2.0), true)]), "debugging takes less than 2 hours"),
        (
            "hours",
            numbers(&[line(1.0, true, Some(2.0), false)]),
            "debugging takes more than 1 hour and at most 2 hours",
        ),
        ("score", numbers(&[line(-5.0, false, Some(-1.0), false)]), "Score: fewer than 0"),
        ("mtls", Needed::Bool(false), "mTLS is not required"),
        ("chains", Needed::Options(ids(&["simple", "complex"])), "call chains are not of another kind"),
        ("chains", Needed::Options(ids(&["simple"])), "call chains are simple"),
        (
            "rules",
            Needed::Set { with: ids(&["gdpr"]), without: ids(&["dora"]), empty: None },
            "GDPR applies and DORA does not apply",
        ),
        ("rules", Needed::Set { with: Vec::new(), without: Vec::new(), empty: Some(true) }, "no regime applies"),
        ("rules", Needed::Set { with: Vec::new(), without: Vec::new(), empty: Some(false) }, "some regime applies"),
    ] {
        assert_eq!(super::needed(&catalog, ix(fact), &needed), expected);
    }
    let add = Change::Add(ids(&["gdpr", "dora"]));
    assert_eq!(super::change(&catalog, ix("rules"), &add), "GDPR or DORA applies");
    assert_eq!(super::change(&catalog, ix("rules"), &Change::Remove(ids(&["gdpr"]))), "GDPR does not apply");
    let way = Way {
        needs: vec![
            (ix("services"), Needed::Numbers(vec![line(6.0, false, None, false)])),
            (ix("mtls"), Needed::Bool(true)),
        ],
    };
    assert_eq!(super::way(&catalog, &way), "more than 5 services and mTLS is required");
}
