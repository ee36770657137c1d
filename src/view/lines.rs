//! Number lines: drawings, and the same in words.

use super::capability::GreyZoneView;
use super::here::Here;
use super::parts::NumberLineView;
use crate::model::condition::FactIx;
use crate::model::{Capability, Case, Condition, Profile};

/// The number line of a fact over all capabilities; None where no condition compares it.
pub(super) fn whole(_here: &Here, _fact: FactIx) -> Option<NumberLineView> {
    None
}

/// The number line of a fact for one capability, by its place in the catalog.
pub(super) fn of(_here: &Here, _fact: FactIx, _capability: usize) -> Option<NumberLineView> {
    None
}

pub(super) fn grey_zones(_here: &Here, _capability: &Capability<Condition>) -> Vec<GreyZoneView> {
    Vec::new()
}

pub(super) fn threshold(_here: &Here, _condition: &Condition, _case: &Case<Profile>) -> Option<String> {
    None
}
