//! The rules as the browser needs them: facts, conditions as trees, the words around them, and the cases to start from.
//!
//! The trees, ids and words are those of the published JSON; what only reads on a page is left out.

mod shown;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::condition::{self, Tree};
use crate::link::Catalog;
use crate::model::site::Joints;
use crate::model::{
    Answer, Capability, Case, Choice, Column, Condition, Fact, Key, Kind, ListKind, Profile, Statement, TradeOffBody,
};
use crate::plan::{PageName, Plan, Route};
use crate::words::{self, Phrases};

use shown::Shown;
pub use shown::Typeset;

/// Everything that an assessment in the browser reads.
#[derive(Debug, Serialize)]
pub struct Rules {
    facts: Vec<FactRules>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    capabilities: Vec<CapabilityRules>,
    cases: Vec<CaseRules>,
    /// Where the page of the interview stands, and other pages by kind: routes from the site's root.
    assess: String,
    verdicts: BTreeMap<&'static str, VerdictWords>,
    joints: Joints,
}

#[derive(Debug, Serialize)]
struct VerdictWords {
    label: String,
    probably: String,
}

#[derive(Debug, Serialize)]
struct FactRules {
    id: String,
    title: String,
    question: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    question_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_html: Option<String>,
    /// True if the fact's page says how to find the answer.
    measured: bool,
    #[serde(rename = "type")]
    fact_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<UnitRules>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<(f64, f64)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionOf>,
    phrases: Phrases,
    href: String,
}

#[derive(Debug, Serialize)]
struct UnitRules {
    one: String,
    other: String,
}

#[derive(Debug, Serialize)]
struct OptionOf {
    id: String,
    label: String,
}

#[derive(Debug, Serialize)]
struct CapabilityRules {
    id: String,
    title: String,
    href: String,
    /// "Layer 2".
    layer: String,
    /// For the suggested order: lower is simpler.
    rank: usize,
    staged: bool,
    /// Ids of capabilities.
    builds_on: Vec<String>,
    /// The deciding statements that have a condition, in declared order.
    statements: Vec<StatementRules>,
    /// The conditions of what to prepare: they decide nothing, but they too cut facts into cells.
    prepare: Vec<Tree>,
    /// The rows of the trade-off.
    options: Vec<OptionRules>,
}

#[derive(Debug, Serialize)]
struct StatementRules {
    list: &'static str,
    /// Place in its list, from 0.
    place: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    text: String,
    /// The same with its markup, where it has any; `{root}` stands before the routes of links.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_html: Option<String>,
    /// The condition in words; absent where that only repeats the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    when: Tree,
}

#[derive(Debug, Serialize)]
struct OptionRules {
    title: String,
    /// True if some of its reasons are prose.
    prose: bool,
    use_when: Vec<StatementRules>,
}

#[derive(Debug, Serialize)]
struct CaseRules {
    id: String,
    title: String,
    facts: BTreeMap<String, Value>,
}

/// The rules of a plan.
pub fn rules(plan: &Plan) -> Rules {
    let catalog = &plan.catalog;
    let shown = Shown { catalog, plan, typeset: &str::to_owned };
    let capabilities = catalog.capabilities.iter().map(|capability| capability_rules(shown, capability)).collect();
    Rules { capabilities, ..without_capabilities(shown) }
}

/// The rules but for those of capabilities, which are many.
fn without_capabilities(shown: Shown) -> Rules {
    let catalog = shown.catalog;
    let words = |words: &crate::model::site::VerdictLabel| VerdictWords {
        label: words.label.clone(),
        probably: words.probably.clone(),
    };
    Rules {
        facts: catalog.facts.iter().map(|fact| fact_rules(shown, fact)).collect(),
        capabilities: Vec::new(),
        cases: catalog.cases.iter().map(|case| case_rules(catalog, case)).collect(),
        assess: Route::of(&PageName::Assess).to_string(),
        verdicts: catalog.site.verdicts.iter().map(|(verdict, label)| (verdict.name(), words(label))).collect(),
        joints: catalog.site.joints.clone(),
    }
}

/// A classic script that puts the rules and the words of a theme at `worthwhile.rules` and `worthwhile.words`. It works
/// from `file://`, where a page cannot fetch JSON. `later` are the routes of the scripts that are loaded once a reader asks
/// for a file.
pub fn script(plan: &Plan, words: &Value, later: &[String], typeset: Typeset) -> Vec<u8> {
    let catalog = &plan.catalog;
    let shown = Shown { catalog, plan, typeset };
    let mut out = b"(globalThis.worthwhile??={}).rules={\"capabilities\":[".to_vec();
    let capabilities: Vec<&Capability<Condition>> = catalog.capabilities.iter().collect();
    for (n, block) in capabilities.chunks(BLOCK).enumerate() {
        let made: Vec<String> = block.par_iter().map(|capability| data(&capability_rules(shown, capability))).collect();
        out.extend_from_slice(if n > 0 { b"," } else { b"" });
        out.extend_from_slice(made.join(",").as_bytes());
    }
    let (rest, words, later) = (data(&without_capabilities(shown)), data(words), data(&later));
    let rest = &rest[1..];
    let end = format!("],{rest};\nworthwhile.words={words};\nworthwhile.later={later};\n");
    out.extend_from_slice(end.as_bytes());
    out
}

/// How many capabilities are written at a time: all of a large site would be in memory three times over.
const BLOCK: usize = 256;

fn data(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("rules are strings, numbers, lists and maps with text keys");
    if text.contains('<') { text.replace('<', "\\u003c") } else { text }
}

fn fact_rules(shown: Shown, fact: &Fact) -> FactRules {
    let catalog = shown.catalog;
    let option = |choice: &Choice| OptionOf { id: choice.id.clone(), label: choice.label.clone() };
    FactRules {
        id: fact.id.clone(),
        title: fact.title.clone(),
        question: catalog.plain(&fact.question),
        question_html: shown.marked(&fact.question),
        help: fact.help.as_ref().map(|help| catalog.plain(help)),
        help_html: fact.help.as_ref().and_then(|help| shown.marked(help)),
        measured: fact.measure.is_some(),
        fact_type: fact.fact_type.name(),
        unit: fact.unit.as_ref().map(|unit| UnitRules { one: unit.one.clone(), other: unit.other.clone() }),
        range: fact.range,
        options: fact.options.iter().map(option).collect(),
        phrases: words::phrases(&catalog.site.joints, fact),
        href: Route::of(&PageName::Thing(Key::new(Kind::Fact, &fact.id))).to_string(),
    }
}

fn capability_rules(shown: Shown, capability: &Capability<Condition>) -> CapabilityRules {
    let catalog = shown.catalog;
    let deciding = capability.statements().filter(|(list, _, _)| *list != ListKind::Prepare);
    let options = match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => rows
            .iter()
            .map(|row| OptionRules {
                title: catalog.title(&row.option.key).unwrap_or_default(),
                prose: row.use_when.iter().any(|s| s.when.is_none()),
                use_when: row
                    .use_when
                    .iter()
                    .enumerate()
                    .filter_map(|(place, s)| statement(shown, ListKind::UseWhen, place, s))
                    .collect(),
            })
            .collect(),
        Some(TradeOffBody::Columns { columns, rows }) => rows
            .iter()
            .map(|row| OptionRules {
                title: row.cells.first().into_iter().flatten().map(|cell| catalog.plain(cell)).collect(),
                prose: row.when.is_none()
                    && Column::reason(columns).is_some_and(|place| row.cells.get(place).is_some_and(Option::is_some)),
                use_when: row.when.iter().map(|when| condition_alone(catalog, when)).collect(),
            })
            .collect(),
        None => Vec::new(),
    };
    let complexity = capability.complexity;
    let builds_on = capability.builds_on.iter().map(|f| &f.on.key).filter(|key| key.kind == Kind::Capability);
    CapabilityRules {
        id: capability.id.clone(),
        title: capability.title.clone(),
        href: Route::of(&PageName::Thing(Key::new(Kind::Capability, &capability.id))).to_string(),
        layer: catalog.layer(&capability.layer.key.id).map(|layer| catalog.layer_name(layer)).unwrap_or_default(),
        rank: 10 * complexity.from as usize + complexity.to as usize,
        staged: capability.is_staged(),
        builds_on: builds_on.map(|key| key.id.clone()).collect(),
        statements: deciding.filter_map(|(list, place, s)| statement(shown, list, place, s)).collect(),
        prepare: capability
            .statements()
            .filter(|(list, _, _)| *list == ListKind::Prepare)
            .filter_map(|(_, _, s)| Some(condition::tree(catalog, s.when.as_deref()?)))
            .collect(),
        options,
    }
}

fn statement(shown: Shown, list: ListKind, place: usize, statement: &Statement<Condition>) -> Option<StatementRules> {
    let when = statement.when.as_deref()?;
    let catalog = shown.catalog;
    let (text, words) = (catalog.plain(&statement.text), words::condition(catalog, when));
    Some(StatementRules {
        list: list.name(),
        place,
        id: statement.id.clone(),
        words: Some(words).filter(|words| !says_the_same(words, &text)),
        text,
        text_html: shown.marked(&statement.text),
        when: condition::tree(catalog, when),
    })
}

/// The one condition of a free-column row.
fn condition_alone(catalog: &Catalog, when: &Condition) -> StatementRules {
    StatementRules {
        list: ListKind::UseWhen.name(),
        place: 0,
        id: None,
        text: words::condition(catalog, when),
        text_html: None,
        words: None,
        when: condition::tree(catalog, when),
    }
}

fn says_the_same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

fn case_rules(catalog: &Catalog, case: &Case<Profile>) -> CaseRules {
    CaseRules { id: case.id.clone(), title: case.title.clone(), facts: answers(catalog, &case.facts) }
}

/// A profile as the browser holds it: by fact; null is "I don't know".
pub fn answers(catalog: &Catalog, profile: &Profile) -> BTreeMap<String, Value> {
    let value = |answer: &Answer| match answer {
        Answer::Unknown => Value::Null,
        Answer::Bool(yes) => json!(yes),
        Answer::Number(n) => number(*n),
        Answer::Range { min, max } => {
            let ends = [("min", min), ("max", max)];
            ends.into_iter().filter_map(|(name, end)| Some((name.to_owned(), number((*end)?)))).collect()
        }
        Answer::Choice(id) => json!(id),
        Answer::OneOf(ids) | Answer::Set(ids) => json!(ids),
    };
    profile.answers.iter().map(|(ix, answer)| (catalog.fact(*ix).id.clone(), value(answer))).collect()
}

/// A profile as the fragment of an address: `s=1&compliance=gdpr,dora&ha=?&rto_hours=5..10`, sorted by fact.
pub fn fragment(catalog: &Catalog, profile: &Profile) -> String {
    let end = |end: &Option<f64>| end.map(|n| n.to_string()).unwrap_or_default();
    let mut parts: Vec<String> = profile
        .answers
        .iter()
        .map(|(ix, answer)| {
            let fact = catalog.fact(*ix);
            let listed = |ids: &std::collections::BTreeSet<String>| {
                let chosen = fact.options.iter().map(|o| o.id.as_str()).filter(|id| ids.contains(*id));
                chosen.collect::<Vec<_>>().join(",")
            };
            let value = match answer {
                Answer::Unknown => "?".to_owned(),
                Answer::Bool(yes) => yes.to_string(),
                Answer::Number(n) => n.to_string(),
                Answer::Range { min, max } => format!("{}..{}", end(min), end(max)),
                Answer::Choice(id) => id.clone(),
                Answer::OneOf(ids) | Answer::Set(ids) => listed(ids),
            };
            format!("{}={value}", fact.id)
        })
        .collect();
    parts.sort();
    std::iter::once("s=1".to_owned()).chain(parts).collect::<Vec<_>>().join("&")
}

/// Whole numbers without a decimal point.
fn number(n: f64) -> Value {
    if n.fract() == 0.0 && n.abs() < 1e15 { json!(n as i64) } else { json!(n) }
}
