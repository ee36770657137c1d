//! The index of a kind.

use serde::Serialize;

/// `index.html`: every thing of one kind, in groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexPage {
    /// The folder of the kind: `capabilities`.
    pub kind: &'static str,
    pub title: String,
    /// One sentence on what this kind is.
    pub lede: String,
    pub total: usize,
    pub groups: Vec<IndexGroup>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexGroup {
    /// Fragment id; null for the only group.
    pub id: Option<String>,
    pub title: Option<String>,
    /// The page of what groups them: a layer, a capability.
    pub href: Option<String>,
    pub items: Vec<IndexItem>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndexItem {
    pub title: String,
    pub href: String,
    /// Null where the title says it all (triggers).
    pub summary_html: Option<String>,
    /// The name in conditions, for facts; the condition, for triggers. Shown as code.
    pub code: Option<String>,
    /// A few words: "Tool", "Read by 6 statements", "3 capabilities build on it".
    pub meta: Vec<String>,
}
