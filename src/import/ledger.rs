//! What became of each line of the document. Nothing is dropped without a word: what is neither placed nor left with a
//! reason is reported as not understood.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::{code, flat};
use crate::parse::prose::VIEWS;

/// The lines of a document and where they went.
pub struct Ledger<'a> {
    lines: Vec<&'a str>,
    /// Before links were rewritten.
    original: Vec<&'a str>,
    fates: Vec<Option<Fate>>,
    /// Headings and labels that became keys: line, from 1, and their words.
    keys: Vec<(usize, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Placed(String),
    Left(String),
}

impl<'a> Ledger<'a> {
    /// `original` has the same lines, as they were before links were rewritten.
    pub fn new(text: &'a str, original: &'a str) -> Self {
        let lines: Vec<&str> = text.split('\n').collect();
        let original = original.split('\n').collect();
        Ledger { fates: vec![None; lines.len()], lines, original, keys: Vec::new() }
    }

    /// Lines as the document has them.
    pub fn original(&self, lines: &Range<usize>) -> String {
        self.original.get(lines.clone()).map(|lines| lines.join("\n")).unwrap_or_default()
    }

    /// Lines, from 0, went into a file.
    pub fn place(&mut self, lines: &Range<usize>, path: &str) {
        for line in lines.clone() {
            if let Some(fate @ None) = self.fates.get_mut(line) {
                *fate = Some(Fate::Placed(path.to_owned()));
            }
        }
    }

    /// A heading or a label of a file became a key of it.
    pub fn key(&mut self, lines: &Range<usize>, words: &str, path: &str) {
        self.place(lines, path);
        self.keys.push((lines.start + 1, words.to_owned()));
    }

    pub fn keys(&self) -> &[(usize, String)] {
        &self.keys
    }

    /// A line is left out.
    pub fn leave(&mut self, line: usize, why: &str) {
        if let Some(fate) = self.fates.get_mut(line) {
            *fate = Some(Fate::Left(why.to_owned()));
        }
    }

    /// Leaves every line of which a word is in none of these texts and in no key: whatever the reading of a strange
    /// document made of it, its author finds it in the report.
    pub fn audit<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let mut known: BTreeSet<String> = texts.flat_map(words).collect();
        known.extend(self.keys.iter().flat_map(|(_, key)| words(key)));
        let is_lost = |line: &str| words(&line.replace("<br>", " ")).any(|word| !known.contains(&word));
        for (line, fate) in self.original.iter().zip(&mut self.fates) {
            if matches!(fate, Some(Fate::Placed(_))) && is_lost(line) {
                *fate = Some(Fate::Left("some of its words found no place".to_owned()));
            }
        }
    }

    /// Lines as they were written, without the indentation that they share.
    pub fn code(&self, lines: &Range<usize>) -> String {
        let lines = self.lines(lines);
        let indent = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(line)).min();
        set_out(lines, indent.unwrap_or(0))
    }

    fn lines(&self, lines: &Range<usize>) -> &[&'a str] {
        &self.lines[lines.start.min(self.lines.len())..lines.end.min(self.lines.len())]
    }

    /// Lines as they were written, but that the first is not set in and the others by as much less: it may stand after
    /// anything. Fences say no more than their language.
    pub fn source(&self, lines: &Range<usize>) -> String {
        let lines = self.lines(lines);
        let text = flat(set_out(lines, lines.first().map_or(0, |line| indentation(line))), true);
        let code = code(&text);
        let lines = text.split('\n').enumerate().map(|(n, line)| match code.iter().any(|lines| lines.start == n) {
            true => fence(line),
            false => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Line number, from 1, its text, and why it is in no file.
    pub fn left(&self) -> Vec<(usize, &str, &str)> {
        let mut left = Vec::new();
        for (n, (line, fate)) in self.original.iter().zip(&self.fates).enumerate() {
            match fate {
                Some(Fate::Left(why)) if !line.trim().is_empty() => left.push((n + 1, *line, why.as_str())),
                None if !line.trim().is_empty() => left.push((n + 1, *line, "not understood")),
                _ => {}
            }
        }
        left
    }

    /// Per file, the lines that went into it, as ranges of numbers from 1.
    pub fn placed(&self) -> BTreeMap<&str, Vec<(usize, usize)>> {
        let mut placed: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (n, fate) in self.fates.iter().enumerate() {
            let Some(Fate::Placed(path)) = fate else { continue };
            let ranges = placed.entry(path).or_default();
            match ranges.last_mut() {
                Some((_, end)) if *end == n => *end = n + 1,
                _ => ranges.push((n + 1, n + 1)),
            }
        }
        placed
    }

    /// How many lines say anything.
    pub fn written(&self) -> usize {
        self.original.iter().filter(|line| !line.trim().is_empty()).count()
    }
}

/// The words of a text, without what Markdown and YAML make of it; single letters are marks as often as words.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.map(str::to_lowercase)
}

/// How many spaces and tabs a line begins with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Lines without so many of the spaces and tabs that they begin with.
fn set_out(lines: &[&str], indent: usize) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| &line[indent.min(indentation(line))..]).collect();
    lines.join("\n")
}

/// The line that opens a block of code. Five languages place views, and what follows a language asks for files: neither is
/// meant by a document of another tool, so both become the title of the block.
fn fence(line: &str) -> String {
    let marks = line.find(['`', '~']).unwrap_or(0);
    let mark = if line[marks..].starts_with('~') { '~' } else { '`' };
    let (before, info) = line.split_at(line.len() - line[marks..].trim_start_matches(mark).len());
    let first = info.split_whitespace().next().unwrap_or("");
    let language = if first.contains(['=', '{', '"']) { "" } else { first };
    let is_view = VIEWS.contains(&language.to_ascii_lowercase().as_str());
    let rest = info.trim().strip_prefix(language).unwrap_or("").replace(['"', '{', '}', '`'], " ");
    let said = if is_view { format!("{language} {rest}") } else { rest };
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let language = if is_view || language.is_empty() && !said.is_empty() { "text" } else { language };
    if said.is_empty() { format!("{before}{language}") } else { format!("{before}{language} title=\"{said}\"") }
}
