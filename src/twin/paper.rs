//! The page that is being written, and the links, lists and tables on it.

use std::cell::RefCell;

use super::prose::Taken;
use crate::link::Catalog;
use crate::model::capability::{Complexity, Level};
use crate::model::condition::FactIx;
use crate::model::{Key, Kind, Ref, Text, Verdict};
use crate::parse::prose::rewrite::trimmed;
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::view::Words;
use crate::words::reasons;

/// Stands before a route to which a link leads. Texts cannot hold it.
const HERE: char = '\u{ffff}';

/// A twin that stands nowhere yet.
pub struct Draft(String);

impl Draft {
    /// The text with its links relative to a route.
    pub fn seen_from(&self, from: &Route) -> String {
        let mut parts = self.0.split(HERE);
        let mut out = String::with_capacity(self.0.len() + 256);
        out.extend(parts.next());
        for part in parts {
            let (up, rest) = from.way_to(part);
            (0..up).for_each(|_| out.push_str("../"));
            out.push_str(rest);
        }
        out
    }
}

/// A twin as far as it is written.
pub struct Paper<'a> {
    pub plan: &'a Plan,
    pub catalog: &'a Catalog,
    pub words: &'a Words,
    out: String,
    /// The sections of the prose that was asked for last: a page takes them one by one.
    pub(super) sections: RefCell<Taken<'a>>,
}

impl<'a> Paper<'a> {
    pub fn new(plan: &'a Plan, words: &'a Words) -> Self {
        Paper { plan, catalog: &plan.catalog, words, out: String::new(), sections: RefCell::default() }
    }

    pub fn finish(self) -> Draft {
        let mut out = self.out;
        out.truncate(out.trim_end().len());
        out.push('\n');
        Draft(out)
    }

    /// A heading of a level; plain text.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        (0..level).for_each(|_| self.out.push('#'));
        self.out.push(' ');
        escape_into(&mut self.out, text);
        self.out.push_str("\n\n");
    }

    /// A paragraph of Markdown; nothing if it is empty.
    pub fn paragraph(&mut self, markdown: &str) {
        if !markdown.trim().is_empty() {
            self.gap();
            block_safe(&mut self.out, markdown.trim());
            self.out.push('\n');
            self.gap();
        }
    }

    /// Blocks of Markdown as they are; nothing if they are empty.
    pub fn blocks(&mut self, markdown: &str) {
        if !markdown.trim().is_empty() {
            self.gap();
            self.out.push_str(trimmed(markdown));
            self.out.push('\n');
            self.gap();
        }
    }

    /// An item of a list; `depth` from 0.
    pub fn item(&mut self, depth: usize, markdown: &str) {
        (0..depth).for_each(|_| self.out.push_str("  "));
        self.out.push_str("- ");
        block_safe(&mut self.out, markdown.trim());
        self.out.push('\n');
    }

    /// An item that starts with what it is: "- Costs: …"; nothing if there is nothing to say.
    pub fn named(&mut self, depth: usize, name: &str, markdown: &str) {
        if !markdown.trim().is_empty() {
            self.item(depth, &format!("{}: {}", escape(name), markdown.trim()));
        }
    }

    /// A table. Cells are Markdown.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        self.gap();
        self.out.push_str(&table(head, rows));
        self.gap();
    }

    /// Ends a list or a paragraph.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// One line of an author's Markdown, links resolved. `file` is where it is written.
    pub fn text(&self, file: &str, text: &Text) -> String {
        super::prose::line(self, file, text)
    }

    pub fn maybe(&self, file: &str, text: Option<&Text>) -> String {
        text.map(|text| self.text(file, text)).unwrap_or_default()
    }

    /// Texts one after the other, between semicolons.
    pub fn joined(&self, file: &str, texts: &[Text]) -> String {
        texts.iter().map(|text| self.text(file, text)).collect::<Vec<_>>().join("; ")
    }

    /// The address of the twin of a page, if the page is published.
    pub fn href(&self, name: &PageName) -> Option<String> {
        self.plan.page(name).map(|page| self.to(page))
    }

    /// The address of the twin of a thing's page, if the page is published.
    pub fn thing(&self, key: &Key) -> Option<String> {
        self.plan.thing(key).map(|page| self.to(page))
    }

    fn to(&self, page: &PlannedPage) -> String {
        self.path(page.route.twin().as_str())
    }

    /// The address of a file of the site.
    pub fn path(&self, route: &str) -> String {
        format!("{HERE}{route}")
    }

    /// A link to the twin of a thing's page, by its title; the title alone where there is no page.
    pub fn link(&self, key: &Key) -> String {
        self.words_to(&super::title_of(self.catalog, key), self.thing(key))
    }

    /// A link to the twin of a page, in these words.
    pub fn linked(&self, words: &str, name: &PageName) -> String {
        self.words_to(words, self.href(name))
    }

    fn words_to(&self, words: &str, href: Option<String>) -> String {
        let Some(href) = href else { return escape(words) };
        let mut out = String::with_capacity(words.len() + href.len() + 8);
        out.push('[');
        escape_into(&mut out, words);
        out.push_str("](");
        out.push_str(&href);
        out.push(')');
        out
    }

    pub fn capability(&self, place: usize) -> String {
        self.link(&Key::new(Kind::Capability, &self.catalog.capabilities[place].id))
    }

    /// A fact by its name in conditions.
    pub fn fact(&self, fact: FactIx) -> String {
        let id = &self.catalog.fact(fact).id;
        match self.thing(&Key::new(Kind::Fact, id)) {
            Some(href) => format!("[`{id}`]({href})"),
            None => format!("`{id}`"),
        }
    }

    pub fn refs(&self, refs: &[Ref]) -> String {
        refs.iter().map(|r| self.link(&r.key)).collect::<Vec<_>>().join(", ")
    }

    /// "Medium to high".
    pub fn complexity(&self, complexity: Complexity) -> String {
        let level = |level: Level| match level {
            Level::Low => &self.words.level.low,
            Level::Medium => &self.words.level.medium,
            Level::High => &self.words.level.high,
        };
        let (from, to) = (level(complexity.from), level(complexity.to));
        match complexity.from == complexity.to {
            true => from.clone(),
            false => self.words.level.range.replace("{from}", from).replace("{to}", &to.to_lowercase()),
        }
    }

    /// "Not for you now (`skip`)".
    pub fn verdict(&self, verdict: Verdict, settled: bool) -> String {
        format!("{} (`{verdict}`)", escape(&reasons::verdict(self.catalog, verdict, settled)))
    }
}

/// A table of Markdown cells, and a line break.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
    let mut out = line(&mut head.iter().map(|cell| cell_safe(cell)));
    out.push_str(&line(&mut head.iter().map(|_| "---".to_owned())));
    for row in rows {
        out.push_str(&line(&mut row.iter().map(|cell| cell_safe(cell))));
    }
    out
}

/// Markdown that ends no cell and no row.
fn cell_safe(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut before = ' ';
    for character in markdown.trim().chars() {
        match character {
            '|' if before != '\\' => out.push_str("\\|"),
            '\n' => out.push(' '),
            other => out.push(other),
        }
        before = character;
    }
    out
}

/// Appends inline Markdown that starts no block of its own: `> 5` is no quotation, `1.` no list.
fn block_safe(out: &mut String, markdown: &str) {
    let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && markdown[digits..].starts_with(['.', ')']);
    let mark = match markdown.chars().next() {
        Some('#' | '>' | '+' | '=' | '~') => Some(0),
        Some('-') if !markdown.starts_with("- ") || markdown.len() > 1 => Some(0),
        Some('*') if markdown.starts_with("* ") => Some(0),
        _ => numbered.then_some(digits),
    };
    let (before, after) = markdown.split_at(mark.unwrap_or(0));
    out.push_str(before);
    if mark.is_some() {
        out.push('\\');
    }
    out.push_str(after);
}

/// Plain text as Markdown.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

fn escape_into(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if matches!(byte, b'\\' | b'`' | b'*' | b'[' | b']' | b'<') {
            out.push_str(&text[done..at]);
            out.push('\\');
            done = at;
        }
    }
    out.push_str(&text[done..]);
}

/// Text as code.
pub fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
