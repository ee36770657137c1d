//! Full assessments of small random sites, as the program makes them. The browser's script replays
//! `tests/vectors/assess.json`, so that both stay one meaning; `UPDATE=1` writes it anew, `VECTORS=n` with n sites.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use worthwhile::assess::lanes::LineCell;
use worthwhile::assess::{Assessment, Assessor, Change, Needed, StatementState, Truth, Way};
use worthwhile::export::rules;
use worthwhile::link::Catalog;
use worthwhile::model::condition::FactIx;
use worthwhile::model::{Answer, Capability, Condition, FactType, Profile};
use worthwhile::plan::Plan;
use worthwhile::read::Sources;

const SITES: u64 = 20;
const PROFILES: usize = 5;

#[test]
fn the_vectors_are_what_the_program_says() {
    let sites = std::env::var("VECTORS").ok().and_then(|n| n.parse().ok()).unwrap_or(SITES);
    let mut text = String::from("[\n");
    for seed in 1..=sites {
        let end = if seed == sites { "\n]\n" } else { ",\n" };
        write!(text, "{}{end}", site(seed)).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/assess.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "tests/vectors/assess.json is not what the program says; UPDATE=1 writes it");
}

/// A small generator of numbers, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

fn site(seed: u64) -> Value {
    let mut dice = Dice(seed);
    let plan = plan(&mut dice);
    let catalog = &plan.catalog;
    let assessor = Assessor::new(catalog);
    let mut profiles = vec![Profile::default()];
    profiles.extend((1..PROFILES).map(|n| profile(&mut dice, catalog, n)));
    let vectors: Vec<Value> = profiles
        .iter()
        .map(|profile| {
            json!({
                "profile": rules::answers(catalog, profile),
                "assessment": assessment(catalog, &assessor.assess(profile)),
            })
        })
        .collect();
    json!({ "rules": rules::rules(&plan), "vectors": vectors })
}

const FACTS: &str = "
a: { title: A, question: Q, type: boolean }
b: { title: B, question: Q, type: boolean }
c: { title: C, question: Q, type: choice, options: { x: X, y: Y, z: Z } }
n: { title: N, question: Q, type: integer }
r: { title: R, question: Q, type: number, range: [-2, 9] }
s: { title: S, question: Q, type: choices, options: { p: P, q: Q, r: R } }
";

fn plan(dice: &mut Dice) -> Plan {
    let mut sources = Sources::default();
    let mut add = |path: String, text: String| {
        sources.files.insert(Arc::from(path), Arc::from(text.into_bytes()));
    };
    add("content/site.yaml".into(), "title: T\nquestion: Q\ndescription: D\n".into());
    add("content/layers/l.yaml".into(), "title: L\norder: 1\nsummary: S\n".into());
    add("content/facts/f.yaml".into(), FACTS.into());
    add("content/options/o.yaml".into(), "title: O\nkind: tool\nsummary: S\n".into());
    for n in 0..2 + dice.roll(2) {
        let level = dice.one(&["low", "medium", "high"]);
        let mut text = format!("title: C{n}\nlayer: l\nsummary: S\ncomplexity: {level}\n");
        let staged = dice.roll(3) == 0;
        let list = |dice: &mut Dice, name: &str, least: usize, ids: bool| {
            let mut out = format!("{name}:\n");
            let count = least + dice.roll(3);
            for at in 0..count {
                let id = if ids { format!("id: t{at}, ") } else { String::new() };
                writeln!(out, "  - {{ {id}text: T{at}, when: '{}' }}", condition(dice, 2)).unwrap();
            }
            if count == 0 { String::new() } else { out }
        };
        text += &list(dice, "triggers", 1, true);
        text += &list(dice, "not_when", 0, false);
        let (first, second) = if staged { ("prepare", "activate_when") } else { ("now", "later") };
        let timing: String = [list(dice, first, 0, false), list(dice, second, 0, false)].concat();
        if !timing.is_empty() {
            text += "timing:\n";
            for line in timing.lines() {
                writeln!(text, "  {line}").unwrap();
            }
        }
        let reason = condition(dice, 1);
        writeln!(text, "trade_offs:\n  options:\n    - option: o\n      use_when: [{{ text: U, when: '{reason}' }}]")
            .unwrap();
        if n > 0 && dice.roll(2) == 0 {
            text += "builds_on: [{ capability: c0, adds: A }]\n";
        }
        add(format!("content/capabilities/c{n}.yaml"), text);
    }
    let (plan, diagnostics) = worthwhile::compile(&sources, None);
    let errors: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert!(!diagnostics.has_errors(), "{errors:?}");
    plan
}

fn condition(dice: &mut Dice, depth: usize) -> String {
    if depth > 0 && dice.roll(2) == 0 {
        let parts: Vec<String> = (0..2 + dice.roll(2)).map(|_| condition(dice, depth - 1)).collect();
        return format!("({})", parts.join(*dice.one(&[" && ", " || "])));
    }
    let op = *dice.one(&["<", "<=", ">", ">=", "==", "!="]);
    match dice.roll(9) {
        0 => "a".into(),
        1 => "!b".into(),
        2 => format!("a {} true", dice.one(&["==", "!="])),
        3 => format!("c == \"{}\"", dice.one(&["x", "y", "z"])),
        4 => format!("!(c in [\"{}\", \"z\"])", dice.one(&["x", "y"])),
        5 => format!("n {op} {}", 1 + dice.roll(8)),
        6 => format!("r {op} {}", *dice.one(&["0.5", "1.5", "-1.0", "4.0"])),
        7 => format!("\"{}\" in s", dice.one(&["p", "q"])),
        _ => (*dice.one(&["s == []", "!(s == [])"])).into(),
    }
}

/// A profile; the higher `much`, the more facts it answers.
fn profile(dice: &mut Dice, catalog: &Catalog, much: usize) -> Profile {
    let mut profile = Profile::default();
    for (ix, fact) in catalog.facts.iter().enumerate() {
        if dice.roll(PROFILES) >= much {
            continue;
        }
        let ids: Vec<&str> = fact.options.iter().map(|o| o.id.as_str()).collect();
        let some = |dice: &mut Dice| ids.iter().filter(|_| dice.roll(2) == 0).map(|id| (*id).to_owned()).collect();
        let number = dice.roll(10) as f64;
        let answer = match (dice.roll(6), fact.fact_type) {
            (0, _) => Answer::Unknown,
            (1, FactType::Integer | FactType::Number) => Answer::Range { min: Some(number), max: Some(number + 3.0) },
            (2, FactType::Integer | FactType::Number) => Answer::Range { min: None, max: Some(number) },
            (3, FactType::Number) => Answer::Number(number / 2.0 - 2.0),
            (1, FactType::Choice) => {
                Answer::OneOf([ids[dice.roll(3)], ids[dice.roll(3)]].map(str::to_owned).into_iter().collect())
            }
            (_, FactType::Boolean) => Answer::Bool(dice.roll(2) == 0),
            (_, FactType::Integer | FactType::Number) => Answer::Number(number),
            (_, FactType::Choice) => Answer::Choice(ids[dice.roll(3)].to_owned()),
            (_, FactType::Choices) => Answer::Set(some(dice)),
        };
        profile.answers.insert(FactIx(ix), answer);
    }
    profile
}

/// An assessment as the browser's script gives it.
fn assessment(catalog: &Catalog, assessment: &Assessment) -> Value {
    let id = |ix: FactIx| catalog.fact(ix).id.clone();
    let questions: Vec<Value> = assessment
        .next_questions
        .iter()
        .map(|q| json!({ "fact": id(q.fact), "touches": q.touches, "could_settle": q.could_settle }))
        .collect();
    let capabilities: Vec<Value> = catalog
        .capabilities
        .iter()
        .zip(&assessment.capabilities)
        .map(|(capability, found)| {
            let place = |state: &StatementState| place(capability, state);
            let places = |states: &[StatementState]| states.iter().map(place).collect::<Vec<_>>();
            let truths = |states: &[StatementState]| states.iter().map(|s| truth(s.truth)).collect::<Vec<_>>();
            let states = |states: &[StatementState]| {
                states.iter().map(|s| json!({ "statement": place(s), "truth": truth(s.truth) })).collect::<Vec<_>>()
            };
            let way = |way: &Way| {
                way.needs.iter().map(|(ix, needed)| with(needs(needed), "fact", json!(id(*ix)))).collect::<Vec<_>>()
            };
            let outcome = |value: Value, to: worthwhile::model::Verdict, settled: bool| {
                with(with(value, "to", json!(to.name())), "settled", json!(settled))
            };
            json!({
                "verdict": found.verdict.map(|v| v.name()),
                "rule": found.rule.map(|r| r.name()),
                "settled": found.settled,
                "possible": found.possible.iter().map(|v| v.name()).collect::<Vec<_>>(),
                "truths": truths(&found.statements),
                "because": places(&found.because),
                "against": places(&found.against),
                "unless": found.unless.iter().map(|u| {
                    let ways: Vec<_> = u.ways.iter().map(way).collect();
                    outcome(json!({ "statements": states(&u.statements), "ways": ways }), u.to, u.settled)
                }).collect::<Vec<_>>(),
                "flips": found.flips.iter().map(|f| {
                    let change = match &f.change {
                        Change::To(needed) => needs(needed),
                        Change::Add(ids) => json!({ "add": ids }),
                        Change::Remove(ids) => json!({ "remove": ids }),
                    };
                    outcome(with(change, "fact", json!(id(f.fact))), f.to, f.settled)
                }).collect::<Vec<_>>(),
                "flips_together": found.flips_together.as_ref().map(|f| {
                    outcome(json!({ "statements": states(&f.statements), "way": way(&f.way) }), f.to, f.settled)
                }),
                "options": found.options.iter().map(|o| {
                    json!({ "row": o.row, "fit": o.fit.name(), "truths": truths(&o.statements) })
                }).collect::<Vec<_>>(),
            })
        })
        .collect();
    let order: Vec<&str> = assessment.order.iter().map(|&n| catalog.capabilities[n].id.as_str()).collect();
    json!({
        "capabilities": capabilities,
        "progress": assessment.progress.name(),
        "next_questions": questions,
        "order": order,
    })
}

/// The place of a statement among those that decide and have a condition.
fn place(capability: &Capability<Condition>, state: &StatementState) -> usize {
    let deciding = capability.statements().filter(|(list, _, s)| list.name() != "prepare" && s.when.is_some());
    deciding
        .enumerate()
        .find(|(_, (list, place, _))| (*list, *place) == (state.list, state.place))
        .expect("it decides")
        .0
}

fn truth(truth: Truth) -> Value {
    match truth {
        Truth::True => json!(true),
        Truth::False => json!(false),
        Truth::Unknown => Value::Null,
    }
}

fn needs(needed: &Needed) -> Value {
    let cell = |c: &LineCell| json!({ "min": c.min, "min_open": c.min_open, "max": c.max, "max_open": c.max_open });
    match needed {
        Needed::Bool(yes) => json!({ "boolean": yes }),
        Needed::Numbers(cells) => json!({ "numbers": cells.iter().map(cell).collect::<Vec<_>>() }),
        Needed::Options(ids) => json!({ "options": ids }),
        Needed::Set { with, without, empty } => json!({ "with": with, "without": without, "empty": empty }),
    }
}

fn with(mut value: Value, key: &str, of: Value) -> Value {
    value[key] = of;
    value
}
