//! Three-valued truth: conditions compiled against the cells of their facts.
//!
//! A [`Model`] holds a few conditions, each in negation normal form, over variables: one a fact, with one class for
//! every set of values that these conditions tell apart. [`Model::kleene`] is the fast path; [`Model::truth`] is exact:
//! it looks at all remaining classes of the condition's own facts.

use super::bits::Bits;
use super::cells::{Cells, leaves_of};
use super::var::Var;
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
    pub const ALL: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

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

/// The most work of one search over cells: the leaves of the conditions that it looks at, and [`NODE`] for each place
/// where it looks. A catalog that needs more is refused by `too_many_cells`; until then, what is not known to be decided
/// counts as unknown.
pub(crate) const MOST_WORK: u64 = 4_000_000;

/// What a place of a search costs beside the leaves that it looks at.
pub(crate) const NODE: u64 = 20;

/// A search took more than [`MOST_WORK`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany;

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
    /// The same as a set.
    pub reads: Bits,
    /// True if no variable occurs twice: then Kleene's logic is exact.
    pub read_once: bool,
    /// How many leaves it has.
    pub leaves: u64,
}

/// A few conditions over the variables that they share.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    pub vars: Vec<Var>,
    pub atoms: Vec<Atom>,
    pub formulas: Vec<Formula>,
    /// For each variable the formulas that read it.
    pub readers: Vec<Bits>,
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
            let vars = model.vars.len();
            let set = Bits::from_fn(vars, |var| reads.binary_search(&var).is_ok());
            let read_once = reads.len() == all;
            model.formulas.push(Formula { root, read_once, vars: reads, reads: set, leaves: all as u64 });
        }
        let read = |var: usize| Bits::from_fn(model.formulas.len(), |n| model.formulas[n].reads.has(var));
        model.readers = (0..model.vars.len()).map(read).collect();
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
    /// matter keep `usize::MAX`. None if there is none. Err if that takes too much work to tell.
    pub fn witness(&self, known: &Known, goals: &[(usize, bool)]) -> Result<Option<Vec<usize>>, TooMany> {
        let mut fixed = vec![usize::MAX; self.vars.len()];
        let mut left = MOST_WORK;
        let found = self.search(known, goals, &mut fixed, &mut left);
        if left == 0 { Err(TooMany) } else { Ok(found.then_some(fixed)) }
    }

    fn search(&self, known: &Known, goals: &[(usize, bool)], fixed: &mut [usize], left: &mut u64) -> bool {
        *left = left.saturating_sub(NODE);
        let mut open = None;
        for &(n, holds) in goals {
            *left = left.saturating_sub(self.formulas[n].leaves);
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
            if *left > 0 && self.search(known, goals, fixed, left) {
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
                self.branch(formula, known, &mut vec![usize::MAX; self.vars.len()], 0, &mut { MOST_WORK })
            }
            truth => truth,
        }
    }

    /// The work of finding the exact truth of a formula: [`MOST_WORK`] if that is not enough.
    pub fn work(&self, formula: usize, known: &Known) -> u64 {
        let formula = &self.formulas[formula];
        let mut left = MOST_WORK;
        if !formula.read_once {
            self.branch(formula, known, &mut vec![usize::MAX; self.vars.len()], 0, &mut left);
        }
        MOST_WORK - left
    }

    /// Fixes the formula's variables in turn, until it is decided or both truths have been seen.
    fn branch(&self, formula: &Formula, known: &Known, fixed: &mut [usize], depth: usize, left: &mut u64) -> Truth {
        *left = left.saturating_sub(NODE + formula.leaves);
        let truth = self.kleene(&formula.root, known, fixed);
        if truth.is_known() || *left == 0 {
            return truth;
        }
        let Some(&var) = formula.vars.get(depth) else { return truth };
        let mut seen: Option<Truth> = None;
        for class in known.remaining[var].iter() {
            fixed[var] = class;
            let truth = self.branch(formula, known, fixed, depth + 1, left);
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
