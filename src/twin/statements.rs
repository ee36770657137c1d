//! Statements with their conditions, and what single values of a fact mean.

use std::collections::BTreeSet;

use super::paper::{Paper, code, escape, table};
use crate::assess::lanes::{self, Meaning};
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, FactType, Key, Kind, ListKind, Statement};
use crate::plan::PageName;
use crate::words;

impl Paper<'_> {
    /// A list of statements: each with its id, its text, and its condition below.
    pub fn statements(
        &mut self,
        capability: &Capability<Condition>,
        list: ListKind,
        statements: &[Statement<Condition>],
    ) {
        for (n, statement) in statements.iter().enumerate() {
            let id = statement.id.clone().unwrap_or_else(|| format!("{}.{}", list.name(), n + 1));
            let page = PageName::Thing(Key::new(Kind::Trigger, format!("{}.{id}", capability.id)));
            let id = if list == ListKind::Trigger { self.linked(&id, &page) } else { id };
            self.item(0, &format!("{id}: {}", self.text(&capability.span.file, &statement.text)));
            let when = self.when(statement.when.as_deref(), &self.catalog.plain(&statement.text));
            self.item(1, &when);
        }
        self.gap();
    }

    /// "when `microservices > 5`: more than 5 microservices"; the words only where the text does not say the same.
    pub fn when(&self, condition: Option<&Condition>, text: &str) -> String {
        let Some(condition) = condition else { return self.words.twin.also_weigh.clone() };
        let said = words::condition(self.catalog, condition);
        let cel = code(&crate::export::cel(self.catalog, condition));
        let when = &self.words.twin.when;
        if letters(&said).eq(letters(text)) {
            format!("{when} {cel}")
        } else {
            format!("{when} {cel}: {}", escape(&said))
        }
    }

    /// The facts of conditions, with what is asked of each.
    pub fn facts(&mut self, facts: &BTreeSet<FactIx>) {
        for fact in facts {
            let declared = self.catalog.fact(*fact);
            let question = self.text(&declared.span.file, &declared.question);
            self.item(0, &format!("{} {}: {question}", self.fact(*fact), escape(&declared.title)));
        }
        self.gap();
    }

    /// The grey zones of a capability, by its place in the catalog.
    pub fn grey_zones(&mut self, place: usize) {
        let facts: BTreeSet<FactIx> = facts_of(&self.catalog.capabilities[place]);
        for fact in facts {
            let Some(line) = lanes::capability_line(self.catalog, fact, place) else { continue };
            for values in line.lanes.iter().flat_map(|lane| line.grey(lane)) {
                let values = words::values(&self.catalog.site.joints, self.catalog.fact(fact), &values);
                self.paragraph(&format!("{}: {} ({})", self.words.line.grey, escape(&values), self.fact(fact)));
            }
        }
    }
}

/// The facts that the deciding conditions of a capability read.
pub fn facts_of(capability: &Capability<Condition>) -> BTreeSet<FactIx> {
    capability.statements().filter_map(|(_, _, s)| s.when.as_deref()).flat_map(|c| c.facts.iter().copied()).collect()
}

/// What each value of an ordered fact means, as a table with a column for each capability; None where no condition
/// compares the fact, or too many do.
pub fn number_line(paper: &Paper, fact: FactIx) -> Option<String> {
    if !paper.plan.derived.is_legible(fact) {
        return None;
    }
    let line = lanes::number_line(paper.catalog, fact)?;
    Some(table_of(paper, &line))
}

/// The same for one capability, by its place in the catalog.
pub fn capability_line(paper: &Paper, fact: FactIx, place: usize) -> Option<String> {
    Some(table_of(paper, &lanes::capability_line(paper.catalog, fact, place)?))
}

fn table_of(paper: &Paper, line: &lanes::NumberLine) -> String {
    let declared = paper.catalog.fact(line.fact);
    let mut head = vec![declared.title.clone()];
    head.extend(line.lanes.iter().map(|lane| paper.capability(lane.capability)));
    let rows: Vec<Vec<String>> = line
        .rows()
        .into_iter()
        .map(|(values, meanings)| {
            let range = words::cell(&paper.catalog.site.joints, &values, declared.fact_type == FactType::Integer);
            std::iter::once(range).chain(meanings.iter().map(|meaning| said(paper, meaning))).collect()
        })
        .collect();
    table(&head.iter().map(String::as_str).collect::<Vec<_>>(), &rows)
}

/// "Skip; Later (with another fact)".
fn said(paper: &Paper, meaning: &Meaning) -> String {
    let words = &paper.words.twin;
    if meaning.grey {
        return words.grey.clone();
    }
    let bar = |bar: &&lanes::Bar| {
        let title = paper.words.line.bars.of(bar.list);
        if bar.alone { title.to_owned() } else { format!("{title} ({})", words.with_another) }
    };
    match meaning.bars[..] {
        [] => words.silent.clone(),
        _ => meaning.bars.iter().map(bar).collect::<Vec<_>>().join("; "),
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
