//! Conformance vectors: what any other engine must find, too. Seeded, so that they are the same on every machine.
//!
//! `conditions.json` knows no site: conditions of every form, with what is known of their facts, and whether they hold.
//! `assessments.json` is the real content under many profiles: verdicts, reasons and questions by ids and places,
//! without a word of the site. A site publishes them if it says `conformance: true`.

mod assessed;
mod conditions;
mod dice;
mod profiles;

use schemars::JsonSchema;
use serde::Serialize;

use super::condition::{OPS, Tree};
use super::item::{GivenJson, given};
use super::{Export, SCHEMA_VERSION, content_hash, schema_url};
use crate::assess::{Assessor, Truth};
use crate::model::closed::Version;
use crate::model::{FactType, Key, Kind, Profile};
use crate::plan::Plan;

pub use assessed::AssessedJson;
pub use conditions::{ConditionVector, conditions};
pub use profiles::profiles;

/// Conditions, with what is known of their facts, and whether they hold.
#[derive(Serialize, JsonSchema)]
pub struct Conditions {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// How many pairs of a condition and what is known there are.
    count: usize,
    /// Every `op` of a tree. Each occurs.
    #[schemars(with = "Vec<String>")]
    ops: [&'static str; 13],
    /// The facts that the conditions read.
    facts: Vec<DeclaredJson>,
    /// The conditions.
    conditions: Vec<ConditionJson>,
}

/// A fact and its values.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Declared")]
struct DeclaredJson {
    /// As conditions and answers name it.
    id: String,
    /// Its type.
    #[schemars(with = "FactType")]
    fact_type: &'static str,
    /// Of integers and numbers: no value is lower.
    #[serde(skip_serializing_if = "Option::is_none")]
    lowest: Option<f64>,
    /// Of choices: what may be answered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
}

/// A condition under several situations.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Condition")]
struct ConditionJson {
    /// CEL.
    cel: String,
    /// The same as a tree.
    tree: Tree,
    /// What is known, and whether the condition holds then.
    rows: Vec<RowJson>,
}

/// What is known, and whether a condition holds then.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Row")]
struct RowJson {
    /// What is known; a fact that is absent is unknown.
    answers: Vec<GivenJson>,
    /// `true` or `false` if it is so for every value that is still possible, else `unknown`.
    #[schemars(with = "Truth")]
    truth: &'static str,
}

/// The content of this site under many profiles.
#[derive(Serialize, JsonSchema)]
pub struct Assessments {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// That of `api/v1/framework.json` with the same rules.
    content_hash: String,
    /// How many profiles there are.
    count: usize,
    /// The statements of each capability that decide and have a condition: places in what follows.
    capabilities: Vec<PlacesJson>,
    /// The profiles: the cases, then random ones.
    profiles: Vec<ProfileJson>,
}

/// What the places of statements mean.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Places")]
struct PlacesJson {
    /// The capability's id.
    id: String,
    /// Its statements in declared order: triggers, not_when, then now and later, or activate_when.
    statements: Vec<PlaceJson>,
}

/// A statement that decides.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Place")]
struct PlaceJson {
    /// Its list.
    #[schemars(with = "crate::model::ListKind")]
    list: &'static str,
    /// Its id, as in the capability's item.
    id: String,
}

/// A profile and what it comes to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProfileVector")]
struct ProfileJson {
    /// The id of the case; absent for a random profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// What is known; a fact that is absent is unknown.
    answers: Vec<GivenJson>,
    /// What an engine must find.
    assessment: AssessedJson,
}

/// `conformance/v1/conditions.json`
pub(super) fn conditions_file(plan: &Plan) -> Conditions {
    let (facts, vectors) = conditions();
    let declared = facts.iter().map(|fact| DeclaredJson {
        id: fact.id.clone(),
        fact_type: fact.fact_type.name(),
        lowest: fact.fact_type.is_ordered().then(|| crate::assess::cells::lowest(fact)),
        options: fact.options.iter().map(|option| option.id.clone()).collect(),
    });
    Conditions {
        schema: schema_url(plan, &Export::Conditions),
        schema_version: SCHEMA_VERSION,
        count: vectors.iter().map(|vector| vector.rows.len()).sum(),
        ops: OPS,
        facts: declared.collect(),
        conditions: vectors
            .iter()
            .map(|vector| ConditionJson {
                cel: vector.cel(&facts),
                tree: vector.tree(&facts),
                rows: vector
                    .rows
                    .iter()
                    .map(|(profile, truth)| RowJson { answers: answers(&facts, profile), truth: truth.name() })
                    .collect(),
            })
            .collect(),
    }
}

/// `conformance/v1/assessments.json`
pub(super) fn assessments_file(plan: &Plan) -> Assessments {
    let catalog = &plan.catalog;
    let assessor = Assessor::new(catalog);
    let given = |profile: &Profile| answers(&catalog.facts, profile);
    let mut all: Vec<ProfileJson> = catalog
        .cases
        .iter()
        .zip(&plan.assessed().cases)
        .map(|(case, assessment)| ProfileJson {
            case: Some(case.id.clone()),
            answers: given(&case.facts),
            assessment: assessed::assessed(catalog, assessment),
        })
        .collect();
    all.extend(profiles(catalog).iter().map(|profile| ProfileJson {
        case: None,
        answers: given(profile),
        assessment: assessed::assessed(catalog, &assessor.assess(profile)),
    }));
    Assessments {
        schema: schema_url(plan, &Export::Assessments),
        schema_version: SCHEMA_VERSION,
        content_hash: content_hash(plan),
        count: all.len(),
        capabilities: catalog
            .capabilities
            .iter()
            .map(|capability| PlacesJson {
                id: Key::new(Kind::Capability, &capability.id).id,
                statements: assessed::deciding(capability)
                    .map(|(list, place, statement)| PlaceJson {
                        list: list.name(),
                        id: statement.id.clone().unwrap_or_else(|| format!("{}.{}", list.name(), place + 1)),
                    })
                    .collect(),
            })
            .collect(),
        profiles: all,
    }
}

fn answers(facts: &[crate::model::Fact], profile: &Profile) -> Vec<GivenJson> {
    profile.answers.iter().map(|(ix, answer)| given(&facts[ix.0].id, answer)).collect()
}
