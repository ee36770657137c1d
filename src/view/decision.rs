//! The page of a recorded decision: what was chosen, on which premises, and whether they still hold.

use serde::Serialize;

use super::case::{Topic, topics};
use super::frame::{About, TocEntry};
use super::here::Here;
use super::judged::JudgedView;
use super::page::toc_of;
use super::parts::{Link, ProseSection, VerdictView};
use super::{Made, PageView};
use crate::export::{self, rules::fragment};
use crate::model::{Decision, Key, Kind, Profile};
use crate::plan::PageName;
use crate::record::{self, What};

/// `decision.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionPage {
    pub title: String,
    pub date: String,
    /// "Accepted".
    pub status: String,
    /// True for one that was invented as an example.
    pub constructed: bool,
    pub capability: Link,
    /// What was chosen, and its page, if it is an option.
    pub chosen: String,
    pub chosen_href: Option<String>,
    /// The verdict when it was decided.
    pub verdict: VerdictView,
    /// Whether everything that it rested on is still so.
    pub holds: bool,
    /// What is no longer as it was; those that break a premise first.
    pub findings: Vec<FindingView>,
    /// What the rules of today say of the facts that were known.
    pub judged: Option<JudgedView>,
    pub topics: Vec<Topic>,
    /// The assessment, started from these facts.
    pub assess_href: String,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingView {
    pub breaks: bool,
    pub text: String,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let place = here.catalog.decisions.iter().position(|d| d.id == id)?;
    let decision = &here.catalog.decisions[place];
    let premises = record::premises(here.catalog, decision)?;
    let capability = &here.catalog.capabilities[premises.capability];
    let findings = export::findings(here.plan, place);
    let now = &here.plan.assessed().decisions[place].capabilities[premises.capability];
    let made = DecisionPage {
        title: decision.title.clone(),
        date: decision.date.clone(),
        status: here.decision_status(decision),
        constructed: decision.constructed,
        capability: here.link(&Key::new(Kind::Capability, &capability.id)),
        chosen_href: matches!(premises.choice.what, What::Row(_))
            .then(|| here.thing(Kind::Option, &premises.choice.id)),
        chosen: premises.choice.title,
        verdict: here.verdict_as(decision.verdict, decision.settled),
        holds: !findings.iter().any(|f| f.breaks),
        findings: findings.into_iter().map(|f| FindingView { breaks: f.breaks, text: f.text }).collect(),
        judged: here.judged(capability, now, &decision.facts),
        topics: topics(here, &decision.facts),
        assess_href: format!("{}#{}", here.href(&PageName::Assess), fragment(here.catalog, &decision.facts)),
        intro_html: here.intro(&decision.prose),
        sections: here.sections(&decision.prose, &[]),
    };
    let words = &here.words.sections;
    let mut toc = vec![TocEntry::new("premises", &words.premises)];
    toc.extend(toc_of(&decision.prose, &[]));
    if !made.topics.is_empty() {
        toc.push(TocEntry::new("facts", &words.facts));
    }
    let about = About {
        title: decision.title.clone(),
        description: here.catalog.plain(&capability.summary),
        trail: vec![here.index_link(Kind::Decision)],
        toc,
        file: Some(decision.span.file.clone()),
    };
    Some(Made { page: PageView::Decision(made), about })
}

impl Here<'_> {
    /// The status of a decision in the theme's words: "Accepted", "Superseded by ADR-7".
    pub fn decision_status(&self, decision: &Decision<Profile>) -> String {
        let (word, rest) = decision.status.split_at(decision.status.find(' ').unwrap_or(decision.status.len()));
        format!("{}{rest}", self.words.decision_status.get(word).map_or(word, String::as_str))
    }
}
