//! Properties of small random models, against brute force over their completions.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::lanes::LineCell;
use super::tests::{A, B, FACTS, HOURS, MESH, SERVICES, SET, SHAPE, catalog, choice, number, range, set};
use super::*;
use crate::model::condition::FactIx;
use crate::model::{Answer, Condition, Expr, Literal, Op, Span, Spanned, Statement, Text, Timing};

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
        found.map_or(Vec::new(), |(_, l)| {
            l.iter().filter_map(|s| s.when.as_deref()).map(|c| holds(&c.expr, w)).collect()
        })
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
    let when = Some(Box::new(Condition { source: String::new(), span: span.clone(), expr, facts }));
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
        let capability = catalog.capabilities.change(0);
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
    &list[s.place].when.as_deref().expect("it has a condition").expr
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
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

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

    /// `flips_together` changes the fewest statements: no completion with another verdict does with fewer, whatever
    /// becomes of the others that change beside.
    #[test]
    fn flips_together_are_the_fewest(catalog in model(), profile in answers()) {
        let c = only(&catalog, &profile);
        let Some(together) = &c.flips_together else { return Ok(()) };
        let now: Vec<Truth> = c.statements.iter().map(|s| s.truth).collect();
        let rules = &Assessor::new(&catalog).rules[0];
        let truths = |w: &World| c.statements.iter().map(|s| holds(states(&catalog, s), w)).collect::<Vec<bool>>();
        let all: BTreeSet<Vec<bool>> = worlds().iter().map(truths).collect();
        let verdict = |truths: &[bool]| {
            rules.apply(&truths.iter().map(|t| if *t { Truth::True } else { Truth::False }).collect::<Vec<_>>()).0
        };
        let mut fewest = usize::MAX;
        for then in all.iter().filter(|then| Some(verdict(then)) != c.verdict) {
            let of = |n: &usize| now[*n].is_known() && (now[*n] == Truth::True) != then[*n];
            let changed: Vec<usize> = (0..then.len()).filter(of).collect();
            for kept in 0..1usize << changed.len() {
                let count = kept.count_ones() as usize;
                let free: Vec<usize> = (0..changed.len()).filter(|bit| kept >> bit & 1 == 0).map(|bit| changed[bit]).collect();
                let suffices = count < fewest && (0..1usize << free.len()).all(|values| {
                    let mut mixed = then.clone();
                    free.iter().enumerate().for_each(|(bit, &n)| mixed[n] = values >> bit & 1 == 1);
                    Some(verdict(&mixed)) != c.verdict
                });
                fewest = if suffices { count } else { fewest };
            }
        }
        prop_assert_eq!(together.statements.len(), fewest);
        for state in &together.statements {
            prop_assert!(c.statements.contains(state) && state.truth.is_known());
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
