//! The page of an option.

use serde::Serialize;

use super::frame::{About, TocEntry};
use super::here::Here;
use super::many::split;
use super::page::toc_of;
use super::parts::{ColumnRowView, Link, ProseSection, StatementView};
use super::{Made, PageView, trade_off};
use crate::model::thing::OptionKind;
use crate::model::{Key, Kind, Ref, TradeOffBody};

/// `option.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OptionPageView {
    pub title: String,
    /// `tool`, `service`, `approach`.
    pub kind: &'static str,
    /// In words: "Tool".
    pub kind_label: String,
    pub lede_html: String,
    pub url: Option<String>,
    pub licence: Option<String>,
    pub maturity_html: Option<String>,
    /// Every trade-off in which it is an answer.
    pub answers: Vec<AnswerView>,
    /// The trade-offs beyond the first hundred.
    pub others: Vec<Link>,
    pub intro_html: Option<String>,
    pub sections: Vec<ProseSection>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerView {
    /// Fragment id: the capability's id.
    pub anchor: String,
    pub capability: Link,
    /// The comparison page.
    pub trade_off: Link,
    pub gives_html: Vec<String>,
    pub costs_html: Vec<String>,
    pub use_when: Vec<StatementView>,
    /// Its row, where the trade-off has free columns.
    pub row: Option<ColumnRowView>,
    /// The other options of the trade-off.
    pub alternatives: Vec<Link>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let option = here.catalog.option(id)?;
    let places = here.plan.derived.answers_in.get(id).map_or(&[][..], Vec::as_slice);
    let (answers, others) = split(
        places,
        |&(capability, row)| answer(here, id, capability, row),
        |&(capability, _)| trade_off::link(here, &here.catalog.capabilities[capability]),
    );
    let made = OptionPageView {
        title: option.title.clone(),
        kind: option.kind.name(),
        kind_label: kind_label(here, option.kind).to_owned(),
        lede_html: here.text(&option.summary),
        url: option.url.clone(),
        licence: option.licence.clone(),
        maturity_html: here.maybe(option.maturity.as_ref()),
        answers,
        others,
        intro_html: here.intro(&option.prose),
        sections: here.sections(&option.prose, &[]),
    };
    let mut toc = Vec::new();
    if !made.answers.is_empty() {
        toc.push(TocEntry::new("answers", &here.words.sections.answers));
    }
    toc.extend(toc_of(&option.prose, &[]));
    let about = About {
        title: option.title.clone(),
        description: here.catalog.plain(&option.summary),
        trail: vec![here.index_link(Kind::Option)],
        toc,
        file: Some(option.span.file.clone()),
    };
    Some(Made { page: PageView::Option(made), about })
}

/// The word for a kind of option.
pub(super) fn kind_label<'a>(here: &Here<'a>, kind: OptionKind) -> &'a str {
    let kinds = &here.words.option_kind;
    match kind {
        OptionKind::Tool => &kinds.tool,
        OptionKind::Service => &kinds.service,
        OptionKind::Approach => &kinds.approach,
    }
}

fn answer(here: &Here, id: &str, capability: usize, row: usize) -> Option<AnswerView> {
    let capability = &here.catalog.capabilities[capability];
    let trade_off = capability.trade_off.as_ref()?;
    let mut view = AnswerView {
        anchor: capability.id.clone(),
        capability: here.link(&Key::new(Kind::Capability, &capability.id)),
        trade_off: trade_off::link(here, capability),
        gives_html: Vec::new(),
        costs_html: Vec::new(),
        use_when: Vec::new(),
        row: None,
        alternatives: Vec::new(),
    };
    let others: Vec<&Ref> = match &trade_off.body {
        TradeOffBody::Options(rows) => {
            let made = here.option_row(capability, &rows[row]);
            view.gives_html = made.gives_html;
            view.costs_html = made.costs_html;
            view.use_when = made.use_when;
            rows.iter().map(|r| &r.option).collect()
        }
        TradeOffBody::Columns { columns, rows } => {
            view.row = Some(here.column_row(columns, &rows[row]));
            rows.iter().filter_map(|r| r.option.as_ref()).collect()
        }
    };
    view.alternatives = others.into_iter().filter(|o| o.key.id != id).map(|o| here.link(&o.key)).collect();
    view.alternatives.dedup();
    Some(view)
}
