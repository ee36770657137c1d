//! Conditions that hang together so closely that nobody can look at all their cells.

use super::cells::{Cells, conditions_of, leaves_of};
use super::possible::{Possible, Search};
use super::rules::Rules;
use super::truth::Truth;
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
}

/// Capabilities whose assessment would take too long, with nothing known: a set of which too many members are
/// mentioned, or statements that share so many facts that a component takes over 100,000 nodes. An assessment is exact
/// only for a catalog that has none.
pub fn too_many_cells(catalog: &Catalog) -> Vec<TooManyCells> {
    let cells = Cells::of_all(catalog);
    let mut found = Vec::new();
    for capability in 0..catalog.capabilities.len() {
        let sets = large_sets(catalog, capability);
        if !sets.is_empty() {
            found.push(TooManyCells { capability, facts: sets });
            continue;
        }
        let rules = Rules::of(catalog, capability, &cells);
        let mut add = |vars: Vec<FactIx>| {
            let mut facts = vars;
            facts.sort_unstable();
            facts.dedup();
            found.push(TooManyCells { capability, facts });
        };
        for model in [&rules.model, &rules.options] {
            let known = model.unknown();
            for (n, formula) in model.formulas.iter().enumerate() {
                if model.is_too_large(n, &known) {
                    add(formula.vars.iter().map(|&var| model.vars[var].fact).collect());
                }
            }
        }
        // A statement that is too large for itself is reported; the components then treat it as undecided.
        let known = rules.model.unknown();
        let truths: Vec<Truth> = (0..rules.statements.len()).map(|n| rules.model.truth(n, &known)).collect();
        let mut search = Search::new(&rules, &known);
        for component in Possible::of(&rules, &known, &truths).components {
            if search.is_too_long(&component.statements) {
                let vars = component.statements.iter().flat_map(|n| &rules.model.formulas[n].vars);
                add(vars.map(|&var| rules.model.vars[var].fact).collect());
            }
        }
    }
    found
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
