//! Layers, triggers, options, components and guide pages as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, TextJson, named, prose, text, texts_of};
use crate::export::condition::{self, When};
use crate::model::thing::OptionKind;
use crate::model::{Key, Kind};
use crate::plan::Plan;

const OURS: &str = "keys come from the catalog";

/// A shelf that capabilities stand on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Layer")]
pub struct LayerBody {
    /// Its place: what has a lower number comes first.
    order: i64,
    /// What it is called: "Layer 2: Enhancement".
    full_title: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<TextJson>,
    /// What it is about.
    topics: Vec<TextJson>,
    /// The questions that it answers.
    questions: Vec<QuestionJson>,
    /// The capabilities that stand on it, in reading order.
    capabilities: Vec<Named>,
    /// The components that stand on it, in reading order.
    components: Vec<Named>,
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// A leading question of a layer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LeadingQuestion")]
struct QuestionJson {
    /// What is asked.
    question: TextJson,
    /// The capability that answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    capability: Option<Named>,
}

/// The body of a layer's item.
pub fn layer(plan: &Plan, id: &str) -> LayerBody {
    let catalog = &plan.catalog;
    let layer = catalog.layer(id).expect(OURS);
    let inside = |kind: Kind, id: &str| named(plan, &Key::new(kind, id));
    LayerBody {
        order: layer.order,
        full_title: format!("{}: {}", catalog.layer_name(layer), layer.title),
        description: layer.description.as_ref().map(|t| text(catalog, t)),
        topics: texts_of(catalog, &layer.topics),
        questions: layer
            .questions
            .iter()
            .map(|(question, capability)| QuestionJson {
                question: text(catalog, question),
                capability: capability.as_ref().map(|c| named(plan, &c.key)),
            })
            .collect(),
        capabilities: catalog
            .capabilities
            .iter()
            .filter(|c| c.layer.key.id == id)
            .map(|c| inside(Kind::Capability, &c.id))
            .collect(),
        components: catalog
            .components
            .iter()
            .filter(|c| c.layer.key.id == id)
            .map(|c| inside(Kind::Component, &c.id))
            .collect(),
        prose: prose(&layer.prose),
    }
}

/// What makes a capability relevant. Its id is `<capability>.<statement>`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Trigger")]
pub struct TriggerBody {
    /// The capability that it makes relevant.
    capability: Named,
    /// What it says.
    text: TextJson,
    /// When it holds; absent for prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
}

/// The body of a trigger's item.
pub fn trigger(plan: &Plan, id: &str) -> TriggerBody {
    let catalog = &plan.catalog;
    let (capability, statement) = catalog.trigger(id).expect(OURS);
    TriggerBody {
        capability: named(plan, &Key::new(Kind::Capability, &capability.id)),
        text: text(catalog, &statement.text),
        when: statement.when.as_deref().map(|c| condition::when(catalog, c)),
    }
}

/// A tool, a service or an approach: an answer within trade-offs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Option")]
pub struct OptionBody {
    /// What it is.
    #[schemars(with = "OptionKind")]
    option_kind: &'static str,
    /// A title for narrow columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    /// Its own site.
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    /// Its licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    /// How mature it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    maturity: Option<TextJson>,
    /// The capabilities in whose trade-off it stands.
    answers_in: Vec<Named>,
    /// The recorded decisions that chose it.
    chosen_by: Vec<Named>,
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// The body of an option's item.
pub fn option(plan: &Plan, id: &str) -> OptionBody {
    let catalog = &plan.catalog;
    let option = catalog.option(id).expect(OURS);
    let chose = catalog.decisions.iter().filter(|d| d.option.value == id);
    OptionBody {
        option_kind: option.kind.name(),
        short: option.short.clone(),
        project: option.url.clone(),
        licence: option.licence.clone(),
        maturity: option.maturity.as_ref().map(|t| text(catalog, t)),
        answers_in: plan
            .derived
            .answers_in
            .get(id)
            .into_iter()
            .flatten()
            .map(|(n, _)| named(plan, &Key::new(Kind::Capability, &catalog.capabilities[*n].id)))
            .collect(),
        chosen_by: chose.map(|d| named(plan, &Key::new(Kind::Decision, &d.id))).collect(),
        prose: prose(&option.prose),
    }
}

/// What capabilities build on, when it is no capability itself.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Component")]
pub struct ComponentBody {
    /// The layer that it stands in.
    layer: Named,
    /// Its own site.
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    /// Capabilities that build on it, and what each adds.
    supports: Vec<AddsJson>,
    /// Capabilities beside which it stays, and why.
    stays_beside: Vec<AddsJson>,
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// A capability, and what it adds or leaves.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Adds")]
struct AddsJson {
    /// The capability.
    capability: Named,
    /// What it adds, or why the other stays.
    text: TextJson,
}

/// The body of a component's item.
pub fn component(plan: &Plan, id: &str) -> ComponentBody {
    let catalog = &plan.catalog;
    let component = catalog.component(id).expect(OURS);
    let key = Key::new(Kind::Component, id);
    let of = |n: usize| named(plan, &Key::new(Kind::Capability, &catalog.capabilities[n].id));
    ComponentBody {
        layer: named(plan, &component.layer.key),
        project: component.url.clone(),
        supports: plan
            .derived
            .supports
            .get(&key)
            .into_iter()
            .flatten()
            .map(|(n, place)| AddsJson {
                capability: of(*n),
                text: text(catalog, &catalog.capabilities[*n].builds_on[*place].adds),
            })
            .collect(),
        stays_beside: plan
            .derived
            .stays
            .get(&key)
            .into_iter()
            .flatten()
            .map(|(n, place)| AddsJson {
                capability: of(*n),
                text: text(catalog, &catalog.capabilities[*n].does_not_replace[*place].text),
            })
            .collect(),
        prose: prose(&component.prose),
    }
}

/// A guide page. Its id is its path below `pages/`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Page")]
pub struct PageBody {
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// The body of a page's item.
pub fn page(plan: &Plan, id: &str) -> PageBody {
    PageBody { prose: prose(&plan.catalog.page(id).expect(OURS).prose) }
}
