//! Number lines: drawings, and the same in words.

use super::capability::GreyZoneView;
use super::here::Here;
use super::many::COLUMNS;
use super::parts::{BarView, LaneView, NumberLineView, RangeCell, RangeView};
use crate::assess::lanes::{self, Lane, LineCell, Meaning, NumberLine};
use crate::draw::number_line::{LineNames, NumberLineDrawing, Side, Threshold, compact, drawing, full, key};
use crate::model::anchor;
use crate::model::condition::FactIx;
use crate::model::{Answer, Capability, Case, Condition, Expr, FactType, Kind, ListKind, Literal, Op, Profile};
use crate::{draw, words};

/// The number line of a fact over all capabilities; None where no condition compares it, or too many do.
pub(super) fn whole(here: &Here, fact: FactIx) -> Option<NumberLineView> {
    if !here.plan.derived.is_legible(fact) {
        return None;
    }
    Some(view(here, &lanes::number_line(here.catalog, fact)?))
}

/// The number line of a fact for one capability, by its place in the catalog.
pub(super) fn of(here: &Here, fact: FactIx, capability: usize) -> Option<NumberLineView> {
    Some(view(here, &lanes::capability_line(here.catalog, fact, capability)?))
}

/// The values of single facts about which a capability says nothing, although it speaks below and above.
pub(super) fn grey_zones(here: &Here, capability: &Capability<Condition>) -> Vec<GreyZoneView> {
    let Some(place) = here.catalog.place(Kind::Capability, &capability.id) else {
        return Vec::new();
    };
    let mut facts: Vec<FactIx> =
        capability.statements().filter_map(|(_, _, s)| s.when.as_deref()).flat_map(|c| c.facts.clone()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts.into_iter().filter_map(|fact| grey_zone(here, fact, place)).collect()
}

fn grey_zone(here: &Here, fact: FactIx, capability: usize) -> Option<GreyZoneView> {
    let line = lanes::capability_line(here.catalog, fact, capability)?;
    let lane = line.lanes.first().filter(|lane| !lane.grey.is_empty())?;
    let declared = here.catalog.fact(fact);
    let joints = &here.catalog.site.joints;
    let ranges: Vec<String> = line.grey(lane).iter().map(|values| words::values(joints, declared, values)).collect();
    Some(GreyZoneView {
        fact: here.fact_link(fact),
        range: ranges.join(", "),
        svg_html: Some(compact(&drawn(here, &line), 0)),
    })
}

/// The first numeric comparison of a condition as a threshold, with a case's value.
pub(super) fn threshold(here: &Here, condition: &Condition, case: &Case<Profile>) -> Option<String> {
    let (fact, op, at) = comparison(&condition.expr)?;
    let declared = here.catalog.fact(fact);
    let value = match case.facts.get(fact)? {
        Answer::Number(value) => *value,
        Answer::Range { min: Some(value), .. } | Answer::Range { max: Some(value), .. } => *value,
        _ => return None,
    };
    let at_text = words::amount(declared, at);
    let value_text = words::amount(declared, value);
    let label = &here.words.line.threshold;
    Some(draw::number_line::threshold(&Threshold {
        label: label.replace("{at}", &at_text).replace("{case}", &case.title).replace("{value}", &value_text),
        side: if matches!(op, Op::Lt | Op::Le) { Side::Below } else { Side::Above },
        from: declared.range.map_or(0.0, |(min, _)| min.min(0.0)),
        at,
        at_text,
        value: Some((value, value_text)),
    }))
}

fn comparison(expr: &Expr<FactIx>) -> Option<(FactIx, Op, f64)> {
    match expr {
        Expr::Or(parts) | Expr::And(parts) => parts.iter().find_map(comparison),
        Expr::Not(part) => comparison(part),
        Expr::Compare { fact, op, value: Literal::Number(at), .. } => Some((*fact, *op, *at)),
        _ => None,
    }
}

fn view(here: &Here, line: &NumberLine) -> NumberLineView {
    let drawing = drawn(here, line);
    let words = &here.words.line;
    let key = key(&drawing, [&words.alone, &words.another, &words.grey]);
    let wide = line.lanes.len() > COLUMNS;
    NumberLineView {
        svg_html: full(&drawing) + &key,
        lanes: line.lanes.iter().map(|lane| here.capability_link(lane.capability)).collect(),
        rows: if wide { Vec::new() } else { rows(here, line) },
        by_capability: if wide { line.lanes.iter().map(|own| lane(here, line, own)).collect() } else { Vec::new() },
    }
}

/// What the values mean to one capability, where it says anything of them.
fn lane(here: &Here, line: &NumberLine, lane: &Lane) -> LaneView {
    let alone = NumberLine { lanes: vec![lane.clone()], ..line.clone() };
    let mut rows = rows(here, &alone);
    rows.retain(|row| row.cells.iter().any(|cell| cell.grey || !cell.bars.is_empty()));
    LaneView { capability: here.capability_link(lane.capability), rows }
}

fn drawn(here: &Here, line: &NumberLine) -> NumberLineDrawing {
    let fact = here.catalog.fact(line.fact);
    let title = |capability: usize| here.catalog.capabilities[capability].title.clone();
    let list = |list: ListKind| here.words.line.bars.of(list).to_owned();
    drawing(
        line,
        &LineNames {
            id: &here.drawing_id(),
            label: &here.words.line.label.replace("{}", &fact.title),
            unit: fact.unit.as_ref().map_or("", |unit| &unit.other),
            integer: fact.fact_type == FactType::Integer,
            title: &title,
            list: &list,
            reading: None,
        },
    )
}

/// One row for each run of cells that mean the same to every capability.
fn rows(here: &Here, line: &NumberLine) -> Vec<RangeView> {
    let integer = here.catalog.fact(line.fact).fact_type == FactType::Integer;
    let row = |(values, meanings): (LineCell, Vec<Meaning>)| RangeView {
        range: words::cell(&here.catalog.site.joints, &values, integer),
        cells: line.lanes.iter().zip(meanings).map(|(lane, meaning)| range(here, lane, &meaning)).collect(),
    };
    line.rows().into_iter().map(row).collect()
}

fn range(here: &Here, lane: &Lane, meaning: &Meaning) -> RangeCell {
    let capability = &here.catalog.capabilities[lane.capability];
    let bar = |bar: &&lanes::Bar| {
        let lists = capability.lists();
        let statement = lists.iter().find(|(list, _)| *list == bar.list).and_then(|(_, list)| list.get(bar.statement));
        let id = statement.and_then(|s| s.id.as_deref());
        BarView {
            list: anchor::list(bar.list),
            title: here.words.line.bars.of(bar.list).to_owned(),
            alone: bar.alone,
            href: here.statement_href(capability, bar.list, bar.statement, id),
        }
    };
    RangeCell { grey: meaning.grey, bars: meaning.bars.iter().map(bar).collect() }
}

impl Here<'_> {
    /// A link to a capability by its place in the catalog.
    pub fn capability_link(&self, place: usize) -> super::parts::Link {
        let capability = &self.catalog.capabilities[place];
        super::parts::Link { title: capability.title.clone(), href: self.thing(Kind::Capability, &capability.id) }
    }
}
