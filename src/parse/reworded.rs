//! Which things of a file are what they were, in other words: what others stand on in them is the same. That is names,
//! order, references and conditions; titles, texts and prose are words.

use std::sync::Arc;

use super::Item;
use crate::model::{
    Capability, Component, Fact, Key, Kind, Layer, ListKind, OptionPage, Page, Prose, Ref, Statement, TradeOff,
    TradeOffBody, Written,
};

/// A thing in other words. But for [`Reworded::Prose`] and pages it comes without its prose, which is a file of its own.
#[derive(Debug, Clone)]
pub enum Reworded {
    Prose(Key, Arc<Prose>),
    Layer(Box<Layer>),
    Capability(Box<Capability<Written>>),
    Option(Box<OptionPage>),
    Component(Box<Component>),
    Fact(Box<Fact>),
    Page(Box<Page>),
}

/// What tells two items of one file apart, if that is words alone: nothing, if they are the same.
pub(super) fn reworded(before: &Item, now: &Item) -> Option<Vec<Reworded>> {
    let one = |same: bool, change: Reworded| Some(if same { Vec::new() } else { vec![change] });
    match (before, now) {
        (Item::Body(key, old), Item::Body(other, new)) if key == other => {
            one(old == new, Reworded::Prose(key.clone(), Arc::clone(new)))
        }
        (Item::Page(old), Item::Page(new)) if page(old) == page(new) => {
            let words = (&old.title, &old.summary, &old.span) == (&new.title, &new.summary, &new.span);
            let prose = Reworded::Prose(Key::new(Kind::Page, &new.id), Arc::clone(&new.prose));
            if words { one(old.prose == new.prose, prose) } else { one(false, Reworded::Page(new.clone())) }
        }
        (Item::Layer(old), Item::Layer(new)) if layer(old) == layer(new) => {
            one(old == new, Reworded::Layer(new.clone()))
        }
        (Item::Capability(old), Item::Capability(new)) if capability(old) == capability(new) => {
            one(old == new, Reworded::Capability(new.clone()))
        }
        (Item::Option(old), Item::Option(new)) if option(old) == option(new) => {
            one(old == new, Reworded::Option(new.clone()))
        }
        (Item::Component(old), Item::Component(new)) if component(old) == component(new) => {
            one(old == new, Reworded::Component(new.clone()))
        }
        (Item::Facts(old, broken), Item::Facts(new, also_broken)) => {
            let same = broken == also_broken && old.iter().map(fact).eq(new.iter().map(fact));
            let changed = old.iter().zip(new).filter(|(old, new)| old != new);
            same.then(|| changed.map(|(_, new)| Reworded::Fact(Box::new(new.clone()))).collect())
        }
        _ => None,
    }
}

// What others stand on, by kind. Every field is named, so that a new one must be put on one of the two sides.

fn page(page: &Page) -> impl PartialEq + '_ {
    let Page { id, order, aliases, title: _, summary: _, prose: _, span: _ } = page;
    (id, order, aliases)
}

fn layer(layer: &Layer) -> impl PartialEq + '_ {
    let Layer { id, order, aliases, questions, title: _, summary: _, description: _, topics: _, prose: _, span: _ } =
        layer;
    (id, order, aliases, questions.iter().map(|(_, of)| of.as_ref().map(key)).collect::<Vec<_>>())
}

fn option(option: &OptionPage) -> impl PartialEq + '_ {
    let OptionPage {
        id,
        aliases,
        // Options are sorted by title.
        title,
        short: _,
        kind: _,
        summary: _,
        url: _,
        licence: _,
        maturity: _,
        prose: _,
        span: _,
    } = option;
    (id, aliases, title)
}

fn component(component: &Component) -> impl PartialEq + '_ {
    let Component { id, layer, order, aliases, title: _, summary: _, url: _, prose: _, span: _ } = component;
    (id, key(layer), order, aliases)
}

fn fact(fact: &Fact) -> impl PartialEq + '_ {
    let Fact {
        id,
        topic,
        fact_type,
        range,
        options,
        aliases,
        title: _,
        question: _,
        help: _,
        measure: _,
        unit: _,
        words: _,
        span: _,
    } = fact;
    (id, topic, fact_type, range, options.iter().map(|option| &option.id).collect::<Vec<_>>(), aliases)
}

fn capability(capability: &Capability<Written>) -> impl PartialEq + '_ {
    let Capability {
        id,
        layer,
        order,
        aliases,
        trade_off,
        decision_points,
        builds_on,
        does_not_replace,
        related,
        // Below, by their lists.
        triggers: _,
        not_when: _,
        timing: _,
        title: _,
        summary: _,
        description: _,
        complexity: _,
        complexity_note: _,
        closing_question: _,
        matrix: _,
        prose: _,
        span: _,
    } = capability;
    let statements: Vec<_> = capability.statements().map(|(list, _, one)| statement(list, one)).collect();
    let refs: [Vec<&Key>; 3] = [
        builds_on.iter().map(|one| key(&one.on)).collect(),
        does_not_replace.iter().map(|one| key(&one.what)).collect(),
        related.iter().map(key).collect(),
    ];
    let points: Vec<_> = decision_points.iter().map(|point| &point.id).collect();
    (
        (id, key(layer), order, aliases),
        (capability.is_staged(), statements, trade_off.as_ref().map(rows)),
        (refs, points),
    )
}

/// What stands in a capability, without its words.
#[derive(PartialEq)]
enum Place<'a> {
    Statement(ListKind, Option<&'a str>, Option<&'a str>),
    Option(&'a Key),
    Column(&'a str),
    Row(Option<&'a Key>, Option<&'a str>),
}

fn rows(trade_off: &TradeOff<Written>) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    match &trade_off.body {
        TradeOffBody::Options(rows) => {
            for row in rows {
                places.push(Place::Option(key(&row.option)));
                places.extend(row.use_when.iter().map(|one| statement(ListKind::UseWhen, one)));
            }
        }
        TradeOffBody::Columns { columns, rows } => {
            places.extend(columns.iter().map(|column| Place::Column(&column.id)));
            places.extend(rows.iter().map(|row| Place::Row(row.option.as_ref().map(key), source(&row.when))));
        }
    }
    places
}

fn statement(list: ListKind, statement: &Statement<Written>) -> Place<'_> {
    Place::Statement(list, statement.id.as_deref(), source(&statement.when))
}

fn key(reference: &Ref) -> &Key {
    &reference.key
}

fn source(when: &Option<Box<Written>>) -> Option<&str> {
    when.as_deref().map(|written| written.source.as_str())
}
