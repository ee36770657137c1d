//! The page of a trigger.

use serde::Serialize;

use super::fact::{self, FactSummary};
use super::frame::{About, TocEntry};
use super::here::Here;
use super::parts::{ConditionView, Link, NumberLineView, ReadGroup, StatementView};
use super::{Made, PageView, lines, reads};
use crate::model::{Key, Kind, ListKind};
use crate::plan::derived::StatementAt;

/// `trigger.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerPage {
    /// The statement: the heading.
    pub text_html: String,
    pub capability: Link,
    pub capability_summary_html: String,
    /// Null for a trigger in prose.
    pub condition: Option<ConditionView>,
    /// The facts that it reads.
    pub facts: Vec<FactSummary>,
    /// The number line of each ordered fact that it reads, with the fact.
    pub number_lines: Vec<TriggerLine>,
    /// Everything else that reads these facts, over all capabilities.
    pub reads: Vec<ReadGroup>,
    /// The other triggers of the capability.
    pub others: Vec<StatementView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerLine {
    pub fact: Link,
    pub line: NumberLineView,
}

/// How many statements of a list a trigger's page names; the pages of its facts have all.
const READERS: usize = 5;

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let (capability, trigger) = here.catalog.trigger(id)?;
    let place = capability.triggers.iter().position(|s| std::ptr::eq(s, trigger))?;
    let at = here.catalog.capabilities.iter().position(|c| std::ptr::eq(c, capability))?;
    let facts = trigger.when.as_ref().map_or(&[][..], |when| &when.facts[..]);
    let itself =
        |other: &StatementAt| other.capability == at && other.list == ListKind::Trigger && other.place == place;
    let made = TriggerPage {
        text_html: here.text(&trigger.text),
        capability: here.link(&Key::new(Kind::Capability, &capability.id)),
        capability_summary_html: here.text(&capability.summary),
        condition: trigger.when.as_ref().map(|when| here.condition(when)),
        facts: facts.iter().map(|fact| fact::summary(here, *fact)).collect(),
        number_lines: facts
            .iter()
            .filter_map(|fact| Some(TriggerLine { fact: here.fact_link(*fact), line: lines::of(here, *fact, at)? }))
            .collect(),
        reads: reads::groups(here, facts, itself, READERS),
        others: here
            .statements(capability, ListKind::Trigger, &capability.triggers)
            .into_iter()
            .enumerate()
            .filter(|(n, _)| *n != place)
            .map(|(_, statement)| statement)
            .collect(),
    };
    let words = &here.words.sections;
    let sections = [
        (!made.facts.is_empty(), "facts", &words.facts),
        (!made.number_lines.is_empty(), "line", &words.line),
        (!made.reads.is_empty(), "reads", &words.reads_too),
        (!made.others.is_empty(), "others", &words.others),
    ];
    let title = here.catalog.plain(&trigger.text);
    let about = About {
        description: format!("{}: {title}", capability.title),
        title,
        trail: vec![made.capability.clone()],
        toc: sections.into_iter().filter(|(is, ..)| *is).map(|(_, id, title)| TocEntry::new(id, title)).collect(),
        file: Some(trigger.span.file.clone()),
    };
    Some(Made { page: PageView::Trigger(made), about })
}
