//! The verdicts over all completions of what is known, exactly.
//!
//! A completion decides every statement. What the six rules need of it is its *outcome*: some not-when holds; else
//! some reason to wait does; else whether some trigger holds, some reason to act now holds, and some condition to
//! activate fails. Statements that share an unknown fact, directly or through others, form a component; each component
//! yields the outcomes it can produce, and components combine, because each contributes on its own.

use std::cmp::Reverse;

use super::bits::Bits;
use super::rules::{Rules, Shape, Verdicts};
use super::truth::{Known, MOST_WORK, NODE, Truth};
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
    /// Whatever there is.
    const ALL: Outcomes = Outcomes((1 << (SKIP + 1)) - 1);

    fn one(outcome: Outcome) -> Outcomes {
        Outcomes(1 << outcome)
    }

    fn is_within(self, other: Outcomes) -> bool {
        self.0 & !other.0 == 0
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
    pub statements: Bits,
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
        let statements = Bits::from_fn(truths.len(), |n| open(&n));
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

/// A walk over the completions of some statements, fact by fact. Where one walk takes more than [`MOST_WORK`], the
/// outcomes are a bound rather than exact; that happens only with catalogs that `too_many_cells` refuses.
pub(crate) struct Search<'a> {
    rules: &'a Rules,
    known: &'a Known,
    /// The class of each fixed variable, `usize::MAX` for the others.
    fixed: Vec<usize>,
    /// The variables that neither knowledge nor the walk has fixed.
    open: Bits,
    /// How much work the walk may still be.
    left: u64,
    /// Visit what can only repeat an outcome too: the walk is then as long as it can be.
    whole: bool,
}

/// What a walk need not find: what it has found already, and what cannot come out.
#[derive(Clone, Copy)]
struct Sought {
    seen: Outcomes,
    /// Nothing but these can come out.
    within: Outcomes,
}

impl Sought {
    const ALL: Sought = Sought { seen: Outcomes(0), within: Outcomes::ALL };
}

impl<'a> Search<'a> {
    pub fn new(rules: &'a Rules, known: &'a Known) -> Self {
        let vars = rules.model.vars.len();
        let open = Bits::from_fn(vars, |var| !known.is_fixed(var));
        Search { rules, known, fixed: vec![usize::MAX; vars], open, left: MOST_WORK, whole: false }
    }

    /// The work of the whole walk over statements, of which each is known to be undecided: [`MOST_WORK`] if that is not
    /// enough.
    pub fn work(&mut self, statements: &Bits) -> u64 {
        self.whole = true;
        self.undecided(statements);
        self.whole = false;
        MOST_WORK - self.left
    }

    /// The outcomes of statements of which each is known to be undecided, and which hang together.
    pub fn undecided(&mut self, statements: &Bits) -> Outcomes {
        self.left = MOST_WORK;
        let mut each = statements.iter();
        match (each.next(), each.next()) {
            (None, _) => Outcomes::NEUTRAL,
            (Some(one), None) => {
                let list = self.rules.list(one);
                let (yes, no) = (contribution(list, Truth::True), contribution(list, Truth::False));
                Outcomes(1 << yes | 1 << no)
            }
            _ => self.branch(statements, 0, Sought::ALL),
        }
    }

    /// The outcomes of a component of which less is open than when it was made.
    pub fn again(&mut self, component: &Component) -> Outcomes {
        self.left = MOST_WORK;
        // Knowing more rules outcomes out, and brings none.
        self.outcomes(&component.statements, 0, Sought { seen: Outcomes(0), within: component.outcomes })
    }

    /// The outcomes of a component with one variable fixed to a class.
    pub fn with_fixed(&mut self, component: &Component, var: usize, class: usize) -> Outcomes {
        self.fix(var, class);
        let outcomes = self.again(component);
        self.free(var);
        outcomes
    }

    /// Fixes an open variable.
    fn fix(&mut self, var: usize, class: usize) {
        self.fixed[var] = class;
        self.open.remove(var);
    }

    fn free(&mut self, var: usize) {
        self.fixed[var] = usize::MAX;
        self.open.insert(var);
    }

    /// The outcomes of statements with what is fixed, on top of what is decided already; perhaps without such as are
    /// not sought.
    fn outcomes(&mut self, statements: &Bits, base: Outcome, sought: Sought) -> Outcomes {
        let leaves: u64 = statements.iter().map(|n| self.rules.model.formulas[n].leaves).sum();
        self.left = self.left.saturating_sub(NODE + leaves);
        let mut base = base;
        let mut open = statements.clone();
        for n in statements.iter() {
            let list = self.rules.list(n);
            let truth = match matters(list, base, false) {
                true => self.rules.model.kleene(&self.rules.model.formulas[n].root, self.known, &self.fixed),
                false => Truth::False,
            };
            if truth.is_known() {
                open.remove(n);
            }
            if truth.is_known() && matters(list, base, false) {
                base = join(base, contribution(list, truth));
            }
        }
        // What was looked at before the base became what it is.
        for n in statements.iter().filter(|&n| !matters(self.rules.list(n), base, false)) {
            open.remove(n);
        }
        let mut each = open.iter();
        let (first, second, third) = (each.next(), each.next(), each.next());
        match (first, second, third) {
            (None, ..) => Outcomes::one(base),
            (Some(one), None, _) if self.rules.model.formulas[one].read_once => {
                // Kleene is exact here: it can hold, and it can fail.
                let list = self.rules.list(one);
                let ends = [Truth::True, Truth::False].map(|truth| join(base, contribution(list, truth)));
                Outcomes(1 << ends[0] | 1 << ends[1])
            }
            (Some(_), None, _) => self.branch(&open, base, sought),
            (Some(first), ..) => {
                let part = self.part(first, &open);
                if part == open {
                    return self.branch(&open, base, sought);
                }
                self.split(&open).iter().fold(Outcomes::one(base), |all, part| {
                    let outcomes = self.outcomes(part, 0, Sought::ALL);
                    all.combine(outcomes)
                })
            }
        }
    }

    /// Fixes the variable that most of the statements read, to each remaining class in turn.
    fn branch(&mut self, statements: &Bits, base: Outcome, sought: Sought) -> Outcomes {
        let Some(var) = self.busiest(statements) else { return Outcomes::one(base) };
        let limit = Outcomes(self.limit(statements, base).0 & sought.within.0);
        if self.left == 0 {
            return limit;
        }
        let mut all = Outcomes::default();
        let known = self.known;
        for class in known.remaining[var].iter() {
            let seen = Outcomes(all.0 | sought.seen.0);
            let enough = if self.whole { all == limit } else { limit.is_within(seen) };
            if enough {
                break;
            }
            self.fix(var, class);
            all.0 |= self.outcomes(statements, base, Sought { seen, ..sought }).0;
            self.free(var);
        }
        all
    }

    /// The open variable that most of the statements read; the first of several.
    fn busiest(&self, statements: &Bits) -> Option<usize> {
        let readers = &self.rules.model.readers;
        let count = |var: usize| readers[var].and(statements).count();
        self.open
            .iter()
            .map(|var| (count(var), var))
            .filter(|(count, _)| *count > 0)
            .min_by_key(|&(count, var)| (Reverse(count), var))
            .map(|(_, var)| var)
    }

    /// More than this cannot come out: every combination of the lists that are open.
    fn limit(&self, statements: &Bits, base: Outcome) -> Outcomes {
        let mut all = Outcomes::one(base);
        for (list, own) in &self.rules.lists {
            if statements.meets(own) {
                let (yes, no) = (contribution(*list, Truth::True), contribution(*list, Truth::False));
                all = all.combine(Outcomes(1 << yes | 1 << no));
            }
        }
        all
    }

    /// Groups of statements that share open variables, by their first statement.
    fn split(&self, statements: &Bits) -> Vec<Bits> {
        let mut rest = statements.clone();
        let mut parts = Vec::new();
        loop {
            let Some(first) = rest.iter().next() else { return parts };
            let part = self.part(first, &rest);
            rest = rest.and(&part.not());
            parts.push(part);
        }
    }

    /// The statements that share open variables with a first one, directly or through others.
    fn part(&self, first: usize, statements: &Bits) -> Bits {
        let formulas = &self.rules.model.formulas;
        let mut part = Bits::one(self.rules.statements.len(), first);
        let mut vars = formulas[first].reads.and(&self.open);
        let mut rest = statements.clone();
        rest.remove(first);
        loop {
            let mut more = false;
            for n in rest.clone().iter() {
                let own = formulas[n].reads.and(&self.open);
                if own.meets(&vars) {
                    vars = vars.or(&own);
                    part.insert(n);
                    rest.remove(n);
                    more = true;
                }
            }
            if !more {
                return part;
            }
        }
    }
}
