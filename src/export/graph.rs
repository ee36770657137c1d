//! What stands on what, as nodes and typed edges.

use serde::Serialize;

use super::{SCHEMA_VERSION, url};
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, Route};

/// Nodes and edges.
#[derive(Serialize)]
pub struct Graph {
    schema_version: &'static str,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

#[derive(Serialize)]
struct Node {
    /// `kind:id`
    key: String,
    kind: &'static str,
    id: String,
    title: String,
    /// The id of the layer that it stands in; empty for options.
    layer: String,
    url: String,
}

#[derive(Serialize)]
struct Edge {
    from: String,
    to: String,
    /// `builds_on`, `does_not_replace`, `has_option`, `related`
    relation: &'static str,
    /// What it adds, or why it stays; may be empty.
    text: String,
}

/// The whole graph.
pub fn graph(plan: &Plan) -> Graph {
    let catalog = &plan.catalog;
    let node = |kind: Kind, id: &str, title: &str, layer: &str| {
        let key = Key::new(kind, id);
        let url = url(plan, &Route::of(&PageName::Thing(key.clone())));
        Node { key: key.to_string(), kind: kind.name(), id: id.into(), title: title.into(), layer: layer.into(), url }
    };
    let capabilities = catalog.capabilities.iter().map(|c| node(Kind::Capability, &c.id, &c.title, &c.layer.key.id));
    let components = catalog.components.iter().map(|c| node(Kind::Component, &c.id, &c.title, &c.layer.key.id));
    let options = catalog.options.iter().map(|o| node(Kind::Option, &o.id, &o.title, ""));
    let nodes = capabilities.chain(components).chain(options).collect();

    let mut edges = Vec::new();
    for capability in &catalog.capabilities {
        let from = Key::new(Kind::Capability, &capability.id).to_string();
        let mut edge = |to: String, relation, text| edges.push(Edge { from: from.clone(), to, relation, text });
        for foundation in &capability.builds_on {
            edge(foundation.on.key.to_string(), "builds_on", catalog.plain(&foundation.adds));
        }
        for stays in &capability.does_not_replace {
            edge(stays.what.key.to_string(), "does_not_replace", catalog.plain(&stays.text));
        }
        for related in &capability.related {
            edge(related.key.to_string(), "related", String::new());
        }
    }
    for (option, places) in &plan.derived.answers_in {
        for (capability, _) in places {
            let from = Key::new(Kind::Capability, &catalog.capabilities[*capability].id).to_string();
            let to = Key::new(Kind::Option, option).to_string();
            edges.push(Edge { from, to, relation: "has_option", text: String::new() });
        }
    }
    edges.sort_by(|a, b| (&a.from, a.relation, &a.to).cmp(&(&b.from, b.relation, &b.to)));
    Graph { schema_version: SCHEMA_VERSION, nodes, edges }
}
