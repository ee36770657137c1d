//! The verdicts over all completions of what is known, exactly.
//!
//! A completion decides every statement. What the six rules need of it is its *outcome*: some not-when holds; else
//! some reason to wait does; else whether some trigger holds, some reason to act now holds, and some condition to
//! activate fails. Statements that share an unknown fact, directly or through others, form a component; each component
//! yields the outcomes it can produce, and components combine, because each contributes on its own.

use std::cmp::Reverse;

use super::rules::{Rules, Shape, Verdicts};
use super::truth::{Known, MOST_NODES, Truth};
use crate::model::{ListKind, Verdict};

/// One outcome: `SKIP`, `LATER`, or a sum of the three flags below.
type Outcome = u8;

const TRIGGER: Outcome = 1;
const NOW: Outcome = 2;
const NOT_ACTIVE: Outcome = 4;
const LATER: Outcome = 8;
const SKIP: Outcome = 9;

/// A set of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Outcomes(u16);

impl Outcomes {
    /// What no statement contributes to.
    pub const NEUTRAL: Outcomes = Outcomes(1);

    fn one(outcome: Outcome) -> Outcomes {
        Outcomes(1 << outcome)
    }

    fn iter(self) -> impl Iterator<Item = Outcome> {
        (0..=SKIP).filter(move |n| self.0 >> n & 1 == 1)
    }

    /// Every outcome of the one with every outcome of the other.
    pub fn combine(self, other: Outcomes) -> Outcomes {
        if self == Outcomes::NEUTRAL {
            return other;
        }
        if other == Outcomes::NEUTRAL {
            return self;
        }
        let mut all = Outcomes::default();
        for a in self.iter() {
            for b in other.iter() {
                all.0 |= 1 << join(a, b);
            }
        }
        all
    }

    /// The verdicts of the outcomes.
    pub fn verdicts(self, shape: Shape) -> Verdicts {
        let mut verdicts = Verdicts::default();
        for outcome in self.iter() {
            verdicts.insert(match outcome {
                SKIP => Verdict::Skip,
                LATER => Verdict::Wait,
                _ if outcome & TRIGGER == 0 => Verdict::Wait,
                _ if shape.staged && shape.activate_when && outcome & NOT_ACTIVE == 0 => Verdict::Adopt,
                _ if shape.staged => Verdict::Prepare,
                _ if !shape.now || outcome & NOW != 0 => Verdict::Adopt,
                _ => Verdict::Consider,
            });
        }
        verdicts
    }
}

/// What two parts come to together: a not-when outranks a reason to wait, which outranks the rest.
fn join(a: Outcome, b: Outcome) -> Outcome {
    if a.max(b) >= LATER { a.max(b) } else { a | b }
}

/// What a decided statement contributes.
fn contribution(list: ListKind, truth: Truth) -> Outcome {
    match (list, truth) {
        (ListKind::NotWhen, Truth::True) => SKIP,
        (ListKind::Later, Truth::True) => LATER,
        (ListKind::Trigger, Truth::True) => TRIGGER,
        (ListKind::Now, Truth::True) => NOW,
        (ListKind::ActivateWhen, Truth::False) => NOT_ACTIVE,
        _ => 0,
    }
}

/// Statements that share unknown facts, and the outcomes they can produce together.
#[derive(Debug, Clone)]
pub(crate) struct Component {
    /// Undecided statements that can still matter to the verdict.
    pub statements: Vec<usize>,
    pub outcomes: Outcomes,
}

/// Everything that can still become of a capability.
#[derive(Debug, Clone)]
pub(crate) struct Possible {
    /// What the decided statements come to.
    pub decided: Outcomes,
    pub components: Vec<Component>,
    pub verdicts: Verdicts,
}

impl Possible {
    /// Looks at all completions. `truths` are the exact truths of the statements.
    pub fn of(rules: &Rules, known: &Known, truths: &[Truth]) -> Possible {
        let base = (0..truths.len()).fold(0, |base, n| join(base, contribution(rules.list(n), truths[n])));
        let no_trigger = rules.with(truths, ListKind::Trigger, Truth::True).next().is_none()
            && rules.with(truths, ListKind::Trigger, Truth::Unknown).next().is_none();
        let open = |&n: &usize| truths[n] == Truth::Unknown && matters(rules.list(n), base, no_trigger);
        let statements: Vec<usize> = (0..truths.len()).filter(open).collect();
        let mut search = Search::new(rules, known);
        let decided = Outcomes::one(base);
        let mut all = decided;
        let components = search
            .split(&statements)
            .into_iter()
            .map(|statements| {
                let outcomes = search.undecided(&statements);
                all = all.combine(outcomes);
                Component { statements, outcomes }
            })
            .collect();
        Possible { decided, components, verdicts: all.verdicts(rules.shape) }
    }

    /// What everything but one component comes to.
    pub fn beside(&self, component: usize) -> Outcomes {
        let others = self.components.iter().enumerate().filter(|(n, _)| *n != component);
        others.fold(self.decided, |all, (_, c)| all.combine(c.outcomes))
    }
}

/// Whether an undecided statement of a list can change what the others come to.
fn matters(list: ListKind, base: Outcome, no_trigger: bool) -> bool {
    match list {
        ListKind::NotWhen => base != SKIP,
        _ if base >= LATER || no_trigger => false,
        ListKind::Trigger => base & TRIGGER == 0,
        ListKind::Now => base & NOW == 0,
        ListKind::ActivateWhen => base & NOT_ACTIVE == 0,
        _ => true,
    }
}

/// A walk over the completions of some statements, fact by fact. Where one walk visits more than [`MOST_NODES`], the
/// outcomes are a bound rather than exact; that happens only with catalogs that `too_many_cells` refuses.
pub(crate) struct Search<'a> {
    rules: &'a Rules,
    known: &'a Known,
    /// The class of each fixed variable, `usize::MAX` for the others.
    pub fixed: Vec<usize>,
    /// How many nodes the walk may still visit.
    nodes: u64,
}

impl<'a> Search<'a> {
    pub fn new(rules: &'a Rules, known: &'a Known) -> Self {
        Search { rules, known, fixed: vec![usize::MAX; rules.model.vars.len()], nodes: MOST_NODES }
    }

    /// True if the last walk was cut short.
    pub fn is_spent(&self) -> bool {
        self.nodes == 0
    }

    /// The outcomes of statements of which each is known to be undecided, and which hang together.
    pub fn undecided(&mut self, statements: &[usize]) -> Outcomes {
        self.nodes = MOST_NODES;
        match statements {
            [] => Outcomes::NEUTRAL,
            [one] => {
                let list = self.rules.list(*one);
                let (yes, no) = (contribution(list, Truth::True), contribution(list, Truth::False));
                Outcomes(1 << yes | 1 << no)
            }
            _ => self.branch(statements, 0),
        }
    }

    /// The outcomes of a component of which less is open than when it was made.
    pub fn again(&mut self, component: &Component) -> Outcomes {
        self.nodes = MOST_NODES;
        self.outcomes(&component.statements, 0)
    }

    /// The outcomes of a component with one variable fixed to a class.
    pub fn with_fixed(&mut self, component: &Component, var: usize, class: usize) -> Outcomes {
        self.fixed[var] = class;
        let outcomes = self.again(component);
        self.fixed[var] = usize::MAX;
        outcomes
    }

    /// The outcomes of statements with what is fixed, on top of what is decided already.
    fn outcomes(&mut self, statements: &[usize], base: Outcome) -> Outcomes {
        self.nodes = self.nodes.saturating_sub(1);
        let mut base = base;
        let mut open: Vec<usize> = Vec::with_capacity(statements.len());
        for &n in statements {
            let root = &self.rules.model.formulas[n].root;
            match self.rules.model.kleene(root, self.known, &self.fixed) {
                Truth::Unknown => open.push(n),
                truth => base = join(base, contribution(self.rules.list(n), truth)),
            }
        }
        open.retain(|&n| matters(self.rules.list(n), base, false));
        match open[..] {
            [] => Outcomes::one(base),
            [one] if self.rules.model.formulas[one].read_once => {
                // Kleene is exact here: it can hold, and it can fail.
                let list = self.rules.list(one);
                let ends = [Truth::True, Truth::False].map(|truth| join(base, contribution(list, truth)));
                Outcomes(1 << ends[0] | 1 << ends[1])
            }
            [_] => self.branch(&open, base),
            [one, two] if self.share(one, two) => self.branch(&open, base),
            _ => {
                let parts = self.split(&open);
                match &parts[..] {
                    [_] => self.branch(&open, base),
                    parts => parts.iter().fold(Outcomes::one(base), |all, part| {
                        let outcomes = self.outcomes(part, 0);
                        all.combine(outcomes)
                    }),
                }
            }
        }
    }

    /// Fixes the variable that most of the statements read, to each remaining class in turn.
    fn branch(&mut self, statements: &[usize], base: Outcome) -> Outcomes {
        let Some(var) = self.busiest(statements) else { return Outcomes::one(base) };
        let limit = self.limit(statements, base);
        if self.is_spent() {
            return limit;
        }
        let mut all = Outcomes::default();
        let known = self.known;
        for class in known.remaining[var].iter() {
            self.fixed[var] = class;
            all.0 |= self.outcomes(statements, base).0;
            if all == limit {
                break;
            }
        }
        self.fixed[var] = usize::MAX;
        all
    }

    fn is_open(&self, var: usize) -> bool {
        self.fixed[var] == usize::MAX && !self.known.is_fixed(var)
    }

    /// The open variable that most of the statements read; the first of several.
    fn busiest(&self, statements: &[usize]) -> Option<usize> {
        let formulas = &self.rules.model.formulas;
        let readers = |var: usize| statements.iter().filter(|&&n| formulas[n].vars.contains(&var)).count();
        let open = statements.iter().flat_map(|&n| &formulas[n].vars).copied().filter(|&var| self.is_open(var));
        open.min_by_key(|&var| (Reverse(readers(var)), var))
    }

    /// True if two statements read an open variable both.
    fn share(&self, a: usize, b: usize) -> bool {
        let formulas = &self.rules.model.formulas;
        formulas[a].vars.iter().any(|var| self.is_open(*var) && formulas[b].vars.contains(var))
    }

    /// More than this cannot come out: every combination of the lists that are open.
    fn limit(&self, statements: &[usize], base: Outcome) -> Outcomes {
        let mut all = Outcomes::one(base);
        for list in [ListKind::Trigger, ListKind::Now, ListKind::ActivateWhen, ListKind::Later, ListKind::NotWhen] {
            if statements.iter().any(|&n| self.rules.list(n) == list) {
                let (yes, no) = (contribution(list, Truth::True), contribution(list, Truth::False));
                all = all.combine(Outcomes(1 << yes | 1 << no));
            }
        }
        all
    }

    /// Groups of statements that share open variables, in declared order.
    fn split(&self, statements: &[usize]) -> Vec<Vec<usize>> {
        let formulas = &self.rules.model.formulas;
        // For each variable the first statement that reads it; for each statement the group it has joined.
        let mut reader = vec![usize::MAX; self.rules.model.vars.len()];
        let mut group: Vec<usize> = (0..statements.len()).collect();
        for (at, &n) in statements.iter().enumerate() {
            for &var in formulas[n].vars.iter().filter(|&&var| self.is_open(var)) {
                match reader[var] {
                    usize::MAX => reader[var] = at,
                    first => {
                        let (a, b) = (root(&group, first), root(&group, at));
                        group[a.max(b)] = a.min(b);
                    }
                }
            }
        }
        let mut parts: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, &n) in statements.iter().enumerate() {
            let own = root(&group, at);
            match parts.iter_mut().find(|(head, _)| *head == own) {
                Some((_, part)) => part.push(n),
                None => parts.push((own, vec![n])),
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}
