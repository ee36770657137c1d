//! assess: what is worthwhile for one situation. Pure, total, deterministic; no clock, no IO.

pub mod lanes;
