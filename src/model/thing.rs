//! The simpler things: layers, options, components, guide pages.

use std::sync::Arc;

use super::id::Ref;
use super::span::{Span, Spanned};
use super::text::{Prose, Text};

/// A shelf that capabilities stand on.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub id: String,
    pub title: String,
    pub order: i64,
    pub summary: Text,
    pub description: Option<Text>,
    /// What the layer is about.
    pub topics: Vec<Text>,
    /// The questions it answers, each with the capability that does.
    pub questions: Vec<(Text, Option<Ref>)>,
    pub prose: Arc<Prose>,
    pub aliases: Vec<Spanned<String>>,
    pub span: Span,
}

/// What an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OptionKind {
    Tool,
    Service,
    Approach,
}

impl OptionKind {
    pub const ALL: [OptionKind; 3] = [OptionKind::Tool, OptionKind::Service, OptionKind::Approach];

    pub fn name(self) -> &'static str {
        match self {
            OptionKind::Tool => "tool",
            OptionKind::Service => "service",
            OptionKind::Approach => "approach",
        }
    }
}

/// A tool or an approach: one answer in one or more trade-offs.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionPage {
    pub id: String,
    pub title: String,
    /// For narrow columns.
    pub short: Option<String>,
    pub kind: OptionKind,
    pub summary: Text,
    pub url: Option<String>,
    pub licence: Option<String>,
    pub maturity: Option<Text>,
    pub prose: Arc<Prose>,
    pub aliases: Vec<Spanned<String>>,
    pub span: Span,
}

/// Something in another layer that capabilities build on, when it is no capability itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    pub id: String,
    pub title: String,
    pub layer: Ref,
    pub order: i64,
    pub summary: Text,
    pub url: Option<String>,
    pub prose: Arc<Prose>,
    pub aliases: Vec<Spanned<String>>,
    pub span: Span,
}

/// A prose page. Its id is its path below `pages/`, without `.md` (`guide/how-to-decide`).
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub id: String,
    pub title: String,
    pub summary: Option<Text>,
    pub order: i64,
    pub prose: Arc<Prose>,
    pub aliases: Vec<Spanned<String>>,
    pub span: Span,
}

/// A file that is published as it is.
#[derive(Debug, Clone)]
pub struct Asset {
    pub bytes: std::sync::Arc<[u8]>,
    /// Width and height in pixels, for images whose header says so.
    pub size: Option<(u32, u32)>,
}
