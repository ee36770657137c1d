//! What becomes of a list that grows: beyond these numbers a page says less of each thing, whose own page says all.

use super::here::Here;
use super::parts::{Counted, Link};
use crate::link::Catalog;
use crate::model::{Capability, Condition, Kind};
use crate::plan::PageName;

/// So many things a page tells in full.
pub(super) const FULL: usize = 100;

/// So many things an index tells in a sentence each; beyond, it lists names.
pub(super) const SUMMED: usize = 500;

/// So many columns a table may have before it is told row by row.
pub(super) const COLUMNS: usize = 7;

/// A list cut in two: what is told in full, and the names of the rest.
pub(super) fn split<T, U>(all: &[T], full: impl Fn(&T) -> Option<U>, name: impl Fn(&T) -> Link) -> (Vec<U>, Vec<Link>) {
    let (first, rest) = all.split_at(all.len().min(FULL));
    (first.iter().filter_map(full).collect(), rest.iter().map(name).collect())
}

/// Whether a site has more capabilities than a page names in full.
pub fn is_many(catalog: &Catalog) -> bool {
    catalog.capabilities.len() > FULL
}

impl Here<'_> {
    /// True where there are too many capabilities to tell all of them on one page.
    pub fn many(&self) -> bool {
        is_many(self.catalog)
    }

    /// The layers that hold capabilities, with how many, as ways to their parts of the index of capabilities.
    pub fn counted_layers(&self) -> Vec<Counted> {
        let index = self.href(&PageName::Index(Kind::Capability));
        let of = |layer: &crate::model::Layer| {
            let inside = |c: &&Capability<Condition>| c.layer.key.id == layer.id;
            let count = self.catalog.capabilities.iter().filter(inside).count();
            (count > 0).then(|| Counted {
                title: self.layer_title(layer),
                href: format!("{index}#{}", layer.id),
                count: self.words.meta.capabilities.of(count),
            })
        };
        self.catalog.layers.iter().filter_map(of).collect()
    }
}
