//! The twin of a case: what is known of it, what the rules are expected to say, and what they do say.

use super::judgement;
use super::paper::{Paper, escape};
use crate::assess::CapabilityAssessment;
use crate::export::assessment::{self, CapabilityJson};
use crate::model::{Answer, Capability, Case, Condition, Key, Kind, Profile, Verdict};
use crate::view::is_many;
use crate::words;

pub fn write(paper: &mut Paper, id: &str) -> Option<()> {
    let case = paper.catalog.case(id)?;
    let file = &*case.span.file;
    let said = &paper.words.twin;
    paper.heading(1, &case.title);
    paper.paragraph(&paper.text(file, &case.summary));
    paper.paragraph(if case.constructed { &said.constructed } else { &said.from_practice });
    answers(paper, &case.facts);
    verdicts(paper, case);
    paper.intro(file, &case.prose);
    paper.sections(file, &case.prose, &[]);
    Some(())
}

/// What is known of a situation.
pub fn answers(paper: &mut Paper, profile: &Profile) {
    if profile.answers.is_empty() {
        return;
    }
    paper.heading(2, &paper.words.sections.facts);
    for (ix, answer) in &profile.answers {
        let title = escape(&paper.catalog.fact(*ix).title);
        let value = escape(&words::answer(paper.catalog, *ix, answer));
        let ids = raw(answer);
        paper.item(0, &format!("{title}: {value} ({} = `{ids}`)", paper.fact(*ix)));
    }
    paper.gap();
}

/// An answer as programs give it: `8`, `5..10`, `true`, `gdpr, dora`, `?`.
fn raw(answer: &Answer) -> String {
    let listed = |ids: &std::collections::BTreeSet<String>| ids.iter().cloned().collect::<Vec<_>>().join(", ");
    let end = |end: &Option<f64>| end.map(|n| n.to_string()).unwrap_or_default();
    match answer {
        Answer::Unknown => "?".into(),
        Answer::Bool(yes) => yes.to_string(),
        Answer::Number(n) => n.to_string(),
        Answer::Range { min, max } => format!("{}..{}", end(min), end(max)),
        Answer::Choice(id) => id.clone(),
        Answer::Set(ids) if ids.is_empty() => "[]".into(),
        Answer::OneOf(ids) | Answer::Set(ids) => listed(ids),
    }
}

/// The verdicts that a case must get: "Expected: Worthwhile (`adopt`)".
pub fn expected(paper: &Paper, verdicts: &[Verdict]) -> String {
    let verdicts: Vec<String> = verdicts.iter().map(|verdict| paper.verdict(*verdict, true)).collect();
    paper.words.case.expected.replace("{}", &verdicts.join(", "))
}

/// Capabilities with their verdicts in a case, for a page that names them beside other things: all of them, or where there
/// are many those that the case expects something of.
pub fn judged(paper: &Paper, case: &Case<Profile>) -> Vec<(Key, CapabilityJson)> {
    let catalog = paper.catalog;
    let is_wanted = |key: &Key| !is_many(catalog) || case.expect.iter().any(|(of, _)| of.key == *key);
    let judge = |(capability, found): (&Capability<Condition>, &CapabilityAssessment)| {
        let key = Key::new(Kind::Capability, &capability.id);
        is_wanted(&key).then(|| (key, assessment::capability(catalog, &case.facts, capability, found)))
    };
    let place = catalog.place(Kind::Case, &case.id);
    let found = place.map_or(&[][..], |place| &paper.plan.assessed().cases[place].capabilities);
    catalog.capabilities.iter().zip(found).filter_map(judge).collect()
}

/// Of each capability what is computed, what is expected, and why.
fn verdicts(paper: &mut Paper, case: &Case<Profile>) {
    let Some(place) = paper.catalog.place(Kind::Case, &case.id) else { return };
    let found = &paper.plan.assessed().cases[place].capabilities;
    paper.heading(2, &paper.words.sections.verdicts);
    for (capability, found) in paper.catalog.capabilities.iter().zip(found) {
        let judged = assessment::capability(paper.catalog, &case.facts, capability, found);
        let key = Key::new(Kind::Capability, &judged.id);
        let link = paper.link(&key);
        paper.item(0, &format!("{link}: {}", judgement::verdict(paper, &judged)));
        if let Some((_, verdicts)) = case.expect.iter().find(|(of, _)| of.key == key) {
            paper.item(1, &expected(paper, verdicts));
        }
        judgement::why(paper, 1, &judged);
    }
    paper.gap();
}
