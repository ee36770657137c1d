//! The comparison page of a trade-off.

use serde::Serialize;

use super::comparison::{self, CompareColumn, Criterion};
use super::frame::About;
use super::here::Here;
use super::parts::{KeepView, Link};
use super::{Made, PageView};
use crate::model::{Capability, Condition, Key, Kind, ListKind, TradeOff, TradeOffBody};
use crate::plan::PageName;

/// `trade-off.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TradeOffPage {
    pub title: String,
    pub summary_html: Option<String>,
    pub capability: Link,
    /// Number of options, or of rows with free columns; "keep what you have" not counted.
    pub count: usize,
    /// "Keep what you have", then each option or row.
    pub columns: Vec<CompareColumn>,
    /// What they are compared by.
    pub criteria: Vec<Criterion>,
}

pub(super) fn view(here: &Here, id: &str) -> Option<Made> {
    let capability = here.catalog.capability(id)?;
    let trade_off = capability.trade_off.as_ref()?;
    let layer = here.catalog.layer(&capability.layer.key.id)?;
    let title = title(here, capability);
    let (columns, criteria) = comparison::made(here, capability, trade_off);
    let made = TradeOffPage {
        title: title.clone(),
        summary_html: here.maybe(trade_off.summary.as_ref()),
        capability: here.link(&Key::new(Kind::Capability, id)),
        count: match &trade_off.body {
            TradeOffBody::Options(rows) => rows.len(),
            TradeOffBody::Columns { rows, .. } => rows.len(),
        },
        columns,
        criteria,
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

/// "Keep what you have", which is always one of the options. What speaks for it is what rules the capability out.
pub(super) fn keep(here: &Here, capability: &Capability<Condition>, trade_off: &TradeOff<Condition>) -> KeepView {
    let keep = trade_off.keep.as_ref();
    KeepView {
        title: keep.and_then(|k| k.title.clone()).unwrap_or_else(|| here.words.keep.clone()),
        note_html: here.maybe(keep.and_then(|k| k.note.as_ref())),
        gives_html: keep.map(|k| here.texts(&k.pros)).unwrap_or_default(),
        costs_html: keep.map(|k| here.texts(&k.cons)).unwrap_or_default(),
        use_when: here.statements(capability, ListKind::NotWhen, &capability.not_when),
    }
}
