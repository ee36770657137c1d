//! draw: numbers and titles -> SVG, inlined in pages: number lines and wiring grids. Pure; knows no catalog, no routes.

pub mod card;
pub mod graph;
pub mod measure;
pub mod number_line;
pub mod svg;
