//! Names of things: kinds, ids, keys, references.

use std::fmt;

use super::span::Span;

/// What kind of thing an id names. The order is the order of kinds in indexes and exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Layer,
    Capability,
    Trigger,
    Option,
    Fact,
    Component,
    Case,
    Decision,
    Page,
}

impl Kind {
    /// Every kind, in order: the one list that routes, exports, checks and documentation derive from.
    pub const ALL: [Kind; 9] = [
        Kind::Layer,
        Kind::Capability,
        Kind::Trigger,
        Kind::Option,
        Kind::Fact,
        Kind::Component,
        Kind::Case,
        Kind::Decision,
        Kind::Page,
    ];

    /// The singular word, as in `[[option:linkerd]]` and `new option`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Layer => "layer",
            Kind::Capability => "capability",
            Kind::Trigger => "trigger",
            Kind::Option => "option",
            Kind::Fact => "fact",
            Kind::Component => "component",
            Kind::Case => "case",
            Kind::Decision => "decision",
            Kind::Page => "page",
        }
    }

    /// The plural word: the folder in `content/`, in the published site and in the API.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Layer => "layers",
            Kind::Capability => "capabilities",
            Kind::Trigger => "triggers",
            Kind::Option => "options",
            Kind::Fact => "facts",
            Kind::Component => "components",
            Kind::Case => "cases",
            Kind::Decision => "decisions",
            Kind::Page => "pages",
        }
    }

    /// The kind a singular word names, if any.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The full name of a thing. A trigger's id is `<capability>.<trigger>`; a page's id is its path below `pages/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub kind: Kind,
    pub id: String,
}

impl Key {
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Key { kind, id: id.into() }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

/// A reference to a thing of a kind that the place determines, as an author wrote it.
/// In a `Catalog` it resolves, and `id` is the present id (aliases are replaced).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref {
    pub key: Key,
    pub span: Span,
}
