//! The twin of the index of a kind.

use super::paper::{Paper, code, escape};
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan};
use crate::view::Words;

/// The title of a kind's index.
pub fn title(plan: &Plan, words: &Words, kind: Kind) -> String {
    match kind {
        Kind::Layer => plan.catalog.site.layers_label.clone(),
        _ => words.kinds.get(kind.folder()).map_or_else(|| kind.folder().to_owned(), |w| w.title.clone()),
    }
}

pub fn write(paper: &mut Paper, kind: Kind) -> Option<()> {
    paper.heading(1, &title(paper.plan, paper.words, kind));
    paper.paragraph(&super::summary(paper.plan, paper.words, &PageName::Index(kind)));
    let mut group = None;
    for key in crate::export::keys(paper.plan, kind) {
        let of = group_of(paper, &key);
        if of != group {
            if let Some(title) = &of {
                paper.blocks(&format!("## {title}"));
            }
            group = of;
        }
        let line = line(paper, &key);
        paper.item(0, &line);
    }
    Some(())
}

/// What stands above a thing in its index, as Markdown.
fn group_of(paper: &Paper, key: &Key) -> Option<String> {
    let catalog = paper.catalog;
    let id = key.id.as_str();
    match key.kind {
        Kind::Capability => catalog.capability(id).map(|c| paper.link(&c.layer.key)),
        Kind::Component => catalog.component(id).map(|c| paper.link(&c.layer.key)),
        Kind::Trigger => catalog.trigger(id).map(|(c, _)| paper.link(&Key::new(Kind::Capability, &c.id))),
        Kind::Fact => catalog.fact_ix(id).map(|ix| escape(&catalog.fact(ix).topic)),
        _ => None,
    }
}

fn line(paper: &Paper, key: &Key) -> String {
    let catalog = paper.catalog;
    let link = paper.link(key);
    let summary = escape(&crate::export::summary(catalog, key));
    match key.kind {
        Kind::Fact => format!("{link}: `{}`: {summary}", key.id),
        Kind::Trigger => match catalog.trigger(&key.id).and_then(|(_, s)| s.when.as_deref()) {
            Some(when) => format!("{link}: {}", code(&crate::export::cel(catalog, when))),
            None => link,
        },
        Kind::Decision => {
            let place = catalog.decisions.iter().position(|d| d.id == key.id);
            let words = &paper.words.twin;
            let holds = place.is_some_and(|place| crate::export::holds(paper.plan, place));
            format!("{link}: {}", if holds { &words.holds } else { &words.broken })
        }
        _ if summary.is_empty() => link,
        _ => format!("{link}: {summary}"),
    }
}
