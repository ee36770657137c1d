//! What was parsed before, so that only what changed is parsed again. Keyed by path and content, and by nothing else: a
//! parse with a memo and one without give the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Item;
use crate::diagnostic::Diagnostics;

/// The files of the last parse with what they became.
#[derive(Default)]
pub struct Memo {
    files: BTreeMap<Arc<str>, Known>,
}

struct Known {
    bytes: Arc<[u8]>,
    item: Item,
    found: Diagnostics,
}

impl Memo {
    /// What each file becomes: as it did before if its bytes are the same, else as `parse` says.
    pub(super) fn recall(
        &mut self,
        files: &[(&Arc<str>, &Arc<[u8]>)],
        parse: impl Fn(&Arc<str>, &Arc<[u8]>) -> (Item, Diagnostics) + Sync,
    ) -> Vec<(Item, Diagnostics)> {
        let known = |path: &Arc<str>, bytes: &Arc<[u8]>| {
            let known = self.files.get(path).filter(|k| Arc::ptr_eq(&k.bytes, bytes) || k.bytes == *bytes)?;
            Some((known.item.clone(), known.found.clone()))
        };
        let one = |(path, bytes): &(&Arc<str>, &Arc<[u8]>)| match known(path, bytes) {
            Some(parsed) => (parsed, false),
            None => (parse(path, bytes), true),
        };
        let parsed: Vec<_> = files.par_iter().map(one).collect();
        for ((path, bytes), ((item, found), new)) in files.iter().zip(&parsed) {
            if !*new {
            } else if is_alone(bytes) {
                let known = Known { bytes: Arc::clone(bytes), item: item.clone(), found: found.clone() };
                self.files.insert(Arc::clone(path), known);
            } else {
                self.files.remove(*path);
            }
        }
        if self.files.len() > files.len() {
            let there: BTreeSet<&str> = files.iter().map(|(path, _)| &***path).collect();
            self.files.retain(|path, _| there.contains(&**path));
        }
        parsed.into_iter().map(|(parsed, _)| parsed).collect()
    }
}

/// Whether nothing but a file itself decides what it becomes. Code may be included from another.
fn is_alone(bytes: &[u8]) -> bool {
    const INCLUDE: &[u8] = b"include";
    !bytes.windows(INCLUDE.len()).any(|window| window == INCLUDE)
}
