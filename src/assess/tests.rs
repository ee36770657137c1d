//! The rules one by one.

use std::sync::Arc;

use super::lanes::LineCell;
use super::*;
use crate::model::Answer;
use crate::model::condition::FactIx;
use crate::read::Sources;

/// A catalog of one capability, from its lists and the facts they read.
pub(super) fn catalog(facts: &str, lists: &str) -> Catalog {
    let capability = format!("title: C\nlayer: l\nsummary: S\ncomplexity: low\n{lists}");
    several(facts, &[("c", &capability)])
}

fn several(facts: &str, capabilities: &[(&str, &str)]) -> Catalog {
    let mut sources = Sources::default();
    let mut add = |path: String, text: &str| {
        sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
    };
    add("content/site.yaml".into(), "title: T\nquestion: Q\ndescription: D\n");
    add("content/layers/l.yaml".into(), "title: L\norder: 1\nsummary: S\n");
    add("content/options/o.yaml".into(), "title: O\nkind: tool\nsummary: S\n");
    add("content/options/p.yaml".into(), "title: P\nkind: tool\nsummary: S\n");
    add("content/options/q.yaml".into(), "title: Q\nkind: tool\nsummary: S\n");
    add("content/facts/f.yaml".into(), facts);
    for (id, text) in capabilities {
        add(format!("content/capabilities/{id}.yaml"), text);
    }
    let (catalog, diagnostics) = crate::link::link(crate::parse::parse(&sources).0);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    catalog
}

pub(super) const FACTS: &str = "\
services: { title: S, question: Q, type: integer }
hours: { title: H, question: Q, type: number }
a: { title: A, question: Q, type: boolean }
b: { title: B, question: Q, type: boolean }
shape: { title: C, question: Q, type: choice, options: { x: X, y: Y, z: Z } }
rules: { title: R, question: Q, type: choices, options: { g: G, d: D, p: P } }
";

pub(super) const SERVICES: FactIx = FactIx(0);
pub(super) const HOURS: FactIx = FactIx(1);
pub(super) const A: FactIx = FactIx(2);
pub(super) const B: FactIx = FactIx(3);
pub(super) const SHAPE: FactIx = FactIx(4);
pub(super) const SET: FactIx = FactIx(5);

fn profile<const N: usize>(answers: [(FactIx, Answer); N]) -> Profile {
    Profile { answers: answers.into_iter().collect() }
}

pub(super) fn number(n: f64) -> Answer {
    Answer::Number(n)
}

pub(super) fn range(min: f64, max: f64) -> Answer {
    Answer::Range { min: Some(min), max: Some(max) }
}

pub(super) fn set(ids: &[&str]) -> Answer {
    Answer::Set(ids.iter().map(|s| s.to_string()).collect())
}

pub(super) fn choice(id: &str) -> Answer {
    Answer::Choice(id.into())
}

/// "verdict rule possible because": `adopt now adopt triggers0+ now0+`.
fn summary(c: &CapabilityAssessment) -> String {
    let mark = |t: Truth| match t {
        Truth::True => '+',
        Truth::False => '-',
        Truth::Unknown => '?',
    };
    let because: Vec<String> =
        c.because.iter().map(|s| format!("{}{}{}", s.list.name(), s.place, mark(s.truth))).collect();
    let possible: Vec<&str> = c.possible.iter().map(|v| v.name()).collect();
    let verdict = c.verdict.map_or("none", Verdict::name);
    format!("{verdict} {} {} {}", c.rule.map_or("none", Rule::name), possible.join(","), because.join(" "))
        .trim()
        .to_owned()
}

#[track_caller]
fn check<const N: usize>(lists: &str, answers: [(FactIx, Answer); N], expected: &str) -> CapabilityAssessment {
    let assessed = assess(&catalog(FACTS, lists), &profile(answers)).capabilities.remove(0);
    assert_eq!(summary(&assessed), expected);
    assessed
}

pub(super) const MESH: &str = "\
triggers: [{ id: many, text: T, when: services > 5 }]
not_when: [{ text: N, when: shape == \"x\" || services < 3 }, { text: prose }]
timing:
  now: [{ text: W, when: a }]
  later: [{ text: L, when: services < 5 }]
";

#[test]
fn rule_1_a_not_when_that_holds_rules_out() {
    let c = check(
        MESH,
        [(SERVICES, number(8.0)), (SHAPE, choice("x")), (A, Answer::Bool(true))],
        "skip not-when skip not_when0+",
    );
    let against: Vec<ListKind> = c.against.iter().map(|s| s.list).collect();
    assert_eq!(against, [ListKind::Trigger, ListKind::Now]);
    assert_eq!(c.flips.len(), 1, "{:?}", c.flips);
    assert_eq!(c.flips[0].fact, SHAPE);
    assert_eq!(c.flips[0].change, Change::To(Needed::Options(vec!["y".into(), "z".into()])));
    assert_eq!((c.flips[0].to, c.flips[0].settled), (Verdict::Adopt, true));
}

#[test]
fn rule_2_a_reason_to_wait_that_holds_delays() {
    check(MESH, [(SERVICES, number(4.0)), (SHAPE, choice("y"))], "wait later wait later0+");
    check(MESH, [(SERVICES, number(4.0))], "wait later wait,skip later0+");
}

#[test]
fn rule_3_without_a_trigger_it_is_open_or_waits() {
    check(MESH, [(SHAPE, choice("y"))], "open no-trigger adopt,consider,wait,skip triggers0?");
    // Exactly 5: neither trigger nor reason to wait, the grey zone.
    let c = check(
        MESH,
        [(SERVICES, number(5.0)), (SHAPE, choice("y")), (A, Answer::Bool(true))],
        "wait no-trigger wait triggers0-",
    );
    let services: Vec<&Flip> = c.flips.iter().filter(|f| f.fact == SERVICES).collect();
    assert_eq!(services.len(), 2);
    assert_eq!(services[0].to, Verdict::Skip, "the nearest changing cell below is 0 to 2");
    let above = LineCell { min: 6.0, min_open: false, max: None, max_open: false };
    assert_eq!(services[1].change, Change::To(Needed::Numbers(vec![above])));
}

#[test]
fn rule_4_staged_timing_prepares_until_all_hold() {
    const STAGED: &str = "\
triggers: [{ id: t, text: T, when: a }]
timing:
  prepare: [{ text: P, when: b }]
  activate_when: [{ text: X, when: b }, { text: Y, when: services > 3 }]
";
    let yes = Answer::Bool(true);
    let both = "activate_when0+ activate_when1+";
    check(
        STAGED,
        [(A, yes.clone()), (B, yes.clone()), (SERVICES, number(4.0))],
        &format!("adopt staged adopt triggers0+ {both}"),
    );
    check(
        STAGED,
        [(A, yes.clone()), (SERVICES, number(3.0))],
        "prepare staged prepare triggers0+ activate_when0? activate_when1-",
    );
    let c =
        check(STAGED, [(A, yes.clone())], "prepare staged adopt,prepare triggers0+ activate_when0? activate_when1?");
    assert_eq!(c.unless.len(), 1, "only both together change it: {:?}", c.unless);
    assert_eq!(c.unless[0].statements.len(), 2);
    assert_eq!((c.unless[0].to, c.unless[0].settled), (Verdict::Adopt, true));
    const BARE: &str = "triggers: [{ id: t, text: T, when: a }]\ntiming: { prepare: [P], activate_when: [prose] }\n";
    check(BARE, [(A, yes)], "prepare staged prepare triggers0+");
}

#[test]
fn rule_5_a_reason_to_act_now_or_none_needed_adopts() {
    let yes = Answer::Bool(true);
    check(MESH, [(SERVICES, number(8.0)), (SHAPE, choice("y")), (A, yes.clone())], "adopt now adopt triggers0+ now0+");
    check("triggers: [{ id: t, text: T, when: a }]\n", [(A, yes)], "adopt now adopt triggers0+");
}

#[test]
fn rule_6_relevant_and_nothing_presses() {
    let no = Answer::Bool(false);
    let c = check(
        MESH,
        [(SERVICES, number(8.0)), (SHAPE, choice("y")), (A, no)],
        "consider nothing-presses consider triggers0+ now0-",
    );
    assert!(c.against.is_empty());
    let c = check(
        MESH,
        [(SERVICES, number(8.0)), (SHAPE, choice("y"))],
        "consider nothing-presses adopt,consider triggers0+",
    );
    assert!(!c.settled);
    assert_eq!(c.unless[0].ways[0].needs, [(A, Needed::Bool(true))]);
}

#[test]
fn without_a_conditioned_trigger_it_is_guidance_only() {
    let c = check(
        "triggers: [{ id: t, text: T }]\nnot_when: [{ text: N, when: a }]\n",
        [(A, Answer::Bool(true))],
        "none none",
    );
    assert_eq!(c.statements.len(), 1);
    let catalog = catalog(FACTS, "triggers: [{ id: t, text: T }]\n");
    assert_eq!(assess(&catalog, &Profile::default()).progress, Progress::Settled, "nothing to ask for");
}

#[test]
fn what_is_so_in_every_cell_is_known() {
    check("triggers: [{ id: t, text: T, when: services > 5 || services <= 5 }]\n", [], "adopt now adopt triggers0+");
    check(
        "triggers: [{ id: t, text: T, when: services > 5 && services <= 5 }]\n",
        [],
        "wait no-trigger wait triggers0-",
    );
    check(
        "triggers: [{ id: t, text: T, when: '!(rules == []) || !(\"g\" in rules)' }]\n",
        [],
        "adopt now adopt triggers0+",
    );
    // Between neighbours there is no integer, but there is a number.
    check(
        "triggers: [{ id: t, text: T, when: services > 5 && services < 6 }]\n",
        [],
        "wait no-trigger wait triggers0-",
    );
    check(
        "triggers: [{ id: t, text: T, when: hours > 5 && hours < 6 }]\n",
        [],
        "open no-trigger adopt,wait triggers0?",
    );
    // The domain starts at 0.
    check("triggers: [{ id: t, text: T, when: hours >= 0 }]\n", [], "adopt now adopt triggers0+");
}

#[test]
fn kleene_is_enough_where_one_side_is_known() {
    check("triggers: [{ id: t, text: T, when: a || b }]\n", [(A, Answer::Bool(true))], "adopt now adopt triggers0+");
    check(
        "triggers: [{ id: t, text: T, when: a && b }]\n",
        [(A, Answer::Bool(false))],
        "wait no-trigger wait triggers0-",
    );
    check(
        "triggers: [{ id: t, text: T, when: a && b }]\n",
        [(A, Answer::Bool(true))],
        "open no-trigger adopt,wait triggers0?",
    );
}

#[test]
fn whatever_the_unknown_is_it_may_come_to_the_same() {
    // One of two not-whens must hold.
    let lists = "triggers: [{ id: t, text: T, when: b }]\nnot_when: [{ text: N, when: a }, { text: M, when: '!a' }]\n";
    check(lists, [(B, Answer::Bool(true))], "skip every-completion skip not_when0? not_when1?");
    // The trigger brings a reason to wait with it.
    let lists = "triggers: [{ id: t, text: T, when: a }]\ntiming: { later: [{ text: L, when: a }] }\n";
    check(lists, [], "wait every-completion wait triggers0? later0?");
    // The rules say adopt, but that is impossible: skip or wait.
    let lists = "triggers: [{ id: t, text: T, when: b }]\nnot_when: [{ text: N, when: a }]\ntiming: { later: [{ text: L, when: '!a' }] }\n";
    let c = check(lists, [(B, Answer::Bool(true))], "wait every-completion wait,skip not_when0? later0?");
    assert_eq!(c.unless.len(), 1);
    assert_eq!(c.unless[0].to, Verdict::Skip);
}

#[test]
fn ranges_and_options_leave_cells_open() {
    check(
        MESH,
        [(SERVICES, range(4.0, 8.0)), (SHAPE, choice("y")), (A, Answer::Bool(true))],
        "open no-trigger adopt,wait triggers0?",
    );
    let c = check(
        MESH,
        [(SERVICES, range(6.0, 8.0)), (SHAPE, choice("y")), (A, Answer::Bool(true))],
        "adopt now adopt triggers0+ now0+",
    );
    let outside = c.flips.iter().filter(|f| f.fact == SERVICES).count();
    assert_eq!(outside, 1, "a range's flips lie outside it: {:?}", c.flips);
    let one_of = Answer::OneOf(["y", "z"].map(String::from).into());
    check(
        MESH,
        [(SERVICES, number(8.0)), (SHAPE, one_of), (A, Answer::Bool(true))],
        "adopt now adopt triggers0+ now0+",
    );
    let one_of = Answer::OneOf(["x", "z"].map(String::from).into());
    let c = check(
        MESH,
        [(SERVICES, number(8.0)), (SHAPE, one_of), (A, Answer::Bool(true))],
        "adopt now adopt,skip triggers0+ now0+",
    );
    assert_eq!(c.unless[0].ways[0].needs, [(SHAPE, Needed::Options(vec!["x".into()]))]);
}

#[test]
fn answers_that_contradict_themselves_say_nothing_and_are_told() {
    let catalog = catalog(FACTS, MESH);
    let bad = profile([
        (SERVICES, range(9.0, 6.0)),
        (HOURS, Answer::Number(f64::NAN)),
        (A, number(1.0)),
        (B, Answer::Bool(true)),
        (SHAPE, choice("round")),
        (SET, set(&["g", "nothing"])),
    ]);
    let told: Vec<(FactIx, Unusable)> = unusable(&catalog, &bad);
    assert_eq!(told[0], (SERVICES, Unusable::EmptyRange { min: 9.0, max: 6.0 }));
    assert_eq!(told[1], (HOURS, Unusable::NotFinite));
    assert_eq!(told[2], (A, Unusable::WrongType));
    assert_eq!(told[3], (SHAPE, Unusable::UnknownOption("round".into())));
    assert_eq!(told[4], (SET, Unusable::UnknownOption("nothing".into())));
    assert_eq!(assess(&catalog, &bad), assess(&catalog, &profile([(B, Answer::Bool(true))])));
    assert_eq!(
        unusable(&catalog, &profile([(SERVICES, range(5.2, 5.8))]))[0].1,
        Unusable::EmptyRange { min: 5.2, max: 5.8 }
    );
    assert_eq!(unusable(&catalog, &profile([(SERVICES, number(5.5))]))[0].1, Unusable::NotWhole(5.5));
    assert_eq!(
        unusable(&catalog, &profile([(HOURS, number(-1.0))]))[0].1,
        Unusable::TooLow { value: -1.0, lowest: 0.0 }
    );
    assert!(unusable(&catalog, &profile([(HOURS, range(0.2, 0.2)), (SERVICES, range(-3.0, 4.0))])).is_empty());
}

#[test]
fn exactly_five_services_are_grey() {
    // More than 5 make it relevant, fewer than 5 delay it, fewer than 3 rule it out: of 5 no rule speaks.
    let known = |services: f64| [(SERVICES, number(services)), (SHAPE, choice("y")), (A, Answer::Bool(true))];
    let c = check(MESH, known(5.0), "wait no-trigger wait triggers0-");
    assert!(c.statements.iter().filter(|s| s.list != ListKind::Now).all(|s| s.truth == Truth::False), "{c:?}");
    check(MESH, known(6.0), "adopt now adopt triggers0+ now0+");
    check(MESH, known(4.0), "wait later wait later0+");
    check(MESH, known(2.0), "skip not-when skip not_when0+");
    let line = lanes::number_line(&catalog(FACTS, MESH), SERVICES).unwrap();
    let grey: Vec<LineCell> = line.lanes[0].grey.iter().map(|&n| line.cells[n]).collect();
    assert!(matches!(grey[..], [LineCell { min: 5.0, max: Some(5.0), .. }]), "{grey:?}");
}

#[test]
fn i_do_not_know_is_unknown_and_not_asked_again() {
    let catalog = catalog(FACTS, MESH);
    let all = Profile { answers: (0..catalog.facts.len()).map(|n| (FactIx(n), Answer::Unknown)).collect() };
    let (nothing, unknown) = (assess(&catalog, &Profile::default()), assess(&catalog, &all));
    assert_eq!(unknown.capabilities, nothing.capabilities);
    assert_eq!((nothing.progress, unknown.progress), (Progress::Asking, Progress::Exhausted));
    assert!(!nothing.next_questions.is_empty() && unknown.next_questions.is_empty());
    let some = assess(&catalog, &profile([(SERVICES, Answer::Unknown)]));
    assert!(some.next_questions.iter().all(|q| q.fact != SERVICES) && !some.next_questions.is_empty());
}

#[test]
fn not_applicable_is_a_choice_like_any_other() {
    let facts = "tier: { title: T, question: Q, type: choice, options: { gold: G, silver: S, not-applicable: N } }\n\
                 a: { title: A, question: Q, type: boolean }\n";
    let lists = "triggers: [{ id: t, text: T, when: a }]\nnot_when: [{ text: N, when: tier == \"not-applicable\" }]\n";
    let catalog = catalog(facts, lists);
    let verdict = |answers: Vec<(FactIx, Answer)>| {
        let all = answers.into_iter().chain([(FactIx(1), Answer::Bool(true))]).collect();
        let assessed = assess(&catalog, &Profile { answers: all }).capabilities.remove(0);
        (assessed.verdict, assessed.settled)
    };
    assert_eq!(verdict(vec![(FactIx(0), choice("not-applicable"))]), (Some(Verdict::Skip), true));
    assert_eq!(verdict(vec![(FactIx(0), choice("gold"))]), (Some(Verdict::Adopt), true));
    // Unknown is something else.
    assert_eq!(verdict(Vec::new()), (Some(Verdict::Adopt), false));
    assert_eq!(verdict(vec![(FactIx(0), Answer::Unknown)]), (Some(Verdict::Adopt), false));
}

#[test]
fn sets_flip_by_a_member_more_or_less() {
    let lists = "triggers: [{ id: t, text: T, when: '\"g\" in rules && !(\"d\" in rules)' }, { id: u, text: U, when: 'rules == []' }]\n";
    let c = check(lists, [(SET, set(&["g"]))], "adopt now adopt triggers0+");
    let changes: Vec<&Change> = c.flips.iter().map(|f| &f.change).collect();
    assert_eq!(changes, [&Change::Add(vec!["d".into()])], "without g it would be empty, which is a trigger too");
    let c = check(lists, [(SET, set(&[]))], "adopt now adopt triggers1+");
    assert_eq!(c.flips[0].change, Change::Add(vec!["d".into(), "p".into()]));
    let c = check(lists, [(SET, set(&["p"]))], "wait no-trigger wait triggers0- triggers1-");
    let changes: Vec<&Change> = c.flips.iter().map(|f| &f.change).collect();
    assert_eq!(changes, [&Change::Add(vec!["g".into()]), &Change::Remove(vec!["p".into()])]);
    // What would be needed is said as members, or as emptiness.
    let c = check(lists, [], "open no-trigger adopt,wait triggers0? triggers1?");
    let needs: Vec<&Needed> = c.unless.iter().map(|u| &u.ways[0].needs[0].1).collect();
    let member = Needed::Set { with: vec!["g".into()], without: vec!["d".into()], empty: None };
    let none = Needed::Set { with: Vec::new(), without: Vec::new(), empty: Some(true) };
    assert_eq!(needs, [&member, &none]);
}

#[test]
fn where_no_single_answer_flips_several_do_together() {
    let lists =
        "triggers: [{ id: t, text: T, when: services > 1 }]\nnot_when: [{ text: N, when: a }, { text: M, when: b }]\n";
    let yes = Answer::Bool(true);
    let c =
        check(lists, [(SERVICES, number(8.0)), (A, yes.clone()), (B, yes)], "skip not-when skip not_when0+ not_when1+");
    assert!(c.flips.is_empty());
    let together = c.flips_together.expect("a settled verdict can change");
    assert_eq!(together.statements.len(), 2);
    assert_eq!(together.way.needs, [(A, Needed::Bool(false)), (B, Needed::Bool(false))]);
    assert_eq!(together.to, Verdict::Adopt);
}

#[test]
fn what_changes_together_is_all_that_must_change() {
    // Without rules `l` no longer holds, but neither does `u`: `t` must.
    let lists = "\
triggers: [{ id: t, text: T, when: 'rules == []' }, { id: u, text: U, when: 'rules != []' }]
timing: { later: [{ text: L, when: 'rules != []' }] }
";
    let c = check(lists, [(SET, set(&["g", "d"]))], "wait later wait later0+");
    assert!(c.flips.is_empty());
    let together = c.flips_together.expect("a settled verdict can change");
    assert_eq!(together.statements.len(), 2);
    assert_eq!(
        (&*together.way.needs, together.to),
        (&[(SET, Needed::Set { with: vec![], without: vec![], empty: Some(true) })][..], Verdict::Adopt)
    );
}

#[test]
fn unless_says_every_way_and_orders_by_weight() {
    let lists = "\
triggers: [{ id: t, text: T, when: services > 1 }]
not_when: [{ text: N, when: 'a && b' }]
timing:
  now: [{ text: W, when: hours > 4 }]
  later: [{ text: L, when: 'shape == \"x\" || shape == \"y\" || \"g\" in rules' }]
";
    let c = check(lists, [(SERVICES, number(8.0))], "consider nothing-presses adopt,consider,wait,skip triggers0+");
    let to: Vec<Verdict> = c.unless.iter().map(|u| u.to).collect();
    assert_eq!(to, [Verdict::Skip, Verdict::Wait, Verdict::Adopt]);
    assert_eq!(c.unless[0].ways[0].needs.len(), 2);
    let ways: Vec<&Needed> = c.unless[1].ways.iter().map(|w| &w.needs[0].1).collect();
    let member = Needed::Set { with: vec!["g".into()], without: Vec::new(), empty: None };
    assert_eq!(ways, [&Needed::Options(vec!["x".into(), "y".into()]), &member]);
}

#[test]
fn options_fit_by_their_reasons() {
    let lists = "\
triggers: [{ id: t, text: T, when: a }]
trade_offs:
  options:
    - { option: o, pros: [], cons: [], use_when: [{ text: U, when: services < 3 }, { text: V, when: b }] }
    - { option: p, pros: [], cons: [], use_when: [{ text: U, when: services < 3 }, prose] }
    - { option: q, pros: [], cons: [], use_when: [] }
";
    let catalog = catalog(FACTS, lists);
    let fits = |p: Profile| assess(&catalog, &p).capabilities[0].options.iter().map(|o| o.fit).collect::<Vec<_>>();
    use Fit::{DoesNotFit, Fits, Undecided};
    assert_eq!(fits(profile([])), [Undecided, Undecided, Undecided]);
    assert_eq!(fits(profile([(SERVICES, number(2.0))])), [Fits, Fits, Undecided]);
    assert_eq!(fits(profile([(SERVICES, number(3.0))])), [Undecided, Undecided, Undecided]);
    assert_eq!(fits(profile([(SERVICES, number(3.0)), (B, Answer::Bool(false))])), [DoesNotFit, Undecided, Undecided]);
}

#[test]
fn what_is_built_on_comes_first() {
    let capability = |trigger: &str, complexity: &str, below: &str| {
        let below =
            if below.is_empty() { String::new() } else { format!("builds_on: [{{ capability: {below}, adds: A }}]\n") };
        format!(
            "title: C\nlayer: l\nsummary: S\ncomplexity: {complexity}\ntriggers: [{{ id: t, text: T, when: {trigger} }}]\n{below}"
        )
    };
    // `mid` is not worthwhile itself, yet what stands on it stands on `base` too.
    let texts = [
        ("base", capability("a", "high", "")),
        ("easy", capability("a", "low", "")),
        ("mid", capability("b", "low", "base")),
        ("top", capability("a", "low", "mid")),
    ];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (*id, text.as_str())).collect();
    let catalog = several(FACTS, &texts);
    let assessment = assess(&catalog, &profile([(A, Answer::Bool(true)), (B, Answer::Bool(false))]));
    let order: Vec<&str> = assessment.order.iter().map(|&n| catalog.capabilities[n].id.as_str()).collect();
    assert_eq!(order, ["easy", "base", "top"]);
}

#[test]
fn questions_are_ranked_by_what_they_tell() {
    let c = |lists: &str| format!("title: C\nlayer: l\nsummary: S\ncomplexity: low\n{lists}");
    let (one, two) = (
        c("triggers: [{ id: t, text: T, when: a }]\n"),
        c("triggers: [{ id: t, text: T, when: 'a && services > 5' }]\n"),
    );
    let catalog = several(FACTS, &[("one", &one), ("two", &two)]);
    let assessment = assess(&catalog, &Profile::default());
    let told: Vec<(FactIx, String, usize, usize)> =
        assessment.next_questions.iter().map(|q| (q.fact, q.gain.to_string(), q.touches, q.could_settle)).collect();
    // a: of 2 verdicts each, "yes" settles one capability, "no" both: (1 + 2)/2, and a half for each trigger.
    // services: "5 or fewer" settles one capability: 1/2, and a half.
    assert_eq!(told, [(A, "5/2".into(), 2, 2), (SERVICES, "1".into(), 1, 1)]);
    assert_eq!(assessment.progress, Progress::Asking);
    let asked = profile([(A, Answer::Unknown), (SERVICES, number(9.0))]);
    assert_eq!(assess(&catalog, &asked).progress, Progress::Exhausted);
    assert_eq!(assess(&catalog, &profile([(A, Answer::Bool(false))])).progress, Progress::Settled);
}

#[test]
fn where_nothing_gains_the_largest_share_is_asked() {
    // Neither fact alone tells anything: the not-whens cover every completion only together with the other.
    let lists = "\
triggers: [{ id: t, text: T, when: services > 1 }]
not_when: [{ text: N, when: '(a && !b) || (!a && b)' }]
";
    let catalog = catalog(FACTS, lists);
    let assessment = assess(&catalog, &profile([(SERVICES, number(3.0))]));
    let told: Vec<(FactIx, String)> = assessment.next_questions.iter().map(|q| (q.fact, q.gain.to_string())).collect();
    assert_eq!(told, [(A, "0".into()), (B, "0".into())]);
}

#[test]
fn too_many_cells_name_their_facts() {
    // Seven pigeons, six holes: nothing short of trying it all shows that they do not fit.
    let name = |pigeon: usize, hole: usize| format!("p{pigeon}h{hole}");
    let facts: String = (0..7)
        .flat_map(|p| (0..6).map(move |h| format!("{}: {{ title: T, question: Q, type: boolean }}\n", name(p, h))))
        .collect();
    let housed: Vec<String> =
        (0..7).map(|p| format!("({})", (0..6).map(|h| name(p, h)).collect::<Vec<_>>().join(" || "))).collect();
    let shared: Vec<String> = (0..6)
        .flat_map(|h| (0..7).flat_map(move |p| (0..p).map(move |q| format!("({} && {})", name(p, h), name(q, h)))))
        .collect();
    let (housed, shared) = (housed.join(" && "), shared.join(" || "));
    let all: Vec<FactIx> = (0..42).map(FactIx).collect();
    let one = catalog(&facts, &format!("triggers: [{{ id: t, text: T, when: '{housed} && !({shared})' }}]\n"));
    assert_eq!(too_many_cells(&one), [TooManyCells { capability: 0, facts: all.clone(), of_the_site: false }]);
    let lists =
        format!("triggers: [{{ id: t, text: T, when: '{housed}' }}]\nnot_when: [{{ text: N, when: '{shared}' }}]\n");
    let two = catalog(&facts, &lists);
    assert_eq!(too_many_cells(&two), [TooManyCells { capability: 0, facts: all, of_the_site: false }]);

    let members: Vec<String> = (0..20).map(|n| format!("m{n}")).collect();
    let options: Vec<String> = members.iter().map(|m| format!("{m}: M")).collect();
    let facts = format!("big: {{ title: T, question: Q, type: choices, options: {{ {} }} }}\n", options.join(", "));
    let when: Vec<String> = members.iter().map(|m| format!("\"{m}\" in big")).collect();
    let large = catalog(&facts, &format!("triggers: [{{ id: t, text: T, when: '{}' }}]\n", when.join(" && ")));
    assert_eq!(too_many_cells(&large), [TooManyCells { capability: 0, facts: vec![FactIx(0)], of_the_site: false }]);
    // It is refused, but it does no harm.
    assess(&large, &Profile::default());
}
