//! The page of a capability.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::page::toc_of;
use super::parts::{
    Card, ColumnsView, ComplexityView, FoundationView, GistHalf, KeepView, LayerGroup, Link, OptionRowView,
    ProseSection, StatementView, StaysView, VerdictView,
};
use super::shared::{complexity, list_id};
use super::{Made, PageView, lines, trade_off};
use crate::model::{Capability, Condition, DecisionPoint, Key, Kind, ListKind, Statement, TradeOffBody};
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
    pub trigger: StatementSection,
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
    pub does_not_replace: Vec<StaysView>,
    pub graph_html: Option<String>,
    pub prose_html: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SupportsSection {
    pub id: &'static str,
    pub title: String,
    pub foundations: Vec<FoundationView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CasesSection {
    pub id: &'static str,
    pub title: String,
    pub cases: Vec<CaseExpects>,
}

/// What a case expects of the capability: usually one verdict, or any of several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseExpects {
    pub title: String,
    pub href: String,
    pub constructed: bool,
    pub verdicts: Vec<VerdictView>,
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

    let statements = |list, statements: &[Statement<Condition>], title: &str, grey_zones| StatementSection {
        id: list_id(list),
        title: title.to_owned(),
        statements: here.statements(capability, list, statements),
        grey_zones,
        prose_html: prose(list_id(list)),
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
        not_when: Some(not_when).filter(|s| !s.statements.is_empty() || s.prose_html.is_some()),
        trade_offs: trade_offs(here, capability, prose("trade-offs")),
        decision_points: decision_points(here, capability, prose("decision-points")),
        timing: timing(here, capability, prose("timing")),
        builds_on: builds_on(here, capability, prose("builds-on")),
        sections: here.sections(&capability.prose, &SECTIONS),
        supports: supports(here, capability),
        cases: cases(here, capability),
        related: related(here, capability),
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
    (!texts_html.is_empty()).then(|| GistHalf { html: texts_html.join("; "), texts_html, derived: half.derived })
}

/// What no trigger leads to.
pub(super) const EMPTY_HALF: GistHalf = GistHalf { html: String::new(), texts_html: Vec::new(), derived: true };

fn trade_offs(here: &Here, capability: &Capability<Condition>, prose_html: Option<String>) -> Option<TradeOffSection> {
    let trade_off = capability.trade_off.as_ref()?;
    let (options, columns) = match &trade_off.body {
        TradeOffBody::Options(rows) => (rows.iter().map(|row| here.option_row(capability, row)).collect(), None),
        TradeOffBody::Columns { columns, rows } => (Vec::new(), Some(here.columns(columns, rows))),
    };
    Some(TradeOffSection {
        id: "trade-offs",
        title: here.words.sections.trade_offs.clone(),
        compare: trade_off::link(here, capability),
        summary_html: here.maybe(trade_off.summary.as_ref()),
        keep: trade_off::keep(here, capability, trade_off),
        options,
        columns,
        prose_html,
    })
}

fn decision_points(
    here: &Here,
    capability: &Capability<Condition>,
    prose_html: Option<String>,
) -> Option<DecisionPointSection> {
    let point = |(n, point): (usize, &DecisionPoint)| DecisionPointView {
        anchor: match &point.id {
            Some(id) => format!("decision-{id}"),
            None => format!("decision-{}", n + 1),
        },
        number: n + 1,
        question_html: here.text(&point.question),
        ask_html: here.texts(&point.ask),
    };
    let points: Vec<_> = capability.decision_points.iter().enumerate().map(point).collect();
    let title = here.words.sections.decision_points.clone();
    (!points.is_empty() || prose_html.is_some()).then_some(DecisionPointSection {
        id: "decision-points",
        title,
        points,
        prose_html,
    })
}

fn timing(here: &Here, capability: &Capability<Condition>, prose_html: Option<String>) -> Option<TimingSection> {
    let timings = [ListKind::Now, ListKind::Later, ListKind::Prepare, ListKind::ActivateWhen];
    let lists: Vec<TimingList> = capability
        .lists()
        .into_iter()
        .filter(|(list, statements)| timings.contains(list) && !statements.is_empty())
        .map(|(list, statements)| TimingList {
            id: list_id(list),
            title: here.words.lists.of(list).to_owned(),
            statements: here.statements(capability, list, statements),
        })
        .collect();
    (!lists.is_empty() || prose_html.is_some()).then(|| TimingSection {
        id: "timing",
        title: here.words.sections.timing.clone(),
        staged: capability.is_staged(),
        lists,
        prose_html,
    })
}

fn builds_on(here: &Here, capability: &Capability<Condition>, prose_html: Option<String>) -> Option<BuildsOnSection> {
    let words = &here.words.sections;
    let by_layer = here.foundations_by_layer(capability);
    let title = match &by_layer[..] {
        [(layer, _)] => words.builds_on_layer.replace("{}", &here.catalog.layer_name(layer)),
        _ => words.builds_on.clone(),
    };
    let does_not_replace: Vec<StaysView> = capability
        .does_not_replace
        .iter()
        .map(|stays| {
            let link = here.link(&stays.what.key);
            StaysView { title: link.title, href: link.href, text_html: here.text(&stays.text) }
        })
        .collect();
    (!by_layer.is_empty() || !does_not_replace.is_empty() || prose_html.is_some()).then(|| BuildsOnSection {
        id: "builds-on",
        title,
        groups: by_layer.into_iter().map(|(_, group)| group).collect(),
        does_not_replace,
        graph_html: None,
        prose_html,
    })
}

fn supports(here: &Here, capability: &Capability<Condition>) -> Option<SupportsSection> {
    let foundations = here.supports(&Key::new(Kind::Capability, &capability.id));
    let title = here.words.sections.supports.clone();
    (!foundations.is_empty()).then_some(SupportsSection { id: "supports", title, foundations })
}

fn cases(here: &Here, capability: &Capability<Condition>) -> Option<CasesSection> {
    let cases: Vec<CaseExpects> = here
        .catalog
        .cases
        .iter()
        .filter_map(|case| {
            let (_, verdicts) = case.expect.iter().find(|(of, _)| of.key.id == capability.id)?;
            Some(CaseExpects {
                title: case.title.clone(),
                href: here.thing(Kind::Case, &case.id),
                constructed: case.constructed,
                verdicts: verdicts.iter().map(|verdict| here.verdict(*verdict)).collect(),
            })
        })
        .collect();
    let title = here.words.sections.cases.clone();
    (!cases.is_empty()).then_some(CasesSection { id: "cases", title, cases })
}

fn related(here: &Here, capability: &Capability<Condition>) -> Option<RelatedSection> {
    let cards: Vec<Card> = capability
        .related
        .iter()
        .map(|related| {
            let link = here.link(&related.key);
            Card { title: link.title, href: link.href, summary_html: here.summary(&related.key).unwrap_or_default() }
        })
        .collect();
    let title = here.words.sections.related.clone();
    (!cards.is_empty()).then_some(RelatedSection { id: "related", title, cards })
}

/// The contents, in the order of the sections on the page.
fn toc(capability: &Capability<Condition>, page: &CapabilityPage) -> Vec<TocEntry> {
    let mut toc = vec![TocEntry::new(page.trigger.id, &page.trigger.title)];
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
