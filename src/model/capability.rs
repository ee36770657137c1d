//! Capabilities and what they are made of.
//!
//! `C` is the condition: [`Written`](super::condition::Written) in drafts, [`Condition`](super::condition::Condition)
//! in the catalog.

use std::sync::Arc;

use super::id::Ref;
use super::span::{Span, Spanned};
use super::text::{Prose, Text};

/// A capability: something an organisation may adopt; the unit of content.
#[derive(Debug, Clone, PartialEq)]
pub struct Capability<C> {
    pub id: String,
    pub title: String,
    pub layer: Ref,
    pub order: i64,
    pub summary: Text,
    /// The lede of its page, where it differs from the summary.
    pub description: Option<Text>,
    pub complexity: Complexity,
    pub complexity_note: Option<Text>,
    pub closing_question: Option<Text>,
    /// The row as authored; where a half is missing it is derived from the lists.
    pub matrix: MatrixRow,
    pub triggers: Vec<Statement<C>>,
    pub not_when: Vec<Statement<C>>,
    pub trade_off: Option<TradeOff<C>>,
    pub decision_points: Vec<DecisionPoint>,
    pub timing: Timing<C>,
    pub builds_on: Vec<Foundation>,
    pub does_not_replace: Vec<NotReplaced>,
    pub related: Vec<Ref>,
    pub prose: Arc<Prose>,
    pub aliases: Vec<Spanned<String>>,
    /// The whole file's first key: where what concerns the capability as a whole is reported.
    pub span: Span,
}

/// How much complexity a capability brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Low,
    Medium,
    High,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Low, Level::Medium, Level::High];

    pub fn name(self) -> &'static str {
        match self {
            Level::Low => "low",
            Level::Medium => "medium",
            Level::High => "high",
        }
    }
}

/// A level, or a range of levels (`from` ≤ `to`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Complexity {
    pub from: Level,
    pub to: Level,
}

/// The matrix row of a capability, as far as it is authored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatrixRow {
    pub trigger: Option<Text>,
    pub skip_if: Option<Text>,
}

/// Which list a statement stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    Trigger,
    NotWhen,
    Now,
    Later,
    Prepare,
    ActivateWhen,
    /// Inside a trade-off.
    UseWhen,
}

impl ListKind {
    pub const ALL: [ListKind; 7] = [
        ListKind::Trigger,
        ListKind::NotWhen,
        ListKind::Now,
        ListKind::Later,
        ListKind::Prepare,
        ListKind::ActivateWhen,
        ListKind::UseWhen,
    ];

    /// The key of the list in YAML.
    pub fn name(self) -> &'static str {
        match self {
            ListKind::Trigger => "triggers",
            ListKind::NotWhen => "not_when",
            ListKind::Now => "now",
            ListKind::Later => "later",
            ListKind::Prepare => "prepare",
            ListKind::ActivateWhen => "activate_when",
            ListKind::UseWhen => "use_when",
        }
    }
}

/// One sentence, and when it holds. Without a condition it is prose: shown, never guessed.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement<C> {
    /// As authored; triggers always have one.
    pub id: Option<String>,
    pub text: Text,
    /// Apart, because there are very many statements, and most have none.
    pub when: Option<Box<C>>,
    pub span: Span,
}

/// The choice space of a capability.
#[derive(Debug, Clone, PartialEq)]
pub struct TradeOff<C> {
    pub title: Option<String>,
    pub summary: Option<Text>,
    pub keep: Option<Keep>,
    pub body: TradeOffBody<C>,
    pub span: Span,
}

/// "Keep what you have": the option that is always there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    pub title: Option<String>,
    pub note: Option<Text>,
    pub pros: Vec<Text>,
    pub cons: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TradeOffBody<C> {
    Options(Vec<OptionRow<C>>),
    Columns { columns: Vec<Column>, rows: Vec<Row<C>> },
}

/// One option of a trade-off.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionRow<C> {
    pub option: Ref,
    pub pros: Vec<Text>,
    pub cons: Vec<Text>,
    pub use_when: Vec<Statement<C>>,
}

/// A free column. The first column heads the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub id: String,
    pub title: String,
}

impl Column {
    /// The place among free columns of the one that says in words when to use a row. The first column never is.
    pub fn reason(columns: &[Column]) -> Option<usize> {
        columns.iter().skip(1).position(|column| column.id == "use-when").map(|place| place + 1)
    }
}

/// A row of free columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<C> {
    pub option: Option<Ref>,
    pub when: Option<Box<C>>,
    /// One per column, in the columns' order; `None` where the author left it out.
    pub cells: Vec<Option<Cell>>,
    pub span: Span,
}

/// The text of one free cell.
pub type Cell = Text;

/// A question that must be answered before adopting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionPoint {
    pub id: Option<String>,
    pub question: Text,
    pub ask: Vec<Text>,
}

/// Why now, why later; or, staged, what to prepare and when to activate.
#[derive(Debug, Clone, PartialEq)]
pub enum Timing<C> {
    Plain { now: Vec<Statement<C>>, later: Vec<Statement<C>> },
    Staged { prepare: Vec<Statement<C>>, activate_when: Vec<Statement<C>> },
}

/// "Builds on": a component or a capability, and what this adds to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foundation {
    pub on: Ref,
    pub adds: Text,
}

/// What stays although this is adopted, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotReplaced {
    pub what: Ref,
    pub text: Text,
}

impl<C> Capability<C> {
    /// The lists of statements that decide the verdict, in declared order: triggers, not-when, then timing.
    pub fn lists(&self) -> Vec<(ListKind, &[Statement<C>])> {
        let mut lists = vec![(ListKind::Trigger, &self.triggers[..]), (ListKind::NotWhen, &self.not_when[..])];
        match &self.timing {
            Timing::Plain { now, later } => lists.extend([(ListKind::Now, &now[..]), (ListKind::Later, &later[..])]),
            Timing::Staged { prepare, activate_when } => {
                lists.extend([(ListKind::Prepare, &prepare[..]), (ListKind::ActivateWhen, &activate_when[..])])
            }
        }
        lists
    }

    /// Every statement of [`lists`](Self::lists) with its list and its place in it.
    pub fn statements(&self) -> impl Iterator<Item = (ListKind, usize, &Statement<C>)> {
        self.lists().into_iter().flat_map(|(kind, list)| list.iter().enumerate().map(move |(n, s)| (kind, n, s)))
    }

    /// Every inline text, in reading order.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.summary];
        texts.extend(&self.description);
        texts.extend(&self.complexity_note);
        texts.extend(&self.closing_question);
        texts.extend(&self.matrix.trigger);
        texts.extend(&self.matrix.skip_if);
        texts.extend(self.triggers.iter().chain(&self.not_when).map(|s| &s.text));
        let (first, second) = match &self.timing {
            Timing::Plain { now, later } => (now, later),
            Timing::Staged { prepare, activate_when } => (prepare, activate_when),
        };
        texts.extend(first.iter().chain(second).map(|s| &s.text));
        for point in &self.decision_points {
            texts.push(&point.question);
            texts.extend(&point.ask);
        }
        texts.extend(self.builds_on.iter().map(|f| &f.adds));
        texts.extend(self.does_not_replace.iter().map(|n| &n.text));
        let Some(trade_off) = &self.trade_off else { return texts };
        texts.extend(&trade_off.summary);
        if let Some(keep) = &trade_off.keep {
            texts.extend(keep.note.iter().chain(&keep.pros).chain(&keep.cons));
        }
        match &trade_off.body {
            TradeOffBody::Options(rows) => {
                for row in rows {
                    texts.extend(row.pros.iter().chain(&row.cons));
                    texts.extend(row.use_when.iter().map(|s| &s.text));
                }
            }
            TradeOffBody::Columns { rows, .. } => texts.extend(rows.iter().flat_map(|r| r.cells.iter().flatten())),
        }
        texts
    }

    /// True when timing is staged.
    pub fn is_staged(&self) -> bool {
        matches!(self.timing, Timing::Staged { .. })
    }

    /// The same capability with every condition replaced. `link` types conditions with it.
    pub fn map_conditions<D>(self, f: &mut impl FnMut(C) -> Option<D>) -> Capability<D> {
        let mut list = |statements: Vec<Statement<C>>| map_list(statements, f);
        let triggers = list(self.triggers);
        let not_when = list(self.not_when);
        let timing = match self.timing {
            Timing::Plain { now, later } => Timing::Plain { now: list(now), later: list(later) },
            Timing::Staged { prepare, activate_when } => {
                Timing::Staged { prepare: list(prepare), activate_when: list(activate_when) }
            }
        };
        let trade_off = self.trade_off.map(|t| TradeOff {
            title: t.title,
            summary: t.summary,
            keep: t.keep,
            body: match t.body {
                TradeOffBody::Options(rows) => TradeOffBody::Options(
                    rows.into_iter()
                        .map(|r| OptionRow {
                            option: r.option,
                            pros: r.pros,
                            cons: r.cons,
                            use_when: map_list(r.use_when, f),
                        })
                        .collect(),
                ),
                TradeOffBody::Columns { columns, rows } => TradeOffBody::Columns {
                    columns,
                    rows: rows
                        .into_iter()
                        .map(|r| Row { option: r.option, when: map_when(r.when, f), cells: r.cells, span: r.span })
                        .collect(),
                },
            },
            span: t.span,
        });
        Capability {
            id: self.id,
            title: self.title,
            layer: self.layer,
            order: self.order,
            summary: self.summary,
            description: self.description,
            complexity: self.complexity,
            complexity_note: self.complexity_note,
            closing_question: self.closing_question,
            matrix: self.matrix,
            triggers,
            not_when,
            trade_off,
            decision_points: self.decision_points,
            timing,
            builds_on: self.builds_on,
            does_not_replace: self.does_not_replace,
            related: self.related,
            prose: self.prose,
            aliases: self.aliases,
            span: self.span,
        }
    }
}

fn map_when<C, D>(when: Option<Box<C>>, f: &mut impl FnMut(C) -> Option<D>) -> Option<Box<D>> {
    when.and_then(|when| f(*when)).map(Box::new)
}

fn map_list<C, D>(statements: Vec<Statement<C>>, f: &mut impl FnMut(C) -> Option<D>) -> Vec<Statement<D>> {
    statements
        .into_iter()
        .map(|s| Statement { id: s.id, text: s.text, when: map_when(s.when, f), span: s.span })
        .collect()
}
