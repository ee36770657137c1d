//! The page of a layer.

use serde::Serialize;

use super::parts::{ComplexityView, FoundationView, Link, ProseSection};

/// `layer.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerPage {
    /// "Layer 2".
    pub name: String,
    /// "Enhancement".
    pub title: String,
    pub lede_html: String,
    pub topics_html: Vec<String>,
    pub questions: Vec<LayerQuestion>,
    /// The drawing of what stands on what.
    pub graph_html: Option<String>,
    pub capabilities: Vec<LayerCapability>,
    pub components: Vec<LayerComponent>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerQuestion {
    pub question_html: String,
    pub capability: Option<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerCapability {
    pub title: String,
    pub href: String,
    pub summary_html: String,
    pub complexity: ComplexityView,
    /// What it builds on.
    pub foundations: Vec<FoundationView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerComponent {
    pub title: String,
    pub href: String,
    pub summary_html: String,
    /// What builds on it, and what that adds.
    pub supports: Vec<FoundationView>,
}
