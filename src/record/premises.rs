//! Whether the premises of a decision still hold.

use crate::assess::{Assessment, CapabilityAssessment, StatementState};
use crate::link::Catalog;
use crate::model::{Profile, Verdict};
use crate::record::{Choice, What};
use crate::words::reasons;

/// What a decision rested on.
#[derive(Debug, Clone)]
pub struct Premises {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    pub choice: Choice,
    pub verdict: Verdict,
    pub settled: bool,
    /// Of the capability, when the record was written.
    pub rules: String,
    pub prose: String,
    pub profile: Profile,
}

/// Something that is no longer as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// True if the premises do not hold because of it.
    pub breaks: bool,
    pub text: String,
}

/// What changed since the decision, `rules` and `prose` being the capability's hashes of today and `now` what is
/// known today. It rests on the verdict, on the truth of the
/// statements that decided it, on the fit of its option, and on the rules; a text that was edited breaks nothing.
pub fn check(
    catalog: &Catalog,
    premises: &Premises,
    then: &Assessment,
    now: &Assessment,
    profile: &Profile,
    (rules, prose): (&str, &str),
) -> Vec<Finding> {
    let capability = &catalog.capabilities[premises.capability];
    let (then, now) = (&then.capabilities[premises.capability], &now.capabilities[premises.capability]);
    let mut findings = Vec::new();
    let mut breaks = |text: String| findings.push(Finding { breaks: true, text });
    let same_verdict = now.verdict == Some(premises.verdict) && now.settled == premises.settled;
    if !same_verdict {
        let was = reasons::verdict(catalog, premises.verdict, premises.settled);
        let is = now.verdict.map_or("guidance only".into(), |v| reasons::verdict(catalog, v, now.settled));
        breaks(format!("the verdict was \"{was}\" and is \"{is}\""));
    }
    for (before, after) in changed(then, now) {
        let said = |state: &StatementState| {
            let condition = reasons::statement(capability, state, None).and_then(|s| s.when.as_deref());
            condition.map(|c| reasons::reason(catalog, c, state.truth, profile)).unwrap_or_default()
        };
        breaks(match after.truth.is_known() {
            true => format!("what decided has changed: {}", said(&after)),
            false => format!("what decided is no longer known: {}", said(&before)),
        });
    }
    if let What::Row(row) = premises.choice.what {
        let fit = |a: &CapabilityAssessment| a.options.iter().find(|o| o.row == row).map(|o| o.fit);
        if let (Some(was), Some(is)) = (fit(then), fit(now))
            && was != is
        {
            let say = |fit: crate::assess::Fit| fit.name().replace('-', " ");
            breaks(format!("the fit of {} was \"{}\" and is \"{}\"", premises.choice.title, say(was), say(is)));
        }
    }
    if rules != premises.rules {
        let same = if same_verdict { ", though the verdict is the same" } else { "" };
        breaks(format!("the conditions of {} have changed{same}", capability.title));
    }
    if prose != premises.prose {
        let text = format!("the text of {} has been edited, which changes no premise", capability.title);
        findings.push(Finding { breaks: false, text });
    }
    findings
}

/// The statements that decided then, with another truth now.
fn changed(then: &CapabilityAssessment, now: &CapabilityAssessment) -> Vec<(StatementState, StatementState)> {
    let decided = then.because.iter().chain(&then.against);
    decided
        .filter_map(|before| {
            let after = now.statements.iter().find(|s| (s.list, s.place) == (before.list, before.place))?;
            (after.truth != before.truth).then_some((*before, *after))
        })
        .collect()
}
