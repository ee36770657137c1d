//! The home page: the question, the ways in, worked triggers, layers, a case.

use serde::Serialize;

use super::parts::{Link, VerdictGroup, VerdictView};

/// `home.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomePage {
    pub question: String,
    pub tagline: Option<String>,
    pub lede_html: String,
    pub matrix: Link,
    /// The first page of the guide, if there is one.
    pub guide: Option<Link>,
    pub triggers: Vec<WorkedTrigger>,
    pub layers: Vec<HomeLayer>,
    pub case: Option<HomeCase>,
}

/// A trigger with its threshold and the value of the home case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorkedTrigger {
    pub capability: Link,
    /// The trigger's page.
    pub href: String,
    pub text_html: String,
    /// A tiny number line: threshold, and the case's value.
    pub svg_html: Option<String>,
    /// What the case expects of the capability.
    pub verdict: Option<VerdictView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeLayer {
    /// "Layer 2".
    pub name: String,
    pub title: String,
    pub href: String,
    pub summary_html: String,
    /// The layer that the site is about.
    pub here: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeCase {
    pub title: String,
    pub href: String,
    pub summary_html: String,
    /// The verdicts that the case expects.
    pub groups: Vec<VerdictGroup>,
}
