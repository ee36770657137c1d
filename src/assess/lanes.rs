//! What each value of an ordered fact means on its own, capability by capability: the data of a number line.

mod meaning;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::cells::{Cells, deciding, leaves_of};
use super::truth::{Known, Model, Truth};
use super::var::Classes;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Condition, Expr, ListKind};

pub use meaning::Meaning;

/// Every threshold of one ordered fact, over all capabilities that compare it.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberLine {
    pub fact: FactIx,
    /// From the lowest value upwards, without gaps.
    pub cells: Arc<[LineCell]>,
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
}

/// The number line of an ordered fact. None for facts without order, and where no condition that decides a verdict
/// compares the fact.
///
/// `use_when` and `prepare` decide no verdict, so they neither cut the line nor have bars on it.
///
/// A statement *speaks* of a cell if there are values of its other facts with which the fact matters (the statement
/// holds in some cells and not in others) and with which it holds in this cell. So `architecture == "monolith" ||
/// microservices < 3` speaks of 0 to 2 only: where it holds because of the monolith, the number of services does not
/// matter. It speaks *alone* if it holds in the cell whatever its other facts are. Bars are runs of cells of which a
/// statement speaks, broken where `alone` changes.
///
/// A cell is grey to a capability if none of its triggers, not-whens and reasons to wait speaks of it, while one
/// speaks of a cell below and one of a cell above.
pub fn number_line(catalog: &Catalog, fact: FactIx) -> Option<NumberLine> {
    line(catalog, fact, 0..catalog.capabilities.len())
}

/// The number line of a fact for one capability alone, by its place in the catalog: cut by its own thresholds only.
pub fn capability_line(catalog: &Catalog, fact: FactIx, capability: usize) -> Option<NumberLine> {
    line(catalog, fact, capability..capability + 1)
}

fn line(catalog: &Catalog, fact: FactIx, of: Range<usize>) -> Option<NumberLine> {
    if !catalog.fact(fact).fact_type.is_ordered() {
        return None;
    }
    let readers: Vec<(usize, ListKind, usize, &Condition)> = catalog
        .capabilities
        .iter()
        .enumerate()
        .skip(of.start)
        .take(of.len())
        .flat_map(|(n, c)| deciding(c).map(move |(list, place, condition)| (n, list, place, condition)))
        .filter(|(_, _, _, condition)| condition.facts.contains(&fact))
        .collect();
    let mut leaves: BTreeMap<FactIx, Vec<&Expr<FactIx>>> = BTreeMap::new();
    for (_, _, _, condition) in &readers {
        leaves_of(&condition.expr, &mut |leaf| {
            if let Some(fact) = leaf.fact() {
                leaves.entry(fact).or_default().push(leaf);
            }
        });
    }
    // Of a large catalog few facts are read, and nobody asks for the cells of the others.
    let mut cells = vec![Cells::Boolean { read: false }; catalog.facts.len()];
    for (of, leaves) in &leaves {
        cells[of.0] = Cells::cut(catalog.fact(*of), leaves);
    }
    let Cells::Ordered(line) = &cells[fact.0] else { return None };

    let mut lanes: Vec<Lane> = Vec::new();
    for (capability, list, statement, condition) in readers {
        let model = Model::new(&catalog.facts, &cells, [&condition.expr]);
        let speech = speech(&model, fact, line.len());
        let mut start = 0;
        let mut bars = Vec::new();
        while start < speech.len() {
            let end = (start..speech.len()).find(|&n| speech[n] != speech[start]).unwrap_or(speech.len());
            if let Some(alone) = speech[start] {
                bars.push(Bar { list, statement, cells: start..end, alone });
            }
            start = end;
        }
        match lanes.last_mut() {
            _ if bars.is_empty() => {}
            Some(lane) if lane.capability == capability => lane.bars.extend(bars),
            _ => lanes.push(Lane { capability, bars, grey: Vec::new() }),
        }
    }
    for lane in &mut lanes {
        let spoken = |cell: usize| {
            let decides = |list| matches!(list, ListKind::Trigger | ListKind::NotWhen | ListKind::Later);
            lane.bars.iter().any(|bar| decides(bar.list) && bar.cells.contains(&cell))
        };
        let first = (0..line.len()).find(|&n| spoken(n));
        let last = (0..line.len()).rfind(|&n| spoken(n));
        if let (Some(first), Some(last)) = (first, last) {
            lane.grey = (first..last).filter(|&n| !spoken(n)).collect();
        }
    }
    (!lanes.is_empty()).then(|| NumberLine { fact, cells: line.clone(), lanes })
}

/// For each cell of the line whether the model's one statement speaks of it, and whether alone.
fn speech(model: &Model, fact: FactIx, cells: usize) -> Vec<Option<bool>> {
    let mut seen = Seen { speaks: vec![false; cells], always: vec![true; cells], left: MOST_ROWS };
    let Some(line) = model.var(fact) else { return vec![None; cells] };
    let Classes::Ordered { class, .. } = &model.vars[line].values else { return vec![None; cells] };
    let others: Vec<usize> = (0..model.vars.len()).filter(|&var| var != line).collect();
    rows(model, &model.unknown(), line, class, &others, &mut vec![usize::MAX; model.vars.len()], &mut seen);
    if seen.left == 0 {
        seen.always.fill(false);
    }
    seen.speaks.iter().zip(&seen.always).map(|(&speaks, &always)| speaks.then_some(always)).collect()
}

struct Seen {
    speaks: Vec<bool>,
    always: Vec<bool>,
    /// How many more rows may be looked at.
    left: u32,
}

/// A condition over dozens of facts has more rows than can be looked at. After this many, what was seen to be spoken of
/// is, and nothing is said to be spoken of alone.
const MOST_ROWS: u32 = 20_000;

/// Looks at the truth in every cell of the line, for every choice of the other facts' classes.
fn rows(
    model: &Model,
    known: &Known,
    line: usize,
    class: &[usize],
    others: &[usize],
    fixed: &mut [usize],
    seen: &mut Seen,
) {
    if seen.left == 0 {
        return;
    }
    seen.left -= 1;
    let root = &model.formulas[0].root;
    let row: Vec<Truth> = class
        .iter()
        .map(|&class| {
            fixed[line] = class;
            model.kleene(root, known, fixed)
        })
        .collect();
    fixed[line] = usize::MAX;
    match others.split_first() {
        Some((&other, others)) if row.contains(&Truth::Unknown) => {
            for value in 0..model.vars[other].classes {
                fixed[other] = value;
                rows(model, known, line, class, others, fixed, seen);
            }
            fixed[other] = usize::MAX;
        }
        _ => {
            let matters = row.iter().any(|truth| *truth != row[0]);
            for (cell, truth) in row.iter().enumerate() {
                seen.speaks[cell] |= matters && *truth == Truth::True;
                seen.always[cell] &= *truth == Truth::True;
            }
        }
    }
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
        let shown: Vec<String> = line
            .cells
            .iter()
            .map(|c| crate::words::cell(&plan.catalog.site.joints, c, fact_type == "integer"))
            .collect();
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
