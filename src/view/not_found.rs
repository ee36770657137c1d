//! The page for URLs that lead nowhere.

use serde::Serialize;

use super::frame::About;
use super::here::Here;
use super::parts::Link;
use super::{Made, PageView};
use crate::model::Kind;
use crate::plan::PageName;

/// `not-found.html`: what to try instead. Its URLs are absolute paths, because it is served anywhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NotFoundPage {
    pub ways: Vec<Link>,
}

pub(super) fn view(here: &Here) -> Option<Made> {
    let home = Link { title: here.words.nav.home.clone(), href: here.href(&PageName::Home) };
    let matrix = here.published(&PageName::Matrix).map(|href| Link { title: here.words.nav.matrix.clone(), href });
    let kinds = Kind::ALL.into_iter().filter(|kind| here.published(&PageName::Index(*kind)).is_some());
    let ways = [home].into_iter().chain(matrix).chain(kinds.map(|kind| here.index_link(kind))).collect();
    let words = &here.words.not_found;
    let about = About { title: words.title.clone(), description: words.description.clone(), ..About::default() };
    Some(Made { page: PageView::NotFound(NotFoundPage { ways }), about })
}
