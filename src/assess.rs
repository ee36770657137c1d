//! assess: what is worthwhile for one situation. Pure, total, deterministic; no clock, no IO.
//!
//! [`assess`] compiles the catalog's conditions and judges a profile; [`Assessor`] keeps the compiled conditions for
//! whoever judges many profiles. How: `cells` cut each fact's values into cells; `truth` evaluates conditions over
//! the cells that remain; `rules` makes a verdict of a capability's statements; `possible` finds the verdicts of all
//! completions; `judgement` joins the three; `reasons`, `changes`, `together`, `questions`, `options`, `order` say the rest.

mod bits;
pub mod cells;
mod changes;
mod judgement;
mod knowledge;
pub mod lanes;
mod options;
mod order;
mod possible;
mod questions;
mod ratio;
mod reasons;
mod rules;
mod size;
mod together;
pub mod truth;
mod var;
mod ways;

use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Expr, Fact, ListKind, Profile, Verdict};
use cells::Cells;
use changes::View;
use rayon::prelude::*;
use truth::{Known, Model};

pub(crate) use judgement::Judgement;
pub(crate) use knowledge::Knowledge;
pub(crate) use rules::Rules;

pub use changes::{Change, Flip, FlipsTogether, Unless};
pub use knowledge::{Unusable, unusable, unusable_of};
pub use options::{Fit, OptionFit};
pub use questions::Question;
pub use ratio::Ratio;
pub use rules::Rule;
pub use size::{TooManyCells, too_many_cells};
pub use truth::Truth;
pub use ways::{Needed, Way};

/// What is worthwhile for one situation, why, and what would change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// One for each of `Catalog::capabilities`, in the same order.
    pub capabilities: Vec<CapabilityAssessment>,
    pub progress: Progress,
    /// Facts to ask for, most telling first.
    pub next_questions: Vec<Question>,
    /// What to adopt, prepare or consider, first things first: places in `Catalog::capabilities`.
    pub order: Vec<usize>,
}

/// Whether there is anything left to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Some verdict is not settled, and an answer can still tell.
    Asking,
    /// Every verdict is settled.
    Settled,
    /// Some verdict is not settled, but nobody knows the answers that it takes.
    Exhausted,
}

impl Progress {
    pub const ALL: [Progress; 3] = [Progress::Asking, Progress::Settled, Progress::Exhausted];

    pub fn name(self) -> &'static str {
        match self {
            Progress::Asking => "asking",
            Progress::Settled => "settled",
            Progress::Exhausted => "exhausted",
        }
    }
}

/// What one capability is worth to one situation.
#[derive(Debug, Clone, PartialEq)]
pub struct CapabilityAssessment {
    /// None for guidance only: no trigger has a condition. Then `rule` is None too, `possible`, `because`, `against`,
    /// `unless` and `flips` are empty, and `settled` is false.
    pub verdict: Option<Verdict>,
    pub rule: Option<Rule>,
    /// Only one verdict is possible, whatever is still unknown.
    pub settled: bool,
    /// The verdicts of all completions, in the order in which readers see them; never `Open`.
    pub possible: Vec<Verdict>,
    /// Every deciding statement that has a condition, in declared order.
    pub statements: Vec<StatementState>,
    /// The statements that the verdict rests on.
    pub because: Vec<StatementState>,
    /// Under skip and wait: what speaks for the capability all the same.
    pub against: Vec<StatementState>,
    /// What would change a verdict that is not settled, most important first; never empty then.
    pub unless: Vec<Unless>,
    /// Single changes of known facts that change the verdict.
    pub flips: Vec<Flip>,
    /// For a settled verdict without `flips`: what must change together.
    pub flips_together: Option<FlipsTogether>,
    /// One for each row of the trade-off.
    pub options: Vec<OptionFit>,
}

/// A statement of a capability and whether it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementState {
    pub list: ListKind,
    /// Place in that list.
    pub place: usize,
    pub truth: Truth,
}

/// What is worthwhile for the situation that a profile describes. Answers that say nothing (see [`unusable`]) count as
/// unknown. The catalog is one that [`too_many_cells`] has nothing against.
pub fn assess(catalog: &Catalog, profile: &Profile) -> Assessment {
    Assessor::new(catalog).assess(profile)
}

/// Whether a condition over these facts holds in the situation that a profile describes.
pub fn truth(facts: &[Fact], expr: &Expr<FactIx>, profile: &Profile) -> Truth {
    let mut leaves = Vec::new();
    cells::leaves_of(expr, &mut |leaf| leaves.push(leaf));
    let own = |n: usize| leaves.iter().copied().filter(move |leaf| leaf.fact() == Some(FactIx(n))).collect::<Vec<_>>();
    let cells: Vec<Cells> = facts.iter().enumerate().map(|(n, fact)| Cells::cut(fact, &own(n))).collect();
    let model = Model::new(facts, &cells, [expr]);
    let of = |(n, fact)| Knowledge::of(fact, &cells[n], profile.get(FactIx(n)));
    let knowledge: Vec<Knowledge> = facts.iter().enumerate().map(of).collect();
    model.truth(0, &remaining(&model, &knowledge))
}

/// So few capabilities are judged sooner than another thread has begun.
const FEW: usize = 16;

/// A catalog with its conditions compiled.
pub struct Assessor<'a> {
    catalog: &'a Catalog,
    cells: Vec<Cells>,
    rules: Vec<Rules>,
}

impl<'a> Assessor<'a> {
    pub fn new(catalog: &'a Catalog) -> Self {
        let cells = Cells::of_all(catalog);
        let places = 0..catalog.capabilities.len();
        let rules = places.into_par_iter().with_min_len(FEW).map(|n| Rules::of(catalog, n, &cells)).collect();
        Assessor { catalog, cells, rules }
    }

    /// See [`assess`].
    pub fn assess(&self, profile: &Profile) -> Assessment {
        self.assess_for(profile, |_| true)
    }

    /// The same for who asks about some capabilities only, by their places in the catalog: what to ask, how far one is
    /// and the order concern these.
    pub fn assess_for(&self, profile: &Profile, is_wanted: impl Fn(usize) -> bool) -> Assessment {
        let knowledge = self.knowledge(profile);
        let (capabilities, mut told): (Vec<CapabilityAssessment>, Vec<_>) = self
            .rules
            .par_iter()
            .enumerate()
            .with_min_len(FEW)
            .map(|(n, rules)| {
                let known = remaining(&rules.model, &knowledge);
                let judgement = Judgement::of(rules, &known);
                let told = questions::told(rules, &known, &judgement, &knowledge, &self.cells);
                (self.capability(n, &knowledge, &known, &judgement), told)
            })
            .unzip();
        let skipped = |n: &usize| !is_wanted(*n);
        (0..told.len()).filter(skipped).for_each(|n| told[n].clear());
        let next_questions = questions::questions(told, &knowledge, &self.cells);
        let mut wanted = capabilities.iter().enumerate().filter(|(n, _)| is_wanted(*n));
        let settled = wanted.all(|(_, c)| c.settled || c.verdict.is_none());
        let progress = match (settled, next_questions.is_empty()) {
            (true, _) => Progress::Settled,
            (false, true) => Progress::Exhausted,
            (false, false) => Progress::Asking,
        };
        let mut order = order::suggested(self.catalog, &capabilities);
        order.retain(|n| is_wanted(*n));
        Assessment { capabilities, progress, next_questions, order }
    }

    /// The verdict of one capability, by its place in the catalog, and whether it is settled; None for guidance only.
    pub fn verdict(&self, capability: usize, profile: &Profile) -> Option<(Verdict, bool)> {
        let rules = &self.rules[capability];
        let left = |var: &var::Var| {
            let n = var.fact.0;
            Knowledge::of(&self.catalog.facts[n], &self.cells[n], profile.get(var.fact)).remaining(var)
        };
        let known = rules.model.known(rules.model.vars.iter().map(left).collect());
        let judgement = rules.shape.decides.then(|| Judgement::of(rules, &known))?;
        Some((judgement.verdict, judgement.is_settled()))
    }

    fn capability(
        &self,
        n: usize,
        knowledge: &[Knowledge],
        known: &Known,
        judgement: &Judgement,
    ) -> CapabilityAssessment {
        let rules = &self.rules[n];
        let facts = &self.catalog.facts[..];
        let view = View { facts, knowledge, rules, known, judgement };
        let states = |statements: Vec<usize>| -> Vec<StatementState> {
            statements.into_iter().map(|n| view.state(n, judgement.truths[n])).collect()
        };
        let options = options::options(&self.catalog.capabilities[n], rules, &remaining(&rules.options, knowledge));
        let statements = states((0..rules.statements.len()).collect());
        if !rules.shape.decides {
            return CapabilityAssessment {
                verdict: None,
                rule: None,
                settled: false,
                possible: Vec::new(),
                statements,
                because: Vec::new(),
                against: Vec::new(),
                unless: Vec::new(),
                flips: Vec::new(),
                flips_together: None,
                options,
            };
        }
        let settled = judgement.is_settled();
        let flips = changes::flips(view);
        let flips_together = (settled && flips.is_empty()).then(|| changes::flips_together(view)).flatten();
        CapabilityAssessment {
            verdict: Some(judgement.verdict),
            rule: Some(judgement.rule),
            settled,
            possible: judgement.possible.verdicts.iter().collect(),
            statements,
            because: states(reasons::because(rules, known, judgement)),
            against: states(reasons::against(rules, judgement)),
            unless: changes::unless(view),
            flips,
            flips_together,
            options,
        }
    }

    /// What a profile leaves open of every fact.
    fn knowledge(&self, profile: &Profile) -> Vec<Knowledge> {
        let of = |(n, fact)| Knowledge::of(fact, &self.cells[n], profile.get(FactIx(n)));
        self.catalog.facts.iter().enumerate().map(of).collect()
    }
}

/// What is known of a model's variables.
fn remaining(model: &Model, knowledge: &[Knowledge]) -> Known {
    model.known(model.vars.iter().map(|var| knowledge[var.fact.0].remaining(var)).collect())
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod tests;
