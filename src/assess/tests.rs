//! The rules one by one, and properties of small random models against brute force.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::lanes::LineCell;
use super::*;
use crate::model::condition::FactIx;
use crate::model::{Answer, Condition, Expr, Literal, Op, Span, Spanned, Statement, Text, Timing};
use crate::read::Sources;

/// A catalog of one capability, from its lists and the facts they read.
fn catalog(facts: &str, lists: &str) -> Catalog {
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

const FACTS: &str = "\
services: { title: S, question: Q, type: integer }
hours: { title: H, question: Q, type: number }
a: { title: A, question: Q, type: boolean }
b: { title: B, question: Q, type: boolean }
shape: { title: C, question: Q, type: choice, options: { x: X, y: Y, z: Z } }
rules: { title: R, question: Q, type: choices, options: { g: G, d: D, p: P } }
";

const SERVICES: FactIx = FactIx(0);
const HOURS: FactIx = FactIx(1);
const A: FactIx = FactIx(2);
const B: FactIx = FactIx(3);
const SHAPE: FactIx = FactIx(4);
const SET: FactIx = FactIx(5);

fn profile<const N: usize>(answers: [(FactIx, Answer); N]) -> Profile {
    Profile { answers: answers.into_iter().collect() }
}

fn number(n: f64) -> Answer {
    Answer::Number(n)
}

fn range(min: f64, max: f64) -> Answer {
    Answer::Range { min: Some(min), max: Some(max) }
}

fn set(ids: &[&str]) -> Answer {
    Answer::Set(ids.iter().map(|s| s.to_string()).collect())
}

fn choice(id: &str) -> Answer {
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

const MESH: &str = "\
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
    assert_eq!(too_many_cells(&one), [TooManyCells { capability: 0, facts: all.clone() }]);
    let lists =
        format!("triggers: [{{ id: t, text: T, when: '{housed}' }}]\nnot_when: [{{ text: N, when: '{shared}' }}]\n");
    let two = catalog(&facts, &lists);
    assert_eq!(too_many_cells(&two), [TooManyCells { capability: 0, facts: all }]);

    let members: Vec<String> = (0..20).map(|n| format!("m{n}")).collect();
    let options: Vec<String> = members.iter().map(|m| format!("{m}: M")).collect();
    let facts = format!("big: {{ title: T, question: Q, type: choices, options: {{ {} }} }}\n", options.join(", "));
    let when: Vec<String> = members.iter().map(|m| format!("\"{m}\" in big")).collect();
    let large = catalog(&facts, &format!("triggers: [{{ id: t, text: T, when: '{}' }}]\n", when.join(" && ")));
    assert_eq!(too_many_cells(&large), [TooManyCells { capability: 0, facts: vec![FactIx(0)] }]);
    // It is refused, but it does no harm.
    assess(&large, &Profile::default());
}

// Properties, on random models over the six facts above.

static BASE: LazyLock<Catalog> = LazyLock::new(|| catalog(FACTS, MESH));

/// A value of each fact.
#[derive(Debug, Clone)]
struct World {
    services: f64,
    hours: f64,
    a: bool,
    b: bool,
    shape: &'static str,
    set: Vec<&'static str>,
}

/// Enough values to meet every cell that thresholds 1 to 3 can cut.
fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for services in 0..=4 {
        for hours in 0..=8 {
            for bits in 0..32u32 {
                for shape in ["x", "y", "z"] {
                    let set = ["g", "d", "p"].into_iter().enumerate().filter(|(n, _)| bits >> n & 1 == 1);
                    worlds.push(World {
                        services: f64::from(services),
                        hours: f64::from(hours) / 2.0,
                        a: bits >> 3 & 1 == 1,
                        b: bits >> 4 & 1 == 1,
                        shape,
                        set: set.map(|(_, m)| m).collect(),
                    });
                }
            }
        }
    }
    worlds
}

/// The plain meaning of a condition.
fn holds(expr: &Expr<FactIx>, w: &World) -> bool {
    match expr {
        Expr::Or(parts) => parts.iter().any(|p| holds(p, w)),
        Expr::And(parts) => parts.iter().all(|p| holds(p, w)),
        Expr::Not(part) => !holds(part, w),
        Expr::Is(fact) => {
            if *fact == A {
                w.a
            } else {
                w.b
            }
        }
        Expr::Empty(_) => w.set.is_empty(),
        Expr::Contains { member, .. } => w.set.contains(&member.value.as_str()),
        Expr::In { members, .. } => members.iter().any(|m| m.value == w.shape),
        Expr::Compare { fact, op, value: Literal::Number(n), .. } => {
            let x = if *fact == SERVICES { w.services } else { w.hours };
            match op {
                Op::Eq => x == *n,
                Op::Ne => x != *n,
                Op::Lt => x < *n,
                Op::Le => x <= *n,
                Op::Gt => x > *n,
                Op::Ge => x >= *n,
            }
        }
        Expr::Compare { op, value: Literal::Choice(id), .. } => (w.shape == id) == (*op == Op::Eq),
        Expr::Compare { fact, op, value: Literal::Bool(b), .. } => {
            ((if *fact == A { w.a } else { w.b }) == *b) == (*op == Op::Eq)
        }
    }
}

/// Whether a world is a completion of a profile.
fn agrees(profile: &Profile, w: &World) -> bool {
    profile.answers.iter().all(|(fact, answer)| match answer {
        Answer::Unknown => true,
        Answer::Bool(yes) => *yes == if *fact == A { w.a } else { w.b },
        Answer::Number(n) => *n == if *fact == SERVICES { w.services } else { w.hours },
        Answer::Range { min, max } => {
            let x = if *fact == SERVICES { w.services } else { w.hours };
            min.is_none_or(|min| x >= min) && max.is_none_or(|max| x <= max)
        }
        Answer::Choice(id) => w.shape == id,
        Answer::OneOf(ids) => ids.contains(w.shape),
        Answer::Set(ids) => ids.iter().map(String::as_str).collect::<BTreeSet<_>>() == w.set.iter().copied().collect(),
    })
}

/// Whether a world gives the answers that a way asks for.
fn takes(way: &Way, w: &World) -> bool {
    way.needs.iter().all(|(fact, needed)| match needed {
        Needed::Bool(yes) => *yes == if *fact == A { w.a } else { w.b },
        Needed::Numbers(cells) => {
            let x = if *fact == SERVICES { w.services } else { w.hours };
            cells.iter().any(|c| c.contains(x))
        }
        Needed::Options(ids) => ids.iter().any(|id| id == w.shape),
        Needed::Set { with, without, empty } => {
            let has = |id: &String| w.set.contains(&id.as_str());
            with.iter().all(has) && !without.iter().any(has) && empty.is_none_or(|e| e == w.set.is_empty())
        }
    })
}

/// The six rules in a world where everything is known.
fn verdict_in(catalog: &Catalog, w: &World) -> Verdict {
    let capability = &catalog.capabilities[0];
    let list = |kind: ListKind| -> Vec<bool> {
        let lists = capability.lists();
        let found = lists.iter().find(|(k, _)| *k == kind);
        found.map_or(Vec::new(), |(_, l)| l.iter().filter_map(|s| s.when.as_ref()).map(|c| holds(&c.expr, w)).collect())
    };
    let some = |kind| list(kind).contains(&true);
    if some(ListKind::NotWhen) {
        return Verdict::Skip;
    }
    if some(ListKind::Later) || !some(ListKind::Trigger) {
        return Verdict::Wait;
    }
    if capability.is_staged() {
        let activate = list(ListKind::ActivateWhen);
        return if !activate.is_empty() && !activate.contains(&false) { Verdict::Adopt } else { Verdict::Prepare };
    }
    if list(ListKind::Now).is_empty() || some(ListKind::Now) { Verdict::Adopt } else { Verdict::Consider }
}

fn leaf() -> impl Strategy<Value = Expr<FactIx>> {
    let span = Span::file_start(&Arc::from("t"));
    let op = prop::sample::select(vec![Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge]);
    let (s1, s2, s3, s4) = (span.clone(), span.clone(), span.clone(), span);
    let either = |a: FactIx, b: FactIx| prop::sample::select(vec![a, b]);
    let equal = || prop::sample::select(vec![Op::Eq, Op::Ne]);
    prop_oneof![
        either(A, B).prop_map(Expr::Is),
        (either(A, B), equal(), any::<bool>()).prop_map(move |(fact, op, b)| Expr::Compare {
            fact,
            op,
            value: Literal::Bool(b),
            span: s1.clone()
        }),
        (either(SERVICES, HOURS), op, 1..=3u8).prop_map(move |(fact, op, n)| Expr::Compare {
            fact,
            op,
            value: Literal::Number(f64::from(n)),
            span: s2.clone()
        }),
        (equal(), prop::sample::select(vec!["x", "y", "z"])).prop_map(move |(op, id)| Expr::Compare {
            fact: SHAPE,
            op,
            value: Literal::Choice(id.into()),
            span: s3.clone()
        }),
        prop::sample::select(vec!["g", "d"])
            .prop_map(move |m| Expr::Contains { fact: SET, member: Spanned::new(m.into(), s4.clone()) }),
        Just(Expr::Empty(SET)),
    ]
}

fn expr() -> impl Strategy<Value = Expr<FactIx>> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..=3).prop_map(Expr::And),
            prop::collection::vec(inner.clone(), 2..=3).prop_map(Expr::Or),
            inner.prop_map(|e| Expr::Not(Box::new(e))),
        ]
    })
}

fn statement(expr: Expr<FactIx>) -> Statement<Condition> {
    let span = Span::file_start(&Arc::from("t"));
    let mut facts = Vec::new();
    expr.each_fact(&mut |f| facts.push(*f));
    facts.sort();
    facts.dedup();
    let when = Some(Condition { source: String::new(), span: span.clone(), expr, facts });
    Statement { id: None, text: Text::default(), when, span }
}

fn list(most: usize) -> impl Strategy<Value = Vec<Statement<Condition>>> {
    prop::collection::vec(expr().prop_map(statement), 0..=most)
}

/// A catalog of one random capability with at least one conditioned trigger.
fn model() -> impl Strategy<Value = Catalog> {
    let triggers = prop::collection::vec(expr().prop_map(statement), 1..=3);
    (triggers, list(2), any::<bool>(), list(2), list(2)).prop_map(|(triggers, not_when, staged, first, second)| {
        let mut catalog = BASE.clone();
        let capability = &mut catalog.capabilities[0];
        capability.triggers = triggers;
        capability.not_when = not_when;
        capability.timing = match staged {
            true => Timing::Staged { prepare: first, activate_when: second },
            false => Timing::Plain { now: first, later: second },
        };
        catalog
    })
}

fn answers() -> impl Strategy<Value = Profile> {
    let half = |n: u8| f64::from(n) / 2.0;
    let services = prop_oneof![
        3 => Just(None),
        3 => (0..=4u8).prop_map(|n| Some(number(f64::from(n)))),
        1 => (0..=4u8, 0..=4u8).prop_map(|(a, b)| Some(range(f64::from(a.min(b)), f64::from(a.max(b))))),
    ];
    let hours = prop_oneof![
        3 => Just(None),
        3 => (0..=8u8).prop_map(move |n| Some(number(half(n)))),
        1 => (0..=8u8, 0..=8u8).prop_map(move |(a, b)| Some(range(half(a.min(b)), half(a.max(b))))),
    ];
    let boolean =
        || prop::option::of(prop_oneof![4 => any::<bool>().prop_map(Answer::Bool), 1 => Just(Answer::Unknown)]);
    let shape = prop::option::of(prop_oneof![
        3 => prop::sample::select(vec!["x", "y", "z"]).prop_map(choice),
        1 => prop::sample::subsequence(vec!["x", "y", "z"], 1..=3)
            .prop_map(|ids| Answer::OneOf(ids.into_iter().map(String::from).collect())),
    ]);
    let rules = prop::option::of(prop::sample::subsequence(vec!["g", "d", "p"], 0..=3).prop_map(|ids| set(&ids)));
    (services, hours, boolean(), boolean(), shape, rules).prop_map(|(services, hours, a, b, shape, rules)| {
        let all = [(SERVICES, services), (HOURS, hours), (A, a), (B, b), (SHAPE, shape), (SET, rules)];
        Profile { answers: all.into_iter().filter_map(|(f, a)| Some((f, a?))).collect() }
    })
}

fn only(catalog: &Catalog, profile: &Profile) -> CapabilityAssessment {
    assess(catalog, profile).capabilities.remove(0)
}

fn states<'a>(catalog: &'a Catalog, s: &StatementState) -> &'a Expr<FactIx> {
    let lists = catalog.capabilities[0].lists();
    let (_, list) = lists.iter().find(|(k, _)| *k == s.list).expect("the list stands there");
    &list[s.place].when.as_ref().expect("it has a condition").expr
}

/// A profile with some answers replaced, if answers can say what a way needs.
fn replaced(profile: &Profile, way: &Way) -> Option<Profile> {
    let mut profile = profile.clone();
    for (fact, needed) in &way.needs {
        let answer = match needed {
            Needed::Bool(yes) => Answer::Bool(*yes),
            Needed::Options(ids) => Answer::OneOf(ids.iter().cloned().collect()),
            Needed::Numbers(cells) => match cells[..] {
                [LineCell { min, min_open: false, max, max_open: false }] => Answer::Range { min: Some(min), max },
                _ => return None,
            },
            Needed::Set { empty: Some(true), .. } => set(&[]),
            Needed::Set { with, without, .. } if with.len() + without.len() == 3 => {
                Answer::Set(with.iter().cloned().collect())
            }
            Needed::Set { .. } => return None,
        };
        profile.answers.insert(*fact, answer);
    }
    Some(profile)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is possible is what brute force finds, and so is the truth of every statement.
    #[test]
    fn possible_is_brute_force(catalog in model(), profile in answers()) {
        let assessed = only(&catalog, &profile);
        let worlds: Vec<World> = worlds().into_iter().filter(|w| agrees(&profile, w)).collect();
        let expected: BTreeSet<Verdict> = worlds.iter().map(|w| verdict_in(&catalog, w)).collect();
        prop_assert_eq!(&assessed.possible, &expected.into_iter().collect::<Vec<_>>());
        for state in &assessed.statements {
            let expr = states(&catalog, state);
            let yes = worlds.iter().filter(|w| holds(expr, w)).count();
            let truth = if yes == worlds.len() { Truth::True } else if yes == 0 { Truth::False } else { Truth::Unknown };
            prop_assert_eq!(state.truth, truth);
        }
    }

    /// The verdict is possible or open; settled says so; nothing is empty that must not be.
    #[test]
    fn verdicts_are_possible_and_explained(catalog in model(), profile in answers()) {
        let c = only(&catalog, &profile);
        let verdict = c.verdict.expect("a trigger has a condition");
        prop_assert!(verdict == Verdict::Open || c.possible.contains(&verdict));
        prop_assert_eq!(c.settled, c.possible.len() == 1);
        prop_assert!(!(c.settled && verdict == Verdict::Open));
        prop_assert_eq!(c.settled, c.unless.is_empty());
        let rules = &Assessor::new(&catalog).rules[0];
        let (said, _) = rules.apply(&c.statements.iter().map(|s| s.truth).collect::<Vec<_>>());
        prop_assert_eq!(c.rule == Some(Rule::EveryCompletion), said != verdict);
        prop_assert!(!c.because.is_empty() || c.rule == Some(Rule::NoTrigger), "{:?}", c);
    }

    /// Kleene's logic never contradicts the cells.
    #[test]
    fn kleene_agrees(catalog in model(), profile in answers()) {
        let assessor = Assessor::new(&catalog);
        let rules = &assessor.rules[0];
        let known = remaining(&rules.model, &assessor.knowledge(&profile));
        let fixed = vec![usize::MAX; rules.model.vars.len()];
        for (n, formula) in rules.model.formulas.iter().enumerate() {
            let kleene = rules.model.kleene(&formula.root, &known, &fixed);
            prop_assert!(kleene == Truth::Unknown || kleene == rules.model.truth(n, &known));
        }
    }

    /// An answer never adds a possible verdict.
    #[test]
    fn knowledge_only_narrows(catalog in model(), less in answers(), more in answers()) {
        let mut all = less.clone();
        for (fact, answer) in more.answers {
            all.answers.entry(fact).or_insert(answer);
        }
        let (before, after) = (only(&catalog, &less), only(&catalog, &all));
        prop_assert!(after.possible.iter().all(|v| before.possible.contains(v)));
        for (b, a) in before.statements.iter().zip(&after.statements) {
            prop_assert!(b.truth == Truth::Unknown || a.truth == b.truth);
        }
    }

    /// What `unless` says comes about: in every completion that takes the way its statements are as it says, and the
    /// verdict, judged again, is the one it names.
    #[test]
    fn unless_is_true(catalog in model(), profile in answers()) {
        let c = only(&catalog, &profile);
        let worlds: Vec<World> = worlds().into_iter().filter(|w| agrees(&profile, w)).collect();
        for unless in &c.unless {
            prop_assert_ne!(Some(unless.to), c.verdict);
            prop_assert!(!unless.ways.is_empty());
            for way in &unless.ways {
                let mut met = 0;
                for w in worlds.iter().filter(|w| takes(way, w)) {
                    met += 1;
                    for state in &unless.statements {
                        prop_assert_eq!(holds(states(&catalog, state), w), state.truth == Truth::True);
                    }
                    prop_assert!(!unless.settled || verdict_in(&catalog, w) == unless.to);
                }
                prop_assert!(met > 0);
                for (fact, _) in &way.needs {
                    prop_assert!(!matches!(profile.get(*fact), Some(Answer::Bool(_) | Answer::Number(_) | Answer::Choice(_) | Answer::Set(_))));
                }
                // A range in answer to a range would widen it again.
                let narrows = way.needs.iter().all(|(f, _)| !matches!(profile.get(*f), Some(Answer::Range { .. })));
                if narrows && let Some(then) = replaced(&profile, way) {
                    prop_assert_eq!(only(&catalog, &then).verdict, Some(unless.to));
                }
            }
        }
    }

    /// Every flip, judged again, gives the verdict that it names; and nothing that is settled lacks one, unless no
    /// answers at all would change it.
    #[test]
    fn flips_are_true(catalog in model(), profile in answers()) {
        let c = only(&catalog, &profile);
        for flip in &c.flips {
            prop_assert_ne!(Some(flip.to), c.verdict);
            let old = profile.get(flip.fact);
            let changed: Vec<Answer> = match (&flip.change, old) {
                (Change::To(Needed::Bool(yes)), _) => vec![Answer::Bool(*yes)],
                (Change::To(Needed::Options(ids)), _) => ids.iter().map(|id| choice(id)).collect(),
                (Change::To(Needed::Numbers(cells)), _) => {
                    let step = if flip.fact == SERVICES { 1.0 } else { 0.5 };
                    (0..=8).map(|n| f64::from(n) * step).filter(|x| cells[0].contains(*x)).map(number).collect()
                }
                (Change::Add(ids), Some(Answer::Set(set))) => {
                    ids.iter().map(|id| Answer::Set(set.iter().cloned().chain([id.clone()]).collect())).collect()
                }
                (Change::Remove(ids), Some(Answer::Set(set))) => {
                    ids.iter().map(|id| Answer::Set(set.iter().filter(|m| *m != id).cloned().collect())).collect()
                }
                other => panic!("{other:?}"),
            };
            prop_assert!(!changed.is_empty());
            for answer in changed {
                let mut then = profile.clone();
                then.answers.insert(flip.fact, answer);
                let then = only(&catalog, &then);
                prop_assert_eq!((then.verdict, then.settled), (Some(flip.to), flip.settled));
            }
        }
        if let Some(together) = &c.flips_together {
            prop_assert_ne!(Some(together.to), c.verdict);
            if let Some(then) = replaced(&profile, &together.way) {
                prop_assert_eq!(only(&catalog, &then).verdict, Some(together.to));
            }
        } else if c.settled && c.flips.is_empty() {
            prop_assert!(worlds().iter().all(|w| Some(verdict_in(&catalog, w)) == c.verdict));
        }
    }

    /// Questions end: each is asked once, and the end is settled, or exhausted by what nobody knows.
    #[test]
    fn interviews_end(catalog in model(), answers in answers()) {
        let mut profile = Profile::default();
        for _ in 0..=6 {
            let assessment = assess(&catalog, &profile);
            let Some(question) = assessment.next_questions.first() else {
                let unknown = profile.answers.values().any(|a| *a == Answer::Unknown);
                prop_assert_eq!(assessment.progress == Progress::Settled, assessment.capabilities[0].settled);
                prop_assert!(unknown || assessment.progress == Progress::Settled);
                return Ok(());
            };
            let answer = match answers.get(question.fact) {
                Some(Answer::Range { min, .. }) => number(min.unwrap_or(0.0)),
                Some(Answer::OneOf(ids)) => choice(ids.first().expect("one at least")),
                Some(answer) => answer.clone(),
                None => Answer::Unknown,
            };
            prop_assert_eq!(profile.answers.insert(question.fact, answer), None);
        }
        prop_assert!(false, "more questions than facts");
    }
}
