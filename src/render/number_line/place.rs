//! Where labels and bars go so that nothing stands on anything else, in a narrow and in a wide drawing.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Axis, BarDrawing, LaneDrawing, NARROW, PAD, PAD_END, TEXT, TICK, Tick, WIDE, list_class};
use crate::model::ListKind;
use crate::render::measure::{Face, shorten, width};
use crate::render::svg::{escape, number, percent};

/// Which end of a text its x names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        }
    }

    /// The px that a text fills.
    fn span(self, x: f64, wide: f64) -> Range<f64> {
        match self {
            Anchor::Start => x..x + wide,
            Anchor::Middle => x - wide / 2.0..x + wide / 2.0,
            Anchor::End => x - wide..x,
        }
    }
}

/// A number of the axis that has room.
pub(super) struct PlacedTick<'a> {
    pub tick: &'a Tick,
    pub anchor: Anchor,
    /// Its x, as a share of the line.
    pub share: f64,
    pub wide_only: bool,
}

/// The ticks that fit beside each other: thresholds first, then from the left.
pub(super) fn ticks(axis: &Axis, taken: Option<[Range<f64>; 2]>) -> Vec<PlacedTick<'_>> {
    let slots = axis.slots.max(1) as f64;
    let places: Vec<(Anchor, f64, f64)> = axis
        .ticks
        .iter()
        .map(|tick| {
            let wide = width(&tick.text, TICK, Face::Mono);
            let share = (tick.at / slots).clamp(0.0, 1.0);
            if share * NARROW < wide / 2.0 {
                (Anchor::Start, 0.0, wide)
            } else if (1.0 - share) * NARROW < wide / 2.0 {
                (Anchor::End, 1.0, wide)
            } else {
                (Anchor::Middle, share, wide)
            }
        })
        .collect();
    let mut order: Vec<usize> = (0..axis.ticks.len()).collect();
    order.sort_by_key(|&i| !axis.ticks[i].bound);

    // What fits a narrow drawing fits a wide one, so the second pass starts from the first.
    let mut shown = vec![None; axis.ticks.len()];
    for (pass, line) in [NARROW, WIDE].into_iter().enumerate() {
        let mut used: Vec<Range<f64>> = taken.as_ref().map(|t| t[pass].clone()).into_iter().collect();
        let span = |i: usize| {
            let (anchor, share, wide) = places[i];
            anchor.span(share * line, wide)
        };
        used.extend((0..shown.len()).filter(|&i| shown[i].is_some()).map(span));
        for &i in &order {
            let this = span(i);
            if shown[i].is_none() && used.iter().all(|u| this.end + 6.0 <= u.start || u.end + 6.0 <= this.start) {
                used.push(this);
                shown[i] = Some(pass == 1);
            }
        }
    }
    let ticks = axis.ticks.iter().zip(places).zip(shown);
    ticks
        .filter_map(|((tick, (anchor, share, _)), wide_only)| {
            Some(PlacedTick { tick, anchor, share, wide_only: wide_only? })
        })
        .collect()
}

/// The label of a bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// In narrow drawings.
    pub narrow: String,
    /// In wide drawings.
    pub wide: String,
    /// Where it starts or ends, as a share of the line.
    pub share: f64,
    pub dx: f64,
    pub anchor: Anchor,
    /// True when it stands on a hatch.
    pub over: bool,
}

impl Label {
    pub(super) fn write(&self, out: &mut String, list: ListKind, y: f64) {
        let same = self.narrow == self.wide;
        let texts = [(&self.wide, if same { "" } else { " when-wide" }), (&self.narrow, " when-narrow")];
        for (text, class) in texts.into_iter().take(if same { 1 } else { 2 }) {
            if text.is_empty() {
                continue;
            }
            let _ = write!(
                out,
                r#"<text class="bar-label {}{class}{}" x="{}" dx="{}" y="{}"{}>{}</text>"#,
                list_class(list),
                if self.over { " over" } else { "" },
                percent(self.share),
                number(self.dx),
                number(y),
                self.anchor.attribute(),
                escape(text)
            );
        }
    }
}

/// A bar with its row, counted from 0.
pub(super) struct Placed<'a> {
    pub bar: &'a BarDrawing,
    pub row: usize,
    pub label: Label,
}

/// What is taken in a row, as a share of the line in a narrow and in a wide drawing.
type Taken = Vec<[Range<f64>; 2]>;

/// The bars of a lane in as few rows as hold them with their labels, and the number of rows.
pub(super) fn bars(lane: &LaneDrawing, slots: f64) -> (Vec<Placed<'_>>, usize) {
    let mut order: Vec<&BarDrawing> = lane.bars.iter().collect();
    order.sort_by_key(|bar| (rank(bar.list), bar.slots.start, bar.slots.end, !bar.alone));
    let grey: Taken = lane.grey.iter().map(|g| same(g.start as f64 / slots..g.end as f64 / slots)).collect();

    let mut rows: Vec<Taken> = Vec::new();
    let mut placed = Vec::new();
    for bar in order {
        let span = bar.slots.start as f64 / slots..bar.slots.end as f64 / slots;
        let options = match inside(bar, &span) {
            Some(label) => vec![(label, None)],
            None => beside(bar, &span).into_iter().map(|(label, place)| (label, Some(place))).collect(),
        };
        let mut found = None;
        'rows: for row in 0..=rows.len() {
            let empty = Taken::new();
            let used = rows.get(row).unwrap_or(&empty);
            if !free(used, &same(span.clone())) {
                continue;
            }
            for (label, place) in &options {
                let fits = place.as_ref().is_none_or(|place| free(used, place) && free(&grey, place));
                if fits {
                    found = Some((row, label.clone(), place.clone()));
                    break 'rows;
                }
            }
        }
        // Only grey zones are in the way in a fresh row: then the label stands on one.
        let (row, label, place) = found.unwrap_or_else(|| {
            let (label, place) = options[0].clone();
            (rows.len(), Label { over: true, ..label }, place)
        });
        if row == rows.len() {
            rows.push(Taken::new());
        }
        rows[row].push(same(span));
        rows[row].extend(place);
        placed.push(Placed { bar, row, label });
    }
    (placed, rows.len().max(1))
}

/// The order of lists from the top row down.
fn rank(list: ListKind) -> u8 {
    match list {
        ListKind::Trigger | ListKind::NotWhen | ListKind::UseWhen => 0,
        ListKind::ActivateWhen => 1,
        ListKind::Now => 2,
        ListKind::Later => 3,
        ListKind::Prepare => 4,
    }
}

fn same(span: Range<f64>) -> [Range<f64>; 2] {
    [span.clone(), span]
}

fn free(taken: &Taken, span: &[Range<f64>; 2]) -> bool {
    let apart = |a: &Range<f64>, b: &Range<f64>| a.end <= b.start + 1e-9 || b.end <= a.start + 1e-9;
    taken.iter().all(|t| apart(&t[0], &span[0]) && apart(&t[1], &span[1]))
}

/// The label inside its bar, where at least the short form fits.
pub(super) fn inside(bar: &BarDrawing, span: &Range<f64>) -> Option<Label> {
    let share = span.end - span.start;
    let fits = |text: &str, line: f64| width(text, TEXT, Face::Bold) + PAD + PAD_END <= share * line;
    let narrow = [&bar.label, &bar.short].into_iter().find(|text| fits(text, NARROW))?;
    let wide = if fits(&bar.label, WIDE) { &bar.label } else { narrow };
    Some(Label {
        narrow: narrow.clone(),
        wide: wide.clone(),
        share: span.start,
        dx: PAD,
        anchor: Anchor::Start,
        over: false,
    })
}

/// The label right or left of a bar that is too small for it, and what it fills there.
fn beside(bar: &BarDrawing, span: &Range<f64>) -> Vec<(Label, [Range<f64>; 2])> {
    let room = (1.0 - span.end).max(span.start);
    let short = |text: &str, line: f64| shorten(text, room * line - PAD - PAD_END, TEXT, Face::Bold);
    let narrow = if short(&bar.label, NARROW) == bar.label { bar.label.clone() } else { short(&bar.short, NARROW) };
    let wide = if short(&bar.label, WIDE) == bar.label { bar.label.clone() } else { narrow.clone() };
    let shares =
        [(&narrow, NARROW), (&wide, WIDE)].map(|(text, line)| (width(text, TEXT, Face::Bold) + PAD + PAD_END) / line);
    let label =
        |share, dx, anchor| Label { narrow: narrow.clone(), wide: wide.clone(), share, dx, anchor, over: false };
    let mut options = Vec::new();
    // The width in px is a smaller share of a wider drawing, so what fits at these widths fits between and above them.
    if shares.iter().all(|s| span.end + s <= 1.0 + 1e-9) {
        options.push((label(span.end, PAD - 3.0, Anchor::Start), shares.map(|s| span.end..span.end + s)));
    }
    if shares.iter().all(|s| span.start - s >= -1e-9) || options.is_empty() {
        options.push((label(span.start, 3.0 - PAD, Anchor::End), shares.map(|s| span.start - s..span.start)));
    }
    options
}

/// How far left of its point a box of `wide` px starts: half its width, less near the ends of the line.
pub(super) fn shift(at: f64, wide: f64) -> f64 {
    (wide / 2.0).min(at * NARROW).max(wide - (1.0 - at) * NARROW)
}
