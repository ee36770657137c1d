//! Pages to bytes.

pub mod graph;
pub mod measure;
pub mod number_line;
pub mod svg;
