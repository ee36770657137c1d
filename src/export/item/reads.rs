//! What the values of an ordered fact mean to capabilities: number lines and grey zones.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, named};
use crate::assess::lanes::{self, Lane, LineCell, NumberLine};
use crate::export::assessment::RunJson;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, FactType, Key, Kind, ListKind};
use crate::plan::Plan;
use crate::words;

/// Every threshold of a fact, over all capabilities that compare it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NumberLine")]
pub struct LineJson {
    /// The values, as far as the deciding conditions tell them apart: from the lowest upwards, without gaps.
    pub cells: Vec<CellOfLine>,
    /// What the cells mean to each capability.
    pub lanes: Vec<LaneJson>,
}

/// A run of values that no condition tells apart.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LineCell")]
pub struct CellOfLine {
    /// In words: `exactly 5`.
    pub text: String,
    /// The values.
    #[serde(flatten)]
    pub run: RunJson,
}

/// What the cells of a number line mean to a capability.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Lane")]
pub struct LaneJson {
    /// The capability.
    pub capability: Named,
    /// Runs of cells in which one statement can hold because of this fact.
    pub bars: Vec<BarJson>,
    /// Cells (places, from 0) of which no trigger, not-when or reason to wait speaks, while some do below and above.
    pub grey: Vec<usize>,
}

/// A run of cells in which a statement can hold.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Bar")]
pub struct BarJson {
    /// The list of the statement.
    #[schemars(with = "ListKind")]
    pub list: &'static str,
    /// The statement's id in the capability.
    pub statement: String,
    /// The first cell, from 0.
    pub first: usize,
    /// The last cell, from 0; itself inside.
    pub last: usize,
    /// True if it holds on this fact alone; else it needs another fact too.
    pub alone: bool,
}

/// Values of a fact about which a capability says nothing, although it speaks below and above.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GreyZone")]
pub struct GreyZoneJson {
    /// The fact.
    pub fact: Named,
    /// The values in words: `exactly 5`.
    pub text: String,
    /// The values.
    pub runs: Vec<RunJson>,
}

/// The number line of a fact; None where no deciding condition compares it.
pub(super) fn line(plan: &Plan, fact: FactIx) -> Option<LineJson> {
    let catalog = &plan.catalog;
    let line = lanes::number_line(catalog, fact)?;
    let cells = line.cells.iter().map(|cell| CellOfLine { text: in_words(catalog, fact, cell), run: run(cell) });
    let lane = |lane: &Lane| {
        let capability = &catalog.capabilities[lane.capability];
        let bars = lane.bars.iter().map(|bar| BarJson {
            list: bar.list.name(),
            statement: statement_id(capability, bar.list, bar.statement),
            first: bar.cells.start,
            last: bar.cells.end - 1,
            alone: bar.alone,
        });
        LaneJson {
            capability: named(plan, &Key::new(Kind::Capability, &capability.id)),
            bars: bars.collect(),
            grey: lane.grey.clone(),
        }
    };
    Some(LineJson { cells: cells.collect(), lanes: line.lanes.iter().map(lane).collect() })
}

/// The grey zones of a capability, by fact in declared order.
pub(super) fn grey_zones(plan: &Plan, capability: &Capability<Condition>) -> Vec<GreyZoneJson> {
    let catalog = &plan.catalog;
    let Some(place) = catalog.place(Kind::Capability, &capability.id) else { return Vec::new() };
    let zone = |fact| {
        let line = lanes::capability_line(catalog, fact, place)?;
        let runs = grey_runs(&line);
        (!runs.is_empty()).then(|| GreyZoneJson {
            fact: named(plan, &Key::new(Kind::Fact, &catalog.fact(fact).id)),
            text: runs.iter().map(|cell| in_words(catalog, fact, cell)).collect::<Vec<_>>().join(", "),
            runs: runs.iter().map(run).collect(),
        })
    };
    facts_of(capability).into_iter().filter_map(zone).collect()
}

/// The facts that the statements of a capability read, in declared order.
pub(super) fn facts_of(capability: &Capability<Condition>) -> Vec<FactIx> {
    let conditions = capability.statements().filter_map(|(_, _, s)| s.when.as_deref());
    let mut facts: Vec<FactIx> = conditions.flat_map(|condition| condition.facts.iter().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// The id of a statement: as authored, else its list and its place in it.
pub(super) fn statement_id(capability: &Capability<Condition>, list: ListKind, place: usize) -> String {
    let lists = capability.lists();
    let statement = lists.iter().find(|(kind, _)| *kind == list).and_then(|(_, statements)| statements.get(place));
    statement.and_then(|s| s.id.clone()).unwrap_or_else(|| format!("{}.{}", list.name(), place + 1))
}

/// The grey cells of a line of one lane, neighbours as one.
fn grey_runs(line: &NumberLine) -> Vec<LineCell> {
    let grey = line.lanes.first().map_or(&[][..], |lane| &lane.grey);
    let joint = |run: &[usize]| {
        let (first, last) = (&line.cells[run[0]], &line.cells[run[run.len() - 1]]);
        LineCell { min: first.min, min_open: first.min_open, max: last.max, max_open: last.max_open }
    };
    grey.chunk_by(|a, b| a + 1 == *b).map(joint).collect()
}

fn in_words(catalog: &Catalog, fact: FactIx, cell: &LineCell) -> String {
    words::cell(&catalog.site.joints, cell, catalog.fact(fact).fact_type == FactType::Integer)
}

fn run(cell: &LineCell) -> RunJson {
    RunJson { min: cell.min, min_open: cell.min_open, max: cell.max, max_open: cell.max_open }
}
