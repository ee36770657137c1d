//! What every kind says of itself: its summary, its former ids, its texts.

use crate::link::Catalog;
use crate::model::{Key, Kind, Spanned, Text};

/// The summary (without markup) and the former ids of a thing.
pub fn summary_and_aliases(catalog: &Catalog, key: &Key) -> (String, Vec<String>) {
    let id = key.id.as_str();
    let plain = |t: &Text| catalog.plain(t);
    let old = |aliases: &[Spanned<String>]| aliases.iter().map(|alias| alias.value.clone()).collect();
    match key.kind {
        Kind::Layer => catalog.layer(id).map(|x| (plain(&x.summary), old(&x.aliases))),
        Kind::Capability => catalog.capability(id).map(|x| (plain(&x.summary), old(&x.aliases))),
        Kind::Trigger => catalog.trigger(id).map(|(c, _)| (c.title.clone(), Vec::new())),
        Kind::Option => catalog.option(id).map(|x| (plain(&x.summary), old(&x.aliases))),
        Kind::Fact => catalog.fact_ix(id).map(|ix| (plain(&catalog.fact(ix).question), old(&catalog.fact(ix).aliases))),
        Kind::Component => catalog.component(id).map(|x| (plain(&x.summary), old(&x.aliases))),
        Kind::Case => catalog.case(id).map(|x| (plain(&x.summary), old(&x.aliases))),
        Kind::Decision => None,
        Kind::Page => catalog.page(id).map(|x| (x.summary.as_ref().map(plain).unwrap_or_default(), old(&x.aliases))),
    }
    .unwrap_or_default()
}

/// The texts and the prose of a thing without conditions.
pub fn texts<'a>(catalog: &'a Catalog, key: &Key) -> (Vec<&'a Text>, &'a str) {
    let id = key.id.as_str();
    match key.kind {
        Kind::Layer => catalog.layer(id).map(|x| {
            let texts = [&x.summary].into_iter().chain(&x.description).chain(&x.topics);
            (texts.chain(x.questions.iter().map(|(q, _)| q)).collect(), x.prose.source.as_str())
        }),
        Kind::Option => {
            catalog.option(id).map(|x| ([&x.summary].into_iter().chain(&x.maturity).collect(), x.prose.source.as_str()))
        }
        Kind::Component => catalog.component(id).map(|x| (vec![&x.summary], x.prose.source.as_str())),
        Kind::Page => catalog.page(id).map(|x| (x.summary.iter().collect(), x.prose.source.as_str())),
        Kind::Decision => catalog.decisions.iter().find(|d| d.id == id).map(|d| (Vec::new(), d.prose.source.as_str())),
        _ => None,
    }
    .unwrap_or_default()
}
