//! The twins of pages that are tools in a browser, and lists on paper.

use super::paper::Paper;
use crate::model::Kind;
use crate::plan::PageName;

/// Search: everything by kind.
pub fn search(paper: &mut Paper) -> Option<()> {
    paper.heading(1, &paper.words.search.title);
    for name in Kind::ALL.map(PageName::Index) {
        if paper.href(&name).is_some() {
            let title = super::title(paper.plan, paper.words, &name);
            paper.item(0, &paper.linked(&title, &name));
        }
    }
    Some(())
}
