//! The home page: the question, the ways in, worked triggers, layers, a case.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::{Link, PageGroup, VerdictGroup, VerdictView};
use super::{Made, PageView, lines, page};
use crate::assess::Assessment;
use crate::export::rules::fragment;
use crate::model::{Case, Key, Kind, Profile, Ref, Text};
use crate::plan::PageName;

/// `home.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomePage {
    pub question: String,
    pub tagline: Option<String>,
    pub lede_html: String,
    /// Null where there is no capability.
    pub matrix: Option<Link>,
    pub assess: Option<Link>,
    /// The first page of the guide, if there is one; on a site of prose, the first page.
    pub guide: Option<Link>,
    /// The sections of a site of prose, with their pages; empty where there are capabilities.
    pub sections: Vec<PageGroup>,
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
    /// What the rules say of the capability in that case.
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
    /// The assessment, started from this case.
    pub assess_href: String,
    pub summary_html: String,
    /// What the rules say of it, computed at build.
    pub groups: Vec<VerdictGroup>,
}

/// With many capabilities, so many of each verdict are named; the case's page names all.
const MOST_NAMED: usize = 5;

pub(super) fn view(here: &Here) -> Option<Made> {
    let site = &here.catalog.site;
    let case = site.home.case.as_ref().and_then(|case| here.catalog.case(&case.key.id));
    let place = case.and_then(|case| here.catalog.place(Kind::Case, &case.id));
    let assessed = place.map(|n| &here.plan.assessed().cases[n]);
    let way = |name: PageName| Some(Link { title: here.title(&name), href: here.published(&name)? });
    let made = HomePage {
        question: site.question.clone(),
        tagline: site.tagline.clone(),
        lede_html: here.text(&site.description),
        assess: way(PageName::Assess),
        matrix: way(PageName::Matrix),
        sections: if here.prose_only() { page::groups(here) } else { Vec::new() },
        guide: here
            .catalog
            .pages
            .iter()
            .find(|page| page.id.contains('/') || here.prose_only())
            .map(|page| here.link(&Key::new(Kind::Page, &page.id))),
        triggers: site
            .home
            .triggers
            .iter()
            .filter_map(|(trigger, text)| worked(here, trigger, text, case.zip(assessed)))
            .collect(),
        layers: here
            .catalog
            .layers
            .iter()
            .map(|layer| HomeLayer {
                name: here.catalog.layer_name(layer),
                title: layer.title.clone(),
                href: here.thing(Kind::Layer, &layer.id),
                summary_html: here.text(&layer.summary),
                here: site.home.layer.as_ref().is_some_and(|home| home.key.id == layer.id),
            })
            .collect(),
        case: case.map(|case| HomeCase {
            title: case.title.clone(),
            href: here.thing(Kind::Case, &case.id),
            assess_href: format!("{}#{}", here.href(&PageName::Assess), fragment(here.catalog, &case.facts)),
            summary_html: here.text(&case.summary),
            groups: assessed
                .map(|found| here.outcome(found, if here.many() { MOST_NAMED } else { usize::MAX }))
                .unwrap_or_default(),
        }),
    };
    let about = About {
        title: site.title.clone(),
        description: here.catalog.plain(&site.description),
        file: Some(site.span.file.clone()),
        ..About::default()
    };
    Some(Made { page: PageView::Home(made), about })
}

fn worked(
    here: &Here,
    trigger: &Ref,
    text: &Text,
    case: Option<(&Case<Profile>, &Assessment)>,
) -> Option<WorkedTrigger> {
    let (capability, statement) = here.catalog.trigger(&trigger.key.id)?;
    let place = here.catalog.place(Kind::Capability, &capability.id)?;
    let found = case.map(|(_, assessment)| &assessment.capabilities[place]);
    Some(WorkedTrigger {
        capability: here.link(&Key::new(Kind::Capability, &capability.id)),
        href: here.key_href(&trigger.key),
        text_html: here.text(text),
        svg_html: statement.when.as_deref().and_then(|when| lines::threshold(here, when, case?.0)),
        verdict: found.and_then(|found| Some(here.verdict_as(found.verdict?, found.settled))),
    })
}
