//! What would change a verdict: unknown answers that would (`unless`), and known ones that would have to be others
//! (`flips`, `flips_together`). Each is found by judging again.

use super::bits::Bits;
use super::judgement::Judgement;
use super::knowledge::Knowledge;
use super::rules::Rules;
use super::together::{Together, together, truth};
use super::truth::{Known, Truth};
use super::var::Classes;
use super::ways::{Needed, Steps, Way, runs, ways};
use super::{StatementState, lanes::LineCell};
use crate::model::condition::FactIx;
use crate::model::{Fact, ListKind, Verdict};

/// Undecided statements which, should they all hold (or fail), change the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Unless {
    /// One, or several that only change it together. `truth` is what they would have to be.
    pub statements: Vec<StatementState>,
    /// The verdict then.
    pub to: Verdict,
    /// True if it is settled then, whichever way it comes about.
    pub settled: bool,
    /// The answers that do it, fewest facts first; at least one way.
    pub ways: Vec<Way>,
}

/// A known fact whose change alone would change the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    pub fact: FactIx,
    pub change: Change,
    pub to: Verdict,
    pub settled: bool,
}

/// How a known fact would have to change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Its answer would have to be this.
    To(Needed),
    /// One of these members more.
    Add(Vec<String>),
    /// One of these members less.
    Remove(Vec<String>),
}

/// The fewest deciding statements that must all change to change the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct FlipsTogether {
    /// As they are now.
    pub statements: Vec<StatementState>,
    /// Answers that change them all, some known and some unknown so far.
    pub way: Way,
    pub to: Verdict,
    pub settled: bool,
}

/// One capability with what is known of it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub facts: &'a [Fact],
    pub knowledge: &'a [Knowledge],
    pub rules: &'a Rules,
    pub known: &'a Known,
    pub judgement: &'a Judgement,
}

/// How `unless` orders the verdicts that it leads to.
const UNLESS_ORDER: [Verdict; 6] =
    [Verdict::Skip, Verdict::Wait, Verdict::Adopt, Verdict::Prepare, Verdict::Consider, Verdict::Open];

/// What would change a verdict that is not settled: most important first, never empty then.
///
/// Every open statement is tried as holding; conditions to activate, and the last open trigger of an open verdict, also
/// as failing. Open conditions to activate are tried together too, since only together they bring `adopt`.
pub(crate) fn unless(view: View) -> Vec<Unless> {
    let View { rules, judgement, .. } = view;
    if judgement.is_settled() {
        return Vec::new();
    }
    let open = judgement.open();
    let of = |list| open.iter().copied().filter(move |&n| rules.list(n) == list).collect::<Vec<usize>>();
    let last_trigger = judgement.verdict == Verdict::Open && of(ListKind::Trigger).len() == 1;
    let mut goals: Vec<Vec<(usize, bool)>> = Vec::new();
    for &n in &open {
        goals.push(vec![(n, true)]);
        match rules.list(n) {
            ListKind::ActivateWhen => goals.push(vec![(n, false)]),
            ListKind::Trigger if last_trigger => goals.push(vec![(n, false)]),
            _ => {}
        }
    }
    let activate = of(ListKind::ActivateWhen);
    if activate.len() > 1 {
        goals.push(activate.into_iter().map(|n| (n, true)).collect());
    }
    let mut found: Vec<Unless> = goals.iter().flat_map(|goal| reaching(view, goal)).collect();
    if found.is_empty() {
        found.extend(several(view));
    }
    let key = |u: &Unless| {
        let to = UNLESS_ORDER.iter().position(|v| *v == u.to);
        (to, u.ways.iter().map(|way| way.needs.len()).min())
    };
    // Stable: declared order within.
    found.sort_by_key(key);
    found
}

/// What comes of making these statements hold or fail: one entry for each other verdict that it leads to.
fn reaching(view: View, goal: &[(usize, bool)]) -> Vec<Unless> {
    let View { rules, known, judgement, .. } = view;
    let mut found: Vec<Unless> = Vec::new();
    for steps in ways(&rules.model, goal, &known.remaining) {
        let (to, settled) = judgement.narrowed(rules, known, &steps);
        if to == judgement.verdict {
            continue;
        }
        let way = view.way(&steps, true);
        match found.iter_mut().find(|u| u.to == to) {
            Some(same) => {
                same.settled &= settled;
                same.ways.push(way);
            }
            None => found.push(Unless {
                statements: goal.iter().map(|&(n, holds)| view.state(n, truth(holds))).collect(),
                to,
                settled,
                ways: vec![way],
            }),
        }
    }
    found
}

/// The fewest undecided statements that only change the verdict together.
fn several(view: View) -> Option<Unless> {
    let Together { group, steps, then } = together(view, &view.known.remaining)?;
    Some(Unless {
        statements: group.into_iter().map(|(n, holds)| view.state(n, truth(holds))).collect(),
        to: then.verdict,
        settled: then.is_settled(),
        ways: vec![view.way(&steps, true)],
    })
}

/// Every single change of a known fact that changes the verdict, in declared order of the facts.
pub(crate) fn flips(view: View) -> Vec<Flip> {
    let mut flips = Vec::new();
    for (n, var) in view.rules.model.vars.iter().enumerate() {
        let knowledge = &view.knowledge[var.fact.0];
        let mut judged: Vec<Option<(Verdict, bool)>> = vec![None; var.classes];
        let mut other = |class: usize| -> Option<(Verdict, bool)> {
            let (to, settled) = *judged[class].get_or_insert_with(|| {
                let then = view.judgement.with(view.rules, view.known, &[(n, Bits::one(var.classes, class))]);
                (then.verdict, then.is_settled())
            });
            (to != view.judgement.verdict).then_some((to, settled))
        };
        let mut groups: Vec<(Change, Verdict, bool)> = Vec::new();
        match (knowledge, &var.values) {
            (Knowledge::Bool(yes), Classes::Boolean) => {
                if let Some((to, settled)) = other(usize::from(!yes)) {
                    groups.push((Change::To(Needed::Bool(!yes)), to, settled));
                }
            }
            (Knowledge::Cells(first, last), Classes::Ordered { cells, class }) => {
                let below: Vec<usize> = (0..*first).rev().collect();
                let above: Vec<usize> = (last + 1..cells.len()).collect();
                for side in [below, above] {
                    if let Some((line, to, settled)) = nearest(cells, class, &side, &mut other) {
                        groups.push((Change::To(Needed::Numbers(vec![line])), to, settled));
                    }
                }
            }
            (Knowledge::Options(options), Classes::Choice { class }) => {
                let ids = &view.facts[var.fact.0].options;
                for (option, &class) in class.iter().enumerate().filter(|(n, _)| !options.contains(n)) {
                    let Some((to, settled)) = other(class) else { continue };
                    let id = ids[option].id.clone();
                    let same = groups.iter_mut().find(|g| (g.1, g.2) == (to, settled));
                    match same {
                        Some((Change::To(Needed::Options(more)), _, _)) => more.push(id),
                        _ => groups.push((Change::To(Needed::Options(vec![id])), to, settled)),
                    }
                }
            }
            (Knowledge::Set(set), Classes::Set { .. }) => {
                for (option, choice) in view.facts[var.fact.0].options.iter().enumerate() {
                    let mut changed = set.clone();
                    let add = !set.contains(&option);
                    if add {
                        changed.push(option)
                    } else {
                        changed.retain(|n| *n != option)
                    }
                    let Some((to, settled)) = other(var.class_of_set(&changed)) else { continue };
                    let id = choice.id.clone();
                    let same =
                        groups.iter_mut().find(|g| (g.1, g.2) == (to, settled) && matches!(g.0, Change::Add(_)) == add);
                    match same {
                        Some((Change::Add(more) | Change::Remove(more), _, _)) => more.push(id),
                        _ if add => groups.push((Change::Add(vec![id]), to, settled)),
                        _ => groups.push((Change::Remove(vec![id]), to, settled)),
                    }
                }
            }
            _ => {}
        }
        flips.extend(groups.into_iter().map(|(change, to, settled)| Flip { fact: var.fact, change, to, settled }));
    }
    flips
}

/// The first run of cells, walking along `side`, in which the verdict is another: the run, the verdict, settled.
fn nearest(
    cells: &[LineCell],
    class: &[usize],
    side: &[usize],
    other: &mut impl FnMut(usize) -> Option<(Verdict, bool)>,
) -> Option<(LineCell, Verdict, bool)> {
    let start = side.iter().position(|&cell| other(class[cell]).is_some())?;
    let (to, settled) = other(class[side[start]])?;
    let run: Vec<usize> =
        side[start..].iter().copied().take_while(|&cell| other(class[cell]) == Some((to, settled))).collect();
    let line = runs(cells, |n| run.contains(&n)).into_iter().next()?;
    Some((line, to, settled))
}

/// Where no single flip exists: the fewest decided statements that must all change, with answers that change them.
/// None where no answers at all bring another verdict.
pub(crate) fn flips_together(view: View) -> Option<FlipsTogether> {
    let truths = &view.judgement.truths;
    let Together { group, steps, then } = together(view, &view.free())?;
    Some(FlipsTogether {
        statements: group.iter().filter(|g| truths[g.0].is_known()).map(|g| view.state(g.0, truths[g.0])).collect(),
        way: view.way(&steps, false),
        to: then.verdict,
        settled: then.is_settled(),
    })
}

impl View<'_> {
    pub fn state(&self, statement: usize, truth: Truth) -> StatementState {
        let (list, place) = self.rules.statements[statement];
        StatementState { list, place, truth }
    }

    /// Steps as answers; `within` what is known, or regardless of it.
    fn way(&self, steps: &Steps, within: bool) -> Way {
        Way::of(&self.rules.model, self.facts, steps, |fact| within.then(|| self.knowledge[fact.0].clone()))
    }

    /// Every class of every fact, whatever is known.
    fn free(&self) -> Vec<Bits> {
        self.rules.model.vars.iter().map(|var| Bits::all(var.classes)).collect()
    }
}
