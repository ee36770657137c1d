//! The index of a kind.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::many::SUMMED;
use super::shared::{complexity, escaped};
use super::{Made, PageView, case, option};
use crate::export;
use crate::model::anchor;
use crate::model::condition::FactIx;
use crate::model::thing::OptionKind;
use crate::model::{Capability, Condition, Key, Kind, Layer, ListKind, OptionPage};
use crate::plan::Section;

/// `index.html`: every thing of one kind, in groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexPage {
    /// The folder of the kind: `capabilities`.
    pub kind: &'static str,
    pub title: String,
    /// One sentence on what this kind is.
    pub lede: String,
    pub total: usize,
    /// True where there are more than five hundred: names, without a sentence on each.
    pub names: bool,
    pub groups: Vec<IndexGroup>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexGroup {
    /// Fragment id; null for the only group.
    pub id: Option<String>,
    pub title: Option<String>,
    /// The page of what groups them: a layer, a capability.
    pub href: Option<String>,
    pub items: Vec<IndexItem>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexItem {
    pub title: String,
    pub href: String,
    /// Null where the title says it all (triggers), and in an index of names.
    pub summary_html: Option<String>,
    /// The name in conditions, for facts; the condition, for triggers. Shown as code.
    pub code: Option<String>,
    /// A few words: "Tool", "Read by 6 statements", "3 capabilities build on it".
    pub meta: Vec<String>,
}

pub(super) fn view(here: &Here, kind: Kind) -> Option<Made> {
    let mut groups = groups(here, kind);
    groups.retain(|group| !group.items.is_empty());
    let total = groups.iter().map(|group| group.items.len()).sum();
    if total > SUMMED {
        groups.iter_mut().flat_map(|group| &mut group.items).for_each(|item| item.summary_html = None);
    }
    let words = here.words.kinds.get(here.kind_words(kind));
    let lede = words.map(|words| words.lede.clone()).unwrap_or_default();
    let made = IndexPage {
        kind: kind.folder(),
        title: here.kind_title(kind),
        lede: lede.clone(),
        total,
        names: total > SUMMED,
        groups,
    };
    let about = About { title: made.title.clone(), description: lede, ..About::default() };
    Some(Made { page: PageView::Index(made), about })
}

fn groups(here: &Here, kind: Kind) -> Vec<IndexGroup> {
    let catalog = here.catalog;
    match kind {
        Kind::Layer => vec![alone(catalog.layers.iter().map(|layer| layer_item(here, layer)))],
        Kind::Capability => by_layer(here, |layer| {
            let of_layer = catalog.capabilities.iter().filter(|c| c.layer.key.id == layer.id);
            of_layer
                .map(|c| {
                    let label = complexity(here.words, c.complexity).label;
                    let meta = vec![format!("{}: {label}", here.words.facet.complexity)];
                    item(here, Key::new(Kind::Capability, &c.id), meta)
                })
                .collect()
        }),
        Kind::Component => by_layer(here, |layer| {
            let of_layer = catalog.components.iter().filter(|c| c.layer.key.id == layer.id);
            of_layer
                .map(|c| {
                    let key = Key::new(Kind::Component, &c.id);
                    let count = here.plan.derived.supports.get(&key).map_or(0, Vec::len);
                    let meta = if count == 0 { Vec::new() } else { vec![here.words.meta.supports.of(count)] };
                    item(here, key, meta)
                })
                .collect()
        }),
        // A list of thousands is no page: it then leads to the capabilities, whose pages have their triggers.
        Kind::Trigger if catalog.triggers().count() > MOST_TRIGGERS => {
            vec![alone(catalog.capabilities.iter().filter_map(|capability| triggers_of(here, capability)))]
        }
        Kind::Trigger => catalog.capabilities.iter().map(|capability| triggers(here, capability)).collect(),
        Kind::Option => OptionKind::ALL
            .into_iter()
            .map(|kind| {
                let of_kind = catalog.options.iter().filter(|option| option.kind == kind);
                group(Some(kind.name()), option::kind_label(here, kind), None, of_kind.map(|o| option_item(here, o)))
            })
            .collect(),
        Kind::Fact => topics(here),
        Kind::Case => vec![alone(catalog.cases.iter().map(|case| {
            let meta = if case.constructed { vec![here.words.meta.constructed.clone()] } else { Vec::new() };
            item(here, Key::new(Kind::Case, &case.id), meta)
        }))],
        Kind::Decision => vec![alone(catalog.decisions.iter().enumerate().map(|(place, decision)| {
            let mut meta = vec![decision.date.clone(), here.decision_status(decision)];
            meta.extend(decision.constructed.then(|| here.words.meta.constructed.clone()));
            let words = &here.words.twin;
            let premises = if export::holds(here.plan, place) { &words.holds } else { &words.broken };
            let summary_html = Some(escaped(premises));
            IndexItem { summary_html, ..item(here, Key::new(Kind::Decision, &decision.id), meta) }
        }))],
        Kind::Page => here.plan.sections.iter().map(|section| pages(here, section)).collect(),
    }
}

/// The only group of an index.
fn alone(items: impl Iterator<Item = IndexItem>) -> IndexGroup {
    IndexGroup { id: None, title: None, href: None, items: items.collect() }
}

fn group(id: Option<&str>, title: &str, href: Option<String>, items: impl Iterator<Item = IndexItem>) -> IndexGroup {
    IndexGroup { id: id.map(str::to_owned), title: Some(title.to_owned()), href, items: items.collect() }
}

fn by_layer(here: &Here, items: impl Fn(&Layer) -> Vec<IndexItem>) -> Vec<IndexGroup> {
    let of = |layer: &Layer| {
        let link = here.layer_link(layer);
        group(Some(&layer.id), &link.title, Some(link.href), items(layer).into_iter())
    };
    here.catalog.layers.iter().map(of).collect()
}

/// Facts by topic, in declared order.
fn topics(here: &Here) -> Vec<IndexGroup> {
    let mut groups: Vec<IndexGroup> = Vec::new();
    for (n, fact) in here.catalog.facts.iter().enumerate() {
        if groups.last().is_none_or(|group| group.id.as_ref() != Some(&fact.topic)) {
            groups.push(group(Some(&fact.topic), &case::topic_title(&fact.topic), None, std::iter::empty()));
        }
        let Some(group) = groups.last_mut() else { continue };
        let count = here.plan.derived.read_by.get(&FactIx(n)).map_or(0, Vec::len);
        let made = item(here, Key::new(Kind::Fact, &fact.id), vec![here.words.meta.read_by.of(count)]);
        group.items.push(IndexItem { code: Some(fact.id.clone()), ..made });
    }
    groups
}

/// How many triggers the index of triggers names; a site with more names the capabilities that have them.
const MOST_TRIGGERS: usize = 600;

/// A capability as the way to its triggers; None where it has none.
fn triggers_of(here: &Here, capability: &Capability<Condition>) -> Option<IndexItem> {
    let count = capability.triggers.len();
    let page = here.thing(Kind::Capability, &capability.id);
    (count > 0).then(|| IndexItem {
        title: capability.title.clone(),
        href: format!("{page}#{}", anchor::list(ListKind::Trigger)),
        summary_html: None,
        code: None,
        meta: vec![here.words.meta.triggers.of(count)],
    })
}

fn triggers(here: &Here, capability: &Capability<Condition>) -> IndexGroup {
    let items = capability.triggers.iter().filter_map(|trigger| {
        Some(IndexItem {
            title: here.catalog.plain(&trigger.text),
            href: here.trigger_href(capability, ListKind::Trigger, trigger)?,
            summary_html: None,
            code: trigger.when.as_deref().map(|when| when.source.clone()),
            meta: Vec::new(),
        })
    });
    let href = here.thing(Kind::Capability, &capability.id);
    group(Some(&capability.id), &capability.title, Some(href), items)
}

/// The pages of a section, under the page that heads it.
fn pages(here: &Here, section: &Section) -> IndexGroup {
    let items = section.pages.iter().map(|&n| item(here, Key::new(Kind::Page, &here.catalog.pages[n].id), Vec::new()));
    if section.folder.is_empty() {
        return alone(items);
    }
    let href = section.head.and_then(|_| here.section_href(section));
    group(Some(&section.anchor()), &here.section_title(section), href, items)
}

fn layer_item(here: &Here, layer: &Layer) -> IndexItem {
    let count = here.catalog.capabilities.iter().filter(|c| c.layer.key.id == layer.id).count();
    let meta = if count == 0 { Vec::new() } else { vec![here.words.meta.capabilities.of(count)] };
    IndexItem { title: here.layer_title(layer), ..item(here, Key::new(Kind::Layer, &layer.id), meta) }
}

fn option_item(here: &Here, option: &OptionPage) -> IndexItem {
    let count = here.plan.derived.answers_in.get(&option.id).map_or(0, Vec::len);
    let meta = if count == 0 { Vec::new() } else { vec![here.words.meta.answers_in.of(count)] };
    item(here, Key::new(Kind::Option, &option.id), meta)
}

fn item(here: &Here, key: Key, meta: Vec<String>) -> IndexItem {
    let link = here.link(&key);
    IndexItem { title: link.title, href: link.href, summary_html: here.summary(&key), code: None, meta }
}
