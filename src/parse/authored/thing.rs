//! Layers, options, components, guide pages.

use super::authored;
use super::value::{Address, Id, Line, Plain, Reference};
use crate::model::thing::OptionKind;

authored! {
    /// A shelf that capabilities stand on: `layers/<id>.yaml`.
    pub struct Layer {
        /// What it is called, without its number.
        title: Plain,
        /// Its number: what has a lower one comes first.
        order: i64,
        /// One sentence, for cards, search and social previews.
        summary: Line,
        /// The lede of its page.
        description: Option<Line>,
        /// What it is about.
        topics: Option<Vec<Line>>,
        /// The questions that it answers.
        questions: Option<Vec<LeadingQuestion>>,
        /// Former ids; their addresses go on working.
        aliases: Option<Vec<Id>>,
    }

    /// A leading question of a layer.
    pub struct LeadingQuestion {
        /// What is asked.
        question: Line,
        /// The id of the capability that answers it.
        capability: Option<Reference>,
    }

    /// A tool, a service or an approach: an answer within trade-offs. `options/<id>.yaml`.
    #[schemars(rename = "Option")]
    pub struct Option_ {
        /// What it is called.
        title: Plain,
        /// A title for narrow columns.
        short: Option<Plain>,
        /// What it is.
        kind: OptionKind,
        /// One sentence, for cards, search and social previews.
        summary: Line,
        /// Its own site.
        url: Option<Address>,
        /// Its licence.
        licence: Option<Plain>,
        /// How mature it is.
        maturity: Option<Line>,
        /// Former ids; their addresses go on working.
        aliases: Option<Vec<Id>>,
    }

    /// What capabilities build on, when it is no capability itself: `components/<id>.yaml`.
    pub struct Component {
        /// What it is called.
        title: Plain,
        /// The id of the layer that it stands in.
        layer: Reference,
        /// Its place in its layer.
        order: Option<i64>,
        /// One sentence, for cards, search and social previews.
        summary: Line,
        /// Its own site.
        url: Option<Address>,
        /// Former ids; their addresses go on working.
        aliases: Option<Vec<Id>>,
    }

    /// A guide page: what stands between the lines of `---` of `pages/**/<id>.md`.
    pub struct Page {
        /// What it is called.
        title: Plain,
        /// The lede of the page, and what search engines show.
        summary: Option<Line>,
        /// Its place in its folder.
        order: Option<i64>,
        /// Former paths below `pages/`; their addresses go on working.
        aliases: Option<Vec<Plain>>,
    }
}
