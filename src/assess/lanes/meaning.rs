//! Number lines as a table: one row for each run of values that mean the same to every capability.

use super::{Bar, Lane, LineCell, NumberLine};

/// What a run of values means to one capability. Neither grey nor bars: no rule speaks there or beyond.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning<'a> {
    pub grey: bool,
    /// Of each list one statement, such as holds on this fact alone if there is one.
    pub bars: Vec<&'a Bar>,
}

impl NumberLine {
    /// From the lowest values upwards; one meaning for each lane.
    pub fn rows(&self) -> Vec<(LineCell, Vec<Meaning<'_>>)> {
        let mut rows: Vec<(LineCell, Vec<Meaning>)> = Vec::new();
        for (n, cell) in self.cells.iter().enumerate() {
            let meant: Vec<Meaning> = self.lanes.iter().map(|lane| meaning(lane, n)).collect();
            match rows.last_mut() {
                Some((values, before)) if same(before, &meant) => *values = values.up_to(cell),
                _ => rows.push((*cell, meant)),
            }
        }
        rows
    }

    /// The runs of values that are grey to a lane.
    pub fn grey(&self, lane: &Lane) -> Vec<LineCell> {
        let runs = lane.grey.chunk_by(|a, b| a + 1 == *b);
        runs.map(|run| self.cells[run[0]].up_to(&self.cells[run[run.len() - 1]])).collect()
    }
}

impl LineCell {
    /// Neighbouring values as one, from the start of these to the end of those.
    pub fn up_to(&self, last: &LineCell) -> LineCell {
        LineCell { max: last.max, max_open: last.max_open, ..*self }
    }
}

/// Alike to a reader: the same statements speak, in the same way.
fn same(a: &[Meaning], b: &[Meaning]) -> bool {
    let says = |m: &Meaning| {
        let bars: Vec<_> = m.bars.iter().map(|bar| (bar.list, bar.statement, bar.alone)).collect();
        (m.grey, bars)
    };
    a.iter().map(says).eq(b.iter().map(says))
}

fn meaning(lane: &Lane, cell: usize) -> Meaning<'_> {
    let mut bars: Vec<&Bar> = lane.bars.iter().filter(|bar| bar.cells.contains(&cell)).collect();
    bars.sort_by_key(|bar| (bar.list, !bar.alone, bar.statement));
    bars.dedup_by_key(|bar| bar.list);
    Meaning { grey: lane.grey.contains(&cell), bars }
}
