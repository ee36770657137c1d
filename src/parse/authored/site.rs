//! The site: `content/site.yaml`.

use super::authored;
use super::value::{Address, Id, Line, Plain, Reference, SameWords};
use crate::parse::format::FORMAT;

authored! {
    /// What holds for the whole site: `content/site.yaml`.
    pub struct Site {
        /// The version of the content format: 1.
        #[schemars(extend("const" = FORMAT))]
        format: Option<i64>,
        /// The name of the site, in the header and behind every page's title.
        title: Plain,
        /// A line above the question on the home page.
        tagline: Option<Plain>,
        /// The question that the site answers: the heading of the home page.
        question: Plain,
        /// One or two sentences, for the home page and for search engines.
        description: Line,
        /// Where the site will stand; needed for the sitemap and canonical addresses.
        base_url: Option<Address>,
        /// The language of the words of the theme: `en`.
        #[schemars(regex(pattern = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"), length(max = 35))]
        locale: Option<String>,
        /// The folder in `themes/` whose files replace those of the default theme.
        theme: Option<Id>,
        /// What a layer is called.
        labels: Option<Labels>,
        /// The words for verdicts.
        verdicts: Option<Verdicts>,
        /// The words between what facts say, for a site in another language.
        joints: Option<Joints>,
        /// The licence of the content.
        licence: Option<Licence>,
        /// Texts for the foot of every page.
        credits: Option<Vec<Line>>,
        /// Where a file can be edited; `{path}` stands for it.
        edit_url: Option<Address>,
        /// Groups of words that search takes for the same.
        synonyms: Option<Vec<SameWords>>,
        /// Where pages have the date of their last change from: `git`, the history of their files.
        #[schemars(extend("enum" = ["git"]))]
        dates: Option<String>,
        /// Whether capabilities and cases get an image for previews of links to them.
        social_images: Option<bool>,
        /// What the home page shows.
        home: Option<Home>,
        /// `true`: publish vectors for other engines, under `conformance/`. It makes a build take longer.
        conformance: Option<bool>,
    }

    /// What a layer is called.
    pub struct Labels {
        /// One of them: `Layer`.
        layer: Option<Plain>,
        /// Several: `Layers`.
        layers: Option<Plain>,
    }

    /// The words for verdicts; those that are left out have words of the program.
    pub struct Verdicts {
        /// Relevant, and nothing speaks against it now.
        adopt: Option<VerdictWords>,
        /// Relevant, but to be prepared before it is activated.
        prepare: Option<VerdictWords>,
        /// Relevant, and nothing presses.
        consider: Option<VerdictWords>,
        /// Not now: something comes first, or no trigger applies.
        wait: Option<VerdictWords>,
        /// Something rules it out.
        skip: Option<VerdictWords>,
        /// Nothing known yet makes it relevant.
        open: Option<VerdictWords>,
    }

    /// The words for a verdict.
    pub struct VerdictWords {
        /// When it is settled.
        label: Plain,
        /// When it is not.
        probably: Option<Plain>,
    }

    /// The words that join what facts say into sentences: "more than 5 services **and** the GDPR applies". Those that are
    /// left out have words of the program, which are English.
    pub struct Joints {
        /// `and`.
        and: Option<Plain>,
        /// `or`.
        or: Option<Plain>,
        /// `either`, before parts joined by `or` inside of others.
        either: Option<Plain>,
        /// `exactly`, before a number.
        exactly: Option<Plain>,
        /// `not exactly`, before a number.
        not_exactly: Option<Plain>,
        /// `more than`, before a number.
        more_than: Option<Plain>,
        /// `at least`, before a number.
        at_least: Option<Plain>,
        /// `fewer than`, before a number of things that are counted.
        fewer_than: Option<Plain>,
        /// `less than`, before a number of what is measured.
        less_than: Option<Plain>,
        /// `at most`, before a number.
        at_most: Option<Plain>,
        /// `or more`, behind a number.
        or_more: Option<Plain>,
        /// `to`, between two numbers.
        to: Option<Plain>,
        /// `not:`, before a phrase whose fact has no `no`.
        not: Option<Plain>,
        /// `yes`, the answer.
        yes: Option<Plain>,
        /// `no`, the answer.
        no: Option<Plain>,
        /// `none`, the answer.
        none: Option<Plain>,
        /// `some`, of a set that is not empty.
        some: Option<Plain>,
        /// `I don’t know`, the answer.
        unknown: Option<Plain>,
        /// `yours`, before what a reader answered.
        yours: Option<Plain>,
    }

    /// A licence.
    pub struct Licence {
        /// What it is called.
        name: Plain,
        /// Its text.
        url: Option<Address>,
    }

    /// What the home page shows.
    pub struct Home {
        /// The id of the layer that the site is about.
        layer: Option<Reference>,
        /// Worked triggers.
        triggers: Option<Vec<WorkedTrigger>>,
        /// The id of a case.
        case: Option<Reference>,
    }

    /// A trigger, and a sentence that shows it at work.
    pub struct WorkedTrigger {
        /// The id of the trigger: `service-mesh.many-services`.
        trigger: Reference,
        /// The sentence.
        text: Line,
    }
}
