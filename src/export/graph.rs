//! What stands on what, as nodes and typed edges.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Export, SCHEMA_VERSION, add, long, schema_url, url};
use crate::model::closed::Version;
use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, Route};

/// What stands on what: nodes and typed edges.
#[derive(Serialize, JsonSchema)]
pub struct Graph {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// Capabilities, components and options, in reading order.
    nodes: Vec<Node>,
    /// By where they start, then by relation.
    edges: Vec<Edge>,
}

/// A thing of the graph.
#[derive(Serialize, JsonSchema)]
struct Node {
    /// `kind:id`
    key: String,
    /// Its kind.
    #[schemars(with = "Kind")]
    kind: &'static str,
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// The id of the layer that it stands in; empty for options.
    layer: String,
    /// Its page.
    url: String,
}

/// What one thing is to another.
#[derive(Serialize, JsonSchema)]
struct Edge {
    /// The key of the node where it starts.
    from: String,
    /// The key of the node where it ends.
    to: String,
    /// What `from` does with `to`.
    #[schemars(extend("enum" = RELATIONS))]
    relation: &'static str,
    /// What it adds, or why it stays; may be empty.
    text: String,
}

/// Every relation of an edge.
const RELATIONS: [&str; 4] = ["builds_on", "does_not_replace", "has_option", "related"];

/// The whole graph.
pub(super) fn write(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let (nodes, edges) = graph(plan);
    let schema = schema_url(plan, &Export::Graph);
    let head = Graph { schema, schema_version: SCHEMA_VERSION, nodes: Vec::new(), edges: Vec::new() };
    let fill = |name: &str, list: &mut long::List| {
        match name {
            "nodes" => nodes.iter().try_for_each(|node| list.item(|bytes| add(node, bytes)))?,
            "edges" => edges.iter().try_for_each(|edge| list.item(|bytes| add(edge, bytes)))?,
            _ => return Ok(false),
        }
        Ok(true)
    };
    long::write(&head, &fill, out)
}

fn graph(plan: &Plan) -> (Vec<Node>, Vec<Edge>) {
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
    (nodes, edges)
}
