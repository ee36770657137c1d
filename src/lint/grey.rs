//! Grey zones: values of a number of which no rule of a capability speaks, although some do below and above.

use crate::assess::lanes::{LineCell, number_line};
use crate::link::Catalog;
use crate::model::condition::FactIx;

/// A grey zone.
#[derive(Debug, Clone, PartialEq)]
pub struct GreyZone {
    /// Place in `Catalog::capabilities`.
    pub capability: usize,
    pub fact: FactIx,
    /// Its values, neighbouring cells joined.
    pub values: LineCell,
}

/// Every grey zone, by capability in reading order, then by fact as declared, from low to high.
pub fn grey_zones(catalog: &Catalog) -> Vec<GreyZone> {
    let mut zones = Vec::new();
    for fact in (0..catalog.facts.len()).map(FactIx) {
        let Some(line) = number_line(catalog, fact) else { continue };
        for lane in &line.lanes {
            let mut before = None;
            for &cell in &lane.grey {
                let own = line.cells[cell];
                match zones.last_mut() {
                    Some(GreyZone { values, .. }) if before.is_some_and(|before: usize| before + 1 == cell) => {
                        (values.max, values.max_open) = (own.max, own.max_open);
                    }
                    _ => zones.push(GreyZone { capability: lane.capability, fact, values: own }),
                }
                before = Some(cell);
            }
        }
    }
    zones.sort_by_key(|zone| (zone.capability, zone.fact));
    zones
}
