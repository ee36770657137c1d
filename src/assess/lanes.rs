//! What each value of an ordered fact means on its own, capability by capability: the data of a number line.

use std::ops::Range;

use crate::model::ListKind;
use crate::model::condition::FactIx;

/// Every threshold of one ordered fact, over all capabilities that compare it.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberLine {
    pub fact: FactIx,
    /// From the lowest value upwards, without gaps.
    pub cells: Vec<LineCell>,
    /// In reading order of the capabilities.
    pub lanes: Vec<Lane>,
}

/// A set of values that no condition tells apart. For integers both ends are inside.
#[derive(Debug, Clone, PartialEq)]
pub struct LineCell {
    pub min: f64,
    /// True when `min` itself is outside (numbers only).
    pub min_open: bool,
    /// None: no upper end.
    pub max: Option<f64>,
    pub max_open: bool,
}

/// What the fact means to one capability.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    pub bars: Vec<Bar>,
    /// Cells where no rule speaks, although some do below and above.
    pub grey: Vec<usize>,
}

/// A run of neighbouring cells in which one statement can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub list: ListKind,
    /// Place in that list of the capability.
    pub statement: usize,
    pub cells: Range<usize>,
    /// True when the statement holds on this fact alone; else it needs another fact too.
    pub alone: bool,
}
