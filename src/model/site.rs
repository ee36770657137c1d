//! The site itself: `content/site.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

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
    pub joints: Joints,
    /// Keys of words that readers see and that the site leaves to the program, which has them in English:
    /// `verdicts.open`.
    pub english: Vec<String>,
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

macro_rules! joints {
    ($( $(#[$about:meta])* $key:ident: $english:literal, )*) => {
        /// The words that join what facts say into sentences. English where the site has none of its own.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
        pub struct Joints { $( $(#[$about])* pub $key: String, )* }

        impl Default for Joints {
            fn default() -> Self {
                Joints { $( $key: $english.into(), )* }
            }
        }

        impl Joints {
            /// Every key with the place of its word.
            pub fn each_mut(&mut self) -> Vec<(&'static str, &mut String)> {
                vec![$( (stringify!($key), &mut self.$key), )*]
            }
        }
    };
}

joints! {
    /// Between things that must all be so: "and".
    and: "and",
    /// Between things of which one suffices: "or".
    or: "or",
    /// Before parts joined by `or` inside of others: "either".
    either: "either",
    /// Before a number: "exactly".
    exactly: "exactly",
    /// Before a number: "not exactly".
    not_exactly: "not exactly",
    /// Before a number: "more than".
    more_than: "more than",
    /// Before a number: "at least".
    at_least: "at least",
    /// Before a number of what is counted: "fewer than".
    fewer_than: "fewer than",
    /// Before a number of what is measured: "less than".
    less_than: "less than",
    /// Before a number: "at most".
    at_most: "at most",
    /// Behind a number: "or more".
    or_more: "or more",
    /// Between two numbers: "to".
    to: "to",
    /// Before a phrase that has no opposite of its own: "not:".
    not: "not:",
    /// The answer "yes".
    yes: "yes",
    /// The answer "no".
    no: "no",
    /// The answer "none", of a set.
    none: "none",
    /// Of a set that is not empty: "some".
    some: "some",
    /// The answer "I don’t know".
    unknown: "I don’t know",
    /// Before what a reader answered: "yours".
    yours: "yours",
}
