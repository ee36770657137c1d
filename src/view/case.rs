//! The page of a case.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::judged::JudgedView;
use super::many::FULL;
use super::page::toc_of;
use super::parts::{Link, ProseSection, VerdictView};
use super::{Made, PageView};
use crate::export::rules::fragment;
use crate::model::{Capability, Case, Condition, Key, Kind, Profile, Verdict};
use crate::plan::PageName;

/// `case.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CasePage {
    pub title: String,
    pub lede_html: String,
    /// True for a case that was invented as an example.
    pub constructed: bool,
    /// What is known, by topic; topics without an answer are left out.
    pub topics: Vec<Topic>,
    /// How many facts are answered, of how many.
    pub answered: usize,
    pub fact_count: usize,
    /// The assessment, started from this case.
    pub assess_href: String,
    /// What the rules say, by verdict, computed at build.
    pub groups: Vec<CaseGroup>,
    /// Capabilities that no condition decides.
    pub guidance: Vec<Link>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Topic {
    pub id: String,
    pub title: String,
    pub answers: Vec<AnswerOf>,
}

/// Capabilities with one verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseGroup {
    pub verdict: VerdictView,
    pub members: Vec<CaseMember>,
    /// Those without reasons: a page says why of a hundred capabilities, first of those of which the case expects
    /// something, then by verdict.
    pub others: Vec<Link>,
}

/// What the rules say of a capability, beside what the case expects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseMember {
    pub capability: Link,
    pub judged: JudgedView,
    /// The verdicts that are fine; empty where the case expects nothing.
    pub expected: Vec<VerdictView>,
}

/// One answer of a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerOf {
    /// The fact's name in conditions.
    pub fact: String,
    pub title: String,
    pub href: String,
    /// In words: "8 services", "GDPR", "Yes".
    pub value: String,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let case = here.catalog.case(id)?;
    let topics = topics(here, &case.facts);
    let (groups, guidance) = judged(here, case);
    let made = CasePage {
        title: case.title.clone(),
        lede_html: here.text(&case.summary),
        constructed: case.constructed,
        answered: topics.iter().map(|topic| topic.answers.len()).sum(),
        topics,
        fact_count: here.catalog.facts.len(),
        assess_href: format!("{}#{}", here.href(&PageName::Assess), fragment(here.catalog, &case.facts)),
        groups,
        guidance,
        intro_html: here.intro(&case.prose),
        sections: here.sections(&case.prose, &[]),
    };
    let words = &here.words.sections;
    let mut toc = Vec::new();
    if !made.groups.is_empty() {
        toc.push(TocEntry::new("verdicts", &words.verdicts));
    }
    if !made.topics.is_empty() {
        toc.push(TocEntry::new("facts", &words.facts));
    }
    toc.extend(toc_of(&case.prose, &[]));
    let about = About {
        title: case.title.clone(),
        description: here.catalog.plain(&case.summary),
        trail: vec![here.index_link(Kind::Case)],
        toc,
        file: Some(case.span.file.clone()),
    };
    Some(Made { page: PageView::Case(made), about })
}

/// Every capability with its verdict in a case, by verdict; and those that are guidance only.
fn judged(here: &Here, case: &Case<Profile>) -> (Vec<CaseGroup>, Vec<Link>) {
    let mut groups: Vec<CaseGroup> = Vec::new();
    let mut guidance = Vec::new();
    let place = here.catalog.place(Kind::Case, &case.id);
    let Some(assessment) = place.map(|n| &here.plan.assessed().cases[n]) else { return (groups, guidance) };
    let found = || here.catalog.capabilities.iter().zip(&assessment.capabilities);
    let mut room = FULL;
    for verdict in Verdict::ALL {
        let of_verdict = || found().filter(move |(_, found)| found.verdict == Some(verdict));
        let expected = |capability: &Capability<Condition>| !here.expected(case, capability).is_empty();
        let mut left = room.saturating_sub(of_verdict().filter(|(capability, _)| expected(capability)).count());
        let mut group = CaseGroup { verdict: here.verdict(verdict), members: Vec::new(), others: Vec::new() };
        for (capability, found) in of_verdict() {
            let link = here.link(&Key::new(Kind::Capability, &capability.id));
            let expected = here.expected(case, capability);
            if expected.is_empty() && left == 0 {
                group.others.push(link);
                continue;
            }
            left = left.saturating_sub(usize::from(expected.is_empty()));
            let Some(judged) = here.judged(capability, found, &case.facts) else { continue };
            group.members.push(CaseMember { capability: link, judged, expected });
        }
        room = room.saturating_sub(group.members.len());
        if !group.members.is_empty() || !group.others.is_empty() {
            groups.push(group);
        }
    }
    let silent = found().filter(|(_, found)| found.verdict.is_none());
    guidance.extend(silent.map(|(capability, _)| here.link(&Key::new(Kind::Capability, &capability.id))));
    (groups, guidance)
}

/// Answers by topic, in declared order.
pub(super) fn topics(here: &Here, profile: &Profile) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for (ix, answer) in &profile.answers {
        let fact = here.catalog.fact(*ix);
        if topics.last().is_none_or(|topic| topic.id != fact.topic) {
            let title = topic_title(&fact.topic);
            topics.push(Topic { id: fact.topic.clone(), title, answers: Vec::new() });
        }
        let Some(topic) = topics.last_mut() else { continue };
        topic.answers.push(AnswerOf {
            fact: fact.id.clone(),
            title: fact.title.clone(),
            href: here.thing(Kind::Fact, &fact.id),
            value: crate::words::answer(here.catalog, *ix, answer),
        });
    }
    topics
}

/// The title of a topic: the stem of its file, as words.
pub(super) fn topic_title(topic: &str) -> String {
    let words = topic.replace(['-', '_'], " ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => words,
    }
}
