//! References: every id in YAML that names a thing is looked up; aliases become the present id.

use std::collections::BTreeSet;

use super::catalog::Names;
use super::ids_of_kind;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix, nearest};
use crate::model::{Capability, Component, Key, Kind, Layer, Ref, Span, TradeOffBody, Written};
use crate::parse::Drafts;

/// Looks up every reference of the drafts. What names nothing is reported, and dropped where it stands in a list.
pub fn resolve(drafts: &mut Drafts, names: &Names, diagnostics: &mut Diagnostics) {
    let mut resolver = Resolver { names, broken: &drafts.broken, diagnostics };
    let r = &mut resolver;
    drafts.layers.iter_mut().for_each(|layer| r.layer(layer));
    for component in &mut drafts.components {
        r.one(&mut component.layer);
    }
    drafts.capabilities.iter_mut().for_each(|capability| r.capability(capability));
    for case in &mut drafts.cases {
        case.expect.retain_mut(|(capability, _)| r.one(capability));
    }
    drafts.decisions.retain_mut(|decision| r.one(&mut decision.capability));
    for change in &drafts.changes {
        for name in &change.concerns {
            r.named(&name.value, &name.span);
        }
    }
    if let Some(site) = &mut drafts.site {
        r.optional(&mut site.home.layer);
        r.optional(&mut site.home.case);
        site.home.triggers.retain_mut(|(trigger, _)| r.one(trigger));
    }
}

/// The same for one layer.
pub fn of_layer(layer: &mut Layer, names: &Names, broken: &BTreeSet<Key>, diagnostics: &mut Diagnostics) {
    Resolver { names, broken, diagnostics }.layer(layer);
}

/// The same for one component.
pub fn of_component(component: &mut Component, names: &Names, broken: &BTreeSet<Key>, diagnostics: &mut Diagnostics) {
    Resolver { names, broken, diagnostics }.one(&mut component.layer);
}

/// The same for one capability.
pub fn of_capability(
    capability: &mut Capability<Written>,
    names: &Names,
    broken: &BTreeSet<Key>,
    diagnostics: &mut Diagnostics,
) {
    Resolver { names, broken, diagnostics }.capability(capability);
}

struct Resolver<'a> {
    names: &'a Names,
    broken: &'a BTreeSet<Key>,
    diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn layer(&mut self, layer: &mut Layer) {
        layer.questions.iter_mut().for_each(|(_, capability)| self.optional(capability));
    }

    fn capability(&mut self, capability: &mut Capability<Written>) {
        self.one(&mut capability.layer);
        capability.builds_on.retain_mut(|f| self.one(&mut f.on));
        capability.does_not_replace.retain_mut(|n| self.one(&mut n.what));
        capability.related.retain_mut(|reference| self.one(reference));
        match capability.trade_off.as_mut().map(|t| &mut t.body) {
            Some(TradeOffBody::Options(rows)) => rows.retain_mut(|row| self.one(&mut row.option)),
            Some(TradeOffBody::Columns { rows, .. }) => rows.iter_mut().for_each(|row| self.optional(&mut row.option)),
            None => {}
        }
    }

    /// True if the reference leads somewhere.
    fn one(&mut self, reference: &mut Ref) -> bool {
        if let Some(present) = self.names.by_key.get(&reference.key) {
            reference.key = present.clone();
            return true;
        }
        if !is_broken(self.broken, &reference.key) {
            self.diagnostics.push(unknown(self.names, &reference.key, reference.span.clone()));
        }
        false
    }

    fn optional(&mut self, reference: &mut Option<Ref>) {
        if reference.as_mut().is_some_and(|r| !self.one(r)) {
            *reference = None;
        }
    }

    fn named(&mut self, name: &str, span: &Span) {
        if let Some(diagnostic) = name_fault(self.names, self.broken, name, span) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// True if the thing's own file could not be read, or one of facts, which may hold any; then its absence is reported
/// there.
pub fn is_broken(broken: &BTreeSet<Key>, key: &Key) -> bool {
    let owner = match (key.kind, key.id.split_once('.')) {
        (Kind::Trigger, Some((capability, _))) => Key::new(Kind::Capability, capability),
        _ => key.clone(),
    };
    broken.contains(&owner) || (key.kind == Kind::Fact && broken.contains(&Key::new(Kind::Fact, "")))
}

/// What to say of a key that names nothing.
pub fn unknown(names: &Names, key: &Key, span: Span) -> Diagnostic {
    let message = format!("there is no {} `{}`", key.kind, key.id);
    let diagnostic = Diagnostic::new(Code::UnknownId, span, message);
    // The same id of another kind is what was meant more often than a similar one of this kind.
    let other = Kind::ALL.into_iter().find(|kind| names.by_key.contains_key(&Key::new(*kind, &key.id)));
    let diagnostic = match other {
        Some(other) => diagnostic.note(format!("there is `{other}:{}`, of another kind", key.id), None),
        None => diagnostic,
    };
    diagnostic.nearest(&key.id, ids_of_kind(names, key.kind))
}

/// What is wrong with a name as written in `[[…]]`; None if it names one thing, or one whose own file is broken.
pub fn name_fault(names: &Names, broken: &BTreeSet<Key>, name: &str, span: &Span) -> Option<Diagnostic> {
    if names.resolve(name).is_some() {
        return None;
    }
    if let Some((kind, id)) = name.split_once(':') {
        let Some(kind) = Kind::from_name(kind) else {
            let message = format!("`{kind}` is no kind of thing");
            let diagnostic = Diagnostic::new(Code::UnknownId, span.clone(), message);
            return Some(diagnostic.nearest(kind, Kind::ALL.map(Kind::name)));
        };
        let key = Key::new(kind, id);
        return (!is_broken(broken, &key)).then(|| unknown(names, &key, span.clone()));
    }
    if let Some(meanings) = names.bare.get(name).filter(|m| m.len() > 1) {
        let list: Vec<String> = meanings.iter().map(|key| format!("`[[{key}]]`")).collect();
        let message = format!("`{name}` names {} things", meanings.len());
        return Some(
            Diagnostic::new(Code::AmbiguousId, span.clone(), message).help(format!("write {}", list.join(" or "))),
        );
    }
    if broken.iter().any(|key| key.id == name) {
        return None;
    }
    let diagnostic = Diagnostic::new(Code::UnknownId, span.clone(), format!("`{name}` names nothing"));
    let as_fact = name.replace('-', "_");
    let fact = names.by_key.contains_key(&Key::new(Kind::Fact, &as_fact));
    if fact {
        let help = format!("a fact is named with its kind: `[[fact:{as_fact}]]`");
        let fix = Fix::word(span.clone(), name, &format!("fact:{as_fact}"));
        return Some(diagnostic.help(help).fix(fix));
    }
    let known = names.bare_sorted.get_or_init(|| {
        let mut known: Vec<String> = names.bare.keys().cloned().collect();
        known.sort_unstable();
        known
    });
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    Some(match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.did_you_mean(name, near, &known),
        None => diagnostic,
    })
}
