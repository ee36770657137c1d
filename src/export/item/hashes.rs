//! The two hashes of an item.

use schemars::JsonSchema;
use serde::Serialize;

use super::{capability, texts};
use crate::export::condition;
use crate::export::hash::Hasher;
use crate::link::Catalog;
use crate::model::{Condition, Key, Kind, ListKind, Text};
use crate::plan::{self, Plan};

/// Two hashes, so that a typo does not invalidate a decision.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Hashes {
    /// Over conditions and the facts they read: what decides.
    pub rules: String,
    /// Over every text.
    pub prose: String,
}

/// The two hashes of an item.
pub fn hashes(plan: &Plan, key: &Key) -> Hashes {
    let plan::Hashes { rules, prose } = plan.hashes(key, || made(plan, key));
    Hashes { rules, prose }
}

fn made(plan: &Plan, key: &Key) -> plan::Hashes {
    let catalog = &plan.catalog;
    let (mut rules, mut prose) = (Hasher::default(), Hasher::default());
    prose.add(&catalog.title(key).unwrap_or_default());
    let mut text = |text: &Text| prose.add(text.source());
    let id = key.id.as_str();
    match key.kind {
        Kind::Capability => {
            let capability = catalog.capability(id).expect("keys come from the catalog");
            capability.texts().into_iter().for_each(&mut text);
            prose.add(&capability.prose.source);
            for (list, _, statement) in capability.statements() {
                if let Some(condition) = &statement.when {
                    rule(catalog, list.name(), condition, &mut rules);
                }
            }
            for (option, condition) in capability::option_conditions(capability) {
                rule(catalog, option, condition, &mut rules);
            }
        }
        Kind::Trigger => {
            if let Some((_, statement)) = catalog.trigger(id) {
                text(&statement.text);
                if let Some(condition) = &statement.when {
                    rule(catalog, ListKind::Trigger.name(), condition, &mut rules);
                }
            }
        }
        Kind::Fact => {
            if let Some(ix) = catalog.fact_ix(id) {
                let fact = catalog.fact(ix);
                [&fact.question].into_iter().chain(&fact.help).chain(&fact.measure).for_each(&mut text);
                add_fact(fact, &mut rules);
            }
        }
        Kind::Case => {
            if let Some(case) = catalog.case(id) {
                text(&case.summary);
                prose.add(&case.prose.source);
                for (fact, answer) in &case.facts.answers {
                    rules.add(&catalog.fact(*fact).id);
                    rules.add(&format!("{answer:?}"));
                }
                for (capability, verdicts) in &case.expect {
                    rules.add(&capability.key.id);
                    verdicts.iter().for_each(|v| rules.add(v.name()));
                }
            }
        }
        Kind::Decision => {
            if let Some(decision) = catalog.decisions.iter().find(|d| d.id == id) {
                [&*decision.status, &decision.date, &decision.prose.source].into_iter().for_each(|t| prose.add(t));
                let premises = [decision.verdict.name(), &decision.rules_hash, &decision.prose_hash];
                [&*decision.capability.key.id, &decision.option.value]
                    .iter()
                    .chain(&premises)
                    .for_each(|t| rules.add(t));
                for (fact, answer) in &decision.facts.answers {
                    rules.add(&catalog.fact(*fact).id);
                    rules.add(&format!("{answer:?}"));
                }
            }
        }
        _ => {
            let (texts, source) = texts::texts(catalog, key);
            texts.into_iter().for_each(&mut text);
            prose.add(source);
        }
    }
    plan::Hashes { rules: rules.finish(), prose: prose.finish() }
}

fn rule(catalog: &Catalog, list: &str, condition: &Condition, rules: &mut Hasher) {
    rules.add(list);
    rules.add(&condition::cel(catalog, condition));
    for fact in &condition.facts {
        add_fact(catalog.fact(*fact), rules);
    }
}

/// What of a fact decides: its id, its type, its options. Its words do not.
fn add_fact(fact: &crate::model::Fact, rules: &mut Hasher) {
    rules.add(&fact.id);
    rules.add(fact.fact_type.name());
    fact.options.iter().for_each(|option| rules.add(&option.id));
}
