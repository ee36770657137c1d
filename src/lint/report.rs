//! Findings -> diagnostics.

use super::{At, Finding, FindingKind, case_mismatches, lint};
use crate::assess::{Truth, too_many_cells};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::Catalog;
use crate::model::{ListKind, Verdict};
use crate::words;

/// What is wrong and what is odd with the advice of a catalog whose references are all fine.
pub fn report(catalog: &Catalog) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for found in too_many_cells(catalog) {
        let capability = &catalog.capabilities[found.capability];
        let facts: Vec<String> = found.facts.iter().map(|f| format!("`{}`", catalog.fact(*f).id)).collect();
        let (message, help) = match found.of_the_site {
            false => (
                format!("the conditions of `{}` have more cases than can be looked at", capability.id),
                "join facts that always go together, or split the statements",
            ),
            true => (
                format!(
                    "the conditions of `{}` and others have more cases together than can be looked at",
                    capability.id
                ),
                "make the conditions of one of them simpler",
            ),
        };
        diagnostics.push(
            Diagnostic::new(Code::TooManyCells, capability.span.clone(), message)
                .note(format!("the facts: {}", facts.join(", ")), None)
                .help(help),
        );
    }
    // Nothing below is exact for a catalog that cannot be assessed.
    if diagnostics.has_errors() {
        return diagnostics;
    }
    for finding in lint(catalog).iter().chain(&case_mismatches(catalog)) {
        diagnostics.push(diagnostic(catalog, finding));
    }
    diagnostics
}

fn diagnostic(catalog: &Catalog, finding: &Finding) -> Diagnostic {
    let name = |at: &At| format!("this {} of `{}`", list_word(at.list), catalog.capabilities[at.capability].id);
    let in_words = |at: &At| at.condition(catalog).map(|c| words::condition(catalog, c)).unwrap_or_default();
    let (code, message, other, help) = match &finding.kind {
        FindingKind::NeverHolds { at } => {
            (Code::NeverHolds, format!("{} can never hold: {}", name(at), in_words(at)), "", "mend the condition")
        }
        FindingKind::AlwaysHolds { at } => (
            Code::AlwaysHolds,
            format!("{} always holds: {}", name(at), in_words(at)),
            "",
            "leave out `when`, or mend it",
        ),
        FindingKind::Equivalent { at, .. } => (
            Code::EquivalentStatements,
            format!("{} holds in the same situations as another one", name(at)),
            "the other one",
            "keep one condition, or say what tells the two apart",
        ),
        FindingKind::Implied { at, .. } => (
            Code::ImpliedStatement,
            format!("{} adds nothing: another one of its list decides wherever it does", name(at)),
            "the other one",
            "make it wider, or make it prose by leaving out `when`",
        ),
        FindingKind::LaterNeverDecides { at, .. } => (
            Code::LaterNeverDecides,
            format!("{} never decides: wherever it holds, a not-when rules out first", name(at)),
            "the not-when",
            "what time or effort can change stands under `later`, and under `not_when` as text only",
        ),
        FindingKind::TriggerLeadsNowhere { at, .. } => (
            Code::TriggerLeadsNowhere,
            format!("{} can never lead past skip or wait", name(at)),
            "what stops it",
            "mend the condition that rules it out, or the trigger",
        ),
        FindingKind::VerdictUnreachable { capability, verdict } => (
            Code::UnreachableVerdict,
            format!("nobody can get the verdict `{verdict}` for `{}`", catalog.capabilities[*capability].id),
            "",
            "look at which statements exclude each other",
        ),
        FindingKind::FactDecidesNothing { fact } => (
            Code::IdleFact,
            format!("no condition reads the fact `{}`, so asking for it is idle", catalog.fact(*fact).id),
            "",
            "use it in a condition, or remove it",
        ),
        FindingKind::OptionNeverFits { capability, .. } => (
            Code::OptionNeverFits,
            format!("an option of `{}` can never fit", catalog.capabilities[*capability].id),
            "",
            "mend the conditions of its `use_when`",
        ),
        FindingKind::CaseVerdict { .. } => return case_verdict(catalog, finding),
    };
    let mut diagnostic = Diagnostic::new(code, finding.span.clone(), message).help(help);
    if let (Some(span), false) = (&finding.other, other.is_empty()) {
        diagnostic = diagnostic.note(other, Some(span.clone()));
    }
    let shown: Vec<String> = finding
        .cells
        .iter()
        .map(|(fact, cells)| {
            let cells: Vec<String> = cells.iter().map(|cell| words::needed(catalog, *fact, cell)).collect();
            cells.join("; ")
        })
        .collect();
    if shown.is_empty() { diagnostic } else { diagnostic.note(format!("shown by {}", shown.join(", ")), None) }
}

fn case_verdict(catalog: &Catalog, finding: &Finding) -> Diagnostic {
    let FindingKind::CaseVerdict { case, capability, expected, found, because, .. } = &finding.kind else {
        unreachable!("asked for only for that kind");
    };
    let verdict = found.map_or("no verdict, for want of a conditioned trigger", Verdict::name);
    let expected: Vec<&str> = expected.iter().map(|v| v.name()).collect();
    let (case, id) = (&catalog.cases[*case].id, &catalog.capabilities[*capability].id);
    let message = format!("`{case}` expects `{}` for `{id}`, and gets `{verdict}`", expected.join("` or `"));
    let mut diagnostic = Diagnostic::new(Code::CaseMismatch, finding.span.clone(), message);
    for state in because {
        let at = state.at(*capability);
        if let Some(statement) = at.statement(catalog) {
            let state = match state.truth {
                Truth::True => "holds",
                Truth::False => "does not hold",
                Truth::Unknown => "is not known",
            };
            let message = format!("decided by this {}, which {state}", list_word(at.list));
            diagnostic = diagnostic.note(message, Some(statement.span.clone()));
        }
    }
    diagnostic
}

fn list_word(list: ListKind) -> &'static str {
    match list {
        ListKind::Trigger => "trigger",
        ListKind::NotWhen => "not-when",
        ListKind::Now => "reason for now",
        ListKind::Later => "reason to wait",
        ListKind::Prepare => "preparation",
        ListKind::ActivateWhen => "condition for activating",
        ListKind::UseWhen => "reason for an option",
    }
}
