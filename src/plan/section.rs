//! Sections of prose pages: the pages of one folder, under the page that has the folder's name, if there is one.

use std::collections::BTreeSet;

use crate::link::Catalog;
use crate::model::Page;

/// The pages of one folder, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The folder below `pages/`: `how-to`; empty for the pages that stand in none.
    pub folder: String,
    /// The place in `Catalog::pages` of the page that heads the section: `pages/how-to.md` heads `pages/how-to/`.
    pub head: Option<usize>,
    /// Places in `Catalog::pages`, without the head.
    pub pages: Vec<usize>,
}

impl Section {
    /// Its fragment in the index of pages: `how-to`, for a folder in a folder `a--b`.
    pub fn anchor(&self) -> String {
        self.folder.replace('/', "--")
    }
}

/// The sections of all pages, in reading order.
pub(super) fn sections(catalog: &Catalog) -> Vec<Section> {
    let folder = |page: &Page| page.id.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let pages = &catalog.pages;
    let folders: BTreeSet<String> = pages.iter().map(folder).collect();
    let mut sections: Vec<Section> = Vec::new();
    for (n, page) in pages.iter().enumerate() {
        if folders.contains(&page.id) {
            sections.push(Section { folder: page.id.clone(), head: Some(n), pages: Vec::new() });
            continue;
        }
        let folder = folder(page);
        // A folder inside a folder may stand between pages of the outer one.
        match sections.iter_mut().find(|section| section.folder == folder && !folder.is_empty()) {
            Some(section) => section.pages.push(n),
            None => match sections.last_mut().filter(|last| last.folder == folder) {
                Some(last) => last.pages.push(n),
                None => sections.push(Section { folder, head: None, pages: vec![n] }),
            },
        }
    }
    sections
}
