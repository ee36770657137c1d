//! The sections of a capability's page, each None where it has nothing.

use super::{
    BuildsOnSection, CaseDecides, CasesSection, DecisionLink, DecisionPointSection, DecisionPointView, RelatedSection,
    SupportsSection, TimingList, TimingSection, TradeOffSection,
};
use crate::export;
use crate::model::anchor;
use crate::model::{Capability, Condition, DecisionPoint, Key, Kind, ListKind, TradeOffBody};
use crate::view::graph;
use crate::view::here::Here;
use crate::view::parts::{Card, StaysView};
use crate::view::trade_off;

pub(super) fn trade_offs(
    here: &Here,
    capability: &Capability<Condition>,
    prose_html: Option<String>,
) -> Option<TradeOffSection> {
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
        keep: trade_off.keep.is_some().then(|| trade_off::keep(here, capability, trade_off)),
        options,
        columns,
        prose_html,
    })
}

pub(in crate::view) fn points(here: &Here, capability: &Capability<Condition>) -> Vec<DecisionPointView> {
    let point = |(n, point): (usize, &DecisionPoint)| DecisionPointView {
        anchor: anchor::decision_point(n, point),
        number: n + 1,
        question_html: here.text(&point.question),
        ask_html: here.texts(&point.ask),
    };
    capability.decision_points.iter().enumerate().map(point).collect()
}

pub(super) fn decision_points(
    here: &Here,
    capability: &Capability<Condition>,
    prose_html: Option<String>,
) -> Option<DecisionPointSection> {
    let points = points(here, capability);
    let title = here.words.sections.decision_points.clone();
    (!points.is_empty() || prose_html.is_some()).then_some(DecisionPointSection {
        id: "decision-points",
        title,
        points,
        prose_html,
    })
}

pub(super) fn timing(
    here: &Here,
    capability: &Capability<Condition>,
    prose_html: Option<String>,
) -> Option<TimingSection> {
    let timings = [ListKind::Now, ListKind::Later, ListKind::Prepare, ListKind::ActivateWhen];
    let lists: Vec<TimingList> = capability
        .lists()
        .into_iter()
        .filter(|(list, statements)| timings.contains(list) && !statements.is_empty())
        .map(|(list, statements)| TimingList {
            id: anchor::list(list),
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

pub(super) fn builds_on(
    here: &Here,
    capability: &Capability<Condition>,
    prose_html: Option<String>,
) -> Option<BuildsOnSection> {
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
        graph_html: (capability.builds_on.len() > 1).then(|| graph::of_capability(here, capability)).flatten(),
        groups: by_layer.into_iter().map(|(_, group)| group).collect(),
        does_not_replace,
        prose_html,
    })
}

pub(super) fn supports(here: &Here, capability: &Capability<Condition>) -> Option<SupportsSection> {
    let (foundations, others) = here.supports(&Key::new(Kind::Capability, &capability.id));
    let title = here.words.sections.supports.clone();
    (!foundations.is_empty()).then_some(SupportsSection { id: "supports", title, foundations, others })
}

pub(super) fn cases(here: &Here, capability: &Capability<Condition>) -> Option<CasesSection> {
    let place = here.catalog.place(Kind::Capability, &capability.id)?;
    let catalog = here.catalog;
    if catalog.cases.is_empty() && catalog.decisions.is_empty() {
        return None;
    }
    let assessed = here.plan.assessed();
    let cases: Vec<CaseDecides> = catalog
        .cases
        .iter()
        .zip(&assessed.cases)
        .filter_map(|(case, assessment)| {
            Some(CaseDecides {
                title: case.title.clone(),
                href: here.thing(Kind::Case, &case.id),
                constructed: case.constructed,
                judged: here.judged(capability, &assessment.capabilities[place], &case.facts)?,
                expected: here.expected(case, capability),
            })
        })
        .collect();
    let about = catalog.decisions.iter().enumerate().filter(|(_, d)| d.capability.key.id == capability.id);
    let decisions: Vec<DecisionLink> = about
        .map(|(n, decision)| DecisionLink {
            title: decision.title.clone(),
            href: here.thing(Kind::Decision, &decision.id),
            date: decision.date.clone(),
            status: here.decision_status(decision),
            constructed: decision.constructed,
            holds: export::holds(here.plan, n),
        })
        .collect();
    let title = here.words.sections.cases.clone();
    (!cases.is_empty() || !decisions.is_empty()).then_some(CasesSection { id: "cases", title, cases, decisions })
}

pub(super) fn related(here: &Here, capability: &Capability<Condition>) -> Option<RelatedSection> {
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
