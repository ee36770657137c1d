//! Where everything in a wiring grid stands.

use super::{GridColumn, GridRow, WiringGrid};
use crate::draw::measure::{Face, shorten, width, wrap};

/// What a drawing of one size keeps to. Lengths are in units of its viewBox: px where it is drawn at that width.
pub(super) struct Measures {
    pub class: &'static str,
    pub width: f64,
    /// The box of a row's name, and how far inside its text starts.
    pub names_x: f64,
    pub names_width: f64,
    pub names_pad: f64,
    /// True where rows have an edge; else they are underlined.
    pub boxed: bool,
    /// Where the labels of shelves start.
    pub label_x: f64,
    pub wires_from: f64,
    /// The x of the first column's wire, and from one to the next.
    pub first: f64,
    pub pitch: f64,
    pub node_width: f64,
    /// True where columns' names stand on end.
    pub turned: bool,
    /// The font size of names, and from line to line.
    pub name: f64,
    pub name_pitch: f64,
    /// How wide what a link adds may be; None: it is left out.
    pub words: Option<f64>,
    pub words_size: f64,
    pub words_pitch: f64,
    /// From the middle of a dot to the first baseline of its words: below the row's wire, where that may run on.
    pub words_drop: f64,
    pub dot: f64,
    pub radius: f64,
    /// Between shelves, and from a row's box to the next.
    pub shelf_gap: f64,
    pub row_gap: f64,
    /// Above and below the nodes of the columns, and what they measure at least.
    pub head_pad: f64,
    pub node_height: f64,
}

impl Measures {
    /// Full pages from 1080 px on, for so many columns at most.
    pub(super) fn wide(columns: usize) -> Measures {
        let pitch = (980.0 / columns as f64).min(300.0);
        Measures {
            class: "graph-wide",
            width: 1172.0,
            names_x: 10.0,
            names_width: 168.0,
            names_pad: 10.0,
            boxed: true,
            label_x: 14.0,
            wires_from: 178.0,
            first: 200.0,
            pitch,
            node_width: (pitch - 8.0).min(240.0),
            turned: false,
            name: 13.0,
            name_pitch: 16.0,
            words: Some(pitch - 22.0),
            words_size: 12.0,
            words_pitch: 15.0,
            words_drop: 15.0,
            dot: 5.0,
            radius: 6.0,
            shelf_gap: 16.0,
            row_gap: 20.0,
            head_pad: 20.0,
            node_height: 52.0,
        }
    }

    /// Pages down to 320 px: columns' names stand on end, and what links add is left to the list.
    pub(super) fn narrow(columns: usize) -> Measures {
        let pitch = (196.0 / columns as f64).min(40.0);
        Measures {
            class: "graph-narrow",
            width: 288.0,
            names_x: 4.0,
            names_width: 82.0,
            names_pad: 4.0,
            boxed: false,
            label_x: 8.0,
            wires_from: 88.0,
            first: 90.0 + pitch / 2.0,
            pitch,
            node_width: (pitch - 4.0).min(24.0),
            turned: true,
            name: 11.0,
            name_pitch: 13.0,
            words: None,
            words_size: 11.0,
            words_pitch: 14.0,
            words_drop: 14.0,
            dot: 4.0,
            radius: 4.0,
            shelf_gap: 8.0,
            row_gap: 6.0,
            head_pad: 6.0,
            node_height: 60.0,
        }
    }

    /// One capability, at the width of prose.
    pub(super) fn page() -> Measures {
        Measures {
            class: "graph-page",
            width: 560.0,
            words: Some(342.0),
            words_drop: 4.0,
            row_gap: 14.0,
            node_width: 240.0,
            ..Measures::wide(1)
        }
    }

    /// One capability, on a narrow page.
    pub(super) fn page_narrow() -> Measures {
        Measures {
            class: "graph-page-narrow",
            names_width: 106.0,
            wires_from: 112.0,
            first: 128.0,
            node_width: 168.0,
            turned: false,
            words: Some(146.0),
            words_drop: 4.0,
            row_gap: 10.0,
            node_height: 36.0,
            ..Measures::narrow(1)
        }
    }

    /// The left edge of a column's node.
    pub(super) fn node_left(&self, x: f64) -> f64 {
        if self.turned { x - self.node_width / 2.0 } else { x - 12.0 }
    }

    fn row_face(&self) -> Face {
        if self.boxed { Face::Bold } else { Face::Regular }
    }
}

/// A grid with everything in its place.
pub(super) struct Placed<'a> {
    pub height: f64,
    pub nodes_top: f64,
    pub nodes_height: f64,
    /// That of the columns, then one for each group of rows.
    pub shelves: Vec<Shelf>,
    pub columns: Vec<Column<'a>>,
    /// From the top.
    pub rows: Vec<Row<'a>>,
}

/// The ground of a layer.
pub(super) struct Shelf {
    pub top: f64,
    pub height: f64,
    /// Class, first baseline, lines.
    pub labels: Vec<(&'static str, f64, Vec<String>)>,
}

pub(super) struct Column<'a> {
    pub column: &'a GridColumn,
    pub x: f64,
    pub title: Vec<String>,
    /// True where the lines do not read as the title.
    pub cut: bool,
    /// From the top.
    pub dots: Vec<Dot>,
}

/// Where a column meets a row.
pub(super) struct Dot {
    pub y: f64,
    pub words: Vec<String>,
}

pub(super) struct Row<'a> {
    pub row: &'a GridRow,
    /// The middle.
    pub y: f64,
    /// Of its box.
    pub height: f64,
    pub name: Vec<String>,
    /// True where the lines do not read as the title.
    pub cut: bool,
    /// The x of its last dot.
    pub wire_end: f64,
}

/// So many lines of what a link adds; the list beside the drawing has the rest.
const WORDS_LINES: usize = 7;
/// So many lines of a name.
const NAME_LINES: usize = 4;
/// The longest name that stands on end.
const TURNED: f64 = 180.0;

/// Places some columns of a grid, and the rows that they need.
pub(super) fn place<'a>(grid: &'a WiringGrid, columns: &'a [GridColumn], m: &Measures) -> Placed<'a> {
    let mut placed = Placed {
        height: 0.0,
        nodes_top: m.head_pad,
        nodes_height: m.node_height,
        shelves: Vec::new(),
        columns: columns.iter().enumerate().map(|(i, column)| column_of(column, i, m)).collect(),
        rows: Vec::new(),
    };
    place_head(&mut placed, grid, m);

    let mut y = placed.height;
    for (group, rows) in groups(grid, columns) {
        y += m.shelf_gap;
        place_shelf(&mut placed, group, &rows, grid, y, m);
        y = placed.height;
    }
    placed
}

fn column_of<'a>(column: &'a GridColumn, place: usize, m: &Measures) -> Column<'a> {
    let title = if m.turned {
        vec![shorten(&column.title, TURNED, m.name, Face::Bold)]
    } else {
        wrap(&column.title, m.node_width - 14.0, m.name, Face::Bold, NAME_LINES)
    };
    let cut = is_cut(&title, &column.title);
    Column { column, x: m.first + place as f64 * m.pitch, title, cut, dots: Vec::new() }
}

/// The nodes of the columns, and the name of their layer.
fn place_head(placed: &mut Placed<'_>, grid: &WiringGrid, m: &Measures) {
    for column in &placed.columns {
        let needs = if m.turned {
            width(&column.title.concat(), m.name, Face::Bold) + 14.0
        } else {
            column.title.len() as f64 * m.name_pitch + 20.0
        };
        placed.nodes_height = placed.nodes_height.max(needs);
    }
    let nodes = m.first - if m.turned { m.node_width / 2.0 } else { 12.0 };
    let room = nodes - m.label_x - 4.0;
    let label = wrap(&grid.layer_label, room, m.name, Face::Bold, 3);
    let note = wrap(&grid.layer_title, room, m.words_size, Face::Regular, 4);
    let used = (label.len() + note.len()) as f64 * m.name_pitch;
    placed.nodes_height = placed.nodes_height.max(used + 4.0);

    let height = placed.nodes_height + 2.0 * m.head_pad;
    // Beside the nodes on a wide page, at their foot on a narrow one.
    let middle = placed.nodes_top + placed.nodes_height / 2.0 - used / 2.0;
    let top = if m.turned { placed.nodes_top + placed.nodes_height - used } else { middle };
    let first = top + m.name_pitch * 0.8;
    let second = first + label.len() as f64 * m.name_pitch;
    let mut labels = vec![("shelf-title", first, label)];
    if !grid.layer_title.is_empty() {
        labels.push(("muted", second, note));
    }
    placed.shelves.push(Shelf { top: 0.0, height, labels });
    placed.height = height;
}

/// The groups of the rows that some column needs, in the order in which they first occur.
fn groups<'a>(grid: &'a WiringGrid, columns: &[GridColumn]) -> Vec<(&'a str, Vec<usize>)> {
    let mut needed = vec![false; grid.rows.len()];
    for link in columns.iter().flat_map(|column| &column.links) {
        if let Some(needed) = needed.get_mut(link.row) {
            *needed = true;
        }
    }
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (i, row) in grid.rows.iter().enumerate().filter(|&(i, _)| needed[i]) {
        match groups.iter_mut().find(|(group, _)| *group == row.group) {
            Some((_, rows)) => rows.push(i),
            None => groups.push((&row.group, vec![i])),
        }
    }
    groups
}

/// One group of rows, with the dots on them, from `top` down.
fn place_shelf<'a>(placed: &mut Placed<'a>, group: &str, rows: &[usize], grid: &'a WiringGrid, top: f64, m: &Measures) {
    let mut labels = Vec::new();
    let mut y = top;
    if !group.is_empty() {
        let label = wrap(group, m.first - m.label_x - 6.0, m.name, Face::Bold, 3);
        y += label.len() as f64 * m.name_pitch + 10.0;
        labels.push(("shelf-title", top + m.name_pitch + 6.0, label));
    }
    // The middle of the next row stands below its box's upper half, and below what the row above it adds.
    let mut free = y;
    let mut y_end = y;
    for &i in rows {
        let row = &grid.rows[i];
        let name = wrap(&row.title, m.names_width - 2.0 * m.names_pad, m.name, m.row_face(), NAME_LINES);
        let lines = name.len() as f64 * m.name_pitch;
        let height = if m.boxed { lines + 18.0 } else { (lines + 4.0).max(28.0) };
        let middle = (y_end + height / 2.0 + m.row_gap / 2.0).max(free);
        let mut wire_end = 0.0;
        let mut most = 0;
        for column in &mut placed.columns {
            let adds: Vec<&str> =
                column.column.links.iter().filter(|link| link.row == i).map(|link| link.adds.as_str()).collect();
            if adds.is_empty() {
                continue;
            }
            let adds = adds.join("; ");
            let words = match m.words {
                Some(room) if !adds.trim().is_empty() => wrap(&adds, room, m.words_size, Face::Regular, WORDS_LINES),
                _ => Vec::new(),
            };
            most = most.max(words.len());
            column.dots.push(Dot { y: middle, words });
            wire_end = column.x;
        }
        y_end = middle + height / 2.0 + m.row_gap / 2.0;
        free = middle + m.words_drop + (most as f64 - 1.0) * m.words_pitch + 12.0;
        let cut = is_cut(&name, &row.title);
        placed.rows.push(Row { row, y: middle, height, name, cut, wire_end });
    }
    let end = y_end.max(free);
    placed.shelves.push(Shelf { top, height: end - top, labels });
    placed.height = end;
}

/// True where lines do not read as the whole text: it is cut, or broken inside a word.
fn is_cut(lines: &[String], whole: &str) -> bool {
    !lines.iter().flat_map(|line| line.split_whitespace()).eq(whole.split_whitespace())
}
