//! Number lines: what each value of an ordered fact means, as SVG.
//!
//! A drawing has no viewBox: x is in per cent and text in px, so that one drawing serves every width. Labels that fit
//! only a wide drawing carry `when-wide`, their short forms `when-narrow`; the theme shows one of them by the width of
//! the `div.line` around the drawing. Nothing here knows of capabilities: [`from_line`] makes a drawing's input of them.

mod from_line;
mod place;
mod small;

use std::fmt::Write as _;
use std::ops::Range;

use crate::draw::measure::{Face, shorten, width, wrap};
use crate::draw::svg::{escape, number, percent};
use crate::model::ListKind;

pub use from_line::{LineNames, Reading, bounds, drawing, value_text};
pub use small::{Side, Threshold, compact, threshold};

/// The input of [`full`] and [`compact`].
#[derive(Debug, Clone, PartialEq)]
pub struct NumberLineDrawing {
    /// Starts every element id of the drawing; unique on the page.
    pub id: String,
    /// What the drawing shows, for those who do not see it.
    pub label: String,
    /// What the numbers count: "microservices"; empty where they have no unit.
    pub unit: String,
    pub axis: Axis,
    pub lanes: Vec<LaneDrawing>,
    /// The value of a case or of a reader.
    pub marker: Option<Marker>,
}

/// The horizontal scale: slots of equal width, numbered from 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub slots: usize,
    pub ticks: Vec<Tick>,
    /// The slots whose left edge is a threshold.
    pub cuts: Vec<usize>,
    /// Where each slot starts, for scripts: `5`, or `>5` where 5 itself lies in the slot before.
    pub starts: Vec<String>,
}

/// A number under the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// In slots: 4.5 is the middle of slot 4, 5.0 its right edge.
    pub at: f64,
    pub text: String,
    /// True where a threshold starts: kept before others when room is short.
    pub bound: bool,
}

/// One capability.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneDrawing {
    pub title: String,
    pub bars: Vec<BarDrawing>,
    /// Runs of slots where no rule speaks.
    pub grey: Vec<Range<usize>>,
}

/// One statement, or several that say the same of the same slots.
#[derive(Debug, Clone, PartialEq)]
pub struct BarDrawing {
    pub list: ListKind,
    /// "Worth it > 5".
    pub label: String,
    /// "Worth it": stands where the label does not fit.
    pub short: String,
    pub slots: Range<usize>,
    /// False: needs another fact too, drawn with a dashed edge.
    pub alone: bool,
}

/// A known value.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// "Webshop: 8".
    pub label: String,
    pub slots: Range<usize>,
}

/// The narrowest drawing that must be readable, in px: a page of 320 px without its margins.
const NARROW: f64 = 288.0;
/// From this width on, `when-wide` is shown instead of `when-narrow`.
const WIDE: f64 = 560.0;

const BAR: f64 = 26.0;
const ROW: f64 = 32.0;
const TEXT: f64 = 13.0;
const TITLE: f64 = 15.0;
const TICK: f64 = 12.0;
/// From the left edge of a bar to its label, and from there to the right edge at least.
const PAD: f64 = 8.0;
const PAD_END: f64 = 4.0;
/// How much a bar stands back from either end of its slots, as a share of the line.
const GAP: f64 = 0.0015;

/// A number line with a lane per capability, for the page of a fact.
pub fn full(line: &NumberLineDrawing) -> String {
    let slots = line.axis.slots.max(1) as f64;
    let top = if line.marker.is_some() { 34.0 } else { 0.0 };
    let axis = top + 24.0;

    let mut lanes = String::new();
    let mut y = axis;
    for lane in &line.lanes {
        y = write_lane(&mut lanes, line, lane, y);
    }

    let mut out = open(line, y + 1.0);
    if let Some(marker) = &line.marker {
        let _ = write!(
            out,
            r#"<rect class="reached" x="{}" y="{}" width="{}" height="{}"/>"#,
            percent(marker.slots.start as f64 / slots),
            number(top),
            percent(marker.slots.len() as f64 / slots),
            number(y - top)
        );
    }
    write_ticks(&mut out, &line.axis, top + 16.0, None);
    let _ = write!(out, r#"<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>"#, number(axis));
    if let Some(marker) = &line.marker {
        let middle = (marker.slots.start + marker.slots.end) as f64 / 2.0 / slots;
        write_flag(&mut out, &marker.label, middle);
    }
    out.push_str(&lanes);
    out.push_str("</svg></div>");
    out
}

/// The kinds of marks in a drawing, in words: the list under it. Kinds that do not occur are left out.
/// `words` are those for a solid bar, a dashed bar, a grey zone.
pub fn key(line: &NumberLineDrawing, words: [&str; 3]) -> String {
    let bars = || line.lanes.iter().flat_map(|lane| &lane.bars);
    let list = bars().next().map_or(ListKind::Trigger, |bar| bar.list);
    let mut out = String::new();
    for (alone, class, word) in [(true, "", words[0]), (false, " bar-and", words[1])] {
        if bars().any(|bar| bar.alone == alone) {
            let class = format!("bar {}{class}", list_class(list));
            let _ = write!(
                out,
                r#"<li><svg aria-hidden="true"><rect class="{class}" x="0.5" y="0.5" width="25" height="13" rx="3"/></svg>{}</li>"#,
                escape(word)
            );
        }
    }
    if line.lanes.iter().any(|lane| !lane.grey.is_empty()) {
        let id = format!("{}-key", line.id);
        let _ = write!(
            out,
            r#"<li><svg aria-hidden="true">{}<rect width="26" height="14" fill="url(#{})"/><rect class="grey-zone" x="0.5" y="0.5" width="25" height="13"/></svg>{}</li>"#,
            hatch(&id),
            escape(&id),
            escape(words[2])
        );
    }
    if out.is_empty() { out } else { format!(r#"<ul class="key">{out}</ul>"#) }
}

/// The class of a list's bars.
fn list_class(list: ListKind) -> &'static str {
    match list {
        ListKind::Trigger => "bar-trigger",
        ListKind::NotWhen => "bar-not-when",
        ListKind::Now => "bar-now",
        ListKind::Later => "bar-later",
        ListKind::Prepare => "bar-prepare",
        ListKind::ActivateWhen => "bar-activate-when",
        ListKind::UseWhen => "bar-use-when",
    }
}

/// The start of a drawing: its name, and the pattern of grey zones where it has one.
fn open(line: &NumberLineDrawing, height: f64) -> String {
    let title = format!("{}-title", line.id);
    let mut out = format!(
        r#"<div class="line"><svg class="number-line" height="{}" role="img" aria-labelledby="{}" data-slots="{}"><title id="{}">{}</title>"#,
        number(height),
        escape(&title),
        escape(&line.axis.starts.join(" ")),
        escape(&title),
        escape(&line.label)
    );
    if line.lanes.iter().any(|lane| !lane.grey.is_empty()) {
        out.push_str(&hatch(&format!("{}-grey", line.id)));
    }
    out
}

fn hatch(id: &str) -> String {
    format!(
        r#"<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v6"/></pattern></defs>"#,
        escape(id)
    )
}

/// Draws a lane from `top` and gives back where it ends.
fn write_lane(out: &mut String, line: &NumberLineDrawing, lane: &LaneDrawing, top: f64) -> f64 {
    let slots = line.axis.slots.max(1) as f64;
    let titles = wrap(&lane.title, NARROW, TITLE, Face::Bold, 3);
    let bars_top = top + 36.0 + (titles.len() - 1) as f64 * 19.0;
    let (placed, rows) = place::bars(lane, slots);
    let bars_end = bars_top + rows as f64 * ROW - (ROW - BAR);
    let end = bars_end + 16.0;

    for cut in &line.axis.cuts {
        let x = percent(*cut as f64 / slots);
        let _ = write!(
            out,
            r#"<line class="guide" x1="{x}" x2="{x}" y1="{}" y2="{}"/>"#,
            number(bars_top - 4.0),
            number(bars_end + 4.0)
        );
    }
    for grey in &lane.grey {
        write_grey(out, &line.id, grey, slots, bars_top, bars_end - bars_top);
    }
    out.push_str(r#"<text class="lane-title""#);
    let _ = write!(out, r#" y="{}">"#, number(top + 24.0));
    crate::draw::svg::lines(out, "", 0.0, 19.0, &titles);
    out.push_str("</text>");
    for place::Placed { bar, row, label } in &placed {
        let y = bars_top + *row as f64 * ROW;
        write_bar(out, bar, slots, y);
        label.write(out, bar.list, y + 17.5);
    }
    let _ = write!(out, r#"<line class="lane-edge" x1="0" x2="100%" y1="{0}" y2="{0}"/>"#, number(end));
    end
}

fn write_bar(out: &mut String, bar: &BarDrawing, slots: f64, y: f64) {
    let (from, to) = (bar.slots.start as f64 / slots, bar.slots.end as f64 / slots);
    let _ = write!(
        out,
        r#"<rect class="bar {}{}" x="{}" y="{}" width="{}" height="{}" rx="4"/>"#,
        list_class(bar.list),
        if bar.alone { "" } else { " bar-and" },
        percent(from + GAP),
        number(y),
        percent((to - from - 2.0 * GAP).max(GAP)),
        number(BAR)
    );
}

fn write_grey(out: &mut String, id: &str, grey: &Range<usize>, slots: f64, y: f64, height: f64) {
    let place = format!(
        r#"x="{}" y="{}" width="{}" height="{}""#,
        percent(grey.start as f64 / slots),
        number(y),
        percent(grey.len() as f64 / slots),
        number(height)
    );
    let _ = write!(out, r#"<rect {place} fill="url(#{}-grey)"/><rect class="grey-zone" {place}/>"#, escape(id));
}

/// The numbers of the axis at a baseline; `taken` is the part of the line, in px of a narrow and of a wide drawing,
/// where something else stands.
fn write_ticks(out: &mut String, axis: &Axis, y: f64, taken: Option<[Range<f64>; 2]>) {
    for place::PlacedTick { tick, anchor, share, wide_only } in place::ticks(axis, taken) {
        let _ = write!(
            out,
            r#"<text class="tick{}{}" x="{}" y="{}"{}>{}</text>"#,
            if tick.bound { " tick-bound" } else { "" },
            if wide_only { " when-wide" } else { "" },
            percent(share),
            number(y),
            anchor.attribute(),
            escape(&tick.text)
        );
    }
}

/// The box above the axis that names a value and points down to it.
fn write_flag(out: &mut String, label: &str, at: f64) {
    let label = shorten(label, NARROW - 24.0, TEXT, Face::Bold);
    let wide = width(&label, TEXT, Face::Bold) + 16.0;
    // Shifted just so far that it stays inside the narrowest drawing; then it does in every wider one.
    let left = place::shift(at, wide);
    let _ = write!(
        out,
        r#"<svg x="{}" overflow="visible"><rect class="value" x="{}" y="2" width="{}" height="24" rx="6"/><path class="value" d="M-5 25h10l-5 6z"/><text class="value-label" x="{}" y="18.5" text-anchor="middle">{}</text></svg>"#,
        percent(at),
        number(-left),
        number(wide),
        number(wide / 2.0 - left),
        escape(&label)
    );
}

#[cfg(test)]
mod tests;
