//! The page of a capability.

mod sections;

pub(super) use sections::points as decision_points;

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::judged::JudgedView;
use super::page::toc_of;
use super::parts::{
    Card, ColumnsView, ComplexityView, FoundationView, GistHalf, KeepView, LayerGroup, Link, OptionRowView,
    ProseSection, StatementView, StaysView, VerdictView,
};
use super::shared::complexity;
use super::{Made, PageView, lines};
use crate::model::anchor;
use crate::model::{Capability, Condition, ListKind, Statement};
use crate::plan::derived;

/// `capability.html`. Sections in the order in which they stand on the page; a section that has nothing is null.
/// Each has the fragment id that its field is called after (`not-when`), and a title that the contents repeat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CapabilityPage {
    pub id: String,
    pub title: String,
    /// "Layer 2: Enhancement".
    pub layer: Link,
    pub lede_html: String,
    pub closing_question_html: Option<String>,
    pub gist: Gist,
    /// Prose before the first heading.
    pub intro_html: Option<String>,
    pub trigger: Option<StatementSection>,
    pub not_when: Option<StatementSection>,
    pub trade_offs: Option<TradeOffSection>,
    pub decision_points: Option<DecisionPointSection>,
    pub timing: Option<TimingSection>,
    pub builds_on: Option<BuildsOnSection>,
    /// Prose under headings of its own.
    pub sections: Vec<ProseSection>,
    /// What builds on this capability.
    pub supports: Option<SupportsSection>,
    pub cases: Option<CasesSection>,
    pub related: Option<RelatedSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gist {
    pub worth_it_when: GistHalf,
    pub skip_if: Option<GistHalf>,
    pub complexity: ComplexityView,
    pub complexity_note_html: Option<String>,
}

/// Trigger, or not-when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementSection {
    pub id: &'static str,
    pub title: String,
    pub statements: Vec<StatementView>,
    /// Values of one fact about which no rule speaks (under trigger only).
    pub grey_zones: Vec<GreyZoneView>,
    /// Prose whose heading names this section.
    pub prose_html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GreyZoneView {
    pub fact: Link,
    /// "exactly 5 services".
    pub range: String,
    /// The number line of this capability alone.
    pub svg_html: Option<String>,
}

/// The choice space: options, or free columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TradeOffSection {
    pub id: &'static str,
    pub title: String,
    /// The comparison page, with its title.
    pub compare: Link,
    pub summary_html: Option<String>,
    pub keep: Option<KeepView>,
    /// Empty where `columns` is there.
    pub options: Vec<OptionRowView>,
    pub columns: Option<ColumnsView>,
    pub prose_html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionPointSection {
    pub id: &'static str,
    pub title: String,
    pub points: Vec<DecisionPointView>,
    pub prose_html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionPointView {
    /// Fragment id: `decision-exit-strategy`.
    pub anchor: String,
    /// From 1.
    pub number: usize,
    pub question_html: String,
    pub ask_html: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimingSection {
    pub id: &'static str,
    pub title: String,
    /// True for prepare and activate; else now and later.
    pub staged: bool,
    /// `now` and `later`, or `prepare` and `activate-when`; lists without statements are left out.
    pub lists: Vec<TimingList>,
    pub prose_html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimingList {
    pub id: &'static str,
    /// "Now if", "Later if", "Prepare first", "Activate when".
    pub title: String,
    pub statements: Vec<StatementView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuildsOnSection {
    pub id: &'static str,
    /// "Builds on Layer 1" where all of it stands in one layer.
    pub title: String,
    pub groups: Vec<LayerGroup>,
    /// The same as a drawing; null for a single foundation.
    pub graph_html: Option<String>,
    pub does_not_replace: Vec<StaysView>,
    pub prose_html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SupportsSection {
    pub id: &'static str,
    pub title: String,
    pub foundations: Vec<FoundationView>,
    /// What builds on it beyond the first hundred.
    pub others: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CasesSection {
    pub id: &'static str,
    pub title: String,
    pub cases: Vec<CaseDecides>,
    pub decisions: Vec<DecisionLink>,
}

/// What a case decides of the capability, and why, beside what it expects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseDecides {
    pub title: String,
    pub href: String,
    pub constructed: bool,
    pub judged: JudgedView,
    /// The verdicts that are fine; empty where the case expects nothing.
    pub expected: Vec<VerdictView>,
}

/// A recorded decision about the capability.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionLink {
    pub title: String,
    pub href: String,
    pub date: String,
    pub status: String,
    pub constructed: bool,
    pub holds: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelatedSection {
    pub id: &'static str,
    pub title: String,
    pub cards: Vec<Card>,
}

/// Headings with these ids put their prose into the section of the same id.
pub(super) const SECTIONS: [&str; 6] = ["trigger", "not-when", "trade-offs", "decision-points", "timing", "builds-on"];

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let capability = here.catalog.capability(id)?;
    let layer = here.catalog.layer(&capability.layer.key.id)?;
    let words = &here.words.sections;
    let lede = capability.description.as_ref().unwrap_or(&capability.summary);
    let prose = |id: &str| here.prose_of(&capability.prose, id);

    let statements = |list, statements: &[Statement<Condition>], title: &str, grey_zones| {
        let prose_html = prose(anchor::list(list));
        (!statements.is_empty() || prose_html.is_some()).then(|| StatementSection {
            id: anchor::list(list),
            title: title.to_owned(),
            statements: here.statements(capability, list, statements),
            grey_zones,
            prose_html,
        })
    };
    let trigger =
        statements(ListKind::Trigger, &capability.triggers, &words.trigger, lines::grey_zones(here, capability));
    let not_when = statements(ListKind::NotWhen, &capability.not_when, &words.not_when, Vec::new());
    let made = CapabilityPage {
        id: id.to_owned(),
        title: capability.title.clone(),
        layer: here.layer_link(layer),
        lede_html: here.text(lede),
        closing_question_html: here.maybe(capability.closing_question.as_ref()),
        gist: Gist {
            worth_it_when: half(here, &derived::matrix_trigger(capability)).unwrap_or(EMPTY_HALF),
            skip_if: half(here, &derived::matrix_skip_if(capability)),
            complexity: complexity(here.words, capability.complexity),
            complexity_note_html: here.maybe(capability.complexity_note.as_ref()),
        },
        intro_html: here.intro(&capability.prose),
        trigger,
        not_when,
        trade_offs: sections::trade_offs(here, capability, prose("trade-offs")),
        decision_points: sections::decision_points(here, capability, prose("decision-points")),
        timing: sections::timing(here, capability, prose("timing")),
        builds_on: sections::builds_on(here, capability, prose("builds-on")),
        sections: here.sections(&capability.prose, &SECTIONS),
        supports: sections::supports(here, capability),
        cases: sections::cases(here, capability),
        related: sections::related(here, capability),
    };
    let about = About {
        title: capability.title.clone(),
        description: here.catalog.plain(&capability.summary),
        trail: vec![made.layer.clone()],
        toc: toc(capability, &made),
        file: Some(capability.span.file.clone()),
    };
    Some(Made { page: PageView::Capability(Box::new(made)), about })
}

/// A half of the gist or of a matrix row; None where there is nothing to say.
pub(super) fn half(here: &Here, half: &derived::MatrixHalf) -> Option<GistHalf> {
    let texts_html: Vec<String> = half.texts.iter().map(|text| here.text(text)).collect();
    (!texts_html.is_empty()).then_some(GistHalf { texts_html, derived: half.derived })
}

/// What no trigger leads to.
pub(super) const EMPTY_HALF: GistHalf = GistHalf { texts_html: Vec::new(), derived: true };

/// The contents, in the order of the sections on the page.
fn toc(capability: &Capability<Condition>, page: &CapabilityPage) -> Vec<TocEntry> {
    let mut toc = Vec::new();
    toc.extend(page.trigger.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.not_when.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.trade_offs.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.decision_points.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.timing.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.builds_on.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(toc_of(&capability.prose, &SECTIONS));
    toc.extend(page.supports.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.cases.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc.extend(page.related.iter().map(|s| TocEntry::new(s.id, &s.title)));
    toc
}
