//! Decision records: MADR 4 text made of an assessment, and whether the premises of one still hold.
//!
//! The premises stand in the front matter under `worthwhile`: capability, option, verdict, both hashes of the
//! capability, and the profile. So a program can check them, and a person can read on below.

mod premises;
mod words;
mod write;

use crate::link::Catalog;
use crate::model::{Capability, Condition, Decision, Key, Kind, Profile, TradeOffBody};

pub use premises::{Finding, Premises, check};
pub use words::WORDS;
pub use write::{Decided, escape, write};

/// The premises of a decision of the catalog; None if its capability or its choice is gone, which is an error elsewhere.
pub fn premises(catalog: &Catalog, decision: &Decision<Profile>) -> Option<Premises> {
    let capability = catalog.capabilities.iter().position(|c| c.id == decision.capability.key.id)?;
    Some(Premises {
        capability,
        choice: choice(catalog, &catalog.capabilities[capability], &decision.option.value)?,
        verdict: decision.verdict,
        settled: decision.settled,
        rules: decision.rules_hash.clone(),
        prose: decision.prose_hash.clone(),
        profile: decision.facts.clone(),
    })
}

/// Something that can be decided for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub title: String,
    pub what: What,
}

/// What a choice stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Keep what you have.
    Keep,
    /// A row of the trade-off.
    Row(usize),
    /// The capability itself, where the trade-off names no options.
    Adopt,
}

/// What can be decided for a capability: `keep`, then the options of the trade-off; `adopt` where there are none.
pub fn choices(catalog: &Catalog, capability: &Capability<Condition>) -> Vec<Choice> {
    let keep = capability.trade_off.as_ref().and_then(|t| t.keep.as_ref()).and_then(|k| k.title.clone());
    let keep = keep.unwrap_or_else(|| WORDS.keep.into());
    let mut choices = vec![Choice { id: "keep".into(), title: keep, what: What::Keep }];
    let rows: Vec<(usize, &Key)> = match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => rows.iter().map(|r| &r.option.key).enumerate().collect(),
        Some(TradeOffBody::Columns { rows, .. }) => {
            rows.iter().enumerate().filter_map(|(n, row)| Some((n, &row.option.as_ref()?.key))).collect()
        }
        None => Vec::new(),
    };
    if rows.is_empty() {
        let title = WORDS.adopt.replace("{}", &capability.title);
        choices.push(Choice { id: "adopt".into(), title, what: What::Adopt });
    }
    choices.extend(rows.into_iter().map(|(n, key)| Choice {
        id: key.id.clone(),
        title: catalog.title(key).unwrap_or_else(|| key.id.clone()),
        what: What::Row(n),
    }));
    choices
}

/// The choice of an id, or of a former id of an option.
pub fn choice(catalog: &Catalog, capability: &Capability<Condition>, id: &str) -> Option<Choice> {
    let present = catalog.resolve(&format!("{}:{id}", Kind::Option)).map_or(id, |key| key.id.as_str());
    choices(catalog, capability).into_iter().find(|c| c.id == id || c.id == present)
}
