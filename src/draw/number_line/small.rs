//! The small number lines: one capability in one row, and a single threshold.

use std::fmt::Write as _;
use std::ops::Range;

use super::place::{self, Anchor, Label, Spot};
use super::{
    Axis, BAR, BarDrawing, LaneDrawing, NARROW, NumberLineDrawing, PAD, TEXT, TICK, WIDE, open, write_bar, write_grey,
    write_ticks,
};
use crate::draw::measure::{Face, shorten, width};
use crate::draw::svg::{escape, number, percent};
use crate::model::ListKind;

/// One lane of a drawing in a single row, for the page of a capability. Where bars overlap, the one that decides is
/// shown: ruled out before later before worth it, and what holds alone before what needs another fact.
pub fn compact(line: &NumberLineDrawing, lane: usize) -> String {
    let Some(whole) = line.lanes.get(lane) else { return String::new() };
    let slots = line.axis.slots.max(1) as f64;
    let bars = deciding(whole, line.axis.slots);

    let mut below: Vec<(Label, ListKind)> = Vec::new();
    let mut row = String::new();
    let mut used: Vec<[Range<f64>; 2]> = Vec::new();
    for bar in &bars {
        let span = bar.slots.start as f64 / slots..bar.slots.end as f64 / slots;
        write_bar(&mut row, bar, slots, 24.0);
        let [narrow, wide] = [NARROW, WIDE].map(|line| place::inside(bar, &span, line));
        match narrow {
            Some(_) => Label { narrow, wide, over: false }.write(&mut row, bar.list, 41.5),
            None => below.extend(under(bar, &span, &mut used).map(|label| (label, bar.list))),
        }
    }
    let height = if below.is_empty() { 51.0 } else { 70.0 };

    let lane = LaneDrawing { title: String::new(), bars: Vec::new(), grey: whole.grey.clone() };
    let starts: Vec<usize> =
        bars.iter().map(|bar| bar.slots.start).chain(lane.grey.iter().map(|grey| grey.start)).collect();
    let mut ticks = line.axis.ticks.clone();
    ticks.retain(|tick| starts.iter().any(|&s| (s as f64..s as f64 + 1.0).contains(&tick.at)));
    let axis = Axis { ticks, ..line.axis.clone() };
    let mut out = open(&NumberLineDrawing { lanes: vec![lane], axis: axis.clone(), ..line.clone() }, height);

    let mut taken = None;
    if let Some(marker) = &line.marker {
        let at = (marker.slots.start + marker.slots.end) as f64 / 2.0 / slots;
        let label = shorten(&marker.label, NARROW / 2.0 - 16.0, TICK, Face::Mono);
        let wide = width(&label, TICK, Face::Mono);
        let right = at * NARROW + 10.0 + wide <= NARROW;
        let (dx, anchor) = if right { (10.0, Anchor::Start) } else { (-10.0, Anchor::End) };
        let _ = write!(
            out,
            r#"<svg x="{}" overflow="visible"><path class="value" d="M-5 11h10l-5 9z"/><text class="tick tick-bound" x="{dx}" y="16"{}>{}</text></svg>"#,
            percent(at),
            anchor.attribute(),
            escape(&label)
        );
        taken = Some([NARROW, WIDE].map(|line| {
            let x = at * line;
            if right { x - 6.0..x + dx + wide } else { x + dx - wide..x + 6.0 }
        }));
    }
    write_ticks(&mut out, &axis, 16.0, taken.clone());
    write_unit(&mut out, &line.unit, &axis, taken);
    for grey in &whole.grey {
        write_grey(&mut out, &line.id, grey, slots, 24.0, BAR);
    }
    out.push_str(&row);
    for (label, list) in below {
        label.write(&mut out, list, 64.0);
    }
    out.push_str("</svg></div>");
    out
}

/// What the numbers count, at the right end of the axis, where nothing else stands there.
fn write_unit(out: &mut String, unit: &str, axis: &Axis, taken: Option<[Range<f64>; 2]>) {
    let unit = shorten(unit, NARROW / 2.0, TICK, Face::Regular);
    let wide = width(&unit, TICK, Face::Regular);
    let ticks = place::ticks(axis, taken.clone());
    let free = |pass: usize, line: f64| {
        let start = line - wide - 6.0;
        let of_value = taken.as_ref().is_none_or(|taken| taken[pass].end <= start);
        of_value && ticks.iter().all(|tick| (pass == 0 && tick.wide_only) || tick.span(line).end <= start)
    };
    let class = match (free(0, NARROW), free(1, WIDE)) {
        (_, false) => return,
        (true, true) => "unit",
        (false, true) => "unit when-wide",
    };
    if !unit.is_empty() {
        let _ = write!(out, r#"<text class="{class}" x="100%" y="16" text-anchor="end">{}</text>"#, escape(&unit));
    }
}

/// On which side of a threshold a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
}

/// The input of [`threshold`].
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// What the drawing shows, for those who do not see it: "Threshold 5 services, webshop 8".
    pub label: String,
    pub side: Side,
    /// Where the line starts; most often 0.
    pub from: f64,
    pub at: f64,
    /// The threshold in words: "1 h".
    pub at_text: String,
    /// The value of a case, and its words: "2 h".
    pub value: Option<(f64, String)>,
}

/// A dashed threshold, the part of the line where the condition holds, and a dot for a value.
pub fn threshold(line: &Threshold) -> String {
    let (at, value) = positions(line);
    let holds = match line.side {
        Side::Above => at..1.0,
        Side::Below => 0.0..at,
    };
    let mut out = format!(
        r#"<div class="line"><svg class="number-line" height="60" role="img" aria-label="{}"><rect class="reached" x="{}" y="20" width="{}" height="16"/><line class="axis" x1="0" x2="100%" y1="28" y2="28"/><line class="threshold" x1="{at}" x2="{at}" y1="19" y2="42"/>"#,
        escape(&line.label),
        percent(holds.start),
        percent(holds.end - holds.start),
        at = percent(at),
    );
    write_word(&mut out, &line.at_text, at, 56.0, "tick");
    if let (Some((_, text)), Some(value)) = (&line.value, value) {
        let x = percent(value);
        let _ = write!(
            out,
            r#"<line class="value-line" x1="0" x2="{x}" y1="28" y2="28"/><circle class="value" cx="{x}" cy="28" r="6"/>"#
        );
        write_word(&mut out, text, value, 13.0, "tick tick-bound");
    }
    out.push_str("</svg></div>");
    out
}

/// Where threshold and value stand, as shares of the line: true to scale where that is readable.
fn positions(line: &Threshold) -> (f64, Option<f64>) {
    let value = line.value.as_ref().map(|(value, _)| *value).filter(|value| value.is_finite());
    let at = (line.at - line.from).max(0.0);
    let span = value.map_or(at, |value| at.max(value - line.from)) * 2.0;
    let share = |x: f64| if span > 0.0 { x / span } else { 0.5 };
    let at_share = share(at).clamp(0.15, 0.8);
    let value_share = value.map(|value| {
        let linear = share((value - line.from).max(0.0)).clamp(0.04, 0.92);
        match value.total_cmp(&line.at) {
            std::cmp::Ordering::Less => linear.min(at_share - 0.1),
            std::cmp::Ordering::Equal => at_share,
            std::cmp::Ordering::Greater => linear.max(at_share + 0.1),
        }
    });
    (at_share, value_share)
}

/// A word centred at a share of the line, shifted just so far that it stays inside a narrow one.
fn write_word(out: &mut String, text: &str, at: f64, y: f64, class: &str) {
    /// Three of these drawings stand beside each other on a tablet.
    const COLUMN: f64 = 220.0;
    let text = shorten(text, COLUMN, TICK, Face::Mono);
    let half = width(&text, TICK, Face::Mono) / 2.0;
    let dx = (half - at * COLUMN).max(0.0) - (half - (1.0 - at) * COLUMN).max(0.0);
    let _ = write!(
        out,
        r#"<text class="{class}" x="{}" dx="{}" y="{}" text-anchor="middle">{}</text>"#,
        percent(at),
        number(dx),
        number(y),
        escape(&text)
    );
}

/// The one bar that each slot shows, as runs.
fn deciding(lane: &LaneDrawing, slots: usize) -> Vec<BarDrawing> {
    let weight = |bar: &BarDrawing| {
        let list = match bar.list {
            ListKind::NotWhen => 0,
            ListKind::Later => 1,
            ListKind::Trigger => 2,
            ListKind::ActivateWhen | ListKind::Now | ListKind::UseWhen => 3,
            ListKind::Prepare => 4,
        };
        (!bar.alone, list)
    };
    let mut runs: Vec<(usize, BarDrawing)> = Vec::new();
    for slot in 0..slots {
        let bars = lane.bars.iter().enumerate().filter(|(_, bar)| bar.slots.contains(&slot));
        let Some((i, bar)) = bars.min_by_key(|(_, bar)| weight(bar)) else { continue };
        match runs.last_mut() {
            Some((last, run)) if run.slots.end == slot && (*last == i || weight(&lane.bars[*last]) == weight(bar)) => {
                run.slots.end = slot + 1;
            }
            _ => runs.push((i, BarDrawing { slots: slot..slot + 1, label: bar.short.clone(), ..bar.clone() })),
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}

/// The label under a bar that is too small for it, where nothing else stands yet: in a narrow drawing, else only in a
/// wide one, else nowhere.
fn under(bar: &BarDrawing, span: &Range<f64>, used: &mut Vec<[Range<f64>; 2]>) -> Option<Label> {
    let text = shorten(&bar.short, span.end.max(1.0 - span.start) * NARROW, TEXT, Face::Bold);
    let wide = width(&text, TEXT, Face::Bold);
    let end = span.start * NARROW + wide > NARROW;
    let (share, anchor) = if end { (span.end, Anchor::End) } else { (span.start, Anchor::Start) };
    let places = [NARROW, WIDE].map(|line| {
        let x = share * line;
        if end { x - wide..x } else { x..x + wide }
    });
    let free = |pass: usize| {
        used.iter().all(|u| places[pass].end + PAD <= u[pass].start || u[pass].end + PAD <= places[pass].start)
    };
    let (narrow, wide) = (free(0), free(1));
    if !narrow && !wide {
        return None;
    }
    let spot = Spot { text, share, dx: 0.0, anchor };
    let label = Label { narrow: narrow.then(|| spot.clone()), wide: wide.then_some(spot), over: false };
    let [a, b] = places;
    // What is not shown takes nothing, anywhere near the line.
    let nowhere = || f64::NEG_INFINITY..f64::NEG_INFINITY;
    used.push([if narrow { a } else { nowhere() }, if wide { b } else { nowhere() }]);
    Some(label)
}
