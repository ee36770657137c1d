//! Ids that pages have for themselves: no heading of a page's prose may take one.

use crate::model::Kind;

/// Ids of the sections of a capability's page. Prose under a heading with one of them stands in that section.
pub const CAPABILITY_SECTIONS: [&str; 10] = [
    "trigger",
    "not-when",
    "trade-offs",
    "decision-points",
    "timing",
    "builds-on",
    "does-not-replace",
    "supports",
    "related",
    "cases",
];

/// Ids of what the pages of a kind have beside the prose.
pub(super) fn ids_beside(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Layer => &["topics", "questions", "reading", "capabilities", "components", "graph"],
        Kind::Capability => &["verdict", "now", "later", "prepare", "activate-when"],
        Kind::Case => &[
            "verdicts",
            "facts",
            "group-adopt",
            "group-prepare",
            "group-consider",
            "group-wait",
            "group-skip",
            "group-open",
            "group-guidance",
        ],
        Kind::Component => &["supports", "stays"],
        Kind::Option => &["answers"],
        Kind::Decision => &["premises", "verdict", "facts"],
        Kind::Page => &["pages"],
        _ => &[],
    }
}

/// Ids that every page uses for itself.
pub(super) const PAGE_IDS: [&str; 6] = ["main", "toc", "top", "contents", "search", "sort"];
