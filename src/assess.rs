//! assess: what is worthwhile for one situation. Pure, total, deterministic; no clock, no IO.

pub mod cells;
pub mod lanes;
pub mod truth;

pub use truth::Truth;
