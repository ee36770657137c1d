//! Everything in one file.

use std::io::{self, Write};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Beside, Export, LicenceJson, SCHEMA_VERSION, content_hash, item, keys, licence, long, schema_url};
use crate::model::closed::Version;
use crate::model::site::Joints;
use crate::model::{Key, Kind, Verdict};
use crate::plan::Plan;

/// Everything in one file.
#[derive(Serialize, JsonSchema)]
pub(super) struct Framework {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// The title of the site.
    name: String,
    /// The question that the site answers.
    question: String,
    /// What the site is, without markup.
    description: String,
    /// The language of the texts, as a language tag.
    locale: String,
    /// The licence of the content; absent where the site says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<LicenceJson>,
    /// Whose work the content rests on.
    credits: Vec<item::TextJson>,
    /// Changes when any item changes.
    content_hash: String,
    /// The site's words for verdicts, in the order in which readers see them.
    verdicts: Vec<VerdictWords>,
    /// The words that join what facts say into sentences.
    joints: Joints,
    /// In reading order, as all that follow.
    layers: Vec<item::Item<item::LayerBody>>,
    /// What an organisation may adopt.
    capabilities: Vec<item::Item<item::CapabilityBody>>,
    /// What makes a capability relevant, each with an id of its own.
    triggers: Vec<item::Item<item::TriggerBody>>,
    /// The answers within trade-offs.
    options: Vec<item::Item<item::OptionBody>>,
    /// What rules need to know of a situation.
    facts: Vec<item::Item<item::FactBody>>,
    /// What capabilities are built on.
    components: Vec<item::Item<item::ComponentBody>>,
    /// Situations with the verdicts that they get.
    cases: Vec<item::Item<item::CaseBody>>,
    /// Recorded choices.
    decisions: Vec<item::Item<item::DecisionBody>>,
    /// Guide pages.
    pages: Vec<item::Item<item::PageBody>>,
    /// What changed for readers, newest first.
    changes: Vec<ChangeJson>,
}

/// The site's words for a verdict.
#[derive(Serialize, JsonSchema)]
struct VerdictWords {
    /// The verdict.
    #[schemars(with = "Verdict")]
    verdict: &'static str,
    /// The words for it.
    label: String,
    /// The words for it while it is not settled.
    probably: String,
}

/// Something that changed for readers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct ChangeJson {
    /// ISO 8601.
    date: String,
    /// What changed.
    text: item::TextJson,
    /// The things that it concerns.
    concerns: Vec<item::Named>,
}

/// How many items are made at a time.
const BLOCK: usize = 128;

/// Everything, some items after the other; the file of each goes to `beside`.
pub(super) fn write(plan: &Plan, out: &mut dyn Write, beside: Option<&Beside>) -> io::Result<()> {
    let made = |key: &Key| -> io::Result<Vec<u8>> {
        let item = item::json(plan, key);
        if let Some(beside) = beside {
            beside(key, &item::file(plan, key, &item))?;
        }
        Ok(item)
    };
    let fill = |name: &str, list: &mut long::List| {
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == name) else { return Ok(false) };
        for keys in keys(plan, kind).chunks(BLOCK) {
            let items: io::Result<Vec<Vec<u8>>> = keys.par_iter().map(made).collect();
            items?.iter().try_for_each(|item| list.item(|bytes| bytes.extend_from_slice(item)))?;
        }
        Ok(true)
    };
    long::write(&framework(plan), &fill, out)
}

/// The head of it: the items are added one by one.
fn framework(plan: &Plan) -> Framework {
    let site = &plan.catalog.site;
    let catalog = &plan.catalog;
    let changes = catalog.changes.iter().map(|change| ChangeJson {
        date: change.date.clone(),
        text: item::text(catalog, &change.text),
        concerns: change
            .concerns
            .iter()
            .filter_map(|name| catalog.resolve(&name.value))
            .map(|key| item::named(plan, key))
            .collect(),
    });
    Framework {
        schema: schema_url(plan, &Export::Framework),
        schema_version: SCHEMA_VERSION,
        name: site.title.clone(),
        question: site.question.clone(),
        description: catalog.plain(&site.description),
        locale: site.locale.clone(),
        licence: licence(plan),
        credits: site.credits.iter().map(|credit| item::text(catalog, credit)).collect(),
        content_hash: content_hash(plan),
        verdicts: site
            .verdicts
            .iter()
            .map(|(verdict, words)| VerdictWords {
                verdict: verdict.name(),
                label: words.label.clone(),
                probably: words.probably.clone(),
            })
            .collect(),
        joints: site.joints.clone(),
        layers: Vec::new(),
        capabilities: Vec::new(),
        triggers: Vec::new(),
        options: Vec::new(),
        facts: Vec::new(),
        components: Vec::new(),
        cases: Vec::new(),
        decisions: Vec::new(),
        pages: Vec::new(),
        changes: changes.collect(),
    }
}
