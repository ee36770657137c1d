//! The twins of pages that are tools in a browser, and lists on paper.

use super::paper::Paper;
use crate::model::{Change, Kind};
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

/// The checklist: every decision point, open.
pub fn checklist(paper: &mut Paper) -> Option<()> {
    paper.heading(1, &paper.words.checklist.title);
    paper.paragraph(&paper.words.checklist.description.clone());
    for capability in &paper.catalog.capabilities {
        if capability.decision_points.is_empty() {
            continue;
        }
        let file = &*capability.span.file;
        paper.heading(2, &capability.title);
        for point in &capability.decision_points {
            paper.item(0, &format!("[ ] {}", paper.text(file, &point.question)));
            for ask in &point.ask {
                paper.item(1, &paper.text(file, ask));
            }
        }
        paper.gap();
    }
    Some(())
}

/// What changed, the newest day first.
pub fn changes(paper: &mut Paper) -> Option<()> {
    paper.heading(1, &paper.words.changes.title);
    let mut changes: Vec<&Change> = paper.catalog.changes.iter().collect();
    changes.sort_by(|a, b| b.date.cmp(&a.date));
    for change in changes {
        let links: Vec<String> = change
            .concerns
            .iter()
            .filter_map(|name| paper.catalog.resolve(&name.value))
            .map(|key| paper.link(key))
            .collect();
        let text = paper.text(&change.span.file, &change.text);
        let concerns = if links.is_empty() { String::new() } else { format!(" ({})", links.join(", ")) };
        paper.item(0, &format!("{}: {text}{concerns}", change.date));
    }
    Some(())
}
