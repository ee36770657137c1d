//! What must change together: the fewest statements whose change brings another verdict, and answers that bring it.

use super::bits::Bits;
use super::changes::View;
use super::judgement::Judgement;
use super::rules::Rules;
use super::truth::Truth;
use super::ways::{Steps, ways};
use crate::model::{ListKind, Verdict};

/// Statements and what each must be; answers that make them so; what comes of it.
pub(crate) struct Together {
    pub group: Vec<(usize, bool)>,
    pub steps: Steps,
    pub then: Judgement,
}

/// Of all that brings another verdict within a domain, what changes the fewest statements that are decided now. None
/// where no answers at all bring another.
///
/// Exact: every completion with another verdict meets one of the groups of [`leaving`], no completion with this one
/// does, and they are tried from the fewest changes on, each until a completion is found or there is none.
pub(crate) fn together(view: View, domain: &[Bits]) -> Option<Together> {
    let View { rules, known, judgement, .. } = view;
    let is_so = |&(n, holds): &(usize, bool)| judgement.truths[n] == truth(holds);
    let changed = |group: &[(usize, bool)]| group.iter().filter(|g| judgement.truths[g.0] == truth(!g.1)).count();
    let mut groups = leaving(rules, judgement.verdict);
    groups.sort_by_key(|group| (changed(group), group.iter().filter(|g| !is_so(g)).count()));
    groups.into_iter().find_map(|group| {
        let goals: Vec<(usize, bool)> = group.iter().copied().filter(|g| !is_so(g)).collect();
        for steps in ways(&rules.model, &goals, domain) {
            // What is so already need not change.
            let steps: Steps = steps.into_iter().filter(|(var, to)| !known.remaining[*var].is_within(to)).collect();
            let then = judgement.with(rules, known, &steps);
            // They may undo what is so already; another group then brings the verdict, if there is another.
            if group.iter().all(|&(n, holds)| then.truths[n] == truth(holds)) {
                return Some(Together { group: goals, steps, then });
            }
        }
        let steps = witness(view, &group, domain)?;
        let then = judgement.with(rules, known, &steps);
        Some(Together { group: goals, steps, then })
    })
}

/// Groups of statements and what each must be: the verdict is another exactly in the completions that meet one.
fn leaving(rules: &Rules, verdict: Verdict) -> Vec<Vec<(usize, bool)>> {
    let all = |list: ListKind, holds: bool| -> Vec<(usize, bool)> {
        (0..rules.statements.len()).filter(|&n| rules.list(n) == list).map(|n| (n, holds)).collect()
    };
    let each = |list, holds| all(list, holds).into_iter().map(|one| vec![one]).collect::<Vec<_>>();
    if verdict == Verdict::Skip {
        return vec![all(ListKind::NotWhen, false)];
    }
    let mut groups = each(ListKind::NotWhen, true);
    if verdict == Verdict::Wait {
        let later = all(ListKind::Later, false);
        groups.extend(each(ListKind::Trigger, true).into_iter().map(|one| [one, later.clone()].concat()));
        return groups;
    }
    groups.extend(each(ListKind::Later, true));
    groups.push(all(ListKind::Trigger, false));
    match verdict {
        Verdict::Adopt if rules.shape.staged => groups.extend(each(ListKind::ActivateWhen, false)),
        Verdict::Adopt if rules.shape.now => groups.push(all(ListKind::Now, false)),
        Verdict::Prepare if rules.shape.activate_when => groups.push(all(ListKind::ActivateWhen, true)),
        Verdict::Consider => groups.extend(each(ListKind::Now, true)),
        _ => {}
    }
    groups
}

/// Answers within a domain that meet a group; those that it does not need are left out.
fn witness(view: View, group: &[(usize, bool)], domain: &[Bits]) -> Option<Steps> {
    let View { rules, known, .. } = view;
    let model = &rules.model;
    let found = model.witness(&model.known(domain.to_vec()), group).ok()??;
    let mut steps: Steps = found
        .into_iter()
        .enumerate()
        .map(|(var, class)| (var, if class == usize::MAX { domain[var].clone() } else { model.vars[var].only(class) }))
        .filter(|(var, to)| !known.remaining[*var].is_within(to))
        .collect();
    let mut at = 0;
    while at < steps.len() {
        let mut fewer = steps.clone();
        fewer.remove(at);
        let mut then = known.clone();
        fewer.iter().for_each(|(var, to)| model.set(&mut then, *var, to.clone()));
        if group.iter().all(|&(n, holds)| model.truth(n, &then) == truth(holds)) {
            steps = fewer;
        } else {
            at += 1;
        }
    }
    Some(steps)
}

pub(crate) fn truth(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}
