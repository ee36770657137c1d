use super::*;
use crate::assess::lanes::{Bar, Lane, LineCell, NumberLine};
use crate::draw::svg::check::{Node, TextBox, assert_publishable, assert_readable, text_boxes};
use crate::model::condition::FactIx;

const WIDTHS: [f64; 8] = [288.0, 320.0, 358.0, 480.0, 559.0, 560.0, 753.0, 1176.0];

/// Cells of a whole number: from 0, with a new one at each of `starts`.
fn integers(starts: &[u32]) -> Vec<LineCell> {
    let mut from = vec![0];
    from.extend(starts);
    let cell = |i: usize| LineCell {
        min: f64::from(from[i]),
        min_open: false,
        max: from.get(i + 1).map(|next| f64::from(next - 1)),
        max_open: false,
    };
    (0..from.len()).map(cell).collect()
}

fn number_cell(min: f64, min_open: bool, max: Option<f64>, max_open: bool) -> LineCell {
    LineCell { min, min_open, max, max_open }
}

fn bar(list: ListKind, cells: Range<usize>, alone: bool) -> Bar {
    Bar { list, statement: 0, cells, alone }
}

fn line(cells: Vec<LineCell>, lanes: Vec<Lane>) -> NumberLine {
    NumberLine { fact: FactIx(0), cells: cells.into(), lanes }
}

fn word(list: ListKind) -> String {
    match list {
        ListKind::Trigger => "Worth it",
        ListKind::NotWhen => "Skip",
        ListKind::Later => "Later",
        ListKind::Now => "Now",
        ListKind::ActivateWhen => "Activate",
        other => other.name(),
    }
    .to_owned()
}

const TITLES: [&str; 6] = [
    "Service mesh",
    "Distributed tracing",
    "Multi-region readiness",
    "Observability extension of everything that runs, on every cluster and in every region",
    "Cost",
    "Policy enforcement",
];

fn draw(line: &NumberLine, integer: bool, reading: Option<(f64, f64)>) -> NumberLineDrawing {
    drawing(
        line,
        &LineNames {
            id: "line",
            label: "Number line of microservices; the same is in the table below",
            unit: "microservices",
            integer,
            title: &|i| TITLES[i % TITLES.len()].to_owned(),
            list: &word,
            reading: reading.map(|(min, max)| Reading { min, max, label: format!("Webshop: {min}") }),
        },
    )
}

/// The number of microservices of two capabilities: skip < 3, later < 5, worth it > 5; exactly 5 is grey.
fn microservices() -> NumberLine {
    let lane = |capability, skip: Range<usize>, alone| Lane {
        capability,
        bars: vec![
            bar(ListKind::Trigger, 3..4, alone),
            bar(ListKind::NotWhen, skip, alone),
            bar(ListKind::Later, 0..2, true),
        ],
        grey: vec![2],
    };
    line(integers(&[3, 5, 6]), vec![lane(0, 0..1, true), lane(1, 0..2, false)])
}

/// Thresholds far apart: 1, 60, 1000.
fn apart() -> NumberLine {
    let lanes = vec![
        Lane {
            capability: 0,
            bars: vec![bar(ListKind::Trigger, 3..4, true), bar(ListKind::NotWhen, 0..1, true)],
            grey: vec![],
        },
        Lane {
            capability: 1,
            bars: vec![bar(ListKind::Trigger, 2..4, false), bar(ListKind::Later, 0..1, true)],
            grey: vec![1],
        },
    ];
    line(integers(&[1, 60, 1000]), lanes)
}

/// Hours: worth it above 1, skip at 1 or less, now above 4.
fn hours() -> NumberLine {
    let cells = vec![
        number_cell(0.0, false, Some(1.0), false),
        number_cell(1.0, true, Some(4.0), false),
        number_cell(4.0, true, None, false),
    ];
    let bars =
        vec![bar(ListKind::Trigger, 1..3, false), bar(ListKind::NotWhen, 0..1, false), bar(ListKind::Now, 2..3, true)];
    line(cells, vec![Lane { capability: 1, bars, grey: vec![] }])
}

/// Many thresholds and many lanes, some bars a single cell wide.
fn crowded(cells: u32, lanes: usize) -> NumberLine {
    let starts: Vec<u32> = (1..cells).map(|i| i * i * 7 + 1).collect();
    let cells = integers(&starts);
    let n = cells.len();
    let lists = [ListKind::Trigger, ListKind::NotWhen, ListKind::Later, ListKind::Now, ListKind::ActivateWhen];
    let lanes = (0..lanes)
        .map(|l| Lane {
            capability: l,
            bars: (0..l % 5 + 1)
                .map(|b| {
                    let start = (l * 3 + b * 5) % n;
                    bar(lists[(l + b) % 5], start..(start + 1 + (l * b) % 4).min(n), (l + b) % 2 == 0)
                })
                .collect(),
            grey: if l % 3 == 0 { vec![(l * 3 + 1) % n, (l * 3 + 4) % n] } else { Vec::new() },
        })
        .collect();
    line(cells, lanes)
}

/// What the theme sets each text in, in a drawing of this width; None where it hides it.
fn font(line: f64) -> impl Fn(&Node) -> Option<(f64, Face)> {
    move |text| {
        let hidden = if line < WIDE { "when-wide" } else { "when-narrow" };
        if text.has_class(hidden) {
            return None;
        }
        Some(match text.get("class").unwrap_or_default().split(' ').next().unwrap_or_default() {
            "tick" => (12.0, Face::Mono),
            "unit" => (12.0, Face::Regular),
            "lane-title" => (15.0, Face::Bold),
            "bar-label" | "value-label" => (13.0, Face::Bold),
            other => panic!("the theme does not know {other}"),
        })
    }
}

/// Checks a drawing at every width and gives back its svg.
fn checked(markup: &str) -> Node {
    let mut nodes = assert_publishable(markup);
    assert_eq!(nodes.len(), 1);
    assert!(nodes[0].has_class("line"));
    let Node::Element { children, .. } = nodes.remove(0) else { unreachable!("an element has a class") };
    let svg = children.into_iter().next().expect("a drawing");
    for width in WIDTHS {
        assert_readable(&boxes(&svg, width), (width, height(&svg)), 1.0);
    }
    svg
}

fn height(svg: &Node) -> f64 {
    svg.get("height").expect("a height").parse().expect("a number")
}

fn boxes(svg: &Node, width: f64) -> Vec<TextBox> {
    text_boxes(svg, width, &font(width))
}

fn texts(svg: &Node, width: f64, class: &str) -> Vec<String> {
    boxes(svg, width).into_iter().filter(|b| b.class.split(' ').any(|c| c == class)).map(|b| b.text).collect()
}

fn rects<'a>(svg: &'a Node, class: &str) -> Vec<(&'a str, &'a str)> {
    let rects = svg.all().into_iter().filter(|n| n.name() == "rect" && n.has_class(class));
    rects.map(|n| (n.get("x").expect("x"), n.get("width").expect("width"))).collect()
}

#[test]
fn a_short_line_of_whole_numbers_has_a_slot_for_each() {
    let drawing = draw(&microservices(), true, Some((8.0, 8.0)));
    assert_eq!(drawing.axis.slots, 11);
    let ticks: Vec<&str> = drawing.axis.ticks.iter().map(|t| t.text.as_str()).collect();
    assert_eq!(ticks, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10+"]);
    assert_eq!(drawing.marker.as_ref().map(|m| m.slots.clone()), Some(8..9));
    let svg = checked(&full(&drawing));
    // "Exactly 5" has a width of its own, in both lanes.
    assert_eq!(rects(&svg, "grey-zone"), [("45.455%", "9.091%"); 2]);
    assert_eq!(rects(&svg, "bar-and").len(), 2);
    assert_eq!(
        texts(&svg, 288.0, "bar-label"),
        ["Skip < 3", "Worth it > 5", "Later < 5", "Skip < 5", "Worth it > 5", "Later < 5"]
    );
    assert_eq!(texts(&svg, 288.0, "value-label"), ["Webshop: 8"]);
    assert_eq!(texts(&svg, 288.0, "tick").len(), 11);
}

#[test]
fn thresholds_far_apart_get_cells_of_equal_width() {
    let drawing = draw(&apart(), true, Some((250.0, 250.0)));
    assert_eq!(drawing.axis.slots, 4);
    assert_eq!(drawing.axis.starts, ["0", "1", "60", "1000"]);
    assert_eq!(drawing.marker.as_ref().map(|m| m.slots.clone()), Some(2..3));
    let svg = checked(&full(&drawing));
    assert_eq!(texts(&svg, 288.0, "tick"), ["0", "1–59", "60–999", "1000+"]);
    assert_eq!(rects(&svg, "bar-not-when").len(), 1);
    assert!(texts(&svg, 753.0, "bar-label").contains(&"Worth it > 999".to_owned()));
}

#[test]
fn numbers_are_marked_where_they_cut_and_say_which_side_holds_them() {
    let drawing = draw(&hours(), false, Some((1.0, 6.0)));
    assert_eq!(drawing.marker.as_ref().map(|m| m.slots.clone()), Some(0..3));
    assert_eq!(drawing.axis.starts, ["0", ">1", ">4"]);
    let labels: Vec<&str> = drawing.lanes[0].bars.iter().map(|b| b.label.as_str()).collect();
    assert_eq!(labels, ["Worth it > 1", "Skip ≤ 1", "Now > 4"]);
    let svg = checked(&full(&drawing));
    assert_eq!(texts(&svg, 288.0, "tick"), ["0", "1", "4"]);
    // A point between two ranges stands in a slot of its own.
    let cells = vec![
        number_cell(0.0, false, Some(1.5), true),
        number_cell(1.5, false, Some(1.5), false),
        number_cell(1.5, true, None, false),
    ];
    let grey = Lane {
        capability: 0,
        bars: vec![bar(ListKind::Trigger, 2..3, true), bar(ListKind::Later, 0..1, true)],
        grey: vec![1],
    };
    let drawing = draw(&line(cells, vec![grey]), false, None);
    let svg = checked(&full(&drawing));
    assert_eq!(texts(&svg, 288.0, "tick"), ["0", "1.5"]);
    assert_eq!(texts(&svg, 753.0, "bar-label"), ["Worth it > 1.5", "Later < 1.5"]);
    assert_eq!(drawing.marker, None);
}

#[test]
fn crowded_lines_stay_readable_and_lose_no_bar() {
    for cells in [3, 5, 9, 14, 25] {
        for lanes in [1, 7, 40] {
            let line = crowded(cells, lanes);
            let drawing = draw(&line, true, Some((30.0, 90.0)));
            let svg = checked(&full(&drawing));
            let bars: usize = drawing.lanes.iter().map(|lane| lane.bars.len()).sum();
            for width in WIDTHS {
                assert_eq!(texts(&svg, width, "bar-label").len(), bars, "{cells} cells, {lanes} lanes at {width}");
            }
            for lane in 0..lanes {
                checked(&compact(&drawing, lane));
            }
        }
    }
}

#[test]
fn bars_of_a_lane_do_not_lie_on_each_other() {
    let svg = checked(&full(&draw(&crowded(14, 40), true, None)));
    let bars: Vec<[f64; 4]> = svg
        .all()
        .into_iter()
        .filter(|n| n.name() == "rect" && n.has_class("bar"))
        .map(|n| {
            ["x", "width", "y", "height"]
                .map(|key| n.get(key).expect("a place").trim_end_matches('%').parse().expect("a number"))
        })
        .collect();
    for (i, a) in bars.iter().enumerate() {
        for b in &bars[i + 1..] {
            let apart = a[0] + a[1] <= b[0] || b[0] + b[1] <= a[0] || a[2] + a[3] <= b[2] || b[2] + b[3] <= a[2];
            assert!(apart, "{a:?} {b:?}");
        }
    }
}

#[test]
fn a_bar_that_repeats_another_is_drawn_once() {
    let bars = vec![
        bar(ListKind::Trigger, 3..4, false),
        bar(ListKind::Trigger, 3..4, false),
        bar(ListKind::Trigger, 2..4, true),
        bar(ListKind::Later, 2..4, false),
    ];
    let drawing = draw(&line(integers(&[3, 5, 6]), vec![Lane { capability: 0, bars, grey: vec![] }]), true, None);
    let bars: Vec<_> = drawing.lanes[0].bars.iter().map(|b| (b.list, b.slots.clone(), b.alone)).collect();
    assert_eq!(bars, [(ListKind::Trigger, 5..11, true), (ListKind::Later, 5..11, false)]);
}

#[test]
fn slots_of_whole_numbers_end_where_the_line_would_get_long() {
    let slots = |starts: &[u32]| draw(&line(integers(starts), vec![]), true, None).axis;
    assert_eq!(slots(&[11]).slots, 14, "0 to 10, 11, 12, 13+");
    assert_eq!(slots(&[11]).ticks[13].text, "13+");
    assert_eq!(slots(&[5, 11, 12]).ticks[13].text, "13+");
    assert_eq!(slots(&[14]).slots, 2, "two cells");
    assert_eq!(slots(&[1]).ticks.last().map(|t| t.text.clone()), Some("5+".into()));
    assert_eq!(slots(&[]).slots, 5);
    let drawing = draw(&line(integers(&[11]), vec![]), true, Some((300.0, 300.0)));
    assert_eq!(drawing.marker.map(|m| m.slots), Some(13..14));
}

#[test]
fn the_small_line_shows_what_decides() {
    let drawing = draw(&microservices(), true, Some((8.0, 8.0)));
    let svg = checked(&compact(&drawing, 0));
    assert_eq!(texts(&svg, 358.0, "bar-label"), ["Skip", "Later", "Worth it"]);
    assert_eq!(rects(&svg, "grey-zone"), [("45.455%", "9.091%")]);
    assert_eq!(texts(&svg, 753.0, "tick-bound"), ["Webshop: 8", "3", "5", "6"]);
    // The unit stands where there is room beside the value.
    assert_eq!((texts(&svg, 288.0, "unit").len(), texts(&svg, 753.0, "unit").len()), (0, 1));
    let svg = checked(&compact(&draw(&microservices(), true, None), 0));
    assert_eq!(texts(&svg, 288.0, "unit"), ["microservices"]);
    // The second capability: later holds alone, skip would need another fact.
    let svg = checked(&compact(&drawing, 1));
    assert_eq!(texts(&svg, 358.0, "bar-label"), ["Later", "Worth it"]);
    assert_eq!(compact(&drawing, 2), "");
}

#[test]
fn a_threshold_shades_the_side_on_which_it_holds() {
    let line = |side, at: f64, value: f64| Threshold {
        label: "Threshold".into(),
        side,
        from: 0.0,
        at,
        at_text: format!("{at} h"),
        value: Some((value, format!("{value} developers"))),
    };
    let shade = |t: &Threshold| {
        let markup = threshold(t);
        let svg = checked(&markup);
        let held = rects(&svg, "reached");
        let share = |text: &str| text.trim_end_matches('%').parse::<f64>().expect("a share");
        let dot = svg.all().into_iter().find(|n| n.name() == "circle").and_then(|n| n.get("cx")).map(share);
        (share(held[0].0), share(held[0].0) + share(held[0].1), dot.expect("a dot"))
    };
    assert_eq!(shade(&line(Side::Above, 1.0, 2.0)), (25.0, 100.0, 50.0));
    assert_eq!(shade(&line(Side::Above, 5.0, 8.0)), (31.25, 100.0, 50.0));
    assert_eq!(shade(&line(Side::Below, 10.0, 5.0)), (0.0, 50.0, 25.0));
    for (at, value) in [(1.0, 1000.0), (1000.0, 1.0), (5.0, 5.0), (0.0, 0.0), (0.0, 3.0), (10.0, 10.5), (7.0, -2.0)] {
        for side in [Side::Above, Side::Below] {
            let (from, to, dot) = shade(&line(side, at, value));
            let edge = if side == Side::Above { from } else { to };
            assert_eq!(dot.total_cmp(&edge), value.total_cmp(&at), "{at} {value}: dot {dot}, threshold {edge}");
            assert!((0.0..=100.0).contains(&dot));
        }
    }
}

#[test]
fn long_words_are_cut_and_stay_inside() {
    let long = "Only where the whole organisation has decided that it is worth it after all";
    for (cells, run) in [(1, 0..1), (2, 0..2), (3, 1..2), (9, 0..1), (9, 8..9), (9, 2..6), (25, 12..13)] {
        let starts: Vec<u32> = (1..cells).map(|i| i * 100).collect();
        let lane = Lane { capability: 3, bars: vec![bar(ListKind::Trigger, run, true)], grey: vec![] };
        let mut drawing = draw(&line(integers(&starts), vec![lane]), true, Some((0.0, 5000.0)));
        drawing.lanes[0].bars[0].label = format!("{long} > 7");
        drawing.lanes[0].bars[0].short = long.into();
        drawing.marker.as_mut().expect("a marker").label = long.into();
        let svg = checked(&full(&drawing));
        assert_eq!(texts(&svg, 288.0, "bar-label").len(), 1);
        checked(&compact(&drawing, 0));
    }
}

#[test]
fn markup_in_texts_stays_text() {
    let evil = r#"<script>"x" & 'y'"#;
    let mut drawing = draw(&microservices(), true, Some((8.0, 8.0)));
    drawing.label = evil.into();
    for lane in &mut drawing.lanes {
        lane.title = evil.into();
        for bar in &mut lane.bars {
            bar.label = evil.into();
            bar.short = evil.into();
        }
    }
    drawing.marker.as_mut().expect("a marker").label = evil.into();
    for markup in [full(&drawing), compact(&drawing, 0)] {
        assert!(!markup.contains("<script"));
        let svg = checked(&markup);
        assert!(svg.children()[0].text() == evil);
    }
    let items = parse_list(&key(&drawing, [evil, evil, evil]));
    assert_eq!(items, [evil; 3]);
}

fn parse_list(markup: &str) -> Vec<String> {
    let nodes = assert_publishable(markup);
    nodes[0].children().iter().map(Node::text).collect()
}

#[test]
fn the_key_names_only_what_occurs() {
    let words = ["alone", "another", "grey"];
    assert_eq!(parse_list(&key(&draw(&microservices(), true, None), words)), words);
    let mut drawing = draw(&apart(), true, None);
    drawing.lanes.truncate(1);
    assert_eq!(parse_list(&key(&drawing, words)), ["alone"]);
    drawing.lanes.clear();
    assert_eq!(key(&drawing, words), "");
}

#[test]
fn drawings_of_one_page_share_no_id_and_are_the_same_each_time() {
    let one = draw(&microservices(), true, Some((8.0, 8.0)));
    let two = NumberLineDrawing { id: "other".into(), ..one.clone() };
    let page = |_: usize| [full(&one), key(&one, ["a", "b", "c"]), full(&two), key(&two, ["a", "b", "c"])].concat();
    assert_publishable(&page(0));
    assert_eq!(page(0), page(1));
}
