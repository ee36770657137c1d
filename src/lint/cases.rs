//! Cases against the verdicts that they expect.

use super::{At, Finding, FindingKind};
use crate::assess::{Assessor, CapabilityAssessment, StatementState};
use crate::link::Catalog;
use crate::model::Kind;
use crate::model::condition::FactIx;

/// Every case whose verdict is not among those that it expects, with the statements that decided, in order of the cases
/// and of their expectations.
pub fn case_mismatches(catalog: &Catalog) -> Vec<Finding> {
    let assessor = Assessor::new(catalog);
    let mut findings = Vec::new();
    for (case_place, case) in catalog.cases.iter().enumerate() {
        if case.expect.is_empty() {
            continue;
        }
        let assessment = assessor.assess(&case.facts);
        for (reference, expected) in &case.expect {
            let place = catalog.place(Kind::Capability, &reference.key.id);
            let Some((place, found)) = place.map(|n| (n, &assessment.capabilities[n])) else { continue };
            if found.verdict.is_some_and(|verdict| expected.contains(&verdict)) {
                continue;
            }
            findings.push(Finding {
                kind: FindingKind::CaseVerdict {
                    case: case_place,
                    capability: place,
                    expected: expected.clone(),
                    found: found.verdict,
                    rule: found.rule,
                    settled: found.settled,
                    because: found.because.clone(),
                },
                span: reference.span.clone(),
                other: first_span(catalog, place, found),
                cells: Vec::new(),
            });
        }
    }
    findings
}

impl StatementState {
    /// The place of a deciding statement of a capability.
    pub fn at(&self, capability: usize) -> At {
        At { capability, list: self.list, row: None, place: self.place }
    }
}

impl At {
    /// The facts that its condition reads.
    pub fn facts<'a>(&self, catalog: &'a Catalog) -> &'a [FactIx] {
        self.condition(catalog).map_or(&[], |condition| &condition.facts)
    }
}

/// Where the first deciding statement is written.
fn first_span(catalog: &Catalog, capability: usize, found: &CapabilityAssessment) -> Option<crate::model::Span> {
    found.because.first()?.at(capability).condition(catalog).map(|condition| condition.span.clone())
}
