//! What changed for readers, the newest day first.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::Link;
use super::{Made, PageView};
use crate::model::Change;
use crate::model::anchor;

/// `changes.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangesPage {
    pub days: Vec<ChangeDay>,
    /// The feed; null without a base URL.
    pub feed_href: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeDay {
    /// ISO 8601; the fragment id of its heading too.
    pub date: String,
    pub changes: Vec<ChangeView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeView {
    /// Fragment id.
    pub anchor: String,
    pub text_html: String,
    pub concerns: Vec<Link>,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let words = &here.words.changes;
    let changes = &here.catalog.changes;
    let mut dates: Vec<&String> = changes.iter().map(|change| &change.date).collect();
    dates.sort_unstable_by(|a, b| b.cmp(a));
    dates.dedup();
    let change = |(place, change): (usize, &Change)| ChangeView {
        anchor: anchor::change(changes, place),
        text_html: here.text(&change.text),
        concerns: change
            .concerns
            .iter()
            .filter_map(|name| here.catalog.resolve(&name.value))
            .map(|key| here.link(key))
            .collect(),
    };
    let day = |date: &String| ChangeDay {
        date: date.clone(),
        changes: changes.iter().enumerate().filter(|(_, change)| change.date == *date).map(change).collect(),
    };
    let made = ChangesPage { days: dates.into_iter().map(day).collect(), feed_href: here.feed() };
    let about = About { title: words.title.clone(), description: words.description.clone(), ..About::default() };
    Some(Made { page: PageView::Changes(made), about })
}
