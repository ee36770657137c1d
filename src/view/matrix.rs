//! The matrix: one row for every capability.

use serde::Serialize;

use super::parts::{ComplexityView, GistHalf};

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
    /// Everything that a search of the matrix looks at, in lower case.
    pub search: String,
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
