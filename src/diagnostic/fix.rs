//! Mends that need no thought: what is written at a place, and what to write there instead.
//!
//! A fix is made where the fault is found, without the text of the file; where exactly it goes is looked up when it is
//! shown or applied. What cannot be placed without doubt is no fix.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Diagnostics;
use super::json::Place;
use super::lines::Texts;
use crate::model::Span;
use crate::read::Sources;

/// A mend of one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for people: "write `service-mesh`".
    pub does: String,
    pub edits: Vec<Edit>,
}

/// One change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    /// The word inside the span that is replaced; None: all of the span is.
    pub word: Option<String>,
    pub with: String,
}

/// A change with its exact place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub span: Span,
    pub with: String,
}

impl Fix {
    /// Replaces all of a span.
    pub fn replace(does: impl Into<String>, span: Span, with: impl Into<String>) -> Fix {
        Fix { does: does.into(), edits: vec![Edit { span, word: None, with: with.into() }] }
    }

    /// Replaces one word inside a span.
    pub fn word(span: Span, wrong: &str, right: &str) -> Fix {
        let edit = Edit { span, word: Some(wrong.to_owned()), with: right.to_owned() };
        Fix { does: format!("write `{right}`"), edits: vec![edit] }
    }

    /// Its changes with their places, in the order of the file; None if one of them has none.
    pub fn placed(&self, sources: &Sources) -> Option<Vec<Placed>> {
        let mut placed: Vec<Placed> = self.edits.iter().map(|edit| edit.placed(sources)).collect::<Option<_>>()?;
        placed.sort_by(|a, b| a.span.cmp(&b.span));
        Some(placed)
    }
}

impl Edit {
    fn placed(&self, sources: &Sources) -> Option<Placed> {
        let bytes = sources.files.get(&self.span.file)?;
        let inside = std::str::from_utf8(bytes.get(self.span.start..self.span.end)?).ok()?;
        let span = match &self.word {
            None => self.span.clone(),
            Some(word) => {
                let at = only(inside, word)?;
                self.span.slice(at..at + word.len())
            }
        };
        Some(Placed { span, with: self.with.clone() })
    }
}

/// Where a word stands in a text, if it stands there once, and whole.
fn only(text: &str, word: &str) -> Option<usize> {
    let joins = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut whole = text
        .match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| !text[..*at].ends_with(joins) && !text[at + word.len()..].starts_with(joins));
    let at = whole.next().filter(|_| !word.is_empty())?;
    whole.next().is_none().then_some(at)
}

/// What was mended in one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// In the file as it was before.
    pub place: Place,
    pub code: super::Code,
    pub does: String,
}

/// Applies every fix of `diagnostics` to files of the content. Where two concern the same place, the first wins; the
/// other is found again in the next round. Files that did not change keep their bytes.
pub fn apply(diagnostics: &Diagnostics, sources: &mut Sources) -> Vec<Mended> {
    let before = sources.clone();
    let texts = Texts::new(&before);
    let mut mended = Vec::new();
    let mut changes: BTreeMap<Arc<str>, Vec<Placed>> = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let Some(fix) = diagnostic.mechanical() else { continue };
        let Some(placed) = fix.placed(sources) else { continue };
        let clash = placed.iter().any(|new| {
            let taken = changes.get(&new.span.file);
            taken.is_some_and(|all| {
                all.iter().any(|old| old.span.start <= new.span.end && new.span.start <= old.span.end)
            })
        });
        if clash || placed.is_empty() {
            continue;
        }
        mended.push(Mended { place: texts.place(&diagnostic.span), code: diagnostic.code, does: fix.does.clone() });
        placed.into_iter().for_each(|change| changes.entry(change.span.file.clone()).or_default().push(change));
    }
    for (file, mut edits) in changes {
        let Some(mut bytes) = sources.files.get(&file).map(|bytes| bytes.to_vec()) else { continue };
        edits.sort_by(|a, b| b.span.cmp(&a.span));
        for edit in edits {
            bytes.splice(edit.span.start..edit.span.end, edit.with.bytes());
        }
        sources.files.insert(file, bytes.into());
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_it_stands_once_and_whole() {
        assert_eq!(only("[[option:linkrd]]", "linkrd"), Some(9));
        assert_eq!(only("linkrd-2 linkrd", "linkrd"), Some(9));
        assert_eq!(only("linkrd linkrd", "linkrd"), None);
        assert_eq!(only("linkrds", "linkrd"), None);
        assert_eq!(only("anything", ""), None);
    }
}
