//! The site itself: `content/site.yaml`.

use std::collections::BTreeMap;

use super::id::Ref;
use super::span::Span;
use super::text::Text;
use super::verdict::Verdict;

/// Titles, words and choices that hold for the whole site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// The brand: in the header, and at the end of every page's title.
    pub title: String,
    pub tagline: Option<String>,
    /// The question the site answers: the heading of the home page.
    pub question: String,
    pub description: Text,
    /// With a trailing slash; None where absolute URLs cannot be made.
    pub base_url: Option<String>,
    pub locale: String,
    pub layer_label: String,
    pub layers_label: String,
    pub theme: Option<String>,
    pub verdicts: BTreeMap<Verdict, VerdictLabel>,
    pub licence: Option<Licence>,
    pub credits: Vec<Text>,
    /// Where the content can be edited; `{path}` stands for the file, relative to the site's folder.
    pub edit_url: Option<String>,
    /// Groups of words that mean the same, for search.
    pub synonyms: Vec<Vec<String>>,
    /// True where pages say when they last changed, by the history of their files.
    pub dates: bool,
    /// True where capabilities and cases get an image for previews.
    pub social_images: bool,
    pub home: Home,
    /// Publish what any other engine must find: the conformance vectors.
    pub conformance: bool,
    pub span: Span,
}

/// The words for one verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictLabel {
    pub label: String,
    /// The words when it is not settled.
    pub probably: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    pub name: String,
    pub url: Option<String>,
}

/// What the home page shows beside the layers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Home {
    /// The layer that the site is about.
    pub layer: Option<Ref>,
    /// Worked triggers: the trigger's key and a sentence.
    pub triggers: Vec<(Ref, Text)>,
    pub case: Option<Ref>,
}
