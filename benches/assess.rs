//! How long an assessment takes: `cargo bench --bench assess`.
//!
//! The real content with no fact known, and a generated site of 1,000 capabilities over 300 facts, with nothing and with
//! half of the facts known. Each figure is a whole assessment with reasons, changes and next questions, on one core;
//! "cold" starts with compiling the conditions.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use worthwhile::assess::Assessor;
use worthwhile::link::Catalog;
use worthwhile::model::condition::FactIx;
use worthwhile::model::{Answer, FactType, Profile};
use worthwhile::read::Sources;

const CAPABILITIES: usize = 1000;
const FACTS: usize = 300;
const RUNS: usize = 21;

fn main() {
    let real = catalog(&worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is read"));
    let large = catalog(&generated());
    println!("{:<62} {:>9} {:>9}   at most", "", "cold", "warm");
    measure("real content, nothing known", &real, &Profile::default(), 5.0);
    measure("real content, the first case", &real, &real.cases[0].facts.clone(), 5.0);
    let what = format!("{CAPABILITIES} capabilities, {FACTS} facts");
    measure(&format!("{what}, nothing known"), &large, &Profile::default(), 100.0);
    measure(&format!("{what}, half of them known"), &large, &half(&large), 100.0);
}

/// Prints the medians of some runs, in milliseconds.
fn measure(what: &str, catalog: &Catalog, profile: &Profile, most: f64) {
    let warm = Assessor::new(catalog);
    let assessment = warm.assess(profile);
    let settled = assessment.capabilities.iter().filter(|c| c.settled).count();
    let what = format!("{what} ({settled} settled, {} questions)", assessment.next_questions.len());
    let cold = median(|| drop(black_box(Assessor::new(catalog).assess(black_box(profile)))));
    let warm = median(|| drop(black_box(warm.assess(black_box(profile)))));
    println!("{what:<62} {cold:>6.1} ms {warm:>6.1} ms {most:>7} ms");
}

fn median(mut run: impl FnMut()) -> f64 {
    let mut took: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[RUNS / 2]
}

fn catalog(sources: &Sources) -> Catalog {
    let (plan, diagnostics) = worthwhile::compile(sources, None);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    (*plan.catalog).clone()
}

/// A small generator of numbers, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// A site whose capabilities have lists as long as those of the real content, over facts of every type.
fn generated() -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: String, text: String| {
        sources.files.insert(Arc::from(path), Arc::from(text.into_bytes()));
    };
    add("content/site.yaml".into(), "title: T\nquestion: Q\ndescription: D\n".into());
    add("content/layers/l.yaml".into(), "title: L\norder: 1\nsummary: S\n".into());
    let mut facts = String::new();
    for n in 0..FACTS {
        let rest = match n % 5 {
            0 | 1 => "type: boolean",
            2 => "type: integer",
            3 => "type: choice, options: { x: X, y: Y, z: Z }",
            _ => "type: choices, options: { p: P, q: Q, r: R, s: S }",
        };
        writeln!(facts, "f{n}: {{ title: F, question: Q, {rest} }}").expect("a string takes all");
    }
    add("content/facts/f.yaml".into(), facts);
    let mut dice = Dice(1);
    for n in 0..CAPABILITIES {
        let mut text = "title: C\nlayer: l\nsummary: S\ncomplexity: low\n".to_owned();
        let near = dice.roll(FACTS);
        let list = |dice: &mut Dice, name: &str, indent: &str, count: usize, ids: bool| {
            let mut out = format!("{indent}{name}:\n");
            for at in 0..count {
                let id = if ids { format!("id: t{at}, ") } else { String::new() };
                let parts: Vec<String> = (0..1 + dice.roll(3)).map(|_| leaf(dice, near)).collect();
                let join = if dice.roll(2) == 0 { " && " } else { " || " };
                writeln!(out, "{indent}  - {{ {id}text: T{at}, when: '{}' }}", parts.join(join)).expect("as above");
            }
            out
        };
        let count = |dice: &mut Dice| 2 + dice.roll(3);
        let of = count(&mut dice);
        text += &list(&mut dice, "triggers", "", of, true);
        let of = count(&mut dice);
        text += &list(&mut dice, "not_when", "", of, false);
        text += "timing:\n";
        let names = if n % 8 == 0 { ["prepare", "activate_when"] } else { ["now", "later"] };
        for name in names {
            let of = count(&mut dice);
            text += &list(&mut dice, name, "  ", of, false);
        }
        add(format!("content/capabilities/c{n}.yaml"), text);
    }
    sources
}

/// A test of one of the dozen facts near a place.
fn leaf(dice: &mut Dice, near: usize) -> String {
    let n = (near + dice.roll(12)) % FACTS;
    match n % 5 {
        0 | 1 if dice.roll(3) == 0 => format!("!f{n}"),
        0 | 1 => format!("f{n}"),
        2 => format!("f{n} {} {}", [">", "<"][dice.roll(2)], 1 + dice.roll(10)),
        3 => format!("f{n} == \"{}\"", ["x", "y", "z"][dice.roll(3)]),
        _ => format!("\"{}\" in f{n}", ["p", "q", "r"][dice.roll(3)]),
    }
}

/// Every second fact known.
fn half(catalog: &Catalog) -> Profile {
    let mut dice = Dice(2);
    let mut profile = Profile::default();
    for (n, fact) in catalog.facts.iter().enumerate().filter(|(n, _)| n % 2 == 0) {
        let answer = match fact.fact_type {
            FactType::Boolean => Answer::Bool(dice.roll(2) == 0),
            FactType::Integer | FactType::Number => Answer::Number(dice.roll(12) as f64),
            FactType::Choice => Answer::Choice(fact.options[dice.roll(3)].id.clone()),
            FactType::Choices => Answer::Set(fact.options.iter().take(dice.roll(3)).map(|o| o.id.clone()).collect()),
        };
        profile.answers.insert(FactIx(n), answer);
    }
    profile
}
