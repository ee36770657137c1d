//! Cases as JSON: situations, what is known of them, and what they come to.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, named, prose};
use crate::assess::Rule;
use crate::export::assessment::{self, FlipsTogetherJson, StateJson, UnlessJson};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Answer, Case, Key, Kind, Profile, Verdict};
use crate::plan::Plan;
use crate::words;

/// A situation with a story, the verdicts that it gets, and those that it must get.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Case")]
pub struct CaseBody {
    /// True for a case that was invented as an example.
    constructed: bool,
    /// What is known of it, in declared order of the facts; what is absent is unknown.
    facts: Vec<AnswerJson>,
    /// The verdicts that it must get: another one is an error at build.
    expect: Vec<ExpectJson>,
    /// The verdict of every capability, computed at build, with reasons.
    verdicts: Vec<CaseVerdictJson>,
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// What is known of a fact, and the same in words.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Answer")]
pub struct AnswerJson {
    /// In words.
    pub text: String,
    #[serde(flatten)]
    pub given: GivenJson,
}

/// What is known of a fact: exactly one of the keys beside `fact`.
#[derive(Debug, Serialize, Default, JsonSchema)]
#[schemars(rename = "Given")]
pub struct GivenJson {
    /// The fact's id.
    pub fact: String,
    /// Of booleans.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// Of integers and numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// Of integers and numbers of which the value is not known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<EndsJson>,
    /// One option of a choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// One of these options, not known which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<String>>,
    /// The members of a set; empty is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<Vec<String>>,
    /// True: asked, and not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<bool>,
}

/// The ends of a range, both inside; an end that is absent is open.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Ends")]
pub struct EndsJson {
    /// The lower end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The upper end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

/// The verdicts that a case may get for a capability.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Expected")]
struct ExpectJson {
    /// The capability.
    capability: Named,
    /// Any of these is fine.
    #[schemars(with = "Vec<Verdict>")]
    verdicts: Vec<&'static str>,
}

/// What a capability is worth to a case.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CaseVerdict")]
struct CaseVerdictJson {
    /// The capability.
    capability: Named,
    /// Null for guidance only: no trigger has a condition.
    #[schemars(with = "Option<Verdict>")]
    verdict: Option<&'static str>,
    /// The site's words for it; null for guidance only.
    label: Option<String>,
    /// The rule that gave it; null for guidance only.
    #[schemars(with = "Option<Rule>")]
    rule: Option<&'static str>,
    /// Only one verdict is possible, whatever is still unknown.
    settled: bool,
    /// The verdicts of all completions of what is known.
    #[schemars(with = "Vec<Verdict>")]
    possible: Vec<&'static str>,
    /// True if it is what the case expects, or the case expects nothing of this capability.
    as_expected: bool,
    /// The statements that the verdict rests on.
    because: Vec<StateJson>,
    /// Under skip and wait: what speaks for the capability all the same.
    against: Vec<StateJson>,
    /// What would change a verdict that is not settled, most important first.
    unless: Vec<UnlessJson>,
    /// Where no single change of a known fact changes a settled verdict: what must change together; else null.
    flips_together: Option<FlipsTogetherJson>,
}

/// The body of a case's item.
pub fn case(plan: &Plan, id: &str) -> CaseBody {
    let catalog = &plan.catalog;
    let place = catalog.place(Kind::Case, id).expect("keys come from the catalog");
    let case = &catalog.cases[place];
    CaseBody {
        constructed: case.constructed,
        facts: answers(catalog, &case.facts),
        expect: case
            .expect
            .iter()
            .map(|(capability, verdicts)| ExpectJson {
                capability: named(plan, &capability.key),
                verdicts: verdicts.iter().map(|v| v.name()).collect(),
            })
            .collect(),
        verdicts: (0..catalog.capabilities.len()).map(|n| verdict(plan, place, n)).collect(),
        prose: prose(&case.prose),
    }
}

/// What the capability at a place is worth to the case at a place.
fn verdict(plan: &Plan, case_place: usize, place: usize) -> CaseVerdictJson {
    let catalog = &plan.catalog;
    let case = &catalog.cases[case_place];
    let found = &plan.assessed().cases[case_place].capabilities[place];
    let capability = &catalog.capabilities[place];
    let json = assessment::capability(catalog, &case.facts, capability, found);
    CaseVerdictJson {
        capability: named(plan, &Key::new(Kind::Capability, &capability.id)),
        verdict: json.verdict,
        label: json.label,
        rule: json.rule,
        settled: json.settled,
        possible: json.possible,
        as_expected: as_expected(case, &capability.id, found.verdict),
        because: json.because,
        against: json.against,
        unless: json.unless,
        flips_together: json.flips_together,
    }
}

/// True if a verdict is among those that a case expects, or if it expects none.
pub(super) fn as_expected(case: &Case<Profile>, capability: &str, verdict: Option<Verdict>) -> bool {
    let expected = case.expect.iter().find(|(reference, _)| reference.key.id == capability);
    expected.is_none_or(|(_, verdicts)| verdict.is_some_and(|verdict| verdicts.contains(&verdict)))
}

/// The answers of a profile, in declared order of the facts.
pub fn answers(catalog: &Catalog, profile: &Profile) -> Vec<AnswerJson> {
    profile.answers.iter().map(|(fact, given)| answer(catalog, *fact, given)).collect()
}

/// An answer to a fact.
pub fn answer(catalog: &Catalog, fact: FactIx, answer: &Answer) -> AnswerJson {
    AnswerJson { text: words::answer(catalog, fact, answer), given: given(&catalog.fact(fact).id, answer) }
}

/// An answer to the fact with an id, without words.
pub fn given(fact: &str, answer: &Answer) -> GivenJson {
    let mut json = GivenJson { fact: fact.to_owned(), ..GivenJson::default() };
    match answer {
        Answer::Unknown => json.unknown = Some(true),
        Answer::Bool(yes) => json.boolean = Some(*yes),
        Answer::Number(n) => json.number = Some(*n),
        Answer::Range { min, max } => json.range = Some(EndsJson { min: *min, max: *max }),
        Answer::Choice(option) => json.option = Some(option.clone()),
        Answer::OneOf(options) => json.one_of = Some(options.iter().cloned().collect()),
        Answer::Set(members) => json.set = Some(members.iter().cloned().collect()),
    }
    json
}
