//! Layers, options, components.

use std::sync::Arc;

use crate::model::thing::OptionKind;
use crate::model::{Component, Kind, Layer, OptionPage};
use crate::parse::authored::thing as authored;
use crate::parse::fields::{File, unwritten};
use crate::parse::yaml::Node;

/// `layers/<id>.yaml`
pub fn layer(file: &mut File<'_>, id: &str, root: &Node) -> Option<Layer> {
    let fields = file.map(root, "a layer", authored::Layer::KEYS)?;
    let title = file.require_string(&fields, "title");
    let order = file.require(&fields, "order").and_then(|n| file.integer(n));
    let summary = file.require_inline(&fields, "summary");
    let questions = file.list_at(&fields, "questions", |file, node| {
        let fields = file.map(node, "a leading question", authored::LeadingQuestion::KEYS)?;
        let capability = fields.get("capability").and_then(|n| file.reference(n, Kind::Capability));
        Some((file.require_inline(&fields, "question")?, capability))
    });
    Some(Layer {
        id: id.to_owned(),
        description: file.inline_at(&fields, "description"),
        topics: file.texts_at(&fields, "topics"),
        questions,
        aliases: file.aliases(&fields),
        prose: Arc::default(),
        span: fields.span.clone(),
        title: title.unwrap_or_else(|| id.to_owned()),
        order: order.unwrap_or(i64::MAX),
        summary: summary.unwrap_or_default(),
    })
}

/// `options/<id>.yaml`
pub fn option(file: &mut File<'_>, id: &str, root: &Node) -> Option<OptionPage> {
    let fields = file.map(root, "an option", authored::Option_::KEYS)?;
    let title = file.require_string(&fields, "title");
    let summary = file.require_inline(&fields, "summary");
    let kinds = OptionKind::ALL.map(|k| (k.name(), k));
    let kind = file.require(&fields, "kind").and_then(|n| file.word(n, &kinds));
    Some(OptionPage {
        id: id.to_owned(),
        short: file.string_at(&fields, "short"),
        url: file.url_at(&fields, "url"),
        licence: file.string_at(&fields, "licence"),
        maturity: file.inline_at(&fields, "maturity"),
        aliases: file.aliases(&fields),
        prose: Arc::default(),
        span: fields.span.clone(),
        title: title.unwrap_or_else(|| id.to_owned()),
        kind: kind.unwrap_or(OptionKind::Tool),
        summary: summary.unwrap_or_default(),
    })
}

/// `components/<id>.yaml`
pub fn component(file: &mut File<'_>, id: &str, root: &Node) -> Option<Component> {
    let fields = file.map(root, "a component", authored::Component::KEYS)?;
    let title = file.require_string(&fields, "title");
    let layer = file.require(&fields, "layer").and_then(|n| file.reference(n, Kind::Layer));
    let summary = file.require_inline(&fields, "summary");
    Some(Component {
        id: id.to_owned(),
        order: file.integer_at(&fields, "order").unwrap_or(i64::MAX),
        url: file.url_at(&fields, "url"),
        aliases: file.aliases(&fields),
        prose: Arc::default(),
        span: fields.span.clone(),
        title: title.unwrap_or_else(|| id.to_owned()),
        layer: layer.unwrap_or_else(|| unwritten(Kind::Layer, &fields.span)),
        summary: summary.unwrap_or_default(),
    })
}
