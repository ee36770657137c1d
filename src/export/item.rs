//! One item of each kind as JSON.

mod capability;
mod simple;

use serde::Serialize;

use super::hash::Hasher;
use super::{Export, SCHEMA_VERSION, url};
use crate::export::condition::{self, When};
use crate::link::Catalog;
use crate::model::{Condition, Key, Kind, ListKind, Prose, Statement, Text};
use crate::plan::{PageName, Plan, Route};

/// The file of an item.
#[derive(Serialize)]
pub struct Envelope {
    schema_version: &'static str,
    kind: &'static str,
    item: Item,
}

/// An item: what every kind has, and what its own kind has beside it.
#[derive(Serialize)]
pub struct Item {
    #[serde(flatten)]
    entry: Entry,
    #[serde(flatten)]
    body: Body,
}

/// What an index says of an item, and what every item starts with.
#[derive(Serialize)]
pub struct Entry {
    pub id: String,
    pub title: String,
    /// Without markup; empty where the kind has no summary.
    pub summary: String,
    /// Its page; empty for kinds without pages.
    pub url: String,
    /// Its own file.
    pub json: String,
    /// Former ids.
    pub aliases: Vec<String>,
    pub hashes: Hashes,
}

/// Two hashes, so that a typo does not invalidate a decision.
#[derive(Debug, Clone, Serialize)]
pub struct Hashes {
    /// Over conditions and the facts they read.
    pub rules: String,
    /// Over every text.
    pub prose: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body {
    Capability(Box<capability::CapabilityBody>),
    Layer(Box<simple::LayerBody>),
    Trigger(Box<simple::TriggerBody>),
    Option(Box<simple::OptionBody>),
    Fact(Box<simple::FactBody>),
    Component(Box<simple::ComponentBody>),
    Case(Box<simple::CaseBody>),
    Decision(Box<simple::DecisionBody>),
    Page(Box<simple::PageBody>),
}

/// A text, as Markdown and without markup.
#[derive(Debug, Serialize)]
pub struct TextJson {
    pub markdown: String,
    pub plain: String,
}

/// A statement. Without `when` it is prose: shown, never decided by.
#[derive(Debug, Serialize)]
pub struct StatementJson {
    /// As authored, else the list and the place in it: `later.2`. Places may change; authored ids do not.
    pub id: String,
    pub text: TextJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// The file of an item.
pub fn envelope(plan: &Plan, key: &Key) -> Envelope {
    Envelope { schema_version: SCHEMA_VERSION, kind: key.kind.name(), item: item(plan, key) }
}

/// An item.
pub fn item(plan: &Plan, key: &Key) -> Item {
    let body = match key.kind {
        Kind::Capability => Body::Capability(Box::new(capability::body(plan, &key.id))),
        Kind::Layer => Body::Layer(Box::new(simple::layer(plan, &key.id))),
        Kind::Trigger => Body::Trigger(Box::new(simple::trigger(plan, &key.id))),
        Kind::Option => Body::Option(Box::new(simple::option(plan, &key.id))),
        Kind::Fact => Body::Fact(Box::new(simple::fact(plan, &key.id))),
        Kind::Component => Body::Component(Box::new(simple::component(plan, &key.id))),
        Kind::Case => Body::Case(Box::new(simple::case(plan, &key.id))),
        Kind::Decision => Body::Decision(Box::new(simple::decision(plan, &key.id))),
        Kind::Page => Body::Page(Box::new(simple::page(plan, &key.id))),
    };
    Item { entry: entry(plan, key), body }
}

/// What an index says of an item.
pub fn entry(plan: &Plan, key: &Key) -> Entry {
    let catalog = &plan.catalog;
    let (summary, aliases) = simple::summary_and_aliases(catalog, key);
    let page = plan.thing(key).map(|page| url(plan, &page.route)).unwrap_or_default();
    Entry {
        id: key.id.clone(),
        title: catalog.title(key).unwrap_or_default(),
        summary,
        url: page,
        json: url(plan, &Export::Item(key.clone()).route()),
        aliases,
        hashes: hashes(plan, key),
    }
}

/// The two hashes of an item.
pub fn hashes(plan: &Plan, key: &Key) -> Hashes {
    let catalog = &plan.catalog;
    let (mut rules, mut prose) = (Hasher::default(), Hasher::default());
    prose.add(&catalog.title(key).unwrap_or_default());
    let mut text = |text: &Text| prose.add(&text.source);
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
        _ => {
            let (texts, source) = simple::texts(catalog, key);
            texts.into_iter().for_each(&mut text);
            prose.add(source);
        }
    }
    Hashes { rules: rules.finish(), prose: prose.finish() }
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

fn text(catalog: &Catalog, text: &Text) -> TextJson {
    TextJson { markdown: text.source.clone(), plain: catalog.plain(text) }
}

fn texts(catalog: &Catalog, list: &[Text]) -> Vec<TextJson> {
    list.iter().map(|t| text(catalog, t)).collect()
}

fn statements(catalog: &Catalog, list: ListKind, statements: &[Statement<Condition>]) -> Vec<StatementJson> {
    let one = |(n, s): (usize, &Statement<Condition>)| StatementJson {
        id: s.id.clone().unwrap_or_else(|| format!("{}.{}", list.name(), n + 1)),
        text: text(catalog, &s.text),
        when: s.when.as_ref().map(|c| condition::when(catalog, c)),
    };
    statements.iter().enumerate().map(one).collect()
}

fn prose(prose: &Prose) -> Option<String> {
    (!prose.is_empty()).then(|| prose.source.clone())
}

/// A thing that another item names.
#[derive(Debug, Serialize)]
pub struct Named {
    pub kind: &'static str,
    pub id: String,
    pub title: String,
    pub url: String,
}

fn named(plan: &Plan, key: &Key) -> Named {
    Named {
        kind: key.kind.name(),
        id: key.id.clone(),
        title: plan.catalog.title(key).unwrap_or_default(),
        url: url(plan, &Route::of(&PageName::Thing(key.clone()))),
    }
}
