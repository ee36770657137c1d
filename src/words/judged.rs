//! What an assessment says of one capability, as sentences: because, although, unless, and what would change it.

use crate::assess::{CapabilityAssessment, Rule, StatementState, Truth};
use crate::link::Catalog;
use crate::model::{Capability, Condition, ListKind, Profile, Verdict};
use crate::words;
use crate::words::reasons::{MOST_WAYS, once};

/// One capability, what came of it, and the situation.
#[derive(Clone, Copy)]
pub struct Judged<'a> {
    pub catalog: &'a Catalog,
    pub capability: &'a Capability<Condition>,
    pub assessment: &'a CapabilityAssessment,
    pub profile: &'a Profile,
}

impl Judged<'_> {
    /// The site's words for the verdict; None for guidance only.
    pub fn label(&self) -> Option<String> {
        self.assessment.verdict.map(|v| words::reasons::verdict(self.catalog, v, self.assessment.settled))
    }

    /// The condition of a statement in words, as it is in this situation.
    pub fn reason(&self, state: &StatementState) -> String {
        let statement = words::reasons::statement(self.capability, state, None);
        let condition = statement.and_then(|s| s.when.as_deref());
        condition.map(|c| words::reasons::reason(self.catalog, c, state.truth, self.profile)).unwrap_or_default()
    }

    /// What the verdict rests on.
    pub fn because(&self) -> Vec<String> {
        once(self.all_because())
    }

    fn all_because(&self) -> Vec<String> {
        let states = &self.assessment.because;
        let joined = |lead: &str, wanted: &dyn Fn(&StatementState) -> bool| {
            let reasons = once(states.iter().filter(|s| wanted(s)).map(|s| self.reason(s)).collect());
            (!reasons.is_empty()).then(|| format!("{lead}: {}", reasons.join("; ")))
        };
        let each = |wanted: &dyn Fn(&StatementState) -> bool| {
            states.iter().filter(|s| wanted(s)).map(|s| self.reason(s)).collect::<Vec<String>>()
        };
        let activates = |s: &StatementState| s.list == ListKind::ActivateWhen;
        match self.assessment.rule {
            Some(Rule::NoTrigger) if self.assessment.verdict == Some(Verdict::Open) => {
                joined("not known yet", &|_| true).into_iter().collect()
            }
            Some(Rule::NoTrigger) => joined("no trigger applies", &|_| true).into_iter().collect(),
            Some(Rule::NothingPresses) => {
                let mut all = each(&|s| s.list != ListKind::Now);
                all.extend(joined("nothing presses", &|s| s.list == ListKind::Now));
                all
            }
            Some(Rule::Staged) => {
                let mut all = each(&|s| !activates(s));
                all.extend(joined("ready to activate", &|s| activates(s) && s.truth == Truth::True));
                all.extend(joined("not ready to activate", &|s| activates(s) && s.truth == Truth::False));
                all.extend(joined("to activate, but not known yet", &|s| activates(s) && s.truth == Truth::Unknown));
                all
            }
            Some(Rule::EveryCompletion) => {
                let mut all = each(&|s| s.truth.is_known());
                all.extend(joined("whichever way it turns out", &|s| !s.truth.is_known()));
                all
            }
            _ => each(&|_| true),
        }
    }

    /// Under skip and wait: what speaks for the capability all the same.
    pub fn although(&self) -> Vec<String> {
        once(self.assessment.against.iter().map(|s| self.reason(s)).collect())
    }

    /// What would change a verdict that is not settled.
    pub fn unless(&self) -> Vec<String> {
        let one = |u: &crate::assess::Unless| {
            let ways = words::reasons::ways(self.catalog, &u.ways, MOST_WAYS);
            format!("{ways} (then: {})", words::reasons::verdict(self.catalog, u.to, u.settled))
        };
        once(self.assessment.unless.iter().map(one).collect())
    }

    /// Changes of known facts that would change the verdict.
    pub fn flips(&self) -> Vec<String> {
        let then = |to, settled| words::reasons::verdict(self.catalog, to, settled);
        let flips = self.assessment.flips.iter();
        let mut all: Vec<String> = flips
            .map(|f| format!("{} (then: {})", words::change(self.catalog, f.fact, &f.change), then(f.to, f.settled)))
            .collect();
        if let Some(flips) = &self.assessment.flips_together {
            let way = words::way(self.catalog, &flips.way);
            all.push(format!("all of this together: {way} (then: {})", then(flips.to, flips.settled)));
        }
        once(all)
    }
}

/// Every capability with its assessment, in reading order.
pub fn judged<'a>(
    catalog: &'a Catalog,
    assessment: &'a crate::assess::Assessment,
    profile: &'a Profile,
) -> impl Iterator<Item = Judged<'a>> {
    let both = catalog.capabilities.iter().zip(&assessment.capabilities);
    both.map(move |(capability, assessment)| Judged { catalog, capability, assessment, profile })
}
