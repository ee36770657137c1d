//! What a decision record needs beside the rules, as the browser gets it once a reader asks for a record.

use std::io::{self, Write};

use serde::Serialize;

use super::item::hashes;
use crate::link::Catalog;
use crate::model::{Capability, Condition, Key, Kind, Text, TradeOffBody};
use crate::plan::Plan;
use crate::record::{self, Choice, What};

/// One capability, in the order of the rules.
#[derive(Serialize)]
struct CapabilityRecords {
    /// Without markup, as the texts below.
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// The capability's two hashes.
    rules: String,
    prose: String,
    /// What can be chosen.
    choices: Vec<ChoiceRecords>,
}

#[derive(Serialize)]
struct ChoiceRecords {
    id: String,
    title: String,
    /// The row of the trade-off; absent for keeping and for adopting.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pros: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cons: Vec<String>,
}

/// The route of the script. It stays when its content changes, so that the rules, which name it, do not change with prose.
pub const ROUTE: &str = "assess/records.js";

/// Writes a classic script that puts the texts and the words of records at `worthwhile.records`, one capability after the
/// other: a large site's are too large to be held.
pub fn write(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"worthwhile.records={\"capabilities\":[")?;
    for (n, one) in plan.catalog.capabilities.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        write!(out, "{comma}{}", json(&capability(plan, one)))?;
    }
    writeln!(out, "],\"words\":{}}};", json(&record::WORDS))
}

/// JSON that may stand in a script of any page.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers under names").replace('<', "\\u003c")
}

fn capability(plan: &Plan, capability: &Capability<Condition>) -> CapabilityRecords {
    let catalog = &plan.catalog;
    let hashes = hashes(plan, &Key::new(Kind::Capability, &capability.id));
    let choices = record::choices(catalog, capability);
    CapabilityRecords {
        summary: catalog.plain(&capability.summary),
        question: capability.closing_question.as_ref().map(|text| catalog.plain(text)),
        rules: hashes.rules,
        prose: hashes.prose,
        choices: choices.into_iter().map(|choice| self::choice(catalog, capability, choice)).collect(),
    }
}

fn choice(catalog: &Catalog, capability: &Capability<Condition>, choice: Choice) -> ChoiceRecords {
    let plain = |texts: &[Text]| texts.iter().map(|text| catalog.plain(text)).collect::<Vec<String>>();
    let trade_off = capability.trade_off.as_ref();
    let (pros, cons) = match (choice.what, trade_off.map(|t| &t.body)) {
        (What::Keep, _) => {
            let keep = trade_off.and_then(|t| t.keep.as_ref());
            keep.map(|keep| (plain(&keep.pros), plain(&keep.cons))).unwrap_or_default()
        }
        (What::Row(row), Some(TradeOffBody::Options(rows))) => {
            rows.get(row).map(|row| (plain(&row.pros), plain(&row.cons))).unwrap_or_default()
        }
        _ => (Vec::new(), Vec::new()),
    };
    let row = match choice.what {
        What::Row(row) => Some(row),
        What::Keep | What::Adopt => None,
    };
    ChoiceRecords { id: choice.id, title: choice.title, row, pros, cons }
}
