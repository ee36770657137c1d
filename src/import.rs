//! import: a decision framework written as one Markdown document -> content files, and a report of what found no place.
//!
//! Pure: text in, texts out. Chapters whose parts are named as a framework names them (when, when not, trade-offs,
//! questions, timing, what it builds on; in English or Dutch, as headings, labels in bold or labelled items) become
//! capabilities; every other chapter becomes a page. Statements have no conditions yet: those are for an author to
//! give.

mod blocks;
mod capability;
mod labels;
mod ledger;
mod links;
mod outline;
mod prose;
mod repair;
mod report;
mod table;
mod texts;
mod write;
pub mod yaml;

use std::collections::BTreeMap;

use crate::parse::{id_of, list_fault};
use ledger::Ledger;

pub use repair::Repair;

/// What a document became.
#[derive(Debug)]
pub struct Imported {
    /// Path, relative to the site's folder, and text.
    pub files: BTreeMap<String, String>,
    /// The report, as Markdown.
    pub report: String,
    /// Numbers of lines, from 1, that are in no file; the report holds them.
    pub left: Vec<usize>,
    pub capabilities: usize,
    pub pages: usize,
}

/// Imports a document; `name` is what to call the site where the document has no title.
pub fn import(name: &str, text: &str) -> Imported {
    let (repaired, repairs) = repair::repair(text);
    let (front, body) = front_matter(&repaired);
    // No link of ours, whatever it is where it comes from.
    let escaped = |text: &str| text.replace("[[", "\\[\\[");
    let linked = links::links(&escaped(&body));
    let mut ledger = Ledger::new(&linked.text, &repaired);
    for lines in &linked.definitions {
        lines.clone().for_each(|line| ledger.leave(line, "the target of links, which stand in their places now"));
    }
    for line in 0..front.lines {
        ledger.leave(line, "front matter of the document");
    }
    let title = escaped(front.title.as_deref().unwrap_or(name));
    let outline = outline::outline(&title, &blocks::blocks(&linked.text), &mut ledger);
    let (files, made_up) = write::files(&outline);
    let said = linked.notes.iter().map(|(_, what)| what.as_str()).chain(files.values().map(String::as_str));
    ledger.audit(said);
    Imported {
        report: report::report(&outline, &ledger, &repairs, &linked.notes, &made_up),
        left: ledger.left().into_iter().map(|(line, ..)| line).collect(),
        capabilities: outline.capabilities.len(),
        pages: outline.pages.len(),
        files,
    }
}

/// A title as an id.
fn id(title: &str) -> Option<String> {
    id_of(title, 6, '-').filter(|id| list_fault(id).is_none())
}

struct Front {
    title: Option<String>,
    /// How many lines it takes.
    lines: usize,
}

/// Front matter is YAML for another tool: its title is taken, and its lines are made empty.
fn front_matter(text: &str) -> (Front, String) {
    let mut lines = text.split('\n');
    let closing = lines
        .next()
        .filter(|first| first.trim_end() == "---")
        .and_then(|_| lines.position(|line| matches!(line.trim_end(), "---" | "...")).map(|at| at + 1));
    let Some(closing) = closing else { return (Front { title: None, lines: 0 }, text.to_owned()) };
    let all: Vec<&str> = text.split('\n').collect();
    let title = all[..closing].iter().find_map(|line| line.strip_prefix("title:"));
    let title = title.map(|t| t.trim().trim_matches(['"', '\'']).to_owned()).filter(|t| !t.is_empty());
    // The numbers of the other lines stay.
    let kept: Vec<String> =
        all.iter().enumerate().map(|(n, line)| if n <= closing { String::new() } else { (*line).to_owned() }).collect();
    (Front { title, lines: closing + 1 }, kept.join("\n"))
}
