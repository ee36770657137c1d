//! The page of a trigger.

use serde::Serialize;

use super::fact::{self, FactSummary};
use super::frame::{About, TocEntry};
use super::here::Here;
use super::parts::{ConditionView, Link, NumberLineView, ReadGroup, StatementView};
use super::{Made, PageView, lines, reads};
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, Key, Kind, ListKind};
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
    /// The number line of each ordered fact that it reads, with the fact; none where too many statements of the capability
    /// read it.
    pub number_lines: Vec<TriggerLine>,
    /// Everything else that reads these facts, over all capabilities.
    pub reads: Vec<ReadGroup>,
    /// The other triggers of the capability; the first of them, where there are many.
    pub others: Vec<StatementView>,
    /// "and 3 more", which the capability's page has. Null where all are here.
    pub others_more: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerLine {
    pub fact: Link,
    pub line: NumberLineView,
}

/// How many statements of a list a trigger's page names; the pages of its facts have all.
const READERS: usize = 5;

/// How many other triggers it names; the page of the capability has all. Without a bound, many triggers of one capability
/// would be a site that grows with the square of their number.
pub const OTHERS: usize = 24;

/// A line of more statements of one capability is not legible, and each trigger's page would make it anew.
const LEGIBLE: usize = 50;

/// Whether a trigger's page has the capability's line of this fact.
pub fn has_line(capability: &Capability<Condition>, fact: FactIx) -> bool {
    let reads = |when: &Condition| when.facts.contains(&fact);
    capability.statements().filter(|(_, _, s)| s.when.as_deref().is_some_and(reads)).nth(LEGIBLE).is_none()
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let (capability, trigger) = here.catalog.trigger(id)?;
    let place = capability.triggers.iter().position(|s| std::ptr::eq(s, trigger))?;
    let at = here.catalog.place(Kind::Capability, &capability.id)?;
    let facts = trigger.when.as_deref().map_or(&[][..], |when| &when.facts[..]);
    let itself = StatementAt { capability: at, list: ListKind::Trigger, row: None, place };
    let made = TriggerPage {
        text_html: here.text(&trigger.text),
        capability: here.link(&Key::new(Kind::Capability, &capability.id)),
        capability_summary_html: here.text(&capability.summary),
        condition: trigger.when.as_deref().map(|when| here.condition(when)),
        facts: facts.iter().map(|fact| fact::summary(here, *fact)).collect(),
        number_lines: facts
            .iter()
            .filter(|fact| has_line(capability, **fact))
            .filter_map(|fact| Some(TriggerLine { fact: here.fact_link(*fact), line: lines::of(here, *fact, at)? }))
            .collect(),
        reads: reads::groups(here, facts, Some(itself), READERS),
        others: (0..capability.triggers.len())
            .filter(|n| *n != place)
            .take(OTHERS)
            .map(|n| here.statement(capability, ListKind::Trigger, n, &capability.triggers[n]))
            .collect(),
        others_more: (capability.triggers.len() - 1)
            .checked_sub(OTHERS)
            .filter(|left| *left > 0)
            .map(|left| here.words.meta.more.of(left)),
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
        trail: here
            .catalog
            .layer(&capability.layer.key.id)
            .map(|layer| here.layer_link(layer))
            .into_iter()
            .chain([made.capability.clone()])
            .collect(),
        toc: sections.into_iter().filter(|(is, ..)| *is).map(|(_, id, title)| TocEntry::new(id, title)).collect(),
        file: Some(trigger.span.file.clone()),
    };
    Some(Made { page: PageView::Trigger(made), about })
}
