//! link: Drafts -> (Catalog, Diagnostics). Every reference resolved, both directions; ids unique; foundations acyclic;
//! conditions typed against the facts. Small and sequential; the only stage that sees everything at once.

mod anchors;
pub mod catalog;
mod conditions;
mod decisions;
mod english;
mod foundations;
mod holes;
mod names;
mod profiles;
mod references;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::model::{Capability, Kind, Page, Site, Span, Text, Verdict, Written};
use crate::parse::Drafts;

pub use catalog::Catalog;
pub use conditions::unknown_fact;
pub use profiles::{option_names, typed_answer};
pub use words::with_words;

/// Links drafts. What cannot be linked is reported and left out; the catalog is whole only without errors.
pub fn link(drafts: Drafts) -> (Catalog, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut drafts = drafts;
    sort(&mut drafts);
    let names = names::of(&drafts, &mut diagnostics);
    references::resolve(&mut drafts, &names, &mut diagnostics);
    let Drafts {
        site,
        layers,
        capabilities,
        options,
        components,
        facts,
        cases,
        decisions,
        pages,
        changes,
        assets,
        broken,
        ..
    } = drafts;

    let mut typing = conditions::Typing::new(&facts, &names, &broken, &mut diagnostics);
    let typed = |c: Capability<Written>| c.map_conditions(&mut |written| typing.condition(written));
    let capabilities = capabilities.into_iter().map(typed).collect();
    let options = options.into_iter().collect();
    let cases = cases.into_iter().map(|c| profiles::case(c, &facts, &names, &broken, &mut diagnostics)).collect();
    let decisions =
        decisions.into_iter().map(|d| profiles::decision(d, &facts, &names, &broken, &mut diagnostics)).collect();

    let site = site.unwrap_or_else(nameless);
    let catalog = Catalog {
        site,
        layers,
        capabilities,
        options,
        components,
        facts,
        cases,
        decisions,
        pages,
        changes,
        assets,
        names: Arc::new(names),
    };
    holes::check(&catalog, &broken, &mut diagnostics);
    english::check(&catalog, &mut diagnostics);
    foundations::check(&catalog, &mut diagnostics);
    decisions::check(&catalog, &mut diagnostics);
    diagnostics.sort();
    (catalog, diagnostics)
}

/// Reading order.
fn sort(drafts: &mut Drafts) {
    drafts.layers.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    let orders: BTreeMap<String, i64> = drafts.layers.iter().map(|l| (l.id.clone(), l.order)).collect();
    let layer = |id: &str| orders.get(id).copied().unwrap_or(i64::MAX);
    drafts
        .capabilities
        .sort_by(|a, b| (layer(&a.layer.key.id), a.order, &a.id).cmp(&(layer(&b.layer.key.id), b.order, &b.id)));
    drafts
        .components
        .sort_by(|a, b| (layer(&a.layer.key.id), a.order, &a.id).cmp(&(layer(&b.layer.key.id), b.order, &b.id)));
    drafts.options.sort_by(|a, b| (a.title.to_lowercase(), &a.id).cmp(&(b.title.to_lowercase(), &b.id)));
    drafts.cases.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    drafts.decisions.sort_by(|a, b| (&b.date, &a.id).cmp(&(&a.date, &b.id)));
    let orders = page_orders(&drafts.pages);
    drafts.pages.sort_by_cached_key(|page| {
        ancestors(&page.id)
            .map(|path| (orders.get(path).copied().unwrap_or(i64::MAX), path.to_owned()))
            .collect::<Vec<_>>()
    });
}

/// The order of pages and of their folders. A folder has that of the page of its name (`how-to.md` beside `how-to/`),
/// else of the first page in it.
fn page_orders(pages: &[Page]) -> BTreeMap<String, i64> {
    let mut orders: BTreeMap<String, i64> = BTreeMap::new();
    for page in pages {
        for folder in ancestors(&page.id) {
            let order = orders.entry(folder.to_owned()).or_insert(i64::MAX);
            *order = page.order.min(*order);
        }
    }
    orders.extend(pages.iter().map(|page| (page.id.clone(), page.order)));
    orders
}

/// `a/b/c` -> `a`, `a/b`, `a/b/c`.
fn ancestors(id: &str) -> impl Iterator<Item = &str> {
    id.match_indices('/').map(|(at, _)| &id[..at]).chain([id])
}

/// Stands in for a site whose file is broken or missing, which is an error of its own.
fn nameless() -> Site {
    Site {
        title: String::new(),
        tagline: None,
        question: String::new(),
        description: Text::default(),
        base_url: None,
        locale: "en".into(),
        layer_label: "Layer".into(),
        layers_label: "Layers".into(),
        theme: None,
        verdicts: Verdict::ALL
            .into_iter()
            .map(|v| (v, crate::model::site::VerdictLabel { label: v.name().into(), probably: v.name().into() }))
            .collect(),
        joints: Default::default(),
        english: Vec::new(),
        licence: None,
        credits: Vec::new(),
        edit_url: None,
        synonyms: Vec::new(),
        dates: false,
        social_images: false,
        home: Default::default(),
        conformance: false,
        span: Span::file_start(&Arc::from("content/site.yaml")),
    }
}

/// Keys of a kind, as a message lists them.
fn ids_of_kind(names: &catalog::Names, kind: Kind) -> impl Iterator<Item = &str> {
    names.place.ids(kind).iter().map(String::as_str)
}
