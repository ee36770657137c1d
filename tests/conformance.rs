//! The conformance vectors, replayed: conditions by brute force over the published trees, profiles by reading them back
//! as an author writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value, json};

use worthwhile::assess::Assessor;
use worthwhile::export::{self, Export};
use worthwhile::parse;
use worthwhile::plan::Plan;
use worthwhile::profile;
use worthwhile::read::Sources;

fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (mut plan, diagnostics) = worthwhile::compile(&sources, None);
        assert!(!diagnostics.has_errors());
        plan.publish_conformance();
        plan
    })
}

fn file(export: &Export) -> Value {
    serde_json::from_slice(&export::render(plan(), export)).unwrap()
}

#[test]
fn vectors_are_published_where_the_site_asks_for_them() {
    assert!(export::exports(plan()).contains(&Export::Conditions));
    let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let quiet = worthwhile::compile(&sources, None).0;
    assert_eq!(export::exports(&quiet).contains(&Export::Conditions), quiet.catalog.site.conformance);
}

fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    value[key].as_array().into_iter().flatten().collect()
}

/// Whether a tree holds where every fact has one value.
fn holds(tree: &Value, values: &BTreeMap<&str, Value>) -> bool {
    let parts = list(tree, "parts");
    let value = || &values[tree["fact"].as_str().unwrap()];
    let literal = || ["number", "boolean"].iter().find_map(|key| tree.get(*key)).unwrap_or(&tree["options"][0]);
    let order = || value().as_f64().unwrap().partial_cmp(&literal().as_f64().unwrap()).unwrap();
    let same = || match (value().as_f64(), literal().as_f64()) {
        (Some(a), Some(b)) => a == b,
        _ => value() == literal(),
    };
    match tree["op"].as_str().unwrap() {
        "or" => parts.iter().any(|part| holds(part, values)),
        "and" => parts.iter().all(|part| holds(part, values)),
        "not" => !holds(parts[0], values),
        "is" => value() == &json!(true),
        "==" => same(),
        "!=" => !same(),
        "<" => order().is_lt(),
        "<=" => order().is_le(),
        ">" => order().is_gt(),
        ">=" => order().is_ge(),
        "in" => list(tree, "options").contains(&value()),
        "contains" => value().as_array().unwrap().contains(&tree["options"][0]),
        "empty" => value().as_array().unwrap().is_empty(),
        op => panic!("what is {op}?"),
    }
}

fn facts_of<'v>(tree: &'v Value, out: &mut BTreeSet<&'v str>) {
    out.extend(tree["fact"].as_str());
    list(tree, "parts").into_iter().for_each(|part| facts_of(part, out));
}

/// Values that reach everything that a condition of the file can tell apart, as far as an answer leaves them possible.
fn values(fact: &Value, answer: Option<&Value>) -> Vec<Value> {
    let empty = json!({});
    let answer = answer.unwrap_or(&empty);
    for key in ["boolean", "number", "option", "set"] {
        if let Some(value) = answer.get(key) {
            return vec![value.clone()];
        }
    }
    if let Some(some) = answer.get("one_of") {
        return some.as_array().unwrap().clone();
    }
    let options: Vec<Value> = list(fact, "options").into_iter().cloned().collect();
    match fact["fact_type"].as_str().unwrap() {
        "boolean" => vec![json!(false), json!(true)],
        "choice" => options,
        "choices" => (0..1usize << options.len())
            .map(|bits| (0..options.len()).filter(|n| bits >> n & 1 == 1).map(|n| options[n].clone()).collect())
            .collect(),
        kind => {
            // Thresholds are whole numbers and halves below 15.
            let step = if kind == "integer" { 1.0 } else { 0.25 };
            let low = fact["lowest"].as_f64().unwrap();
            let (min, max) = (answer["range"]["min"].as_f64(), answer["range"]["max"].as_f64());
            (0..)
                .map(|n| low + f64::from(n) * step)
                .take_while(|value| *value < 30.0)
                .filter(|value| min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max))
                .map(|value| json!(value))
                .collect()
        }
    }
}

#[test]
fn every_condition_by_brute_force() {
    let file = file(&Export::Conditions);
    let facts: BTreeMap<&str, &Value> =
        list(&file, "facts").into_iter().map(|fact| (fact["id"].as_str().unwrap(), fact)).collect();
    let (mut looked, mut all) = (0, 0);
    for condition in list(&file, "conditions") {
        let mut read = BTreeSet::new();
        facts_of(&condition["tree"], &mut read);
        for row in list(condition, "rows") {
            all += 1;
            let answer = |id: &str| list(row, "answers").into_iter().find(|answer| answer["fact"] == id);
            let choices: Vec<(&str, Vec<Value>)> = read.iter().map(|id| (*id, values(facts[id], answer(id)))).collect();
            let size: usize = choices.iter().map(|(_, values)| values.len()).product();
            // What would take too long is looked at by the engines in other languages.
            if size > 3_000 {
                continue;
            }
            looked += 1;
            let mut seen = BTreeSet::new();
            for n in 0..size {
                let mut rest = n;
                let completion = choices.iter().map(|(id, values)| {
                    let value = values[rest % values.len()].clone();
                    rest /= values.len();
                    (*id, value)
                });
                seen.insert(holds(&condition["tree"], &completion.collect()));
                if seen.len() > 1 {
                    break;
                }
            }
            let found = match (seen.contains(&true), seen.contains(&false)) {
                (true, false) => "true",
                (false, true) => "false",
                _ => "unknown",
            };
            assert_eq!(row["truth"], found, "{} with {}", condition["cel"], row["answers"]);
        }
    }
    assert_eq!(file["count"], all);
    assert!(all >= 5_000 && looked > 4_000, "{looked} of {all} looked at");
}

/// The text of a condition and its tree are one meaning: the text parses to what prints as it.
#[test]
fn every_text_parses_to_its_tree() {
    let file = file(&Export::Conditions);
    let doubles: BTreeSet<&str> = list(&file, "facts")
        .into_iter()
        .filter(|fact| fact["fact_type"] == "number")
        .map(|fact| fact["id"].as_str().unwrap())
        .collect();
    let nowhere: Arc<str> = Arc::from("");
    for condition in list(&file, "conditions") {
        let text = condition["cel"].as_str().unwrap();
        let place = |range| worthwhile::model::Span::new(&nowhere, range);
        let tree = parse::condition::parse(text, &place).unwrap_or_else(|fault| panic!("{text}: {}", fault.message));
        let number = |fact: &worthwhile::model::condition::Name, n: f64| {
            if doubles.contains(fact.text.as_str()) && n.fract() == 0.0 { format!("{n:.1}") } else { n.to_string() }
        };
        assert_eq!(parse::condition::print(&tree, &|name| name.text.clone(), &number), text);
    }
}

/// An answer as a profile says it.
fn written(answer: &Value) -> Value {
    let of = |key: &str| answer.get(key).cloned();
    ["boolean", "number", "range", "option", "one_of", "set"].iter().find_map(|key| of(key)).unwrap_or(json!("?"))
}

#[test]
fn profiles_are_what_an_author_would_write() {
    let file = file(&Export::Assessments);
    let catalog = &plan().catalog;
    let assessor = Assessor::new(catalog);
    let profiles = list(&file, "profiles");
    assert_eq!(file["count"], profiles.len());
    assert!(profiles.len() >= 500 + catalog.cases.len());
    for vector in profiles.iter().step_by(7) {
        let facts: Map<String, Value> = list(vector, "answers")
            .into_iter()
            .map(|answer| (answer["fact"].as_str().unwrap().to_owned(), written(answer)))
            .collect();
        let path: Arc<str> = Arc::from("profile.yaml");
        let mut sources = Sources::default();
        sources.files.insert(path.clone(), Arc::from(json!({ "facts": facts }).to_string().into_bytes()));
        let (profile, found) = profile::of_file(catalog, &path, &sources);
        assert!(found.is_empty(), "{:?}", found.iter().map(|d| &d.message).collect::<Vec<_>>());
        let assessment = assessor.assess(&profile);
        let expected = list(&vector["assessment"], "capabilities");
        for (capability, expected) in assessment.capabilities.iter().zip(expected) {
            assert_eq!(expected["verdict"], json!(capability.verdict.map(|v| v.name())));
            assert_eq!(expected["settled"], capability.settled);
            assert_eq!(list(expected, "truths").len(), capability.statements.len());
        }
    }
}
