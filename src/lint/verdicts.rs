//! Verdicts that nobody can get, although the lists allow them.

use super::{Finding, FindingKind};
use crate::assess::cells::Cells;
use crate::assess::{Judgement, Rules};
use crate::link::Catalog;
use crate::model::{ListKind, Verdict};

/// Reports the unreachable verdicts of one capability.
pub(super) fn check(catalog: &Catalog, cells: &[Cells], capability: usize, findings: &mut Vec<Finding>) {
    let rules = Rules::of(catalog, capability, cells);
    if !rules.shape.decides {
        return;
    }
    let possible = Judgement::of(&rules, &rules.model.unknown()).possible.verdicts;
    let has = |list: ListKind| rules.statements.iter().any(|(l, _)| *l == list);
    let allowed = |verdict: Verdict| match verdict {
        Verdict::Adopt => !rules.shape.staged || rules.shape.activate_when,
        Verdict::Prepare => rules.shape.staged,
        Verdict::Consider => rules.shape.now,
        Verdict::Wait => true,
        Verdict::Skip => has(ListKind::NotWhen),
        Verdict::Open => false,
    };
    for verdict in Verdict::ALL.into_iter().filter(|&v| allowed(v) && !possible.has(v)) {
        findings.push(Finding {
            kind: FindingKind::VerdictUnreachable { capability, verdict },
            span: catalog.capabilities[capability].span.clone(),
            other: None,
            cells: Vec::new(),
        });
    }
}
