//! Nodes -> typed values, with a diagnostic for everything that is not as it should be.
//!
//! A [`File`] is one content file being read. Its methods return `None` after reporting why, so that a reader goes on
//! with the next key and one run reports all.

mod inline;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::characters::{self, is_blank};
use super::format;
use super::prose;
use super::yaml::{Key as YamlKey, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix, nearest};
use crate::model::{Span, Spanned};
use crate::read::Sources;

pub use terms::{is_site_address, unwritten};

/// Texts in YAML that are longer than this are no titles and no summaries: 64 KiB.
const LONGEST_TEXT: usize = 64 * 1024;

/// One content file being read.
pub struct File<'a> {
    pub path: Arc<str>,
    pub text: &'a str,
    /// Where `text` starts in the file: after a byte order mark, if there is one.
    pub offset: usize,
    pub sources: &'a Sources,
    pub diagnostics: Diagnostics,
}

/// A map whose keys were checked.
pub struct Fields<'n> {
    entries: &'n [(YamlKey, Node)],
    by_name: BTreeMap<&'n str, usize>,
    pub span: Span,
    /// What the map describes, for messages: "a capability".
    what: &'static str,
    /// What unknown keys probably mean.
    misspelt: BTreeSet<String>,
}

impl<'n> Fields<'n> {
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.by_name.get(key).map(|&at| &self.entries[at].1)
    }

    /// Where a key is written.
    pub fn key_range(&self, key: &str) -> Option<Range<usize>> {
        self.by_name.get(key).map(|&at| self.entries[at].0.span.clone())
    }
}

impl<'a> File<'a> {
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(&self.path, range)
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn wrong_type(&mut self, node: &Node, expected: &str) {
        let span = self.span(node.span.clone());
        let message = format!("expected {expected}, found {}", node.value.describe());
        let mut diagnostic = Diagnostic::new(Code::WrongType, span, message);
        if expected.starts_with("a text") && matches!(node.value, Value::Bool(_) | Value::Integer(_) | Value::Float(_))
        {
            diagnostic = diagnostic.help("write it in quotes");
            if let Some(fix) = self.quoted(&node.span) {
                diagnostic = diagnostic.fix(fix);
            }
        }
        if let (Value::Text { text, .. }, true) = (&node.value, expected.ends_with("number"))
            && text.parse::<f64>().is_ok_and(f64::is_finite)
        {
            diagnostic = diagnostic.help(format!("write `{text}` without quotes"));
        }
        if let (Value::Null, true) = (&node.value, expected.starts_with("a text"))
            && let Some(rest) = self.text.get(node.span.end - self.offset..)
            && rest.trim_start_matches([' ', '\'', '"', ':']).starts_with('#')
        {
            diagnostic = diagnostic.help("what follows `#` is a comment: put the text in quotes");
        }
        if let (Value::Text { text, .. }, true) = (&node.value, expected.contains("true"))
            && ["yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str())
        {
            let word = if ["yes", "on"].contains(&text.to_ascii_lowercase().as_str()) { "true" } else { "false" };
            let fix = Fix::replace(format!("write `{word}`"), diagnostic.span.clone(), word);
            diagnostic = diagnostic.help(format!("write `{word}`")).fix(fix);
        }
        self.report(diagnostic);
    }

    /// Puts what stands in a range of this file in quotes, as YAML has them; None if it is more than one line.
    fn quoted(&self, range: &Range<usize>) -> Option<Fix> {
        let written = self.text.get(range.start - self.offset..range.end - self.offset)?;
        quote(self.span(range.clone()), written)
    }

    /// The value of a node that must not carry a tag.
    fn value<'n>(&mut self, node: &'n Node) -> Option<&'n Value> {
        let Some((tag, range)) = &node.tag else { return Some(&node.value) };
        let span = self.span(range.clone());
        // What the author wrote, to the end of the value: part of it may have become an anchor or a comment.
        let whole = range.start..node.span.end.max(range.end);
        let written = self.text.get(whole.start - self.offset..whole.end - self.offset).unwrap_or(tag).trim();
        let mut diagnostic = Diagnostic::new(Code::YamlTag, span, format!("`{tag}` is a YAML tag here, not a text"))
            .help(format!("put the value in quotes: `'{written}'`"));
        let is_scalar = !matches!(node.value, Value::List(_) | Value::Map(_));
        if let Some(fix) = self.quoted(&whole).filter(|_| is_scalar) {
            diagnostic = diagnostic.fix(fix);
        }
        self.report(diagnostic);
        None
    }

    /// A map with known keys only, none twice.
    pub fn map<'n>(&mut self, node: &'n Node, what: &'static str, keys: &[&str]) -> Option<Fields<'n>> {
        let value = self.value(node)?;
        let Value::Map(entries) = value else {
            self.wrong_type(node, &format!("a map ({what})"));
            return None;
        };
        let by_name = self.by_name(entries);
        let known: BTreeSet<&str> = keys.iter().copied().collect();
        let mut misspelt = BTreeSet::new();
        for (key, _) in entries {
            if !known.contains(key.name.as_str()) {
                let span = self.span(key.span.clone());
                if let Some((now, since)) = format::renamed(what, &key.name) {
                    misspelt.insert(now.to_owned());
                    let message = format!("`{}` is called `{now}` since format {since}", key.name);
                    let fix = Fix::word(span.clone(), &key.name, now);
                    self.report(
                        Diagnostic::new(Code::UnknownKey, span, message).help(format!("write `{now}`")).fix(fix),
                    );
                    continue;
                }
                let message = format!("unknown key `{}` in {what}", key.name);
                misspelt.extend(nearest(&key.name, keys.iter().copied()).map(str::to_owned));
                let mut diagnostic =
                    Diagnostic::new(Code::UnknownKey, span, message).nearest(&key.name, keys.iter().copied());
                // A key that is there already is not to be written a second time.
                let taken = |with: &str| by_name.contains_key(with);
                diagnostic.fix = diagnostic.fix.filter(|fix| !fix.edits.iter().any(|edit| taken(&edit.with)));
                self.report(diagnostic);
            }
        }
        Some(Fields { entries, by_name, span: self.span(node.span.clone()), what, misspelt })
    }

    /// A map whose keys are free: the entries in order, none twice.
    pub fn entries<'n>(&mut self, node: &'n Node, what: &'static str) -> Option<&'n [(YamlKey, Node)]> {
        let Value::Map(entries) = self.value(node)? else {
            self.wrong_type(node, &format!("a map ({what})"));
            return None;
        };
        self.by_name(entries);
        Some(entries)
    }

    /// Where each key stands, the first time; a second time is reported.
    fn by_name<'n>(&mut self, entries: &'n [(YamlKey, Node)]) -> BTreeMap<&'n str, usize> {
        let mut by_name = BTreeMap::new();
        for (n, (key, _)) in entries.iter().enumerate() {
            let first = *by_name.entry(key.name.as_str()).or_insert(n);
            if first != n {
                let (span, first) = (self.span(key.span.clone()), self.span(entries[first].0.span.clone()));
                let message = format!("the key `{}` stands twice in one map", key.name);
                self.report(Diagnostic::new(Code::DuplicateKey, span, message).note("first written here", Some(first)));
            }
        }
        by_name
    }

    /// The node of a key that must be there.
    pub fn require<'n>(&mut self, fields: &Fields<'n>, key: &str) -> Option<&'n Node> {
        let node = fields.get(key);
        // What is misspelt was reported.
        if node.is_none() && !fields.misspelt.contains(key) {
            // The first key of the map is a better place than all of it.
            let span = match fields.entries.first() {
                Some((first, _)) => self.span(first.span.clone()),
                None => fields.span.clone(),
            };
            let message = format!("{} needs the key `{key}`", fields.what);
            self.report(Diagnostic::new(Code::MissingKey, span, message).help(format!("add `{key}: …`")));
        }
        node
    }

    pub fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        match self.value(node)? {
            Value::List(items) => Some(items),
            _ => {
                self.wrong_type(node, "a list");
                None
            }
        }
    }

    /// The list at a key, each item read by `read`; absent is empty, and items that cannot be read are left out.
    pub fn list_at<T>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        let Some(items) = fields.get(key).and_then(|node| self.list(node)) else { return Vec::new() };
        let mut list: Vec<T> = items.iter().filter_map(|item| read(self, item)).collect();
        // There are very many lists, and most are short.
        list.shrink_to_fit();
        list
    }

    /// A text as it stands, with its place; not empty.
    pub fn string(&mut self, node: &Node) -> Option<Spanned<String>> {
        match self.value(node)? {
            Value::Text { text, .. } if is_blank(text) => {
                let span = self.span(node.span.clone());
                self.report(Diagnostic::new(Code::EmptyText, span, "an empty text"));
                None
            }
            Value::Text { text, .. } if text.len() > LONGEST_TEXT => {
                let span = self.span(node.span.clone());
                let message = format!("a text of {} kB; at most {} are read", text.len() / 1024, LONGEST_TEXT / 1024);
                self.report(Diagnostic::new(Code::TooLarge, span, message));
                None
            }
            Value::Text { text, .. } => {
                let place = self.place_in(node);
                for (range, character) in characters::unfit(text) {
                    self.report(characters::fault(character, place(range)));
                }
                if prose::is_unfinished(text) {
                    let span = self.span(node.span.clone());
                    self.report(Diagnostic::new(Code::Unfinished, span, "a text that is not written yet"));
                }
                Some(Spanned::new(text.clone(), self.span(node.span.clone())))
            }
            _ => {
                self.wrong_type(node, "a text");
                None
            }
        }
    }

    pub fn string_at(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        fields.get(key).and_then(|node| self.string(node)).map(|s| s.value)
    }

    pub fn require_string(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        let node = self.require(fields, key)?;
        self.string(node).map(|s| s.value)
    }

    pub fn integer(&mut self, node: &Node) -> Option<i64> {
        match self.value(node)? {
            Value::Integer(n) => Some(*n),
            _ => {
                self.wrong_type(node, "a whole number");
                None
            }
        }
    }

    pub fn integer_at(&mut self, fields: &Fields<'_>, key: &str) -> Option<i64> {
        fields.get(key).and_then(|node| self.integer(node))
    }

    pub fn number(&mut self, node: &Node) -> Option<f64> {
        match self.value(node)? {
            Value::Integer(n) => Some(*n as f64),
            Value::Float(n) if n.is_finite() => Some(*n),
            _ => {
                self.wrong_type(node, "a number");
                None
            }
        }
    }

    pub fn boolean(&mut self, node: &Node) -> Option<bool> {
        match self.value(node)? {
            Value::Bool(b) => Some(*b),
            _ => {
                self.wrong_type(node, "`true` or `false`");
                None
            }
        }
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let Spanned { value, span } = self.string(node)?;
        let found = words.iter().find(|(word, _)| *word == value).map(|(_, t)| *t);
        if found.is_none() {
            let message = format!("`{value}` is none of the words that may stand here");
            let diagnostic = Diagnostic::new(Code::UnknownValue, span, message);
            self.report(diagnostic.nearest(&value, words.iter().map(|(word, _)| *word)));
        }
        found
    }
}

/// Puts the one line that stands at a span in single quotes.
pub fn quote(span: Span, written: &str) -> Option<Fix> {
    if written.contains('\n') || written.is_empty() {
        return None;
    }
    Some(Fix::replace("put it in quotes", span, format!("'{}'", written.replace('\'', "''"))))
}
