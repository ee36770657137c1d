//! What stands on what, as drawings.

use std::collections::BTreeMap;

use super::here::Here;
use crate::draw::graph::{self, GridColumn, GridLink, GridRow, WiringGrid};
use crate::model::{Capability, Condition, Key, Kind, Layer, Ref};

/// The drawing of a layer; None where nothing in it builds on anything.
pub(super) fn of_layer(here: &Here, layer: &Layer, capabilities: &[&Capability<Condition>]) -> Option<String> {
    let label = here.words.graph.label.replace("{}", &here.layer_title(layer));
    grid(here, layer, capabilities, label).map(|grid| graph::layer(&grid))
}

/// The drawing of one capability; None where it builds on nothing.
pub(super) fn of_capability(here: &Here, capability: &Capability<Condition>) -> Option<String> {
    let layer = here.catalog.layer(&capability.layer.key.id)?;
    let label = here.words.graph.page.replace("{}", &capability.title);
    grid(here, layer, &[capability], label).map(|grid| graph::page(&grid))
}

/// The columns that build on something, and the rows they need: by layer, each kind in reading order.
fn grid(here: &Here, layer: &Layer, capabilities: &[&Capability<Condition>], label: String) -> Option<WiringGrid> {
    let columns: Vec<_> = capabilities.iter().filter(|c| !c.builds_on.is_empty()).collect();
    let mut rows = BTreeMap::new();
    for foundation in columns.iter().flat_map(|c| &c.builds_on) {
        rows.entry(order(here, &foundation.on)).or_insert(&foundation.on.key);
    }
    let place: BTreeMap<&Key, usize> = rows.values().enumerate().map(|(n, key)| (*key, n)).collect();
    let column = |capability: &&&Capability<Condition>| GridColumn {
        title: capability.title.clone(),
        href: here.thing(Kind::Capability, &capability.id),
        links: capability
            .builds_on
            .iter()
            .map(|f| GridLink { row: place[&f.on.key], adds: here.catalog.plain(&f.adds) })
            .collect(),
    };
    let row = |(order, key): (&Order, &&Key)| {
        let link = here.link(key);
        let group = here.catalog.layers.get(order.0).map(|layer| here.layer_title(layer)).unwrap_or_default();
        GridRow { title: link.title, href: link.href, group }
    };
    (!columns.is_empty()).then(|| WiringGrid {
        label,
        layer_label: here.catalog.layer_name(layer),
        layer_title: layer.title.clone(),
        columns: columns.iter().map(column).collect(),
        rows: rows.iter().map(row).collect(),
    })
}

/// The layer's place in reading order, the kind, the author's order, the id.
type Order = (usize, Kind, i64, String);

fn order(here: &Here, on: &Ref) -> Order {
    let id = on.key.id.as_str();
    let (layer, order) = match on.key.kind {
        Kind::Component => here.catalog.component(id).map(|c| (c.layer.key.id.as_str(), c.order)),
        _ => here.catalog.capability(id).map(|c| (c.layer.key.id.as_str(), c.order)),
    }
    .unwrap_or_default();
    let layer = here.catalog.layers.iter().position(|l| l.id == layer).unwrap_or(usize::MAX);
    (layer, on.key.kind, order, on.key.id.clone())
}
