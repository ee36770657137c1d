//! The rules of one capability: its deciding statements compiled, and the six rules that make a verdict of them.

use super::bits::Bits;
use super::cells::{Cells, deciding};
use super::truth::{Model, Truth};
use crate::link::Catalog;
use crate::model::{ListKind, TradeOffBody, Verdict};

/// Which rule gave a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Some not-when holds: skip.
    NotWhen,
    /// Some reason to wait holds: wait.
    Later,
    /// No trigger holds: open while one is unknown, else wait.
    NoTrigger,
    /// Timing is staged: adopt if all conditions to activate hold, else prepare.
    Staged,
    /// Some reason to act now holds, or none is needed: adopt.
    Now,
    /// Relevant, and nothing presses: consider.
    NothingPresses,
    /// No rule can say so yet, but whatever the unknown facts are, it comes to this.
    EveryCompletion,
}

impl Rule {
    pub const ALL: [Rule; 7] = [
        Rule::NotWhen,
        Rule::Later,
        Rule::NoTrigger,
        Rule::Staged,
        Rule::Now,
        Rule::NothingPresses,
        Rule::EveryCompletion,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Rule::NotWhen => "not-when",
            Rule::Later => "later",
            Rule::NoTrigger => "no-trigger",
            Rule::Staged => "staged",
            Rule::Now => "now",
            Rule::NothingPresses => "nothing-presses",
            Rule::EveryCompletion => "every-completion",
        }
    }
}

/// A capability's conditions, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// One formula for each of `statements`.
    pub model: Model,
    /// The deciding statements: list and place in it, in declared order.
    pub statements: Vec<(ListKind, usize)>,
    /// The statements of each list.
    pub lists: [(ListKind, Bits); 5],
    pub shape: Shape,
    /// One formula for each condition of the trade-off's rows.
    pub options: Model,
    /// Row of the trade-off and place in its `use_when` (0 for the condition of a free-column row).
    pub option_statements: Vec<(usize, usize)>,
}

/// What the rules need to know of a capability beside its statements' truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// False: no trigger has a condition; guidance only.
    pub decides: bool,
    pub staged: bool,
    /// `now` has conditions.
    pub now: bool,
    /// `activate_when` has conditions.
    pub activate_when: bool,
}

impl Rules {
    /// Compiles the capability at a place. `cells` are those of every fact of the catalog.
    pub fn of(catalog: &Catalog, capability: usize, cells: &[Cells]) -> Rules {
        let capability = &catalog.capabilities[capability];
        let mut statements = Vec::new();
        let mut exprs = Vec::new();
        for (list, place, condition) in deciding(capability) {
            statements.push((list, place));
            exprs.push(&condition.expr);
        }
        let has = |kind: ListKind| statements.iter().any(|(list, _)| *list == kind);
        let shape = Shape {
            decides: has(ListKind::Trigger),
            staged: capability.is_staged(),
            now: has(ListKind::Now),
            activate_when: has(ListKind::ActivateWhen),
        };
        let lists = [ListKind::Trigger, ListKind::Now, ListKind::ActivateWhen, ListKind::Later, ListKind::NotWhen]
            .map(|list| (list, Bits::from_fn(statements.len(), |n| statements[n].0 == list)));
        let mut option_statements = Vec::new();
        let mut option_exprs = Vec::new();
        match capability.trade_off.as_ref().map(|t| &t.body) {
            Some(TradeOffBody::Options(rows)) => {
                for (row, option) in rows.iter().enumerate() {
                    for (place, statement) in option.use_when.iter().enumerate() {
                        if let Some(condition) = &statement.when {
                            option_statements.push((row, place));
                            option_exprs.push(&condition.expr);
                        }
                    }
                }
            }
            Some(TradeOffBody::Columns { rows, .. }) => {
                for (row, columns) in rows.iter().enumerate() {
                    if let Some(condition) = &columns.when {
                        option_statements.push((row, 0));
                        option_exprs.push(&condition.expr);
                    }
                }
            }
            None => {}
        }
        Rules {
            model: Model::new(&catalog.facts, cells, exprs),
            statements,
            lists,
            shape,
            options: Model::new(&catalog.facts, cells, option_exprs),
            option_statements,
        }
    }

    /// The list of a statement.
    pub fn list(&self, statement: usize) -> ListKind {
        self.statements[statement].0
    }

    /// The statements of a list with this truth.
    pub fn with<'a>(&'a self, truths: &'a [Truth], list: ListKind, truth: Truth) -> impl Iterator<Item = usize> + 'a {
        (0..self.statements.len()).filter(move |&n| self.list(n) == list && truths[n] == truth)
    }

    /// The six rules on what is known.
    pub fn apply(&self, truths: &[Truth]) -> (Verdict, Rule) {
        let some = |list, truth| self.with(truths, list, truth).next().is_some();
        if some(ListKind::NotWhen, Truth::True) {
            (Verdict::Skip, Rule::NotWhen)
        } else if some(ListKind::Later, Truth::True) {
            (Verdict::Wait, Rule::Later)
        } else if !some(ListKind::Trigger, Truth::True) {
            let open = some(ListKind::Trigger, Truth::Unknown);
            (if open { Verdict::Open } else { Verdict::Wait }, Rule::NoTrigger)
        } else if self.shape.staged {
            let all = self.shape.activate_when
                && !some(ListKind::ActivateWhen, Truth::False)
                && !some(ListKind::ActivateWhen, Truth::Unknown);
            (if all { Verdict::Adopt } else { Verdict::Prepare }, Rule::Staged)
        } else if !self.shape.now || some(ListKind::Now, Truth::True) {
            (Verdict::Adopt, Rule::Now)
        } else {
            (Verdict::Consider, Rule::NothingPresses)
        }
    }
}

/// A set of verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Verdicts(u8);

impl Verdicts {
    pub fn insert(&mut self, verdict: Verdict) {
        self.0 |= 1 << verdict as u8;
    }

    pub fn has(self, verdict: Verdict) -> bool {
        self.0 >> verdict as u8 & 1 == 1
    }

    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// In the order in which readers see them.
    pub fn iter(self) -> impl Iterator<Item = Verdict> {
        Verdict::ALL.into_iter().filter(move |v| self.has(*v))
    }

    pub fn first(self) -> Option<Verdict> {
        self.iter().next()
    }
}
