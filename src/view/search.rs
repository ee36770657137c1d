//! The page of search results. A script fills it; without one it leads on by kind.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::Link;
use super::{Made, PageView};
use crate::model::Kind;
use crate::plan::PageName;

/// `search.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchPage {
    /// Everything by kind, for readers without scripts.
    pub ways: Vec<Link>,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let words = &here.words.search;
    let kinds = Kind::ALL.into_iter().filter(|kind| here.published(&PageName::Index(*kind)).is_some());
    let ways = kinds.map(|kind| here.index_link(kind)).collect();
    let about = About { title: words.title.clone(), description: words.description.clone(), ..About::default() };
    Some(Made { page: PageView::Search(SearchPage { ways }), about })
}
