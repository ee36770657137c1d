//! What stands on what, as drawings.

use super::here::Here;
use crate::model::{Capability, Condition, Layer};

/// The drawing of a layer; None where nothing in it builds on anything.
pub(super) fn of_layer(_here: &Here, _layer: &Layer, _capabilities: &[&Capability<Condition>]) -> Option<String> {
    None
}

/// The drawing of one capability; None where it builds on nothing.
pub(super) fn of_capability(_here: &Here, _capability: &Capability<Condition>) -> Option<String> {
    None
}
