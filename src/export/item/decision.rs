//! Decisions as JSON: what was chosen, on which premises, and whether they still hold.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AnswerJson, Hashes, Named, answers, hashes, named, prose};
use crate::model::Verdict;
use crate::plan::Plan;
use crate::record::{self, Finding};

/// A recorded choice, what it rested on, and whether that is still so.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Decision")]
pub struct DecisionBody {
    /// ISO 8601.
    date: String,
    /// `proposed`, `accepted`, `rejected`, `deprecated`, or `superseded` with what supersedes it.
    status: String,
    /// True for a record that was invented as an example.
    constructed: bool,
    /// The capability that was decided about.
    capability: Named,
    /// What was chosen: `keep`, `adopt`, or the id of an option of the trade-off.
    option: String,
    /// Its title.
    option_title: String,
    /// The verdict when it was decided.
    #[schemars(with = "Verdict")]
    verdict: &'static str,
    /// Whether that verdict was settled.
    settled: bool,
    /// The capability's hashes when it was decided.
    premises: Hashes,
    /// What was known, in declared order of the facts.
    facts: Vec<AnswerJson>,
    /// Whether what it rested on is still so: the facts as recorded, the rules as they are today.
    holds: bool,
    /// What is no longer as it was.
    findings: Vec<FindingJson>,
    /// What stands below the title, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// Something that is no longer as it was when it was decided.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingJson {
    /// True if the premises no longer hold because of it.
    breaks: bool,
    /// In words.
    text: String,
}

/// The body of a decision's item.
pub fn decision(plan: &Plan, id: &str) -> DecisionBody {
    let place = plan.catalog.decisions.iter().position(|d| d.id == id).expect("keys come from the catalog");
    let decision = &plan.catalog.decisions[place];
    let findings = findings(plan, place);
    DecisionBody {
        date: decision.date.clone(),
        status: decision.status.clone(),
        constructed: decision.constructed,
        capability: named(plan, &decision.capability.key),
        option: decision.option.value.clone(),
        option_title: record::premises(&plan.catalog, decision).map(|p| p.choice.title).unwrap_or_default(),
        verdict: decision.verdict.name(),
        settled: decision.settled,
        premises: Hashes { rules: decision.rules_hash.clone(), prose: decision.prose_hash.clone() },
        facts: answers(&plan.catalog, &decision.facts),
        holds: !findings.iter().any(|f| f.breaks),
        findings: findings.into_iter().map(|f| FindingJson { breaks: f.breaks, text: f.text }).collect(),
        prose: prose(&decision.prose),
    }
}

/// Whether everything that a decision rested on is still so; by its place in the catalog.
pub fn holds(plan: &Plan, decision: usize) -> bool {
    !findings(plan, decision).iter().any(|finding| finding.breaks)
}

/// What of a decision, by its place in the catalog, is no longer as it was when it was made: the facts are those that it
/// records, the rules those of today.
pub fn findings(plan: &Plan, decision: usize) -> Vec<Finding> {
    let catalog = &plan.catalog;
    let decided = &catalog.decisions[decision];
    let Some(premises) = record::premises(catalog, decided) else { return Vec::new() };
    let now = &plan.assessed().decisions[decision];
    let hashes = hashes(plan, &decided.capability.key);
    record::check(catalog, &premises, now, now, &decided.facts, (&hashes.rules, &hashes.prose))
}
