//! From what the assessment says of a fact's values to the input of a drawing.

use std::ops::Range;

use super::{Axis, BarDrawing, LaneDrawing, Marker, NARROW, NumberLineDrawing, TICK, Tick};
use crate::assess::lanes::{Lane, LineCell, NumberLine};
use crate::draw::measure::{Face, width};
use crate::model::ListKind;

/// The words of a drawing, and what it points at.
pub struct LineNames<'a> {
    /// Starts every element id of the drawing; unique on the page.
    pub id: &'a str,
    /// What the drawing shows, for those who do not see it.
    pub label: &'a str,
    /// What the numbers count; empty where they have no unit.
    pub unit: &'a str,
    /// True where the fact is a whole number.
    pub integer: bool,
    /// The title of a capability, by its place in the catalog.
    pub title: &'a dyn Fn(usize) -> String,
    /// What a bar of a list says: "Worth it", "Skip", "Later".
    pub list: &'a dyn Fn(ListKind) -> String,
    pub reading: Option<Reading>,
}

/// A known value of the fact, or a range of values (`min` ≤ `max`).
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub min: f64,
    pub max: f64,
    /// "Webshop: 8".
    pub label: String,
}

/// At most so many slots of one value each; beyond that a slot is a cell.
const UNIT_SLOTS: usize = 14;
/// So many slots of one value each above the highest threshold.
const TAIL: Range<usize> = 3..6;

/// The drawing of a number line. Whole numbers get a slot each where the line is short; else every cell is one slot,
/// however many values it holds.
pub fn drawing(line: &NumberLine, names: &LineNames<'_>) -> NumberLineDrawing {
    let slots = if names.integer { unit_slots(&line.cells) } else { None };
    let slots = slots.unwrap_or_else(|| cell_slots(&line.cells, names.integer));
    NumberLineDrawing {
        id: names.id.to_owned(),
        label: names.label.to_owned(),
        unit: names.unit.to_owned(),
        marker: names.reading.as_ref().and_then(|reading| slots.marker(reading, &line.cells)),
        lanes: line.lanes.iter().map(|lane| slots.lane(lane, &line.cells, names)).collect(),
        axis: slots.axis,
    }
}

/// What neighbouring cells have in common, in short: `< 3`, `3–4`, `= 5`, `> 5`. Empty where they are all cells.
pub fn bounds(cells: &[LineCell], run: &Range<usize>, integer: bool) -> String {
    let (Some(first), Some(last)) = (cells.get(run.start), run.end.checked_sub(1).and_then(|i| cells.get(i))) else {
        return String::new();
    };
    let before = run.start.checked_sub(1).and_then(|i| cells.get(i)).and_then(|cell| cell.max);
    match (before, cells.get(run.end)) {
        (None, None) => String::new(),
        (None, Some(next)) if integer => format!("< {}", value_text(next.min)),
        (None, Some(_)) => {
            format!("{} {}", if last.max_open { "<" } else { "≤" }, value_text(last.max.unwrap_or(f64::INFINITY)))
        }
        (Some(before), None) if integer => format!("> {}", value_text(before)),
        (Some(_), None) => format!("{} {}", if first.min_open { ">" } else { "≥" }, value_text(first.min)),
        (Some(_), Some(_)) if last.max == Some(first.min) => format!("= {}", value_text(first.min)),
        (Some(_), Some(next)) => {
            format!("{}–{}", value_text(first.min), value_text(last.max.unwrap_or(next.min)))
        }
    }
}

/// A value as conditions write it: no exponent, no needless zeros.
pub fn value_text(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// The axis, and where each cell lies on it.
struct Slots {
    axis: Axis,
    /// By cell.
    of_cell: Vec<Range<usize>>,
    /// True where every slot but the last is one whole number.
    units: bool,
}

/// One slot for each whole number, the last for all that follow; None where that makes too many.
fn unit_slots(cells: &[LineCell]) -> Option<Slots> {
    let from = cells.first()?.min;
    let (last, finite) = cells.split_last()?;
    // A bounded last cell is drawn to its end.
    let end = last.max.map_or(last.min, |max| max + 1.0);
    let known = end - from;
    if !(0.0..=UNIT_SLOTS as f64).contains(&known) {
        return None;
    }
    let known = known as usize;
    let tail = match last.max {
        Some(_) => 0,
        None => {
            let room = UNIT_SLOTS.checked_sub(known).filter(|&room| room >= TAIL.start - 1)?.min(TAIL.end - 1);
            let round = |&tail: &usize| (end + tail as f64 - 1.0) % 5.0 == 0.0;
            TAIL.rev().filter(|&tail| tail <= room).find(round).unwrap_or(room)
        }
    };
    let count = known + tail;
    let slot = |value: f64| ((value - from) as usize).min(count);
    let mut of_cell: Vec<Range<usize>> =
        finite.iter().map(|cell| slot(cell.min)..cell.max.map_or(count, |max| slot(max) + 1)).collect();
    of_cell.push(slot(last.min)..count);
    let cuts: Vec<usize> = of_cell.iter().skip(1).map(|slots| slots.start).collect();
    let ticks = (0..count)
        .map(|i| {
            let open = tail > 0 && i + 1 == count;
            let text = value_text(from + i as f64) + if open { "+" } else { "" };
            Tick { at: i as f64 + 0.5, text, bound: cuts.contains(&i) }
        })
        .collect();
    let starts = (0..count).map(|i| value_text(from + i as f64)).collect();
    Some(Slots { axis: Axis { slots: count, ticks, cuts, starts }, of_cell, units: true })
}

/// One slot for each cell.
fn cell_slots(cells: &[LineCell], integer: bool) -> Slots {
    let count = cells.len().max(1);
    let is_point = |cell: &LineCell| cell.max == Some(cell.min);
    let range = |cell: &LineCell| match cell.max {
        None => format!("{}+", value_text(cell.min)),
        Some(max) if max == cell.min => value_text(max),
        Some(max) => format!("{}–{}", value_text(cell.min), value_text(max)),
    };
    let room = NARROW / count as f64 - 4.0;
    let ranges = integer && cells.iter().all(|cell| width(&range(cell), TICK, Face::Mono) <= room);
    let tick = |at: f64, text: String| Tick { at, text, bound: true };
    let mut ticks = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let at = i as f64;
        if ranges {
            ticks.push(tick(at + 0.5, range(cell)));
        } else if is_point(cell) {
            ticks.push(tick(at + 0.5, value_text(cell.min)));
        } else if i == 0 || integer || !is_point(&cells[i - 1]) {
            // The edge between two ranges. Beside a point it would say the point's number again.
            ticks.push(Tick { bound: i > 0, ..tick(at, value_text(cell.min)) });
        }
    }
    let starts =
        cells.iter().map(|cell| (if cell.min_open { ">" } else { "" }).to_owned() + &value_text(cell.min)).collect();
    Slots {
        axis: Axis { slots: count, ticks, cuts: (1..cells.len()).collect(), starts },
        of_cell: (0..cells.len()).map(|i| i..i + 1).collect(),
        units: false,
    }
}

impl Slots {
    /// The slots of neighbouring cells.
    fn run(&self, cells: &Range<usize>) -> Range<usize> {
        let start = self.of_cell.get(cells.start).map_or(0, |slots| slots.start);
        let end = cells.end.checked_sub(1).and_then(|i| self.of_cell.get(i)).map_or(start, |slots| slots.end);
        start..end.max(start)
    }

    fn lane(&self, lane: &Lane, cells: &[LineCell], names: &LineNames<'_>) -> LaneDrawing {
        let mut bars: Vec<BarDrawing> = Vec::new();
        // What holds alone comes first: where another fact would be needed too, it only repeats that.
        let mut order: Vec<_> = lane.bars.iter().collect();
        order.sort_by_key(|bar| !bar.alone);
        for bar in order {
            let slots = self.run(&bar.cells);
            let covered = |other: &BarDrawing| {
                let covers = other.slots.start <= slots.start && slots.end <= other.slots.end;
                other.list == bar.list && (other.slots == slots || other.alone && !bar.alone && covers)
            };
            if slots.is_empty() || bars.iter().any(covered) {
                continue;
            }
            let short = (names.list)(bar.list);
            let bounds = bounds(cells, &bar.cells, names.integer);
            let label = if bounds.is_empty() { short.clone() } else { format!("{short} {bounds}") };
            bars.push(BarDrawing { list: bar.list, label, short, slots, alone: bar.alone });
        }
        bars.sort_by_key(|bar| (bar.list, bar.slots.start, bar.slots.end, !bar.alone));
        let mut grey: Vec<Range<usize>> = Vec::new();
        for &cell in &lane.grey {
            let slots = self.run(&(cell..cell + 1));
            match grey.last_mut() {
                Some(last) if last.end == slots.start => last.end = slots.end,
                _ => grey.push(slots),
            }
        }
        grey.retain(|slots| !slots.is_empty());
        LaneDrawing { title: (names.title)(lane.capability), bars, grey }
    }

    fn marker(&self, reading: &Reading, cells: &[LineCell]) -> Option<Marker> {
        let (low, high) = (self.slot(reading.min, cells)?, self.slot(reading.max, cells)?);
        Some(Marker { label: reading.label.clone(), slots: low..high.max(low) + 1 })
    }

    /// The slot that holds a value.
    fn slot(&self, value: f64, cells: &[LineCell]) -> Option<usize> {
        let holds = |cell: &LineCell| {
            let above = if cell.min_open { value > cell.min } else { value >= cell.min };
            above && cell.max.is_none_or(|max| if cell.max_open { value < max } else { value <= max })
        };
        let slots = self.of_cell.get(cells.iter().position(holds)?)?;
        if !self.units {
            return Some(slots.start);
        }
        let from = cells.first()?.min;
        Some(((value - from) as usize).clamp(slots.start, slots.end.saturating_sub(1)))
    }
}
