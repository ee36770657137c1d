//! What each value of an ordered fact means on its own, capability by capability: the data of a number line.
//!
//! Only what the fact itself says counts. In `architecture == "monolith" || microservices < 3` the first part is no
//! statement about a number of services, so at 4 services the condition says nothing, although a monolith with 4
//! would satisfy it. In `microservices < 5 && call_chains == "simple"` the first part does speak, but not alone.

use std::ops::Range;

use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Condition, Expr, FactType, ListKind, Literal, Op};

/// Every threshold of one ordered fact, over all capabilities that compare it.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberLine {
    pub fact: FactIx,
    /// From the lowest value upwards, without gaps.
    pub cells: Vec<LineCell>,
    /// In reading order of the capabilities.
    pub lanes: Vec<Lane>,
}

/// A set of values that no condition tells apart. For integers both ends are inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineCell {
    pub min: f64,
    /// True when `min` itself is outside (numbers only).
    pub min_open: bool,
    /// None: no upper end.
    pub max: Option<f64>,
    pub max_open: bool,
}

/// What the fact means to one capability.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    pub bars: Vec<Bar>,
    /// Cells where no rule speaks, although some do below and above: the grey zone.
    pub grey: Vec<usize>,
}

/// A run of neighbouring cells in which one statement can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub list: ListKind,
    /// Place in that list of the capability.
    pub statement: usize,
    pub cells: Range<usize>,
    /// True when the statement holds on this fact alone; else it needs another fact too.
    pub alone: bool,
}

impl LineCell {
    /// True for a single value.
    pub fn is_point(&self) -> bool {
        self.max == Some(self.min)
    }

    pub fn contains(&self, value: f64) -> bool {
        let above = if self.min_open { value > self.min } else { value >= self.min };
        above && self.max.is_none_or(|max| if self.max_open { value < max } else { value <= max })
    }

    /// A value of the cell, for evaluating comparisons: none of them tells it from the others.
    fn sample(&self) -> f64 {
        match (self.min_open, self.max) {
            (false, _) => self.min,
            (true, Some(max)) => self.min + (max - self.min) / 2.0,
            (true, None) => self.min + 1.0,
        }
    }
}

/// The number line of a fact. None if the fact is not ordered, or no statement compares it.
pub fn number_line(catalog: &Catalog, fact: FactIx) -> Option<NumberLine> {
    line(catalog, fact, 0..catalog.capabilities.len())
}

/// The number line of a fact for one capability alone, by its place in the catalog: cut by its own thresholds only.
pub fn capability_line(catalog: &Catalog, fact: FactIx, capability: usize) -> Option<NumberLine> {
    line(catalog, fact, capability..capability + 1)
}

fn line(catalog: &Catalog, fact: FactIx, of: Range<usize>) -> Option<NumberLine> {
    let declared = catalog.fact(fact);
    if !declared.fact_type.is_ordered() {
        return None;
    }
    let mut comparisons = Vec::new();
    for (_, _, _, condition) in statements(catalog, fact, of.clone()) {
        collect(&condition.expr, fact, &mut comparisons);
    }
    if comparisons.is_empty() {
        return None;
    }
    let lowest = declared.range.map_or(0.0, |(min, _)| min.min(0.0));
    let cells = cells(&comparisons, lowest, declared.fact_type == FactType::Integer);

    let mut lanes: Vec<Lane> = Vec::new();
    for (capability, list, place, condition) in statements(catalog, fact, of.clone()) {
        let spoken: Vec<Speech> = cells.iter().map(|cell| speech(&condition.expr, fact, cell)).collect();
        // What holds everywhere, or nowhere, says nothing about this fact.
        if spoken.iter().all(|s| *s == spoken[0]) {
            continue;
        }
        if lanes.last().is_none_or(|lane| lane.capability != capability) {
            lanes.push(Lane { capability, bars: Vec::new(), grey: Vec::new() });
        }
        if let Some(lane) = lanes.last_mut() {
            lane.bars.extend(runs(&spoken).map(|(cells, alone)| Bar { list, statement: place, cells, alone }));
        }
    }
    for lane in &mut lanes {
        lane.grey = grey(lane, cells.len());
    }
    (!lanes.is_empty()).then_some(NumberLine { fact, cells, lanes })
}

/// The conditioned statements that read a fact and stand in a list that decides, in reading order.
fn statements(
    catalog: &Catalog,
    fact: FactIx,
    of: Range<usize>,
) -> impl Iterator<Item = (usize, ListKind, usize, &Condition)> {
    catalog.capabilities[of.clone()].iter().enumerate().flat_map(move |(n, capability)| {
        let n = of.start + n;
        capability.statements().filter_map(move |(list, place, statement)| {
            let condition = statement.when.as_ref().filter(|c| c.facts.contains(&fact))?;
            (list != ListKind::Prepare).then_some((n, list, place, condition))
        })
    })
}

fn collect(expr: &Expr<FactIx>, fact: FactIx, comparisons: &mut Vec<(Op, f64)>) {
    match expr {
        Expr::Or(parts) | Expr::And(parts) => parts.iter().for_each(|p| collect(p, fact, comparisons)),
        Expr::Not(part) => collect(part, fact, comparisons),
        Expr::Compare { fact: f, op, value: Literal::Number(n), .. } if *f == fact => comparisons.push((*op, *n)),
        _ => {}
    }
}

/// The thresholds and the intervals between them; neighbours that every comparison treats alike are one cell.
fn cells(comparisons: &[(Op, f64)], lowest: f64, integer: bool) -> Vec<LineCell> {
    let mut thresholds: Vec<f64> = comparisons.iter().map(|(_, n)| *n).collect();
    thresholds.sort_by(f64::total_cmp);
    thresholds.dedup();
    let lowest = thresholds.first().map_or(lowest, |first| lowest.min(*first));
    let mut cells: Vec<LineCell> = Vec::new();
    let mut from = (lowest, false);
    for &at in &thresholds {
        if integer {
            if from.0 < at {
                cells.push(LineCell { min: from.0, min_open: false, max: Some(at - 1.0), max_open: false });
            }
            from = (at + 1.0, false);
        } else {
            if from.0 < at {
                cells.push(LineCell { min: from.0, min_open: from.1, max: Some(at), max_open: true });
            }
            from = (at, true);
        }
        cells.push(LineCell { min: at, min_open: false, max: Some(at), max_open: false });
    }
    cells.push(LineCell { min: from.0, min_open: from.1, max: None, max_open: false });

    let signature = |cell: &LineCell| comparisons.iter().map(|c| holds(c.0, cell.sample(), c.1)).collect::<Vec<bool>>();
    let mut merged: Vec<LineCell> = Vec::new();
    for cell in cells {
        match merged.last_mut() {
            Some(last) if signature(last) == signature(&cell) => (last.max, last.max_open) = (cell.max, cell.max_open),
            _ => merged.push(cell),
        }
    }
    merged
}

fn holds(op: Op, value: f64, bound: f64) -> bool {
    match op {
        Op::Eq => value == bound,
        Op::Ne => value != bound,
        Op::Lt => value < bound,
        Op::Le => value <= bound,
        Op::Gt => value > bound,
        Op::Ge => value >= bound,
    }
}

/// What a condition says of a cell of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Speech {
    No,
    /// It can hold, if another fact is so too.
    WithAnother,
    Alone,
}

impl Speech {
    fn not(self) -> Self {
        match self {
            Speech::No => Speech::Alone,
            Speech::WithAnother => Speech::WithAnother,
            Speech::Alone => Speech::No,
        }
    }
}

fn speech(expr: &Expr<FactIx>, fact: FactIx, cell: &LineCell) -> Speech {
    speaks(expr, fact, cell, false).unwrap_or(Speech::No)
}

/// None where the part does not read the fact. `negated` swaps what joins the parts: a negated `or` is an `and`.
fn speaks(expr: &Expr<FactIx>, fact: FactIx, cell: &LineCell, negated: bool) -> Option<Speech> {
    let (parts, all) = match expr {
        Expr::Compare { fact: f, op, value: Literal::Number(n), .. } if *f == fact => {
            let speech = if holds(*op, cell.sample(), *n) { Speech::Alone } else { Speech::No };
            return Some(if negated { speech.not() } else { speech });
        }
        Expr::Not(part) => return speaks(part, fact, cell, !negated),
        Expr::Or(parts) => (parts, negated),
        Expr::And(parts) => (parts, !negated),
        _ => return None,
    };
    let spoken: Vec<Option<Speech>> = parts.iter().map(|p| speaks(p, fact, cell, negated)).collect();
    let silent = spoken.iter().any(Option::is_none);
    let spoken = spoken.into_iter().flatten();
    if all {
        let speech = spoken.min()?;
        Some(if silent { speech.min(Speech::WithAnother) } else { speech })
    } else {
        spoken.max()
    }
}

/// Runs of neighbouring cells in which a statement can hold, alone or not.
fn runs(spoken: &[Speech]) -> impl Iterator<Item = (Range<usize>, bool)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < spoken.len() {
            let start = at;
            while at < spoken.len() && spoken[at] == spoken[start] {
                at += 1;
            }
            if spoken[start] != Speech::No {
                return Some((start..at, spoken[start] == Speech::Alone));
            }
        }
        None
    })
}

/// Cells in which no trigger, no not-when and no reason to wait can hold, while some can below and above.
fn grey(lane: &Lane, cells: usize) -> Vec<usize> {
    let counts = [ListKind::Trigger, ListKind::NotWhen, ListKind::Later];
    let spoken: Vec<bool> = (0..cells)
        .map(|cell| lane.bars.iter().any(|bar| counts.contains(&bar.list) && bar.cells.contains(&cell)))
        .collect();
    (0..cells).filter(|&c| !spoken[c] && spoken[..c].contains(&true) && spoken[c..].contains(&true)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Sources;
    use std::sync::Arc;

    /// Number lines of `services` for a capability with these lists, as "list from..to alone|with, grey cells".
    fn check(fact_type: &str, lists: &str, cells: &[&str], expected: &[&str], grey: &[usize]) {
        let facts = format!(
            "services: {{ title: S, question: Q, type: {fact_type} }}\n\
             monolith: {{ title: M, question: Q, type: boolean }}\n"
        );
        let capability = format!("title: C\nlayer: l\nsummary: S\ncomplexity: low\n{lists}");
        let mut sources = Sources::default();
        for (path, text) in [
            ("content/site.yaml", "title: T\nquestion: Q\ndescription: D\n"),
            ("content/layers/l.yaml", "title: L\norder: 1\nsummary: S\n"),
            ("content/facts/f.yaml", &facts),
            ("content/capabilities/c.yaml", &capability),
        ] {
            sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
        }
        let (plan, diagnostics) = crate::compile(&sources, None);
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        let line = number_line(&plan.catalog, FactIx(0)).unwrap();
        let shown: Vec<String> = line.cells.iter().map(|c| crate::words::cell(c, fact_type == "integer")).collect();
        assert_eq!(shown, cells);
        let bars: Vec<String> = line.lanes[0]
            .bars
            .iter()
            .map(|b| format!("{} {:?} {}", b.list.name(), b.cells, if b.alone { "alone" } else { "with" }))
            .collect();
        assert_eq!(bars, expected);
        assert_eq!(line.lanes[0].grey, grey);
    }

    #[test]
    fn exactly_five_services_are_a_grey_zone() {
        check(
            "integer",
            "triggers: [{ id: a, text: A, when: services > 5 }]\n\
             not_when: [{ text: B, when: monolith || services < 3 }]\n\
             timing: { later: [{ text: C, when: services < 5 }] }\n",
            &["0 to 2", "3 to 4", "exactly 5", "6 or more"],
            &["triggers 3..4 alone", "not_when 0..1 alone", "later 0..2 alone"],
            &[2],
        );
    }

    #[test]
    fn what_needs_another_fact_is_not_alone() {
        check(
            "number",
            "triggers: [{ id: a, text: A, when: services > 1 && monolith }]\n\
             not_when: [{ text: B, when: '!(services >= 0.5 || monolith)' }]\n",
            &["0 to less than 0.5", "0.5 to 1", "more than 1"],
            &["triggers 2..3 with", "not_when 0..1 with"],
            &[1],
        );
    }

    #[test]
    fn neighbouring_integers_leave_no_cell_between() {
        check(
            "integer",
            "triggers: [{ id: a, text: A, when: services > 10 }]\nnot_when: [{ text: B, when: services < 11 }]\n",
            &["0 to 10", "11 or more"],
            &["triggers 1..2 alone", "not_when 0..1 alone"],
            &[],
        );
    }
}
