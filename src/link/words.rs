//! A linked catalog in other words: what [`link`](super::link) would make of it, without linking everything again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Catalog, conditions, holes, references};
use crate::diagnostic::Diagnostics;
use crate::model::{Key, Kind, Prose};
use crate::parse::Reworded;

/// A catalog in which nothing was wrong, with some of its things in other words: names, order, references and conditions
/// are what they were. None if something is wrong now, or may be.
pub fn with_words(catalog: &Catalog, changed: Vec<Reworded>) -> Option<Catalog> {
    let mut next = catalog.clone();
    let mut diagnostics = Diagnostics::new();
    let mut keys = BTreeSet::new();
    for change in changed {
        keys.insert(put(&mut next, catalog, change, &mut diagnostics)?);
    }
    holes::check_of(&next, &keys, &mut diagnostics);
    diagnostics.is_empty().then_some(next)
}

/// Puts a thing in its place; gives its key.
fn put(next: &mut Catalog, catalog: &Catalog, change: Reworded, diagnostics: &mut Diagnostics) -> Option<Key> {
    let names = &catalog.names;
    let place = |kind: Kind, id: &str| Some((Key::new(kind, id), names.place.get(kind, id)?));
    let broken = BTreeSet::new();
    Some(match change {
        Reworded::Prose(key, prose) => {
            let place = names.place.get(key.kind, &key.id)?;
            let own = match key.kind {
                Kind::Layer => &mut next.layers[place].prose,
                Kind::Capability => &mut next.capabilities.change(place).prose,
                Kind::Option => &mut next.options.change(place).prose,
                Kind::Component => &mut next.components[place].prose,
                Kind::Case => &mut next.cases[place].prose,
                Kind::Decision => &mut next.decisions[place].prose,
                Kind::Page => &mut next.pages[place].prose,
                Kind::Fact | Kind::Trigger => return None,
            };
            keeps_headings(own, &prose).then_some(())?;
            *own = prose;
            key
        }
        Reworded::Page(page) => {
            let (key, place) = place(Kind::Page, &page.id)?;
            keeps_headings(&next.pages[place].prose, &page.prose).then_some(())?;
            next.pages[place] = *page;
            key
        }
        Reworded::Layer(mut layer) => {
            let (key, place) = place(Kind::Layer, &layer.id)?;
            references::of_layer(&mut layer, names, &broken, diagnostics);
            layer.prose = Arc::clone(&next.layers[place].prose);
            next.layers[place] = *layer;
            key
        }
        Reworded::Capability(mut capability) => {
            let (key, place) = place(Kind::Capability, &capability.id)?;
            references::of_capability(&mut capability, names, &broken, diagnostics);
            capability.prose = Arc::clone(&next.capabilities[place].prose);
            let mut typing = conditions::Typing::new(&catalog.facts, names, &broken, diagnostics);
            let capability = capability.map_conditions(&mut |written| typing.condition(written));
            next.capabilities.put(place, capability);
            key
        }
        Reworded::Option(mut option) => {
            let (key, place) = place(Kind::Option, &option.id)?;
            option.prose = Arc::clone(&next.options[place].prose);
            next.options.put(place, *option);
            key
        }
        Reworded::Component(mut component) => {
            let (key, place) = place(Kind::Component, &component.id)?;
            references::of_component(&mut component, names, &broken, diagnostics);
            component.prose = Arc::clone(&next.components[place].prose);
            next.components[place] = *component;
            key
        }
        Reworded::Fact(fact) => {
            let (key, place) = place(Kind::Fact, &fact.id)?;
            next.facts[place] = *fact;
            key
        }
    })
}

/// Whether every heading is still there: a link from anywhere may lead to it.
fn keeps_headings(old: &Prose, new: &Prose) -> bool {
    old.headings().all(|old| new.headings().any(|heading| heading.id == old.id))
}
