//! Conditions that hang together so closely that nobody can look at all their cells.

use std::collections::BTreeMap;

use super::cells::{Cells, conditions_of, leaves_of};
use super::possible::{Possible, Search};
use super::rules::Rules;
use super::truth::{MOST_WORK, Truth};
use super::var::MOST_MEMBERS;
use crate::link::Catalog;
use crate::model::FactType;
use crate::model::condition::FactIx;

/// A capability whose conditions have more cells than can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooManyCells {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    /// The facts that hang together, in declared order.
    pub facts: Vec<FactIx>,
    /// True if this capability alone could be looked at, and only what the site has together cannot.
    pub of_the_site: bool,
}

/// The most work of a whole site, beside [`EASY`] for each capability: they are judged time and again, and all of them at
/// once. A site may have any number of capabilities that are easy on average.
const MOST_WORK_OF_A_SITE: u64 = 5 * MOST_WORK;

/// The work of a capability that is easy: five times as much as a usual one with a dozen conditions takes at most.
const EASY: u64 = MOST_WORK / 200;

/// Capabilities whose assessment would take too long, with nothing known: a set of which too many members are
/// mentioned, statements that share too many facts to look at each cell of them, or more statements than can be held
/// against each other. An assessment is exact only for a catalog that has none.
pub fn too_many_cells(catalog: &Catalog) -> Vec<TooManyCells> {
    let cells = Cells::of_all(catalog);
    let most = MOST_WORK_OF_A_SITE + EASY * catalog.capabilities.len() as u64;
    let (mut own, mut together, mut spent) = (Vec::new(), Vec::new(), 0);
    for capability in 0..catalog.capabilities.len() {
        let work = work(catalog, capability, &cells);
        spent += work.all;
        let (too_much, hard) = (work.is_too_much(), work.all > EASY);
        let found = |of_the_site| TooManyCells { capability, facts: work.facts, of_the_site };
        if too_much {
            own.push(found(false));
        } else if hard {
            together.push(found(true));
        }
        // Enough is known: to find out about the others would take as long again.
        if spent > most {
            return if own.is_empty() { together } else { own };
        }
    }
    own
}

/// What looking at all cells of a capability costs, in leaves of conditions.
struct Work {
    /// At least [`MOST_WORK`] where one part alone is too much.
    most: u64,
    all: u64,
    /// What its most laborious part reads, in declared order.
    facts: Vec<FactIx>,
}

impl Work {
    /// True where nobody can look at all of it, whatever else the site has.
    fn is_too_much(&self) -> bool {
        self.most >= MOST_WORK || self.all >= MOST_WORK_OF_A_SITE
    }

    fn add(&mut self, work: u64, facts: impl IntoIterator<Item = FactIx>) {
        self.all += work;
        if work >= self.most {
            self.most = work;
            self.facts = facts.into_iter().collect();
            self.facts.sort_unstable();
            self.facts.dedup();
        }
    }
}

/// Stops where it is too much.
fn work(catalog: &Catalog, capability: usize, cells: &[Cells]) -> Work {
    let mut work = Work { most: 0, all: 0, facts: Vec::new() };
    let sets = large_sets(catalog, capability);
    if !sets.is_empty() {
        work.add(MOST_WORK, sets);
        return work;
    }
    let (cut, read) = cutting(catalog, capability, cells);
    work.add(cut, read);
    if work.is_too_much() {
        return work;
    }
    let rules = Rules::of(catalog, capability, cells);
    for model in [&rules.model, &rules.options] {
        // Each statement is tried, and each class of each fact, and then the others are looked at again.
        let tried = model.formulas.len() + model.vars.iter().map(|var| var.classes).sum::<usize>();
        let leaves: u64 = model.formulas.iter().map(|formula| formula.leaves).sum();
        work.add(tried as u64 * leaves, model.vars.iter().map(|var| var.fact));
        let known = model.unknown();
        for (n, formula) in model.formulas.iter().enumerate() {
            work.add(model.work(n, &known), formula.vars.iter().map(|&var| model.vars[var].fact));
            if work.is_too_much() {
                return work;
            }
        }
    }
    let known = rules.model.unknown();
    let truths: Vec<Truth> = (0..rules.statements.len()).map(|n| rules.model.truth(n, &known)).collect();
    let mut search = Search::new(&rules, &known);
    for component in Possible::of(&rules, &known, &truths).components {
        let vars = component.statements.iter().flat_map(|n| &rules.model.formulas[n].vars);
        work.add(search.work(&component.statements), vars.map(|&var| rules.model.vars[var].fact));
        if work.is_too_much() {
            break;
        }
    }
    work
}

/// What it costs to make the rules of a capability: each leaf looks at each cell of its fact, and, where they are many,
/// is held against the others. With the facts.
fn cutting(catalog: &Catalog, capability: usize, cells: &[Cells]) -> (u64, Vec<FactIx>) {
    let mut of_fact: BTreeMap<FactIx, u64> = BTreeMap::new();
    for condition in conditions_of(&catalog.capabilities[capability]) {
        leaves_of(&condition.expr, &mut |leaf| {
            if let Some(fact) = leaf.fact() {
                *of_fact.entry(fact).or_default() += 1;
            }
        });
    }
    let all: u64 = of_fact.values().sum();
    let cut = of_fact.iter().map(|(fact, leaves)| match &cells[fact.0] {
        // A model has cells of its own for a set.
        Cells::Set { .. } => 0,
        cells => leaves * cells.count() as u64,
    });
    (cut.sum::<u64>() / 4 + all * all / 4, of_fact.into_keys().collect())
}

/// Sets of which one capability mentions more members than a model can hold.
fn large_sets(catalog: &Catalog, capability: usize) -> Vec<FactIx> {
    let mut leaves = Vec::new();
    for condition in conditions_of(&catalog.capabilities[capability]) {
        leaves_of(&condition.expr, &mut |leaf| leaves.push(leaf));
    }
    let is_large = |fact: &FactIx| {
        let own: Vec<_> = leaves.iter().copied().filter(|leaf| leaf.fact() == Some(*fact)).collect();
        matches!(Cells::cut(catalog.fact(*fact), &own), Cells::Set { members, .. } if members.len() > MOST_MEMBERS)
    };
    let mut facts: Vec<FactIx> = leaves.iter().filter_map(|leaf| leaf.fact()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts.retain(|fact| catalog.fact(*fact).fact_type == FactType::Choices && is_large(fact));
    facts
}
