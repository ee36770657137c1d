//! The wiring grid: what capabilities build on, as SVG with real links.
//!
//! Capabilities are columns, what they build on are rows, a dot joins the two, and what the link adds stands beside
//! the dot. Nothing crosses that could be untangled, and it grows both ways. Links stand in reading order: the
//! columns from the left, then the rows from the top. Texts are laid out with widths that hold in any reader's font.

mod layout;

use std::fmt::Write as _;

use crate::draw::svg::{escape, lines, number};
use layout::{Measures, Placed, place};

/// The input of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct WiringGrid {
    /// What the drawing shows, for those who do not see it; it also says where the same stands as a list.
    pub label: String,
    /// "Layer 2".
    pub layer_label: String,
    /// "Enhancement"; may be empty.
    pub layer_title: String,
    pub columns: Vec<GridColumn>,
    pub rows: Vec<GridRow>,
}

/// A capability.
#[derive(Debug, Clone, PartialEq)]
pub struct GridColumn {
    pub title: String,
    pub href: String,
    pub links: Vec<GridLink>,
}

/// One foundation of a capability.
#[derive(Debug, Clone, PartialEq)]
pub struct GridLink {
    /// Place in [`WiringGrid::rows`].
    pub row: usize,
    /// What it adds, without markup; may be empty.
    pub adds: String,
}

/// What is built on: a component, or a capability.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    pub title: String,
    pub href: String,
    /// The layer it stands in: "Layer 1, Foundation". Rows of one group are drawn together, in the order in which
    /// the groups first occur; may be empty.
    pub group: String,
}

/// So many capabilities stand beside each other; more make a further grid below.
const COLUMNS: usize = 8;

/// The drawings of a layer: for wide pages, and without the words for narrow ones; the theme shows one of the two.
/// Each grid holds the rows that its columns need.
pub fn layer(grid: &WiringGrid) -> String {
    let count = grid.columns.len().div_ceil(COLUMNS).max(1);
    let most = grid.columns.len().div_ceil(count).max(1);
    let mut out = String::new();
    for measures in [Measures::wide(most), Measures::narrow(most)] {
        for (i, columns) in grid.columns.chunks(most).enumerate() {
            let label = if count == 1 { grid.label.clone() } else { format!("{} ({}/{count})", grid.label, i + 1) };
            write_grid(&mut out, &label, &place(grid, columns, &measures), &measures);
        }
    }
    out
}

/// The drawings of one capability (or of a few, below each other), as wide as prose and for narrow pages, with the
/// words in both.
pub fn page(grid: &WiringGrid) -> String {
    let mut out = String::new();
    for measures in [Measures::page(), Measures::page_narrow()] {
        for column in grid.columns.chunks(1) {
            write_grid(&mut out, &grid.label, &place(grid, column, &measures), &measures);
        }
    }
    out
}

fn write_grid(out: &mut String, label: &str, placed: &Placed<'_>, m: &Measures) {
    let _ = write!(
        out,
        r#"<svg class="graph {}" viewBox="0 0 {} {}" role="group" aria-label="{}"><g aria-hidden="true">"#,
        m.class,
        number(m.width),
        number(placed.height),
        escape(label)
    );
    for shelf in &placed.shelves {
        let _ = write!(
            out,
            r#"<rect class="shelf" x="0" y="{}" width="{}" height="{}" rx="{}"/>"#,
            number(shelf.top),
            number(m.width),
            number(shelf.height),
            number(m.radius + 4.0)
        );
        for (class, y, text) in &shelf.labels {
            let _ = write!(out, r#"<text class="{class}" x="{}" y="{}">"#, number(m.label_x), number(*y));
            lines(out, "", m.label_x, m.name_pitch, text);
            out.push_str("</text>");
        }
    }
    for row in placed.rows.iter().filter(|row| row.wire_end > m.wires_from) {
        let (from, y, to) = (number(m.wires_from), number(row.y), number(row.wire_end));
        let _ = write!(out, r#"<path class="wire-row" d="M{from} {y}H{to}"/>"#);
    }
    out.push_str("</g>");
    for column in &placed.columns {
        write_column(out, column, placed, m);
    }
    for row in &placed.rows {
        write_row(out, row, placed, m);
    }
    out.push_str("</svg>");
}

fn write_column(out: &mut String, column: &layout::Column<'_>, placed: &Placed<'_>, m: &Measures) {
    out.push_str(r#"<g class="column">"#);
    let x = number(column.x);
    if let Some(last) = column.dots.last() {
        let _ = write!(
            out,
            r#"<g aria-hidden="true"><path class="wire-column" d="M{x} {}V{}"/>"#,
            number(placed.nodes_top + placed.nodes_height),
            number(last.y)
        );
        for row in placed.rows.iter().filter(|row| column.dots.iter().any(|dot| dot.y == row.y)) {
            write_near(out, m.names_x, row.y - row.height / 2.0, m.names_width, row.height, m);
        }
        for dot in &column.dots {
            let y = number(dot.y);
            let _ = write!(out, r#"<circle class="dot" cx="{x}" cy="{y}" r="{}"/>"#, number(m.dot));
            if !dot.words.is_empty() {
                let _ = write!(out, r#"<text class="adds" y="{}">"#, number(dot.y + m.words_drop));
                lines(out, "", column.x + 10.0, m.words_pitch, &dot.words);
                out.push_str("</text>");
            }
        }
        out.push_str("</g>");
    }
    let _ = write!(out, r#"<a href="{}""#, escape(&column.column.href));
    if column.cut {
        let _ = write!(out, r#" aria-label="{}""#, escape(&column.column.title));
    }
    let _ = write!(
        out,
        r#"><rect class="node" x="{}" y="{}" width="{}" height="{}" rx="{}"/>"#,
        number(m.node_left(column.x)),
        number(placed.nodes_top),
        number(m.node_width),
        number(placed.nodes_height),
        number(m.radius)
    );
    if m.turned {
        let foot = placed.nodes_top + placed.nodes_height - 7.0;
        let name = escape(&column.title.concat());
        let _ = write!(
            out,
            r#"<text transform="translate({} {}) rotate(-90)">{name}</text>"#,
            number(column.x + 4.0),
            number(foot)
        );
    } else {
        let middle = placed.nodes_top + placed.nodes_height / 2.0;
        write_name(out, "", column.x - 3.0, middle, &column.title, m);
    }
    out.push_str("</a></g>");
}

fn write_row(out: &mut String, row: &layout::Row<'_>, placed: &Placed<'_>, m: &Measures) {
    out.push_str(r#"<g class="row"><g aria-hidden="true">"#);
    if row.wire_end > m.wires_from {
        let (from, y, to) = (number(m.wires_from), number(row.y), number(row.wire_end));
        let _ = write!(out, r#"<path class="near" d="M{from} {y}H{to}"/>"#);
    }
    for column in placed.columns.iter().filter(|column| column.dots.iter().any(|dot| dot.y == row.y)) {
        write_near(out, m.node_left(column.x), placed.nodes_top, m.node_width, placed.nodes_height, m);
    }
    let _ = write!(out, r#"</g><a href="{}""#, escape(&row.row.href));
    if row.cut {
        let _ = write!(out, r#" aria-label="{}""#, escape(&row.row.title));
    }
    let _ = write!(
        out,
        r#"><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>"#,
        if m.boxed { "node" } else { "shelf" },
        number(m.names_x),
        number(row.y - row.height / 2.0),
        number(m.names_width),
        number(row.height),
        number(m.radius)
    );
    let class = if m.boxed { "" } else { "node-link" };
    write_name(out, class, m.names_x + m.names_pad, row.y, &row.name, m);
    out.push_str("</a></g>");
}

/// The ring around a neighbour, which shows while its column or row is pointed at or has the focus.
fn write_near(out: &mut String, x: f64, y: f64, width: f64, height: f64, m: &Measures) {
    let _ = write!(
        out,
        r#"<rect class="near" x="{}" y="{}" width="{}" height="{}" rx="{}"/>"#,
        number(x - RING),
        number(y - RING),
        number(width + 2.0 * RING),
        number(height + 2.0 * RING),
        number(m.radius + RING)
    );
}

/// How far a ring stands from what it is around.
const RING: f64 = 2.0;

/// The lines of a name around a height.
fn write_name(out: &mut String, class: &str, x: f64, middle: f64, name: &[String], m: &Measures) {
    // Capitals are about 0.72 em high.
    let first = middle + m.name * 0.36 - (name.len() - 1) as f64 * m.name_pitch / 2.0;
    let _ = write!(out, r#"<text y="{}">"#, number(first));
    lines(out, class, x, m.name_pitch, name);
    out.push_str("</text>");
}

#[cfg(test)]
mod tests;
