//! Three-valued truth: conditions compiled against the cells of their facts.
//!
//! A [`Model`] holds a few conditions, each in negation normal form, over variables: one a fact, with one class for
//! every set of values that these conditions tell apart. [`Model::kleene`] is the fast path; [`Model::truth`] is exact:
//! it looks at all remaining classes of the condition's own facts.

use super::cells::{Cells, Value, leaf_holds, leaves_of};
use super::lanes::LineCell;
use crate::model::condition::FactIx;
use crate::model::{Expr, Fact};

/// Whether a statement holds, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    pub fn name(self) -> &'static str {
        match self {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "unknown",
        }
    }

    pub fn is_known(self) -> bool {
        self != Truth::Unknown
    }

    fn of(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

/// The most members of one set that the conditions of one model may mention.
pub(crate) const MOST_MEMBERS: usize = 16;

/// The most nodes that a search over cells may visit. A catalog that needs more is refused by `too_many_cells`; until
/// then, what is not known to be decided counts as unknown.
pub(crate) const MOST_NODES: u64 = 100_000;

/// A search took more than [`MOST_NODES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany;

/// A set of small numbers: classes of a variable. Up to 64 need no memory of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Bits {
    first: u64,
    more: Vec<u64>,
    len: usize,
}

impl Bits {
    pub fn none(len: usize) -> Bits {
        Bits { first: 0, more: vec![0; len.div_ceil(64).saturating_sub(1)], len }
    }

    pub fn all(len: usize) -> Bits {
        Bits::none(len).not()
    }

    pub fn one(len: usize, n: usize) -> Bits {
        let mut bits = Bits::none(len);
        bits.insert(n);
        bits
    }

    pub fn from_fn(len: usize, mut holds: impl FnMut(usize) -> bool) -> Bits {
        let mut bits = Bits::none(len);
        (0..len).filter(|&n| holds(n)).for_each(|n| bits.insert(n));
        bits
    }

    fn word(&self, place: usize) -> u64 {
        if place == 0 { self.first } else { self.more[place - 1] }
    }

    pub fn insert(&mut self, n: usize) {
        let word = if n < 64 { &mut self.first } else { &mut self.more[n / 64 - 1] };
        *word |= 1 << (n % 64);
    }

    pub fn has(&self, n: usize) -> bool {
        self.word(n / 64) >> (n % 64) & 1 == 1
    }

    pub fn count(&self) -> usize {
        self.words().map(|w| w.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words().all(|w| w == 0)
    }

    pub fn and(&self, other: &Bits) -> Bits {
        self.zip(other, |a, b| a & b)
    }

    pub fn or(&self, other: &Bits) -> Bits {
        self.zip(other, |a, b| a | b)
    }

    pub fn not(&self) -> Bits {
        let mut bits = self.zip(self, |a, _| !a);
        // Nothing beyond the end.
        let inside = |place: usize| match self.len.saturating_sub(place * 64) {
            n if n >= 64 => u64::MAX,
            n => (1 << n) - 1,
        };
        bits.first &= inside(0);
        bits.more.iter_mut().enumerate().for_each(|(n, word)| *word &= inside(n + 1));
        bits
    }

    pub fn meets(&self, other: &Bits) -> bool {
        self.words().zip(other.words()).any(|(a, b)| a & b != 0)
    }

    pub fn is_within(&self, other: &Bits) -> bool {
        self.words().zip(other.words()).all(|(a, b)| a & !b == 0)
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words().enumerate().flat_map(|(place, word)| {
            std::iter::successors((word != 0).then_some(word), |w| Some(w & (w - 1)).filter(|w| *w != 0))
                .map(move |w| place * 64 + w.trailing_zeros() as usize)
        })
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    fn zip(&self, other: &Bits, join: impl Fn(u64, u64) -> u64) -> Bits {
        let more = self.more.iter().zip(&other.more).map(|(a, b)| join(*a, *b)).collect();
        Bits { first: join(self.first, other.first), more, len: self.len }
    }
}

/// A fact as the conditions of a model see it.
#[derive(Debug, Clone)]
pub(crate) struct Var {
    pub fact: FactIx,
    pub values: Classes,
    /// How many classes there are.
    pub classes: usize,
}

/// What the classes of a variable stand for.
#[derive(Debug, Clone)]
pub(crate) enum Classes {
    /// The cells of the line, and the class of each.
    Ordered { cells: Vec<LineCell>, class: Vec<usize> },
    /// Class 0 is "no", class 1 is "yes".
    Boolean,
    /// The class of every option.
    Choice { class: Vec<usize> },
    /// Class n holds the members whose bit is set in n. Where `split`, class 0 is "none", and the last class is "none
    /// of the members but something else"; otherwise class 0 is both.
    Set { members: Vec<usize>, split: bool },
}

/// A leaf of a condition: a test of one variable.
#[derive(Debug, Clone)]
pub(crate) struct Atom {
    pub var: usize,
    /// The classes for which it holds.
    pub holds: Bits,
}

/// A condition in negation normal form.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Leaf { atom: usize, positive: bool },
    And(Vec<Node>),
    Or(Vec<Node>),
}

/// One compiled condition.
#[derive(Debug, Clone)]
pub(crate) struct Formula {
    pub root: Node,
    /// The variables it reads, each once, ascending.
    pub vars: Vec<usize>,
    /// True if no variable occurs twice: then Kleene's logic is exact.
    pub read_once: bool,
}

/// A few conditions over the variables that they share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub vars: Vec<Var>,
    pub atoms: Vec<Atom>,
    pub formulas: Vec<Formula>,
}

/// What is known of each variable of a model: the classes that remain, none of them empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub remaining: Vec<Bits>,
    /// The truth of each atom over the remaining classes of its variable.
    atoms: Vec<Truth>,
}

impl Known {
    /// True if one class remains of a variable.
    pub fn is_fixed(&self, var: usize) -> bool {
        self.remaining[var].count() == 1
    }
}

impl Model {
    /// Compiles conditions. `cells` are the cells of every fact, cut by at least these conditions.
    pub fn new<'a>(facts: &[Fact], cells: &[Cells], exprs: impl IntoIterator<Item = &'a Expr<FactIx>>) -> Model {
        let exprs: Vec<&Expr<FactIx>> = exprs.into_iter().collect();
        let mut leaves: Vec<(FactIx, Vec<&Expr<FactIx>>)> = Vec::new();
        for expr in &exprs {
            leaves_of(expr, &mut |leaf| {
                let Some(fact) = leaf.fact() else { return };
                match leaves.iter_mut().find(|(f, _)| *f == fact) {
                    Some((_, list)) if list.iter().any(|l| same_leaf(l, leaf)) => {}
                    Some((_, list)) => list.push(leaf),
                    None => leaves.push((fact, vec![leaf])),
                }
            });
        }
        leaves.sort_by_key(|(fact, _)| *fact);
        let mut model = Model::default();
        let mut of_leaf: Vec<(&Expr<FactIx>, usize)> = Vec::new();
        for (fact, leaves) in leaves {
            let (var, tables) = Var::new(fact, &facts[fact.0], &cells[fact.0], &leaves);
            for (leaf, holds) in leaves.into_iter().zip(tables) {
                of_leaf.push((leaf, model.atoms.len()));
                model.atoms.push(Atom { var: model.vars.len(), holds });
            }
            model.vars.push(var);
        }
        let atom = |leaf: &Expr<FactIx>| {
            of_leaf.iter().find(|(l, _)| same_leaf(l, leaf)).expect("every leaf was collected above").1
        };
        for expr in exprs {
            let root = normal_form(expr, true, &atom);
            let mut reads = Vec::new();
            root.each_leaf(&mut |atom, _| reads.push(model.atoms[atom].var));
            reads.sort_unstable();
            let all = reads.len();
            reads.dedup();
            model.formulas.push(Formula { root, read_once: reads.len() == all, vars: reads });
        }
        model
    }

    /// Nothing known.
    pub fn unknown(&self) -> Known {
        self.known(self.vars.iter().map(|v| Bits::all(v.classes)).collect())
    }

    /// These classes remain, for each variable.
    pub fn known(&self, remaining: Vec<Bits>) -> Known {
        let atoms = self.atoms.iter().map(|atom| atom.truth(&remaining)).collect();
        Known { remaining, atoms }
    }

    /// The same knowledge with another set of remaining classes for one variable.
    pub fn set(&self, known: &mut Known, var: usize, remaining: Bits) {
        known.remaining[var] = remaining;
        for (atom, truth) in self.atoms.iter().zip(&mut known.atoms).filter(|(atom, _)| atom.var == var) {
            *truth = atom.truth(&known.remaining);
        }
    }

    /// The variable of a fact.
    pub fn var(&self, fact: FactIx) -> Option<usize> {
        self.vars.binary_search_by_key(&fact, |v| v.fact).ok()
    }

    /// Kleene's truth of a node, with some variables fixed to a class (`usize::MAX`: not fixed).
    pub fn kleene(&self, node: &Node, known: &Known, fixed: &[usize]) -> Truth {
        node.kleene(&|n| {
            let Atom { var, holds } = &self.atoms[n];
            match fixed[*var] {
                usize::MAX => known.atoms[n],
                class => Truth::of(holds.has(class)),
            }
        })
    }

    /// Kleene's truth of a node on what is known.
    fn kleene_known(&self, node: &Node, known: &Known) -> Truth {
        node.kleene(&|n| known.atoms[n])
    }

    /// A class of each variable with which every formula of `goals` holds (true) or fails (false); variables that do not
    /// matter keep `usize::MAX`. None if there is none. Err if that takes too many nodes to tell.
    pub fn witness(&self, known: &Known, goals: &[(usize, bool)]) -> Result<Option<Vec<usize>>, TooMany> {
        let mut fixed = vec![usize::MAX; self.vars.len()];
        let mut nodes = MOST_NODES;
        let found = self.search(known, goals, &mut fixed, &mut nodes);
        if nodes == 0 { Err(TooMany) } else { Ok(found.then_some(fixed)) }
    }

    fn search(&self, known: &Known, goals: &[(usize, bool)], fixed: &mut [usize], nodes: &mut u64) -> bool {
        *nodes = nodes.saturating_sub(1);
        let mut open = None;
        for &(n, holds) in goals {
            match self.kleene(&self.formulas[n].root, known, fixed) {
                Truth::Unknown => open = open.or(Some(n)),
                truth if truth == Truth::of(holds) => {}
                _ => return false,
            }
        }
        let Some(open) = open else { return true };
        let free = |&&var: &&usize| fixed[var] == usize::MAX && !known.is_fixed(var);
        let Some(&var) = self.formulas[open].vars.iter().find(free) else { return true };
        for class in known.remaining[var].iter() {
            fixed[var] = class;
            if *nodes > 0 && self.search(known, goals, fixed, nodes) {
                return true;
            }
        }
        fixed[var] = usize::MAX;
        false
    }

    /// The exact truth of a formula over every remaining class of its variables.
    pub fn truth(&self, formula: usize, known: &Known) -> Truth {
        let formula = &self.formulas[formula];
        match self.kleene_known(&formula.root, known) {
            Truth::Unknown if !formula.read_once => {
                self.branch(formula, known, &mut vec![usize::MAX; self.vars.len()], 0, &mut { MOST_NODES })
            }
            truth => truth,
        }
    }

    /// True if finding the exact truth of a formula runs out of nodes.
    pub fn is_too_large(&self, formula: usize, known: &Known) -> bool {
        let formula = &self.formulas[formula];
        let mut nodes = MOST_NODES;
        if !formula.read_once {
            self.branch(formula, known, &mut vec![usize::MAX; self.vars.len()], 0, &mut nodes);
        }
        nodes == 0
    }

    /// Fixes the formula's variables in turn, until it is decided or both truths have been seen.
    fn branch(&self, formula: &Formula, known: &Known, fixed: &mut [usize], depth: usize, nodes: &mut u64) -> Truth {
        *nodes = nodes.saturating_sub(1);
        let truth = self.kleene(&formula.root, known, fixed);
        if truth.is_known() || *nodes == 0 {
            return truth;
        }
        let Some(&var) = formula.vars.get(depth) else { return truth };
        let mut seen: Option<Truth> = None;
        for class in known.remaining[var].iter() {
            fixed[var] = class;
            let truth = self.branch(formula, known, fixed, depth + 1, nodes);
            if truth == Truth::Unknown || seen.is_some_and(|seen| seen != truth) {
                seen = Some(Truth::Unknown);
                break;
            }
            seen = Some(truth);
        }
        fixed[var] = usize::MAX;
        seen.unwrap_or(Truth::Unknown)
    }
}

impl Atom {
    fn truth(&self, remaining: &[Bits]) -> Truth {
        let remaining = &remaining[self.var];
        match (remaining.meets(&self.holds), remaining.is_within(&self.holds)) {
            (_, true) => Truth::True,
            (true, false) => Truth::Unknown,
            (false, false) => Truth::False,
        }
    }
}

impl Node {
    fn kleene(&self, atom: &impl Fn(usize) -> Truth) -> Truth {
        match self {
            Node::Leaf { atom: n, positive } => match (atom(*n), positive) {
                (Truth::Unknown, _) => Truth::Unknown,
                (truth, true) => truth,
                (truth, false) => Truth::of(truth == Truth::False),
            },
            Node::And(parts) => Node::decided(parts, atom, Truth::False),
            Node::Or(parts) => Node::decided(parts, atom, Truth::True),
        }
    }

    /// `deciding` if any part is; unknown if any part is; else the opposite.
    fn decided(parts: &[Node], atom: &impl Fn(usize) -> Truth, deciding: Truth) -> Truth {
        let mut truth = Truth::of(deciding == Truth::False);
        for part in parts {
            match part.kleene(atom) {
                part if part == deciding => return deciding,
                Truth::Unknown => truth = Truth::Unknown,
                _ => {}
            }
        }
        truth
    }

    /// Calls `visit` for every leaf, left to right, with its atom and whether it stands unnegated.
    pub fn each_leaf(&self, visit: &mut impl FnMut(usize, bool)) {
        match self {
            Node::Leaf { atom, positive } => visit(*atom, *positive),
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| part.each_leaf(visit)),
        }
    }
}

impl Var {
    /// The variable of a fact, and for each leaf the classes for which it holds.
    fn new(fact_ix: FactIx, fact: &Fact, cells: &Cells, leaves: &[&Expr<FactIx>]) -> (Var, Vec<Bits>) {
        let signature = |value: Value| -> Vec<bool> { leaves.iter().map(|leaf| leaf_holds(leaf, value)).collect() };
        let mut signatures: Vec<Vec<bool>> = Vec::new();
        let mut class_of = |told: Vec<bool>| match signatures.iter().position(|s| *s == told) {
            Some(n) => n,
            None => {
                signatures.push(told);
                signatures.len() - 1
            }
        };
        let values = match cells {
            Cells::Ordered(cells) => {
                let class = cells.iter().map(|cell| class_of(signature(Value::Number(cell.inside())))).collect();
                Classes::Ordered { cells: cells.clone(), class }
            }
            Cells::Boolean { .. } => {
                signatures = vec![signature(Value::Bool(false)), signature(Value::Bool(true))];
                Classes::Boolean
            }
            Cells::Choice(_) => Classes::Choice {
                class: fact.options.iter().map(|o| class_of(signature(Value::Option(&o.id)))).collect(),
            },
            Cells::Set { .. } => {
                let Cells::Set { mut members, other: split } = Cells::cut(fact, leaves) else {
                    unreachable!("the cells of a set are a set's")
                };
                // More than that is refused by `too_many_cells`; until then it must not exhaust the memory.
                members.truncate(MOST_MEMBERS);
                for subset in 0..1usize << members.len() {
                    let inside: Vec<&str> = members
                        .iter()
                        .enumerate()
                        .filter(|(bit, _)| subset >> bit & 1 == 1)
                        .map(|(_, &n)| fact.options[n].id.as_str())
                        .collect();
                    signatures.push(signature(Value::Set { members: &inside, empty: inside.is_empty() }));
                }
                if split {
                    signatures.push(signature(Value::Set { members: &[], empty: false }));
                }
                Classes::Set { members, split }
            }
        };
        let classes = signatures.len().max(1);
        let tables = (0..leaves.len())
            .map(|leaf| Bits::from_fn(classes, |class| signatures.get(class).is_some_and(|s| s[leaf])))
            .collect();
        (Var { fact: fact_ix, values, classes }, tables)
    }
}

impl Var {
    /// One class alone.
    pub fn only(&self, class: usize) -> Bits {
        Bits::one(self.classes, class)
    }

    /// The class of a known set, given as places in `Fact::options`.
    pub fn class_of_set(&self, set: &[usize]) -> usize {
        let Classes::Set { members, split } = &self.values else { return 0 };
        let bits: usize = (0..members.len()).filter(|&bit| set.contains(&members[bit])).map(|bit| 1 << bit).sum();
        if bits == 0 && *split && !set.is_empty() { self.classes - 1 } else { bits }
    }
}

impl LineCell {
    /// A value inside the cell.
    pub(crate) fn inside(&self) -> f64 {
        match (self.min_open, self.max) {
            (false, _) => self.min,
            (true, None) => self.min + 1.0,
            (true, Some(max)) if !self.max_open => max,
            (true, Some(max)) => self.min + (max - self.min) / 2.0,
        }
    }
}

/// Leaves that say the same of the same fact, wherever they are written.
fn same_leaf(a: &Expr<FactIx>, b: &Expr<FactIx>) -> bool {
    match (a, b) {
        (Expr::Is(a), Expr::Is(b)) | (Expr::Empty(a), Expr::Empty(b)) => a == b,
        (Expr::Compare { fact: a, op: p, value: x, .. }, Expr::Compare { fact: b, op: q, value: y, .. }) => {
            a == b && p == q && x == y
        }
        (Expr::In { fact: a, members: x }, Expr::In { fact: b, members: y }) => {
            a == b && x.iter().map(|m| &m.value).eq(y.iter().map(|m| &m.value))
        }
        (Expr::Contains { fact: a, member: x }, Expr::Contains { fact: b, member: y }) => a == b && x.value == y.value,
        _ => false,
    }
}

fn normal_form(expr: &Expr<FactIx>, positive: bool, atom: &impl Fn(&Expr<FactIx>) -> usize) -> Node {
    let parts = |parts: &[Expr<FactIx>]| parts.iter().map(|part| normal_form(part, positive, atom)).collect();
    match (expr, positive) {
        (Expr::Not(part), _) => normal_form(part, !positive, atom),
        (Expr::And(list), true) | (Expr::Or(list), false) => Node::And(parts(list)),
        (Expr::Or(list), true) | (Expr::And(list), false) => Node::Or(parts(list)),
        (leaf, _) => Node::Leaf { atom: atom(leaf), positive },
    }
}
