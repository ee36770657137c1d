//! Names: which ids and aliases there are, which of them clash, and what a name without a kind may mean.

use std::collections::BTreeMap;

use super::catalog::Names;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Key, Kind, Span, Spanned};
use crate::parse::Drafts;

/// Collects every name of the drafts, which are in reading order.
pub fn of(drafts: &Drafts, diagnostics: &mut Diagnostics) -> Names {
    let mut collector = Collector { names: Names::default(), spans: BTreeMap::new(), diagnostics };
    let c = &mut collector;
    drafts.layers.iter().enumerate().for_each(|(n, x)| c.add(Kind::Layer, &x.id, n, &x.span));
    drafts.capabilities.iter().enumerate().for_each(|(n, x)| c.add(Kind::Capability, &x.id, n, &x.span));
    drafts.options.iter().enumerate().for_each(|(n, x)| c.add(Kind::Option, &x.id, n, &x.span));
    drafts.components.iter().enumerate().for_each(|(n, x)| c.add(Kind::Component, &x.id, n, &x.span));
    drafts.facts.iter().enumerate().for_each(|(n, x)| c.add(Kind::Fact, &x.id, n, &x.span));
    drafts.cases.iter().enumerate().for_each(|(n, x)| c.add(Kind::Case, &x.id, n, &x.span));
    drafts.decisions.iter().enumerate().for_each(|(n, x)| c.add(Kind::Decision, &x.id, n, &x.span));
    drafts.pages.iter().enumerate().for_each(|(n, x)| c.add(Kind::Page, &x.id, n, &x.span));
    for capability in &drafts.capabilities {
        for (n, trigger) in capability.triggers.iter().enumerate() {
            if let Some(id) = &trigger.id {
                let key = Key::new(Kind::Trigger, format!("{}.{id}", capability.id));
                c.names.place.add(&key, n);
                c.names.by_key.insert(key.clone(), key);
            }
        }
    }
    // Aliases come after every id, so that a clash is reported at the alias.
    drafts.layers.iter().for_each(|x| c.alias(Kind::Layer, &x.aliases, &x.id));
    drafts.capabilities.iter().for_each(|x| c.alias(Kind::Capability, &x.aliases, &x.id));
    drafts.options.iter().for_each(|x| c.alias(Kind::Option, &x.aliases, &x.id));
    drafts.components.iter().for_each(|x| c.alias(Kind::Component, &x.aliases, &x.id));
    drafts.facts.iter().for_each(|x| c.alias(Kind::Fact, &x.aliases, &x.id));
    drafts.cases.iter().for_each(|x| c.alias(Kind::Case, &x.aliases, &x.id));
    drafts.pages.iter().for_each(|x| c.alias(Kind::Page, &x.aliases, &x.id));
    let mut names = collector.names;
    names.files = drafts
        .files
        .iter()
        .map(|(path, key)| (path.strip_prefix("content/").unwrap_or(path).to_owned(), key.clone()))
        .collect();
    names
}

struct Collector<'d> {
    names: Names,
    spans: BTreeMap<Key, Span>,
    diagnostics: &'d mut Diagnostics,
}

impl Collector<'_> {
    fn add(&mut self, kind: Kind, id: &str, place: usize, span: &Span) {
        let key = Key::new(kind, id);
        if let Some(first) = self.spans.get(&key) {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateId, span.clone(), format!("a second {kind} with the id `{id}`"))
                    .note("the first", Some(first.clone())),
            );
            return;
        }
        self.spans.insert(key.clone(), span.clone());
        self.names.by_key.insert(key.clone(), key.clone());
        self.names.place.add(&key, place);
        self.bare(&key);
    }

    fn alias(&mut self, kind: Kind, aliases: &[Spanned<String>], id: &str) {
        for Spanned { value: alias, span } in aliases {
            let old = Key::new(kind, alias);
            if let Some(taken) = self.names.by_key.get(&old) {
                let whose = if taken.id == *alias { "the id" } else { "an old or a short name" };
                let message = format!("the alias `{alias}` of `{id}` is {whose} of `{taken}`");
                let mut diagnostic = Diagnostic::new(Code::DuplicateId, span.clone(), message);
                if let Some(first) = self.spans.get(&old) {
                    diagnostic = diagnostic.note("taken here", Some(first.clone()));
                }
                self.diagnostics.push(diagnostic);
                continue;
            }
            let key = Key::new(kind, id);
            self.names.by_key.insert(old.clone(), key.clone());
            self.spans.insert(old, span.clone());
            let meanings = self.names.bare.entry(alias.clone()).or_default();
            if kind != Kind::Fact && !meanings.contains(&key) {
                meanings.push(key);
            }
        }
    }

    /// Facts and triggers are always named with their kind; a page also by the last part of its path.
    fn bare(&mut self, key: &Key) {
        if matches!(key.kind, Kind::Fact | Kind::Trigger) {
            return;
        }
        self.names.bare.entry(key.id.clone()).or_default().push(key.clone());
        if let (Kind::Page, Some((_, last))) = (key.kind, key.id.rsplit_once('/')) {
            self.names.bare.entry(last.to_owned()).or_default().push(key.clone());
            self.names.by_key.entry(Key::new(Kind::Page, last)).or_insert_with(|| key.clone());
        }
    }
}
