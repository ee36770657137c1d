//! Cases are tests of the advice: each must get the verdicts that it expects.

use crate::assess::{Assessor, CapabilityAssessment, StatementState};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::Catalog;
use crate::model::{Capability, Condition, Statement, Verdict};

/// Reports every verdict that is none of those expected, with the statements that decided.
pub fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    if catalog.cases.iter().all(|case| case.expect.is_empty()) {
        return;
    }
    let assessor = Assessor::new(catalog);
    for case in catalog.cases.iter().filter(|case| !case.expect.is_empty()) {
        let assessment = assessor.assess(&case.facts);
        for (reference, expected) in &case.expect {
            let place = catalog.capabilities.iter().position(|c| c.id == reference.key.id);
            let Some((capability, found)) =
                place.and_then(|n| Some((catalog.capabilities.get(n)?, assessment.capabilities.get(n)?)))
            else {
                continue;
            };
            if found.verdict.is_some_and(|verdict| expected.contains(&verdict)) {
                continue;
            }
            let verdict = found.verdict.map_or("no verdict: it has no conditioned trigger", Verdict::name);
            let expected: Vec<&str> = expected.iter().map(|v| v.name()).collect();
            let message = format!(
                "`{}` expects `{}` for `{}`, and gets `{verdict}`",
                case.id,
                expected.join("` or `"),
                capability.id
            );
            diagnostics.push(decided(
                Diagnostic::new(Code::CaseMismatch, reference.span.clone(), message),
                capability,
                found,
            ));
        }
    }
}

/// Adds the statements that the verdict rests on.
fn decided(mut diagnostic: Diagnostic, capability: &Capability<Condition>, found: &CapabilityAssessment) -> Diagnostic {
    for state in &found.because {
        if let Some(statement) = statement(capability, state) {
            let truth = format!("{:?}", state.truth).to_lowercase();
            let message = format!("decided by this statement of `{}`, which is {truth}", state.list.name());
            diagnostic = diagnostic.note(message, Some(statement.span.clone()));
        }
    }
    diagnostic
}

fn statement<'a>(capability: &'a Capability<Condition>, state: &StatementState) -> Option<&'a Statement<Condition>> {
    capability.lists().into_iter().find(|(list, _)| *list == state.list)?.1.get(state.place)
}
