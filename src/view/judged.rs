//! What the rules say of a capability in one situation, computed when the site is built.

use serde::Serialize;

use super::here::Here;
use super::parts::{VerdictGroup, VerdictMember, VerdictView};
use crate::assess::{Assessment, CapabilityAssessment, Rule, StatementState, Truth};
use crate::model::condition::FactIx;
use crate::model::{Answer, Capability, Condition, Kind, Profile, Verdict};
use crate::words::reasons;

/// A verdict with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedView {
    pub verdict: VerdictView,
    /// Under skip and wait: what speaks for the capability all the same.
    pub against: Vec<ReasonView>,
    /// The sentence before the reasons: "Relevant now:".
    pub lead: String,
    pub because: Vec<ReasonView>,
    /// What would change the verdict.
    pub changes: Vec<ChangeView>,
}

/// A statement, whether it holds, and the answers that decide it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReasonView {
    /// `true`, `false` or `null`, as the scripts call it.
    pub truth: &'static str,
    /// "holds", "does not hold", "open".
    pub said: String,
    pub text_html: String,
    pub facts: Vec<CitedView>,
}

/// A fact and its value: `microservices = 8`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitedView {
    pub text: String,
    pub href: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeView {
    pub to: VerdictView,
    /// "if more than 10 microservices"
    pub text: String,
}

impl Here<'_> {
    /// What an assessment of a profile says of a capability; None for guidance only.
    pub fn judged(
        &self,
        capability: &Capability<Condition>,
        found: &CapabilityAssessment,
        profile: &Profile,
    ) -> Option<JudgedView> {
        let verdict = found.verdict?;
        let reasons =
            |states: &[StatementState]| states.iter().filter_map(|s| self.reason(capability, s, profile)).collect();
        let lead = match (found.rule?, verdict) {
            (_, Verdict::Open) => "open",
            (Rule::Staged, Verdict::Adopt) => "active",
            (rule, _) => rule.name(),
        };
        let word = |key: &str| self.words.assess[key].as_str().unwrap_or("{}");
        let change = |change: reasons::ChangeInWords| ChangeView {
            to: self.verdict_as(change.to, change.settled),
            text: word(if change.together { "together" } else { "if" }).replace("{}", &change.text),
        };
        Some(JudgedView {
            verdict: self.verdict_as(verdict, found.settled),
            against: reasons(&found.against),
            lead: self.words.assess["rules"][lead].as_str().unwrap_or_default().to_owned(),
            because: reasons(&found.because),
            changes: reasons::changes(self.catalog, found).into_iter().map(change).collect(),
        })
    }

    fn reason(
        &self,
        capability: &Capability<Condition>,
        state: &StatementState,
        profile: &Profile,
    ) -> Option<ReasonView> {
        let statement = reasons::statement(capability, state, None)?;
        let truth = match state.truth {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "null",
        };
        let facts = statement.when.as_deref().map_or(&[][..], |when| &when.facts[..]);
        Some(ReasonView {
            truth,
            said: self.words.assess["truth"][truth].as_str().unwrap_or_default().to_owned(),
            text_html: self.text(&statement.text),
            facts: facts.iter().map(|fact| self.cited(*fact, profile)).collect(),
        })
    }

    fn cited(&self, ix: FactIx, profile: &Profile) -> CitedView {
        let fact = self.catalog.fact(ix);
        let value = match profile.get(ix) {
            None | Some(Answer::Unknown) => "?".to_owned(),
            Some(Answer::Number(n)) => n.to_string(),
            Some(Answer::Choice(id)) => id.clone(),
            Some(Answer::Set(ids) | Answer::OneOf(ids)) if !ids.is_empty() => {
                let chosen = fact.options.iter().map(|o| o.id.as_str()).filter(|id| ids.contains(*id));
                chosen.collect::<Vec<_>>().join(", ")
            }
            Some(answer) => crate::words::answer(self.catalog, ix, answer),
        };
        CitedView { text: format!("{} = {value}", fact.id), href: self.thing(Kind::Fact, &fact.id) }
    }

    /// What the rules say of a situation, by verdict, settled before probable; each capability with the first statement
    /// that holds and that its verdict rests on. Of each verdict at most `most` are named.
    pub fn outcome(&self, assessment: &Assessment, most: usize) -> Vec<VerdictGroup> {
        let mut groups = Vec::new();
        for verdict in Verdict::ALL {
            for settled in [true, false] {
                let both = self.catalog.capabilities.iter().zip(&assessment.capabilities);
                let of_group: Vec<_> =
                    both.filter(|(_, found)| (found.verdict, found.settled) == (Some(verdict), settled)).collect();
                let count = of_group.len();
                let capabilities: Vec<VerdictMember> = of_group
                    .into_iter()
                    .take(most)
                    .map(|(capability, found)| VerdictMember {
                        title: capability.title.clone(),
                        href: self.thing(Kind::Capability, &capability.id),
                        reason_html: found
                            .because
                            .first()
                            .filter(|state| state.truth == Truth::True)
                            .and_then(|state| reasons::statement(capability, state, None))
                            .map(|statement| self.text(&statement.text)),
                    })
                    .collect();
                if !capabilities.is_empty() {
                    let more = (count > most).then(|| self.words.meta.more.of(count - most));
                    groups.push(VerdictGroup { verdict: self.verdict_as(verdict, settled), count, capabilities, more });
                }
            }
        }
        groups
    }
}
