//! What a capability is worth to a situation, and why, as a list.

use super::paper::{Paper, escape};
use crate::export::assessment::{CapabilityJson, StateJson, WayJson};
use crate::model::Verdict;

/// The verdict with its rule: "Probably worthwhile (`adopt`), `now`, not settled, possible: `adopt`, `wait`".
pub fn verdict(paper: &Paper, judged: &CapabilityJson) -> String {
    let words = &paper.words.twin;
    let (Some(verdict), Some(label), Some(rule)) = (judged.verdict, &judged.label, judged.rule) else {
        return words.guidance.clone();
    };
    let possible: Vec<String> = judged.possible.iter().map(|v| format!("`{v}`")).collect();
    let settled = match judged.settled {
        true => words.settled.clone(),
        false => words.possible.replace("{}", &possible.join(", ")),
    };
    format!("{} (`{verdict}`), `{rule}`, {settled}", escape(label))
}

/// The verdict as an item, and why below it. `depth` is that of the items, from 0.
pub fn write(paper: &mut Paper, depth: usize, judged: &CapabilityJson) {
    let said = verdict(paper, judged);
    match judged.verdict {
        Some(_) => paper.item(depth, &format!("{}: {said}", paper.words.twin.computed)),
        None => return paper.item(depth, &said),
    }
    states(paper, depth + 1, &judged.because, false);
    changes(paper, depth, judged);
}

/// Why a verdict is what it is: reasons, and what would change it.
pub fn why(paper: &mut Paper, depth: usize, judged: &CapabilityJson) {
    states(paper, depth, &judged.because, false);
    changes(paper, depth, judged);
}

fn changes(paper: &mut Paper, depth: usize, judged: &CapabilityJson) {
    let words = &paper.words.twin;
    if !judged.against.is_empty() {
        paper.item(depth, &format!("{}:", words.although));
        states(paper, depth + 1, &judged.against, false);
    }
    for unless in &judged.unless {
        paper.item(depth, &format!("{} {}:", words.unless, then(paper, unless.to, unless.settled)));
        unless.ways.iter().for_each(|w| paper.item(depth + 1, &way(w)));
        states(paper, depth + 1, &unless.statements, true);
    }
    for flip in &judged.flips {
        let to = then(paper, flip.to, flip.settled);
        paper.item(depth, &format!("{}: {} (`{}`) → {to}", words.flips, escape(&flip.text), flip.fact));
    }
    if let Some(together) = &judged.flips_together {
        paper.item(depth, &format!("{} {}:", words.together, then(paper, together.to, together.settled)));
        paper.item(depth + 1, &way(&together.way));
        states(paper, depth + 1, &together.statements, false);
    }
}

fn then(paper: &Paper, verdict: &str, settled: bool) -> String {
    Verdict::from_name(verdict).map_or_else(|| format!("`{verdict}`"), |v| paper.verdict(v, settled))
}

/// Statements with their truth: as it is, or as it would be.
fn states(paper: &mut Paper, depth: usize, states: &[StateJson], would_be: bool) {
    let would_be = if would_be { format!("{} ", paper.words.twin.would_be) } else { String::new() };
    for state in states {
        let facts: Vec<String> = state.facts.iter().map(|id| format!("`{id}`")).collect();
        paper.item(
            depth,
            &format!(
                "`{}` {}: {} → {would_be}{}: {} ({})",
                state.list,
                state.id,
                escape(&state.text),
                state.truth,
                escape(&state.reason),
                facts.join(", ")
            ),
        );
    }
}

fn way(way: &WayJson) -> String {
    let needs: Vec<String> = way
        .needs
        .iter()
        .map(|need| {
            let lists = [&need.options, &need.with, &need.without];
            let options: Vec<String> = lists.into_iter().flatten().flatten().map(|id| format!("`{id}`")).collect();
            format!("`{}` {}", need.fact, options.join(", ")).trim_end().to_owned()
        })
        .collect();
    format!("{} ({})", escape(&way.text), needs.join("; "))
}
