//! The matrix: one row for every capability.

use serde::Serialize;

use super::capability::{EMPTY_HALF, half};
use super::frame::About;
use super::here::Here;
use super::parts::{ComplexityView, GistHalf};
use super::shared::{complexity, level};
use super::{Made, PageView};
use crate::export::Export;
use crate::model::capability::Level;
use crate::model::{Capability, Condition, Kind};
use crate::plan::derived;

/// `matrix.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixPage {
    pub rows: Vec<MatrixRowView>,
    /// Number of rows.
    pub total: usize,
    pub facets: Vec<Facet>,
    pub csv_href: String,
    pub json_href: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixRowView {
    pub id: String,
    pub title: String,
    pub href: String,
    pub summary_html: String,
    pub trigger: GistHalf,
    /// Null where nothing speaks against it.
    pub skip_if: Option<GistHalf>,
    pub complexity: ComplexityView,
    pub layer: MatrixLayer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixLayer {
    pub id: String,
    /// "Layer 2".
    pub name: String,
    pub title: String,
    pub href: String,
    pub order: i64,
}

/// One filter. A row matches any of the chosen values of a facet, and every facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// `layer`, `complexity`: the key in the query.
    pub id: &'static str,
    pub title: String,
    pub values: Vec<FacetValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    pub id: String,
    pub label: String,
    /// Rows that have it.
    pub count: usize,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let rows: Vec<_> = here.catalog.capabilities.iter().filter_map(|capability| row(here, capability)).collect();
    let made = MatrixPage {
        total: rows.len(),
        facets: vec![layers(here), complexities(here)],
        rows,
        csv_href: here.file(Export::MatrixCsv.route().as_str()),
        json_href: here.file(Export::Matrix.route().as_str()),
    };
    let about = About {
        title: here.words.placed.matrix.clone(),
        description: here.catalog.plain(&here.catalog.site.description),
        ..About::default()
    };
    Some(Made { page: PageView::Matrix(made), about })
}

fn row(here: &Here, capability: &Capability<Condition>) -> Option<MatrixRowView> {
    let layer = here.catalog.layer(&capability.layer.key.id)?;
    Some(MatrixRowView {
        id: capability.id.clone(),
        title: capability.title.clone(),
        href: here.thing(Kind::Capability, &capability.id),
        summary_html: here.text(&capability.summary),
        trigger: half(here, &derived::matrix_trigger(capability)).unwrap_or(EMPTY_HALF),
        skip_if: half(here, &derived::matrix_skip_if(capability)),
        complexity: complexity(here.words, capability.complexity),
        layer: MatrixLayer {
            id: layer.id.clone(),
            name: here.catalog.layer_name(layer),
            title: layer.title.clone(),
            href: here.thing(Kind::Layer, &layer.id),
            order: layer.order,
        },
    })
}

/// The layers that hold a capability.
fn layers(here: &Here) -> Facet {
    let mut counts = std::collections::BTreeMap::new();
    for capability in &here.catalog.capabilities {
        *counts.entry(capability.layer.key.id.as_str()).or_insert(0) += 1;
    }
    let value = |layer: &crate::model::Layer| {
        let count = *counts.get(layer.id.as_str())?;
        Some(FacetValue { id: layer.id.clone(), label: here.layer_title(layer), count })
    };
    Facet {
        id: "layer",
        title: here.catalog.site.layer_label.clone(),
        values: here.catalog.layers.iter().filter_map(value).collect(),
    }
}

/// The levels of complexity that a capability reaches; a range counts under each of its levels.
fn complexities(here: &Here) -> Facet {
    let count = |level: Level| {
        let covers = |c: &&Capability<Condition>| c.complexity.from <= level && level <= c.complexity.to;
        here.catalog.capabilities.iter().filter(covers).count()
    };
    let values = Level::ALL
        .into_iter()
        .map(|l| FacetValue { id: l.name().into(), label: level(here.words, l).into(), count: count(l) })
        .filter(|value| value.count > 0)
        .collect();
    Facet { id: "complexity", title: here.words.facet.complexity.clone(), values }
}
