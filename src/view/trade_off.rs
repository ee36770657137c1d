//! The comparison page of a trade-off.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::{ColumnsView, KeepView, Link, StatementView};
use super::shared::escaped;
use super::{Made, PageView};
use crate::model::{Capability, Condition, Key, Kind, ListKind, OptionRow, TradeOff, TradeOffBody};
use crate::plan::PageName;

/// `trade-off.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TradeOffPage {
    pub title: String,
    pub summary_html: Option<String>,
    pub capability: Link,
    /// Number of options, "keep what you have" not counted; or of rows.
    pub count: usize,
    /// The columns of the comparison; empty where `table` is there.
    pub columns: Vec<CompareColumn>,
    /// The rows of the comparison.
    pub criteria: Vec<Criterion>,
    /// A trade-off in free columns.
    pub table: Option<ColumnsView>,
}

/// An option, or "keep what you have", which comes first where it is there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareColumn {
    /// The option's id; `keep`.
    pub id: String,
    pub title: String,
    pub short: String,
    /// Null for "keep what you have".
    pub href: Option<String>,
    pub note_html: Option<String>,
    pub keep: bool,
}

/// One row of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Criterion {
    /// `use-when`, `gives`, `costs`, `kind`, `licence`, `maturity`.
    pub id: &'static str,
    pub title: String,
    /// True where every option says the same.
    pub same: bool,
    /// One per column.
    pub cells: Vec<CompareCell>,
}

/// What one option says. All empty: not stated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareCell {
    /// The column's id and short title.
    pub column: String,
    pub short: String,
    pub keep: bool,
    /// For `use-when`.
    pub statements: Vec<StatementView>,
    /// For everything else.
    pub items_html: Vec<String>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let capability = here.catalog.capability(id)?;
    let trade_off = capability.trade_off.as_ref()?;
    let layer = here.catalog.layer(&capability.layer.key.id)?;
    let title = title(here, capability);
    let (count, columns, criteria, table) = match &trade_off.body {
        TradeOffBody::Options(rows) => {
            let (columns, criteria) = compare(here, capability, trade_off, rows);
            (rows.len(), columns, criteria, None)
        }
        TradeOffBody::Columns { columns, rows } => {
            (rows.len(), Vec::new(), Vec::new(), Some(here.columns(columns, rows)))
        }
    };
    let made = TradeOffPage {
        title: title.clone(),
        summary_html: here.maybe(trade_off.summary.as_ref()),
        capability: here.link(&Key::new(Kind::Capability, id)),
        count,
        columns,
        criteria,
        table,
    };
    let description = trade_off.summary.as_ref().unwrap_or(&capability.summary);
    let about = About {
        title,
        description: here.catalog.plain(description),
        trail: vec![here.layer_link(layer), made.capability.clone()],
        toc: Vec::new(),
        file: Some(trade_off.span.file.clone()),
    };
    Some(Made { page: PageView::TradeOff(made), about })
}

/// The title of a capability's comparison page.
pub(super) fn title(here: &Here, capability: &Capability<Condition>) -> String {
    capability
        .trade_off
        .as_ref()
        .and_then(|t| t.title.clone())
        .unwrap_or_else(|| format!("{}: {}", capability.title, here.words.sections.comparison))
}

pub(super) fn link(here: &Here, capability: &Capability<Condition>) -> Link {
    Link { title: title(here, capability), href: here.href(&PageName::TradeOff(capability.id.clone())) }
}

/// "Keep what you have", if the trade-off names it. What speaks for it is what rules the capability out.
pub(super) fn keep(
    here: &Here,
    capability: &Capability<Condition>,
    trade_off: &TradeOff<Condition>,
) -> Option<KeepView> {
    let keep = trade_off.keep.as_ref()?;
    Some(KeepView {
        title: keep.title.clone().unwrap_or_else(|| here.words.keep.clone()),
        note_html: here.maybe(keep.note.as_ref()),
        gives_html: here.texts(&keep.pros),
        costs_html: here.texts(&keep.cons),
        use_when: here.statements(capability, ListKind::NotWhen, &capability.not_when),
    })
}

/// The comparison: options as columns, criteria as rows. A criterion that no option states is left out.
fn compare(
    here: &Here,
    capability: &Capability<Condition>,
    trade_off: &TradeOff<Condition>,
    rows: &[OptionRow<Condition>],
) -> (Vec<CompareColumn>, Vec<Criterion>) {
    let words = &here.words.criteria;
    let titles = [&words.use_when, &words.gives, &words.costs, &words.kind, &words.licence, &words.maturity];
    let mut criteria: Vec<Criterion> = ["use-when", "gives", "costs", "kind", "licence", "maturity"]
        .into_iter()
        .zip(titles)
        .map(|(id, title)| Criterion { id, title: title.clone(), same: false, cells: Vec::new() })
        .collect();
    let mut columns = Vec::new();
    let mut add = |column: CompareColumn, use_when: Vec<StatementView>, says: [Vec<String>; 5]| {
        let cell = |statements, items_html| CompareCell {
            column: column.id.clone(),
            short: column.short.clone(),
            keep: column.keep,
            statements,
            items_html,
        };
        let cells = std::iter::once(cell(use_when, Vec::new())).chain(says.map(|items| cell(Vec::new(), items)));
        for (criterion, cell) in criteria.iter_mut().zip(cells) {
            criterion.cells.push(cell);
        }
        columns.push(column);
    };

    if let Some(keep) = keep(here, capability, trade_off) {
        let column = CompareColumn {
            id: "keep".into(),
            short: keep.title.clone(),
            title: keep.title,
            href: None,
            note_html: keep.note_html,
            keep: true,
        };
        add(column, keep.use_when, [keep.gives_html, keep.costs_html, Vec::new(), Vec::new(), Vec::new()]);
    }
    for row in rows {
        let made = here.option_row(capability, row);
        let option = here.catalog.option(&made.id);
        let kind = option.map(|o| super::option::kind_label(here, o.kind).to_owned());
        let licence = option.and_then(|o| o.licence.as_deref()).map(escaped);
        let maturity = option.and_then(|o| here.maybe(o.maturity.as_ref()));
        let column = CompareColumn {
            id: made.id,
            title: made.title,
            short: made.short,
            href: Some(made.href),
            note_html: None,
            keep: false,
        };
        let one = |text: Option<String>| text.into_iter().collect();
        add(column, made.use_when, [made.gives_html, made.costs_html, one(kind), one(licence), one(maturity)]);
    }

    for criterion in &mut criteria {
        let mut said = criterion.cells.iter().filter(|cell| !cell.keep).map(|cell| {
            let statements: Vec<&str> = cell.statements.iter().map(|s| s.text_html.as_str()).collect();
            (statements, &cell.items_html)
        });
        let first = said.next();
        criterion.same = said.all(|cell| Some(cell) == first);
    }
    criteria.retain(|c| c.cells.iter().any(|cell| !cell.statements.is_empty() || !cell.items_html.is_empty()));
    (columns, criteria)
}
