//! import: a decision framework written as one Markdown document -> content files, and a report of what found no place.

pub mod yaml;
