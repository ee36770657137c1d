//! The twin of a trigger.

use std::collections::BTreeSet;

use super::fact;
use super::paper::{Paper, escape};
use super::statements::capability_line;
use crate::model::condition::FactIx;
use crate::model::{Key, Kind, ListKind};
use crate::plan::PageName;
use crate::plan::derived::StatementAt;
use crate::view::trigger::{OTHERS, has_line};

/// How many other statements that read the same facts are named; the page of the fact names all.
const READERS: usize = 10;

pub fn write(paper: &mut Paper, id: &str) -> Option<()> {
    let (capability, trigger) = paper.catalog.trigger(id)?;
    let place = paper.catalog.place(Kind::Capability, &capability.id)?;
    let file = &*capability.span.file;
    let plain = paper.catalog.plain(&trigger.text);
    paper.blocks(&format!("# {}", paper.text(file, &trigger.text)));
    let summary = paper.text(file, &capability.summary);
    let link = paper.link(&Key::new(Kind::Capability, &capability.id));
    paper.named(0, &paper.words.lists.trigger, &format!("{link}. {summary}"));
    paper.item(0, &paper.when(trigger.when.as_deref(), &plain));
    paper.gap();
    let facts: BTreeSet<FactIx> = trigger.when.iter().flat_map(|c| c.facts.iter().copied()).collect();
    if !facts.is_empty() {
        paper.heading(2, &paper.words.sections.facts);
        paper.facts(&facts);
    }
    for &fact in facts.iter().filter(|fact| has_line(capability, **fact)) {
        if let Some(line) = capability_line(paper, fact, place) {
            paper.heading(2, &paper.words.sections.line);
            paper.blocks(&line);
        }
    }
    let itself = capability.triggers.iter().position(|s| std::ptr::eq(s, trigger));
    let itself = itself.filter(|_| trigger.when.is_some());
    let itself = itself.map(|n| StatementAt { capability: place, list: ListKind::Trigger, row: None, place: n });
    let read = trigger.when.as_deref().map_or(&[][..], |when| &when.facts);
    fact::readers(paper, read, &paper.words.sections.reads_too.clone(), itself, READERS);
    let others: Vec<_> = capability.triggers.iter().filter(|s| !std::ptr::eq(*s, trigger)).collect();
    if !others.is_empty() {
        paper.heading(2, &paper.words.sections.others);
        for other in others.iter().take(OTHERS) {
            let id = other.id.clone().unwrap_or_default();
            let name = PageName::Thing(Key::new(Kind::Trigger, format!("{}.{id}", capability.id)));
            let when = paper.when(other.when.as_deref(), &paper.catalog.plain(&other.text));
            paper.item(0, &format!("{}: {}, {when}", paper.linked(&id, &name), paper.text(file, &other.text)));
        }
        if let Some(left) = others.len().checked_sub(OTHERS).filter(|left| *left > 0) {
            paper.item(0, &escape(&paper.words.meta.more.of(left)));
        }
        paper.gap();
    }
    Some(())
}
