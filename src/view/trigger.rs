//! The page of a trigger.

use serde::Serialize;

use super::fact::FactSummary;
use super::parts::{ConditionView, Link, NumberLineView, ReadGroup, StatementView};

/// `trigger.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerPage {
    /// The statement: the heading.
    pub text_html: String,
    pub capability: Link,
    pub capability_summary_html: String,
    /// Null for a trigger in prose.
    pub condition: Option<ConditionView>,
    /// The facts that it reads.
    pub facts: Vec<FactSummary>,
    /// The number line of each ordered fact that it reads, with the fact.
    pub number_lines: Vec<TriggerLine>,
    /// Everything else that reads these facts, over all capabilities.
    pub reads: Vec<ReadGroup>,
    /// The other triggers of the capability.
    pub others: Vec<StatementView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TriggerLine {
    pub fact: Link,
    pub line: NumberLineView,
}
