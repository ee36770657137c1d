//! An assessment by ids and places: all that an engine must find, without a word of the site.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::lanes::LineCell;
use crate::assess::{
    Assessment, CapabilityAssessment, Change, Fit, FlipsTogether, Needed, Progress, Rule, StatementState, Truth, Way,
};
use crate::export::assessment::RunJson;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, ListKind, Statement, Verdict};

/// What an engine must find for a profile.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Assessed")]
pub struct AssessedJson {
    /// One for each capability, in the order of the file.
    capabilities: Vec<CapabilityJson>,
    /// Whether there is anything left to ask.
    #[schemars(with = "Progress")]
    progress: &'static str,
    /// Facts to ask for, most telling first.
    next_questions: Vec<QuestionJson>,
    /// Ids of what to adopt, prepare or consider, first things first.
    order: Vec<String>,
}

/// What a capability is worth.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AssessedCapability")]
struct CapabilityJson {
    /// Null for guidance only: no trigger has a condition.
    #[schemars(with = "Option<Verdict>")]
    verdict: Option<&'static str>,
    /// The rule that gave it; null for guidance only.
    #[schemars(with = "Option<Rule>")]
    rule: Option<&'static str>,
    /// Only one verdict is possible.
    settled: bool,
    /// The verdicts of all completions.
    #[schemars(with = "Vec<Verdict>")]
    possible: Vec<&'static str>,
    /// The truth of each statement, in the order of their places.
    #[schemars(with = "Vec<Truth>")]
    truths: Vec<&'static str>,
    /// Places of the statements that the verdict rests on.
    because: Vec<usize>,
    /// Places of what speaks for it all the same.
    against: Vec<usize>,
    /// What would change a verdict that is not settled.
    unless: Vec<UnlessJson>,
    /// Single changes of known facts that change the verdict.
    flips: Vec<FlipJson>,
    /// What must change together, where nothing else is; else null.
    flips_together: Option<TogetherJson>,
    /// The fit of each row of the trade-off.
    #[schemars(with = "Vec<Fit>")]
    options: Vec<&'static str>,
}

/// A statement and the truth that it would have to have.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Wanted")]
struct WantedJson {
    /// Its place.
    statement: usize,
    /// The truth.
    #[schemars(with = "Truth")]
    truth: &'static str,
}

/// Undecided statements that would change the verdict.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AssessedUnless")]
struct UnlessJson {
    /// The statements.
    statements: Vec<WantedJson>,
    /// The verdict then.
    #[schemars(with = "Verdict")]
    to: &'static str,
    /// Whether it would be settled then.
    settled: bool,
    /// Answers that do it: each a list of what single facts must be.
    ways: Vec<WayJson>,
}

/// Answers that together do it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AssessedWay")]
struct WayJson {
    /// Fact by fact.
    needs: Vec<NeedJson>,
}

/// What an answer must be.
#[derive(Serialize, Default, JsonSchema)]
#[schemars(rename = "Need")]
struct NeedJson {
    /// The fact's id.
    fact: String,
    /// Of booleans.
    #[serde(skip_serializing_if = "Option::is_none")]
    boolean: Option<bool>,
    /// Of integers and numbers: a value in one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<Vec<RunJson>>,
    /// Of choices: one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<String>>,
    /// Of sets: all of these members.
    #[serde(skip_serializing_if = "Option::is_none")]
    with: Option<Vec<String>>,
    /// Of sets: none of these members.
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<Vec<String>>,
    /// Of sets: it is empty, or it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    empty: Option<bool>,
}

/// A known fact whose change alone would change the verdict: `need`, or a member more or less.
#[derive(Serialize, Default, JsonSchema)]
#[schemars(rename = "AssessedFlip")]
struct FlipJson {
    /// The fact's id.
    fact: String,
    /// What its answer would have to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<NeedJson>,
    /// One of these members more.
    #[serde(skip_serializing_if = "Option::is_none")]
    add: Option<Vec<String>>,
    /// One of these members less.
    #[serde(skip_serializing_if = "Option::is_none")]
    remove: Option<Vec<String>>,
    /// The verdict then.
    #[schemars(with = "Verdict")]
    to: &'static str,
    /// Whether it would be settled then.
    settled: bool,
}

/// The fewest deciding statements that must all change.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AssessedTogether")]
struct TogetherJson {
    /// The statements, as they are now.
    statements: Vec<WantedJson>,
    /// Answers that change them all.
    way: WayJson,
    /// The verdict then.
    #[schemars(with = "Verdict")]
    to: &'static str,
    /// Whether it would be settled then.
    settled: bool,
}

/// A fact to ask for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AssessedQuestion")]
struct QuestionJson {
    /// The fact's id.
    fact: String,
    /// How much an answer is expected to tell, as an exact fraction.
    gain: String,
    /// How many capabilities it touches.
    touches: usize,
    /// How many of these an answer could settle.
    could_settle: usize,
}

/// The statements of a capability that decide and have a condition, with list and place in it.
pub fn deciding(capability: &Capability<Condition>) -> impl Iterator<Item = (ListKind, usize, &Statement<Condition>)> {
    capability.statements().filter(|(list, _, s)| *list != ListKind::Prepare && s.when.is_some())
}

/// An assessment by ids and places.
pub fn assessed(catalog: &Catalog, assessment: &Assessment) -> AssessedJson {
    let capabilities = catalog.capabilities.iter().zip(&assessment.capabilities);
    AssessedJson {
        capabilities: capabilities.map(|(capability, found)| one(catalog, capability, found)).collect(),
        progress: assessment.progress.name(),
        next_questions: assessment
            .next_questions
            .iter()
            .map(|question| QuestionJson {
                fact: id(catalog, question.fact),
                gain: question.gain.to_string(),
                touches: question.touches,
                could_settle: question.could_settle,
            })
            .collect(),
        order: assessment.order.iter().map(|&n| catalog.capabilities[n].id.clone()).collect(),
    }
}

fn one(catalog: &Catalog, capability: &Capability<Condition>, found: &CapabilityAssessment) -> CapabilityJson {
    let place = |state: &StatementState| {
        let at = |(list, place, _): (ListKind, usize, _)| (list, place) == (state.list, state.place);
        deciding(capability).position(at).expect("it decides")
    };
    let places = |states: &[StatementState]| states.iter().map(place).collect::<Vec<_>>();
    let wanted = |states: &[StatementState]| {
        states.iter().map(|s| WantedJson { statement: place(s), truth: s.truth.name() }).collect::<Vec<_>>()
    };
    CapabilityJson {
        verdict: found.verdict.map(|v| v.name()),
        rule: found.rule.map(|r| r.name()),
        settled: found.settled,
        possible: found.possible.iter().map(|v| v.name()).collect(),
        truths: found.statements.iter().map(|s| s.truth.name()).collect(),
        because: places(&found.because),
        against: places(&found.against),
        unless: found
            .unless
            .iter()
            .map(|unless| UnlessJson {
                statements: wanted(&unless.statements),
                to: unless.to.name(),
                settled: unless.settled,
                ways: unless.ways.iter().map(|w| way(catalog, w)).collect(),
            })
            .collect(),
        flips: found
            .flips
            .iter()
            .map(|flip| {
                let mut json = FlipJson {
                    fact: id(catalog, flip.fact),
                    to: flip.to.name(),
                    settled: flip.settled,
                    ..FlipJson::default()
                };
                match &flip.change {
                    Change::To(needed) => json.need = Some(need(catalog, flip.fact, needed)),
                    Change::Add(ids) => json.add = Some(ids.clone()),
                    Change::Remove(ids) => json.remove = Some(ids.clone()),
                }
                json
            })
            .collect(),
        flips_together: found.flips_together.as_ref().map(|together: &FlipsTogether| TogetherJson {
            statements: wanted(&together.statements),
            way: way(catalog, &together.way),
            to: together.to.name(),
            settled: together.settled,
        }),
        options: found.options.iter().map(|option| option.fit.name()).collect(),
    }
}

fn id(catalog: &Catalog, fact: FactIx) -> String {
    catalog.fact(fact).id.clone()
}

fn way(catalog: &Catalog, way: &Way) -> WayJson {
    WayJson { needs: way.needs.iter().map(|(fact, needed)| need(catalog, *fact, needed)).collect() }
}

fn need(catalog: &Catalog, fact: FactIx, needed: &Needed) -> NeedJson {
    let mut json = NeedJson { fact: id(catalog, fact), ..NeedJson::default() };
    let run =
        |cell: &LineCell| RunJson { min: cell.min, min_open: cell.min_open, max: cell.max, max_open: cell.max_open };
    match needed {
        Needed::Bool(yes) => json.boolean = Some(*yes),
        Needed::Numbers(runs) => json.numbers = Some(runs.iter().map(run).collect()),
        Needed::Options(ids) => json.options = Some(ids.clone()),
        Needed::Set { with, without, empty } => {
            json.with = Some(with.clone());
            json.without = Some(without.clone());
            json.empty = *empty;
        }
    }
    json
}
