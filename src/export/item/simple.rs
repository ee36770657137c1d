//! The other kinds as JSON.

use serde::Serialize;

use super::{Named, TextJson, named, prose, text, texts as text_list};
use crate::export::condition::{self, When};
use crate::link::Catalog;
use crate::model::{Answer, Key, Kind, Profile, Text};
use crate::plan::Plan;

const OURS: &str = "keys come from the catalog";

#[derive(Serialize)]
pub struct LayerBody {
    order: i64,
    /// What it is called: "Layer 2: Enhancement".
    full_title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<TextJson>,
    topics: Vec<TextJson>,
    questions: Vec<QuestionJson>,
    capabilities: Vec<Named>,
    components: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

#[derive(Serialize)]
struct QuestionJson {
    question: TextJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    capability: Option<Named>,
}

pub fn layer(plan: &Plan, id: &str) -> LayerBody {
    let catalog = &plan.catalog;
    let layer = catalog.layer(id).expect(OURS);
    let inside = |kind: Kind, id: &str| named(plan, &Key::new(kind, id));
    LayerBody {
        order: layer.order,
        full_title: format!("{}: {}", catalog.layer_name(layer), layer.title),
        description: layer.description.as_ref().map(|t| text(catalog, t)),
        topics: text_list(catalog, &layer.topics),
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

#[derive(Serialize)]
pub struct TriggerBody {
    capability: Named,
    text: TextJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
}

pub fn trigger(plan: &Plan, id: &str) -> TriggerBody {
    let catalog = &plan.catalog;
    let (capability, statement) = catalog.trigger(id).expect(OURS);
    TriggerBody {
        capability: named(plan, &Key::new(Kind::Capability, &capability.id)),
        text: text(catalog, &statement.text),
        when: statement.when.as_ref().map(|c| condition::when(catalog, c)),
    }
}

#[derive(Serialize)]
pub struct OptionBody {
    option_kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maturity: Option<TextJson>,
    /// The capabilities in whose trade-off it stands.
    answers_in: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

pub fn option(plan: &Plan, id: &str) -> OptionBody {
    let catalog = &plan.catalog;
    let option = catalog.option(id).expect(OURS);
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
        prose: prose(&option.prose),
    }
}

#[derive(Serialize)]
pub struct FactBody {
    topic: String,
    question: TextJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<TextJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<TextJson>,
    fact_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RangeJson>,
    options: Vec<ChoiceJson>,
    read_by: Vec<ReaderJson>,
}

#[derive(Serialize)]
struct RangeJson {
    min: f64,
    max: f64,
}

#[derive(Serialize)]
struct ChoiceJson {
    id: String,
    label: String,
}

#[derive(Serialize)]
struct ReaderJson {
    capability: Named,
    list: &'static str,
    /// The statement's id; empty for a row of a trade-off with free columns.
    statement: String,
    cel: String,
}

pub fn fact(plan: &Plan, id: &str) -> FactBody {
    let catalog = &plan.catalog;
    let ix = catalog.fact_ix(id).expect(OURS);
    let fact = catalog.fact(ix);
    FactBody {
        topic: fact.topic.clone(),
        question: text(catalog, &fact.question),
        help: fact.help.as_ref().map(|t| text(catalog, t)),
        measure: fact.measure.as_ref().map(|t| text(catalog, t)),
        fact_type: fact.fact_type.name(),
        unit: fact.unit.as_ref().map(|u| u.other.clone()),
        range: fact.range.map(|(min, max)| RangeJson { min, max }),
        options: fact.options.iter().map(|o| ChoiceJson { id: o.id.clone(), label: o.label.clone() }).collect(),
        read_by: plan
            .derived
            .read_by
            .get(&ix)
            .into_iter()
            .flatten()
            .map(|at| {
                let capability = &catalog.capabilities[at.capability];
                let place = format!("{}.{}", at.list.name(), at.place + 1);
                let statement = at.statement(catalog).map(|s| s.id.clone().unwrap_or(place)).unwrap_or_default();
                ReaderJson {
                    capability: named(plan, &Key::new(Kind::Capability, &capability.id)),
                    list: at.list.name(),
                    statement,
                    cel: at.condition(catalog).map(|c| condition::cel(catalog, c)).unwrap_or_default(),
                }
            })
            .collect(),
    }
}

#[derive(Serialize)]
pub struct ComponentBody {
    layer: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    /// Capabilities that build on it, and what each adds.
    supports: Vec<AddsJson>,
    /// Capabilities beside which it stays, and why.
    stays_beside: Vec<AddsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

#[derive(Serialize)]
struct AddsJson {
    capability: Named,
    text: TextJson,
}

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

#[derive(Serialize)]
pub struct CaseBody {
    constructed: bool,
    facts: Vec<AnswerJson>,
    expect: Vec<ExpectJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// What is known of a fact: exactly one of the keys beside `fact`.
#[derive(Serialize, Default)]
struct AnswerJson {
    fact: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    boolean: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<EndsJson>,
    /// One option of a choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    /// One of these options, not known which.
    #[serde(skip_serializing_if = "Option::is_none")]
    one_of: Option<Vec<String>>,
    /// The members of a set; empty is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<Vec<String>>,
    /// True: asked, and not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<bool>,
}

#[derive(Serialize)]
struct EndsJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
}

#[derive(Serialize)]
struct ExpectJson {
    capability: Named,
    verdicts: Vec<&'static str>,
}

pub fn case(plan: &Plan, id: &str) -> CaseBody {
    let case = plan.catalog.case(id).expect(OURS);
    CaseBody {
        constructed: case.constructed,
        facts: answers(&plan.catalog, &case.facts),
        expect: case
            .expect
            .iter()
            .map(|(capability, verdicts)| ExpectJson {
                capability: named(plan, &capability.key),
                verdicts: verdicts.iter().map(|v| v.name()).collect(),
            })
            .collect(),
        prose: prose(&case.prose),
    }
}

fn answers(catalog: &Catalog, profile: &Profile) -> Vec<AnswerJson> {
    profile
        .answers
        .iter()
        .map(|(fact, answer)| {
            let mut json = AnswerJson { fact: catalog.fact(*fact).id.clone(), ..AnswerJson::default() };
            match answer {
                Answer::Unknown => json.unknown = Some(true),
                Answer::Bool(b) => json.boolean = Some(*b),
                Answer::Number(n) => json.number = Some(*n),
                Answer::Range { min, max } => json.range = Some(EndsJson { min: *min, max: *max }),
                Answer::Choice(option) => json.option = Some(option.clone()),
                Answer::OneOf(options) => json.one_of = Some(options.iter().cloned().collect()),
                Answer::Set(members) => json.set = Some(members.iter().cloned().collect()),
            }
            json
        })
        .collect()
}

#[derive(Serialize)]
pub struct DecisionBody {
    capability: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<Named>,
    date: String,
    status: String,
    facts: Vec<AnswerJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

pub fn decision(plan: &Plan, id: &str) -> DecisionBody {
    let decision = plan.catalog.decisions.iter().find(|d| d.id == id).expect(OURS);
    DecisionBody {
        capability: named(plan, &decision.capability.key),
        option: decision.option.as_ref().map(|o| named(plan, &o.key)),
        date: decision.date.clone(),
        status: decision.status.clone(),
        facts: answers(&plan.catalog, &decision.facts),
        prose: prose(&decision.prose),
    }
}

#[derive(Serialize)]
pub struct PageBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

pub fn page(plan: &Plan, id: &str) -> PageBody {
    PageBody { prose: prose(&plan.catalog.page(id).expect(OURS).prose) }
}

/// The summary (without markup) and the former ids of a thing.
pub fn summary_and_aliases(catalog: &Catalog, key: &Key) -> (String, Vec<String>) {
    let id = key.id.as_str();
    let plain = |t: &Text| catalog.plain(t);
    match key.kind {
        Kind::Layer => catalog.layer(id).map(|x| (plain(&x.summary), x.aliases.clone())),
        Kind::Capability => catalog.capability(id).map(|x| (plain(&x.summary), x.aliases.clone())),
        Kind::Trigger => catalog.trigger(id).map(|(c, _)| (c.title.clone(), Vec::new())),
        Kind::Option => catalog.option(id).map(|x| (plain(&x.summary), x.aliases.clone())),
        Kind::Fact => {
            catalog.fact_ix(id).map(|ix| (plain(&catalog.fact(ix).question), catalog.fact(ix).aliases.clone()))
        }
        Kind::Component => catalog.component(id).map(|x| (plain(&x.summary), x.aliases.clone())),
        Kind::Case => catalog.case(id).map(|x| (plain(&x.summary), x.aliases.clone())),
        Kind::Decision => None,
        Kind::Page => catalog.page(id).map(|x| (x.summary.as_ref().map(plain).unwrap_or_default(), x.aliases.clone())),
    }
    .unwrap_or_default()
}

/// The texts and the prose of a thing without conditions.
pub fn texts<'a>(catalog: &'a Catalog, key: &Key) -> (Vec<&'a Text>, &'a str) {
    let id = key.id.as_str();
    match key.kind {
        Kind::Layer => catalog.layer(id).map(|x| {
            let texts = [&x.summary].into_iter().chain(&x.description).chain(&x.topics);
            (texts.chain(x.questions.iter().map(|(q, _)| q)).collect(), x.prose.source.as_str())
        }),
        Kind::Option => {
            catalog.option(id).map(|x| ([&x.summary].into_iter().chain(&x.maturity).collect(), x.prose.source.as_str()))
        }
        Kind::Component => catalog.component(id).map(|x| (vec![&x.summary], x.prose.source.as_str())),
        Kind::Page => catalog.page(id).map(|x| (x.summary.iter().collect(), x.prose.source.as_str())),
        Kind::Decision => catalog.decisions.iter().find(|d| d.id == id).map(|d| (Vec::new(), d.prose.source.as_str())),
        _ => None,
    }
    .unwrap_or_default()
}
