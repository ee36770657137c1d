//! Cases, recorded decisions, and the list of changes.

use std::sync::Arc;

use super::id::Ref;
use super::span::{Span, Spanned};
use super::text::{Prose, Text};
use super::verdict::Verdict;

/// A value of a fact as authored in a case or a profile, not yet typed against the fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    /// Of a list or a map in it no more is kept than that it is one.
    List(Vec<Spanned<Value>>),
    Range {
        min: Option<f64>,
        max: Option<f64>,
    },
    /// A map that is no range.
    Map,
}

/// A published profile with a story and the verdicts that it must get. `P` is what its facts are: pairs of names
/// and values as written in a draft, a [`Profile`](super::Profile) in the catalog.
#[derive(Debug, Clone, PartialEq)]
pub struct Case<P> {
    pub id: String,
    pub title: String,
    pub order: i64,
    pub summary: Text,
    /// True for a case that was invented as an example.
    pub constructed: bool,
    pub facts: P,
    /// Per capability the verdicts it may get, in declared order.
    pub expect: Vec<(Ref, Vec<Verdict>)>,
    pub prose: Arc<Prose>,
    pub aliases: Vec<Spanned<String>>,
    pub span: Span,
}

/// The facts of a case as written: name and value.
pub type WrittenFacts = Vec<(Spanned<String>, Spanned<Value>)>;

/// A recorded choice and what it rested on: a record as `worthwhile decide` writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision<P> {
    pub id: String,
    pub title: String,
    /// MADR status: proposed, accepted, rejected, deprecated, "superseded by …".
    pub status: String,
    /// ISO 8601 date, as written.
    pub date: String,
    /// True for one that was invented as an example.
    pub constructed: bool,
    pub capability: Ref,
    /// What was chosen: `keep`, `adopt`, or the id of an option of the capability's trade-off.
    pub option: Spanned<String>,
    pub verdict: Verdict,
    pub settled: bool,
    /// The hashes of the capability when it was decided: of its conditions and the facts that they read, of its texts.
    pub rules_hash: String,
    pub prose_hash: String,
    pub facts: P,
    /// What stands below the title.
    pub prose: Arc<Prose>,
    pub span: Span,
}

/// One entry of the list of changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// ISO 8601 date, as written.
    pub date: String,
    pub text: Text,
    /// Names of things, as in `[[…]]`.
    pub concerns: Vec<Spanned<String>>,
    pub span: Span,
}
