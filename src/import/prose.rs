//! What has no place of its own in a capability -> the Markdown beside it, or a page.

use super::Ledger;
use super::blocks::{Block, Body, flat};
use super::links::settled;
use crate::parse::prose::open_fence;

/// Markdown in the making: what stands before the first heading, and sections.
#[derive(Debug, Default)]
pub struct Prose {
    sections: Vec<Section>,
}

#[derive(Debug, Default)]
struct Section {
    title: Option<String>,
    anchor: Option<&'static str>,
    text: String,
}

impl Prose {
    pub fn is_empty(&self) -> bool {
        self.sections.iter().all(|s| s.text.trim().is_empty() && s.title.is_none())
    }

    /// Adds blocks to the section of this title, or of this anchor. `level` is that of the heading in the document.
    pub fn add(
        &mut self,
        title: Option<&str>,
        anchor: Option<&'static str>,
        level: u8,
        blocks: &[Block],
        path: &str,
        ledger: &mut Ledger<'_>,
    ) {
        let mut text = String::new();
        // A page's own heading is its title; a section's is of level 2.
        let (mut last, base) = (if title.is_some() { 2 } else { 1 }, level.min(6));
        let first = last;
        let mut previous_item = false;
        for block in blocks {
            let body = match &block.body {
                Body::Html => {
                    block.lines.clone().for_each(|line| ledger.leave(line, "HTML, which content does not hold"));
                    continue;
                }
                Body::Rule => {
                    block.lines.clone().for_each(|line| ledger.leave(line, "a rule between parts"));
                    continue;
                }
                Body::Heading { level, text } => {
                    let own = (first + level.saturating_sub(base)).max(first + 1).min(last + 1).min(6);
                    last = own;
                    format!("{} {text}", "#".repeat(usize::from(own)))
                }
                Body::Paragraph(text) if block.lines.is_empty() => text.clone(),
                Body::Indented => fenced(&ledger.code(&block.lines)),
                _ => {
                    let source = ledger.source(&block.lines);
                    // Here it ended with its document; what follows must not become a part of it.
                    let fence = open_fence(&source).filter(|_| block.body == Body::Raw);
                    fence.map(|fence| format!("{source}\n{fence}")).unwrap_or(source)
                }
            };
            // Items that were one list stay one.
            let item = matches!(block.body, Body::List(_));
            text.push_str(if item && previous_item { "\n" } else { "\n\n" });
            text.push_str(&body);
            previous_item = item;
            ledger.place(&block.lines, path);
        }
        if text.trim().is_empty() && title.is_none() {
            return;
        }
        self.section(title, anchor).text.push_str(&text);
    }

    /// Adds a text of its own to the section of an anchor.
    pub fn text(&mut self, anchor: Option<&'static str>, text: &str) {
        // What began a heading behind a label is text.
        self.section(None, anchor).text.push_str(&format!("\n\n{}", flat(text.trim().to_owned(), true)));
    }

    fn section(&mut self, title: Option<&str>, anchor: Option<&'static str>) -> &mut Section {
        let same = |s: &Section| match anchor {
            Some(_) => s.anchor == anchor,
            None => s.anchor.is_none() && s.title.as_deref() == title,
        };
        let at = self.sections.iter().position(same).unwrap_or_else(|| {
            self.sections.push(Section { title: title.map(str::to_owned), anchor, text: String::new() });
            self.sections.len() - 1
        });
        let section = &mut self.sections[at];
        section.title = section.title.take().or_else(|| title.map(str::to_owned));
        section
    }

    /// The Markdown: what has no heading first.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let (headed, plain): (Vec<&Section>, Vec<&Section>) =
            self.sections.iter().partition(|s| s.title.is_some() || s.anchor.is_some());
        for section in plain.into_iter().chain(headed) {
            let title = section.title.as_deref().filter(|t| !t.is_empty());
            match (title, section.anchor) {
                (None, None) => {}
                (title, Some(anchor)) => {
                    let words = anchor.replace('-', " ");
                    out.push_str(&format!("\n\n## {} {{#{anchor}}}", title.unwrap_or(&words)));
                }
                (Some(title), None) => out.push_str(&format!("\n\n## {title}")),
            }
            out.push_str(&format!("\n\n{}", lines(&section.text)));
        }
        // What was no link and no heading where it stood may be one among other lines.
        format!("{}\n", flat(settled(lines(&out)), false))
    }
}

/// Without empty lines around it. How far the first line is set in says what the others are.
fn lines(text: &str) -> &str {
    let text = text.trim_end();
    let first = text.len() - text.trim_start().len();
    text[..first].rfind('\n').map_or(text, |end| &text[end + 1..])
}

/// Code with a fence that it does not hold itself.
fn fenced(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{code}\n{fence}")
}
