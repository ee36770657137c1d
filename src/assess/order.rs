//! The suggested order of what is worthwhile.

use std::collections::BTreeMap;

use super::CapabilityAssessment;
use crate::link::Catalog;
use crate::model::{Kind, Verdict};

/// Capabilities to adopt, prepare or consider, as places in the catalog: what one builds on comes first, directly or
/// through others; then adopt before prepare before consider, lower complexity first, reading order.
pub(crate) fn suggested(catalog: &Catalog, assessed: &[CapabilityAssessment]) -> Vec<usize> {
    let wanted = |n: usize| matches!(assessed[n].verdict, Some(Verdict::Adopt | Verdict::Prepare | Verdict::Consider));
    let mut places: Vec<usize> = (0..catalog.capabilities.len()).filter(|&n| wanted(n)).collect();
    places.sort_by_key(|&n| {
        let complexity = catalog.capabilities[n].complexity;
        (assessed[n].verdict, complexity.from, complexity.to, n)
    });
    let ids: BTreeMap<&str, usize> = catalog.capabilities.iter().enumerate().map(|(n, c)| (c.id.as_str(), n)).collect();
    let below: Vec<Vec<usize>> = (0..catalog.capabilities.len()).map(|n| foundations(catalog, &ids, n)).collect();
    let mut order = Vec::with_capacity(places.len());
    let mut left = places;
    while !left.is_empty() {
        let ready = |&&n: &&usize| !left.iter().any(|&other| other != n && below[n].contains(&other));
        // In a circle, which is an error elsewhere, the first of the rest goes.
        let next = left.iter().find(ready).copied().unwrap_or(left[0]);
        left.retain(|&n| n != next);
        order.push(next);
    }
    order
}

/// Every capability that one builds on, directly or through others, ascending.
fn foundations(catalog: &Catalog, ids: &BTreeMap<&str, usize>, capability: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut open = vec![capability];
    while let Some(at) = open.pop() {
        for foundation in catalog.capabilities[at].builds_on.iter().filter(|f| f.on.key.kind == Kind::Capability) {
            if let Some(&below) = ids.get(foundation.on.key.id.as_str())
                && below != capability
                && !found.contains(&below)
            {
                found.push(below);
                open.push(below);
            }
        }
    }
    found
}
