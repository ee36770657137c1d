//! parse: Sources -> (Drafts, Diagnostics). Each file alone, in parallel: typed, places kept, names still text.
//!
//! It never fails: a broken file is left out of the drafts and reported.

pub mod condition;
pub mod prose;
pub mod yaml;
