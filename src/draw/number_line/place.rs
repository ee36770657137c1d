//! Where labels and bars go so that nothing stands on anything else, in a narrow and in a wide drawing.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Axis, BarDrawing, LaneDrawing, NARROW, PAD, PAD_END, TEXT, TICK, Tick, WIDE, list_class};
use crate::draw::measure::{Face, shorten, width};
use crate::draw::svg::{escape, number, percent};
use crate::model::ListKind;

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

impl PlacedTick<'_> {
    /// The px that it fills in a drawing `line` px wide.
    pub fn span(&self, line: f64) -> Range<f64> {
        self.anchor.span(self.share * line, width(&self.tick.text, TICK, Face::Mono))
    }
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

/// The label of a bar: where it stands in a narrow and in a wide drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub narrow: Option<Spot>,
    pub wide: Option<Spot>,
    /// True when it stands on a hatch.
    pub over: bool,
}

/// A text and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub text: String,
    /// Where it starts or ends, as a share of the line, and from there in px.
    pub share: f64,
    pub dx: f64,
    pub anchor: Anchor,
}

impl Label {
    pub(super) fn write(&self, out: &mut String, list: ListKind, y: f64) {
        let spots = if self.narrow == self.wide {
            [(&self.wide, ""), (&None, "")]
        } else {
            [(&self.wide, " when-wide"), (&self.narrow, " when-narrow")]
        };
        for (spot, class) in spots {
            let Some(spot) = spot else { continue };
            let _ = write!(
                out,
                r#"<text class="bar-label {}{class}{}" x="{}" dx="{}" y="{}"{}>{}</text>"#,
                list_class(list),
                if self.over { " over" } else { "" },
                percent(spot.share),
                number(spot.dx),
                number(y),
                spot.anchor.attribute(),
                escape(&spot.text)
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
        let options = options(bar, &span);
        let mut found = None;
        'rows: for row in 0..=rows.len() {
            let empty = Taken::new();
            let used = rows.get(row).unwrap_or(&empty);
            if !free(used, &same(span.clone())) {
                continue;
            }
            for (label, place) in &options {
                if free(used, place) && free(&grey, place) {
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
        rows[row].push(place);
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

/// The text inside a bar in a drawing at least `line` px wide: the label, else the short form, where one fits.
pub(super) fn inside(bar: &BarDrawing, span: &Range<f64>, line: f64) -> Option<Spot> {
    let room = (span.end - span.start) * line - PAD - PAD_END;
    let text = [&bar.label, &bar.short].into_iter().find(|text| width(text, TEXT, Face::Bold) <= room)?;
    Some(Spot { text: text.clone(), share: span.start, dx: PAD, anchor: Anchor::Start })
}

/// Where the label of a bar may stand, best first, and what it fills beside the bar: nothing where it stands inside.
fn options(bar: &BarDrawing, span: &Range<f64>) -> Vec<(Label, [Range<f64>; 2])> {
    let spots: Vec<[(Spot, Range<f64>); 2]> = [true, false]
        .into_iter()
        .filter_map(|right| Some([spot(bar, span, NARROW, right)?, spot(bar, span, WIDE, right)?]))
        .collect();
    let label = |[(narrow, a), (wide, b)]: [(Spot, Range<f64>); 2]| {
        (Label { narrow: Some(narrow), wide: Some(wide), over: false }, [a, b])
    };
    spots.into_iter().map(label).collect()
}

/// The text inside a bar, else right or left of it, in a drawing at least `line` px wide. The width in px is a smaller
/// share of a wider drawing, so what fits here fits there. None: the other side has the room.
fn spot(bar: &BarDrawing, span: &Range<f64>, line: f64, right: bool) -> Option<(Spot, Range<f64>)> {
    if let Some(spot) = inside(bar, span, line) {
        return Some((spot, span.start..span.start));
    }
    let beside = (1.0 - span.end).max(span.start) * line - PAD - PAD_END;
    let within = (span.end - span.start) * line - PAD - PAD_END;
    let fits = |text: &String| width(text, TEXT, Face::Bold) <= beside;
    let text = match [&bar.label, &bar.short].into_iter().find(|text| fits(text)) {
        Some(text) => text.clone(),
        None if within >= beside => {
            let text = shorten(&bar.short, within, TEXT, Face::Bold);
            let spot = Spot { text, share: span.start, dx: PAD, anchor: Anchor::Start };
            return Some((spot, span.start..span.start));
        }
        None => shorten(&bar.short, beside, TEXT, Face::Bold),
    };
    let share = (width(&text, TEXT, Face::Bold) + PAD + PAD_END) / line;
    let gap = PAD - 3.0;
    if right {
        let spot = Spot { text, share: span.end, dx: gap, anchor: Anchor::Start };
        (span.end + share <= 1.0 + 1e-9).then_some((spot, span.end..span.end + share))
    } else {
        let spot = Spot { text, share: span.start, dx: -gap, anchor: Anchor::End };
        (span.start - share >= -1e-9).then_some((spot, span.start - share..span.start))
    }
}

/// How far left of its point a box of `wide` px starts: half its width, less near the ends of the line.
pub(super) fn shift(at: f64, wide: f64) -> f64 {
    (wide / 2.0).min(at * NARROW).max(wide - (1.0 - at) * NARROW)
}
