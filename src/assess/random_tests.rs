//! The content of this repository under random partial profiles: what is said of a verdict, and of what would change
//! it, is tried by assessing again. `PROFILES=n` tries another number than 10,000.

use std::path::Path;

use rayon::prelude::*;

use super::bits::Bits;
use super::cells::lowest;
use super::lanes::LineCell;
use super::var::{Classes, Var};
use super::*;
use crate::model::condition::FactIx;
use crate::model::{Answer, Fact, FactType};

const PROFILES: u64 = 10_000;

#[test]
fn what_is_said_of_random_profiles_is_so() {
    let sources = crate::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository can be read");
    let (catalog, diagnostics) = crate::link::link(crate::parse::parse(&sources).0);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let assessor = Assessor::new(&catalog);
    let profiles = std::env::var("PROFILES").ok().and_then(|n| n.parse().ok()).unwrap_or(PROFILES);
    let tried: Tried = (1..=profiles)
        .into_par_iter()
        .map(|seed| {
            let profile = profile(&mut Dice(seed), &assessor);
            (0..catalog.capabilities.len()).map(|n| look(&assessor, n, &profile, seed)).sum()
        })
        .sum();
    println!("{profiles} profiles: {tried:?}");
    // Each sort of change occurs, so that nothing is vouched for by default.
    let least = profiles as usize / 100;
    for count in [tried.settled, tried.unless, tried.groups, tried.flips, tried.together, tried.every_completion] {
        assert!(count >= least.min(20), "{tried:?}");
    }
}

/// How many of each were tried.
#[derive(Debug, Default, Clone, Copy)]
struct Tried {
    settled: usize,
    every_completion: usize,
    /// Ways of statements that would change a verdict alone, and of several together.
    unless: usize,
    groups: usize,
    flips: usize,
    together: usize,
}

impl std::iter::Sum for Tried {
    fn sum<I: Iterator<Item = Tried>>(all: I) -> Tried {
        all.fold(Tried::default(), |a, b| Tried {
            settled: a.settled + b.settled,
            every_completion: a.every_completion + b.every_completion,
            unless: a.unless + b.unless,
            groups: a.groups + b.groups,
            flips: a.flips + b.flips,
            together: a.together + b.together,
        })
    }
}

/// Everything that is said of one capability.
fn look(assessor: &Assessor, n: usize, profile: &Profile, seed: u64) -> Tried {
    let rules = &assessor.rules[n];
    let knowledge = assessor.knowledge(profile);
    let known = remaining(&rules.model, &knowledge);
    let judgement = Judgement::of(rules, &known);
    let found = assessor.capability(n, &knowledge, &known, &judgement);
    let at = || format!("seed {seed}, {}: {found:#?}", assessor.catalog.capabilities[n].id);
    let verdict = found.verdict.expect("every capability of the content is decided by conditions");
    let mut tried = Tried { settled: usize::from(found.settled), ..Tried::default() };
    tried.every_completion += usize::from(found.rule == Some(Rule::EveryCompletion));
    assert!(verdict == Verdict::Open || found.possible.contains(&verdict), "{}", at());
    assert_eq!(found.settled, found.possible.len() == 1, "{}", at());
    assert_eq!(found.settled, found.unless.is_empty(), "{}", at());
    // Some change is always told; only what is open may have nothing known yet that would have to be another.
    assert!(!found.settled || !found.flips.is_empty() || found.flips_together.is_some(), "{}", at());

    let truth_of = |state: &StatementState, known: &Known| {
        let place = rules.statements.iter().position(|s| *s == (state.list, state.place)).expect("it decides");
        rules.model.truth(place, known)
    };
    for unless in &found.unless {
        assert!(unless.to != verdict && !unless.ways.is_empty(), "{}", at());
        let mut settled = true;
        for way in &unless.ways {
            let then = taken(assessor, rules, &known, Some(&knowledge), way);
            let judgement = Judgement::of(rules, &then);
            assert_eq!(judgement.verdict, unless.to, "{way:?} {}", at());
            settled &= judgement.is_settled();
            for state in &unless.statements {
                assert_eq!(truth_of(state, &then), state.truth, "{way:?} {}", at());
                assert_eq!(truth_of(state, &known), Truth::Unknown, "{}", at());
            }
            let several = unless.statements.len() > 1;
            tried.groups += usize::from(several);
            tried.unless += usize::from(!several);
        }
        assert_eq!(settled, unless.settled, "{}", at());
    }
    for flip in &found.flips {
        let answers = answers(&assessor.catalog.facts[flip.fact.0], &assessor.cells[flip.fact.0], profile, flip);
        assert!(!answers.is_empty(), "{flip:?} {}", at());
        for answer in answers {
            let mut changed = profile.clone();
            changed.answers.insert(flip.fact, answer);
            let (to, settled) = assessor.verdict(n, &changed).expect("it is decided by conditions");
            assert_eq!((to, settled), (flip.to, flip.settled), "{flip:?} {}", at());
            tried.flips += 1;
        }
    }
    if let Some(together) = &found.flips_together {
        let then = taken(assessor, rules, &known, None, &together.way);
        let judgement = Judgement::of(rules, &then);
        assert!(together.to != verdict, "{}", at());
        assert_eq!((judgement.verdict, judgement.is_settled()), (together.to, together.settled), "{}", at());
        for state in &together.statements {
            assert!(state.truth.is_known() && truth_of(state, &known) == state.truth, "{}", at());
            let opposite = if state.truth == Truth::True { Truth::False } else { Truth::True };
            assert_eq!(truth_of(state, &then), opposite, "{}", at());
        }
        tried.together += 1;
    }
    tried
}

/// What is known once the answers of a way are: `knowledge` keeps to what is known already, None changes it.
fn taken(assessor: &Assessor, rules: &Rules, known: &Known, knowledge: Option<&[Knowledge]>, way: &Way) -> Known {
    let mut then = known.clone();
    for (fact, needed) in &way.needs {
        let n = rules.model.var(*fact).expect("a way names what the capability reads");
        let var = &rules.model.vars[n];
        let mut classes = Bits::none(var.classes);
        (0..var.classes).filter(|class| is_met(&assessor.catalog.facts[fact.0], var, *class, needed)).for_each(
            |class| {
                classes.insert(class);
            },
        );
        if knowledge.is_some() {
            classes = classes.and(&known.remaining[n]);
        }
        assert!(!classes.is_empty(), "{fact:?} {needed:?}");
        rules.model.set(&mut then, n, classes);
    }
    then
}

/// Whether the values of a class are what an answer must be, looked at value by value.
fn is_met(fact: &Fact, var: &Var, class: usize, needed: &Needed) -> bool {
    match (&var.values, needed) {
        (Classes::Boolean, Needed::Bool(yes)) => (class == 1) == *yes,
        (Classes::Ordered { cells, class: of }, Needed::Numbers(runs)) => {
            let inside = |n: usize| runs.iter().any(|run| run.contains(cells[n].inside()));
            (0..cells.len()).any(|n| of[n] == class && inside(n))
        }
        (Classes::Choice { class: of }, Needed::Options(ids)) => {
            (0..of.len()).any(|n| of[n] == class && ids.contains(&fact.options[n].id))
        }
        (Classes::Set { members, split }, Needed::Set { with, without, empty }) => {
            let other = *split && class == var.classes - 1;
            let bits = if other { 0 } else { class };
            let has =
                |id: &String| (0..members.len()).any(|b| bits >> b & 1 == 1 && fact.options[members[b]].id == *id);
            let is_empty = bits == 0 && !other;
            with.iter().all(has) && !without.iter().any(has) && empty.is_none_or(|wanted| wanted == is_empty)
        }
        other => panic!("{other:?}"),
    }
}

/// Every answer, as far as conditions tell answers apart, that a flip names.
fn answers(fact: &Fact, cells: &Cells, profile: &Profile, flip: &Flip) -> Vec<Answer> {
    let set = match profile.get(flip.fact) {
        Some(Answer::Set(set)) => set.clone(),
        _ => Default::default(),
    };
    match (&flip.change, cells) {
        (Change::To(Needed::Bool(yes)), _) => vec![Answer::Bool(*yes)],
        (Change::To(Needed::Options(ids)), _) => ids.iter().cloned().map(Answer::Choice).collect(),
        (Change::To(Needed::Numbers(runs)), Cells::Ordered(line)) => {
            let [run] = runs[..] else { panic!("{flip:?}") };
            // A flip of a range lies outside it.
            if let Some(Answer::Range { min, max }) = profile.get(flip.fact) {
                let low = min.unwrap_or(lowest(fact));
                let below = run.max.is_some_and(|end| end < low || (end == low && run.max_open));
                let above = max.is_some_and(|max| run.min > max || (run.min == max && run.min_open));
                assert!(below || above, "{flip:?} {:?}", profile.get(flip.fact));
            }
            line.iter().map(LineCell::inside).filter(|x| run.contains(*x)).map(Answer::Number).collect()
        }
        (Change::Add(ids), _) => ids
            .iter()
            .map(|id| {
                assert!(!set.contains(id));
                Answer::Set(set.iter().chain([id]).cloned().collect())
            })
            .collect(),
        (Change::Remove(ids), _) => ids
            .iter()
            .map(|id| {
                assert!(set.contains(id));
                Answer::Set(set.iter().filter(|member| *member != id).cloned().collect())
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// A small generator of numbers, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// A random partial profile, from almost nothing to almost everything known; "I don't know", ranges and several options
/// among the answers.
fn profile(dice: &mut Dice, assessor: &Assessor) -> Profile {
    for _ in 0..8 {
        dice.roll(2);
    }
    let density = 1 + dice.roll(11);
    let mut profile = Profile::default();
    for (n, fact) in assessor.catalog.facts.iter().enumerate() {
        if dice.roll(12) < density {
            profile.answers.insert(FactIx(n), answer(dice, fact, &assessor.cells[n]));
        }
    }
    profile
}

fn answer(dice: &mut Dice, fact: &Fact, cells: &Cells) -> Answer {
    let sort = dice.roll(10);
    let some = |dice: &mut Dice, least: usize| -> std::collections::BTreeSet<String> {
        let mut ids: Vec<String> = fact.options.iter().map(|o| o.id.clone()).filter(|_| dice.roll(2) == 0).collect();
        while ids.len() < least {
            ids.push(fact.options[dice.roll(fact.options.len())].id.clone());
        }
        ids.into_iter().collect()
    };
    let number = |dice: &mut Dice| match cells {
        Cells::Ordered(line) => line[dice.roll(line.len())].inside(),
        _ => 0.0,
    };
    match (fact.fact_type, sort) {
        (_, 0) => Answer::Unknown,
        (FactType::Boolean, _) => Answer::Bool(dice.roll(2) == 0),
        (FactType::Integer | FactType::Number, 1..=3) => {
            let (a, b) = (number(dice), number(dice));
            let (min, max) = (a.min(b), a.max(b));
            match sort {
                1 => Answer::Range { min: Some(min), max: None },
                2 => Answer::Range { min: None, max: Some(max) },
                _ => Answer::Range { min: Some(min), max: Some(max) },
            }
        }
        (FactType::Integer | FactType::Number, _) => Answer::Number(number(dice)),
        (FactType::Choice, 1 | 2) => Answer::OneOf(some(dice, 1)),
        (FactType::Choice, _) => Answer::Choice(fact.options[dice.roll(fact.options.len())].id.clone()),
        (FactType::Choices, 1 | 2) => Answer::Set(Default::default()),
        (FactType::Choices, _) => Answer::Set(some(dice, 0)),
    }
}
