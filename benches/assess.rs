//! How long an assessment takes: `cargo bench --bench assess`.
//!
//! The real content with no fact known, and two generated sites of 1,000 capabilities over 300 facts, with nothing and
//! with half of the facts known: one whose capabilities are like those of the real content, and one whose conditions all
//! hang together. Each figure is a whole assessment with reasons, changes and next questions; "cold" starts with
//! compiling the conditions. `RAYON_NUM_THREADS=1` measures one core alone.

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
    let alike = catalog(&generated(Shape::Alike));
    let tangled = catalog(&generated(Shape::Tangled));
    println!("{:<84} {:>9} {:>9}   at most", "", "cold", "warm");
    measure("real content, nothing known", &real, &Profile::default(), 5.0);
    measure("real content, the first case", &real, &real.cases[0].facts.clone(), 5.0);
    for (shape, large) in [("alike", alike), ("tangled", tangled)] {
        let what = format!("{CAPABILITIES} capabilities, {FACTS} facts, {shape}");
        measure(&format!("{what}, nothing known"), &large, &Profile::default(), 100.0);
        measure(&format!("{what}, half known"), &large, &half(&large), 100.0);
    }
}

/// Prints the medians of some runs, in milliseconds.
fn measure(what: &str, catalog: &Catalog, profile: &Profile, most: f64) {
    let warm = Assessor::new(catalog);
    let assessment = warm.assess(profile);
    let settled = assessment.capabilities.iter().filter(|c| c.settled).count();
    let what = format!("{what} ({settled} settled, {} questions)", assessment.next_questions.len());
    let cold = median(|| drop(black_box(Assessor::new(catalog).assess(black_box(profile)))));
    let warm = median(|| drop(black_box(warm.assess(black_box(profile)))));
    println!("{what:<84} {cold:>6.1} ms {warm:>6.1} ms {most:>7} ms");
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

/// How the conditions of a capability hang together.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// As in the real content. A capability has 12 statements with a condition on average, over at most nine facts: half
    /// of the statements over four facts that hang together, a quarter over two more, a quarter over one of three others
    /// each. These last read one fact; of the other conditions 73 in 100 test one, 22 two, 5 three.
    Alike,
    /// Every condition reads one to three of the same dozen facts, so that nearly all statements hang together: more
    /// than twice as many facts in one component as anywhere in the real content.
    Tangled,
}

/// A site of 1,000 capabilities with two to four statements in each of four lists, over 300 facts of every type. Those
/// of a capability lie near each other in the list of facts; about 25 capabilities read each fact, and cut its values.
fn generated(shape: Shape) -> Sources {
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
        let near = dice.roll(FACTS);
        let mut list = |name: &str, indent: &str, ids: bool| {
            let mut out = format!("{indent}{name}:\n");
            for at in 0..2 + dice.roll(3) {
                let id = if ids { format!("id: t{at}, ") } else { String::new() };
                let when = condition(&mut dice, shape, near);
                writeln!(out, "{indent}  - {{ {id}text: T{at}, when: '{when}' }}").expect("as above");
            }
            out
        };
        let mut text = "title: C\nlayer: l\nsummary: S\ncomplexity: low\n".to_owned();
        text += &list("triggers", "", true);
        text += &list("not_when", "", false);
        text += "timing:\n";
        for name in if n % 8 == 0 { ["prepare", "activate_when"] } else { ["now", "later"] } {
            text += &list(name, "  ", false);
        }
        add(format!("content/capabilities/c{n}.yaml"), text);
    }
    sources
}

/// A condition over facts near a place.
fn condition(dice: &mut Dice, shape: Shape, near: usize) -> String {
    let (first, facts, leaves) = match shape {
        Shape::Tangled => (0, 12, 1 + dice.roll(3)),
        Shape::Alike => {
            let leaves = match dice.roll(100) {
                0..73 => 1,
                73..95 => 2,
                _ => 3,
            };
            match dice.roll(4) {
                0 | 1 => (0, 4, leaves),
                2 => (4, 2, leaves),
                _ => (6 + dice.roll(3), 1, 1),
            }
        }
    };
    let mut parts: Vec<String> = Vec::new();
    for _ in 0..leaves {
        let fact = (near + first + dice.roll(facts)) % FACTS;
        parts.push(leaf(dice, fact));
    }
    parts.join([" && ", " || "][dice.roll(2)])
}

/// A test of one fact.
fn leaf(dice: &mut Dice, n: usize) -> String {
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
