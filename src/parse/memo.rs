//! What was parsed before, so that only what changed is parsed again. Keyed by path and content, and by nothing else: a
//! parse with a memo and one without give the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::reworded::{Reworded, reworded};
use super::{Drafts, Item, assemble, item};
use crate::diagnostic::Diagnostics;
use crate::read::Sources;

/// The files of the last parse with what they became.
#[derive(Default)]
pub struct Memo {
    files: BTreeMap<Arc<str>, Known>,
    /// What could not be read.
    unreadable: BTreeMap<Arc<str>, String>,
}

struct Known {
    bytes: Arc<[u8]>,
    /// Whether nothing but the file itself decides what it becomes. Code may be included from another.
    alone: bool,
    item: Item,
    found: Diagnostics,
}

/// What differs from the last parse.
pub enum Changed {
    /// The words of these things; nothing else. May be nothing.
    Words(Vec<Reworded>),
    Anything,
}

impl Memo {
    /// Parses the files that changed, and forgets those that went.
    pub fn update(&mut self, sources: &Sources) -> Changed {
        let files: Vec<(&Arc<str>, &Arc<[u8]>)> = sources.below("content/").collect();
        let is_known = |(path, bytes): &(&Arc<str>, &Arc<[u8]>)| {
            let known = self.files.get(*path);
            known.is_some_and(|known| known.alone && (Arc::ptr_eq(&known.bytes, bytes) || known.bytes == **bytes))
        };
        let new: Vec<_> = files.par_iter().filter(|file| !is_known(file)).collect();
        let parsed: Vec<_> =
            new.into_par_iter().map(|(path, bytes)| (*path, *bytes, item(path, bytes, sources))).collect();

        let mut words = Some(Vec::new());
        for (path, bytes, (item, found)) in parsed {
            let before = self.files.get(path).filter(|known| known.found.is_empty() && found.is_empty());
            match (before.and_then(|known| reworded(&known.item, &item)), &mut words) {
                (Some(changed), Some(words)) => words.extend(changed),
                _ => words = None,
            }
            let known = Known { bytes: Arc::clone(bytes), alone: is_alone(bytes), item, found };
            self.files.insert(Arc::clone(path), known);
        }
        if self.files.len() > files.len() {
            words = None;
            self.files.retain(|path, _| sources.files.contains_key(path));
        }
        if self.unreadable != sources.unreadable {
            words = None;
            self.unreadable.clone_from(&sources.unreadable);
        }
        words.map_or(Changed::Anything, Changed::Words)
    }

    /// The drafts of all files.
    pub fn drafts(&self, sources: &Sources) -> (Drafts, Diagnostics) {
        let files: Vec<(&Arc<str>, &Known)> = self.files.iter().collect();
        let cloned: Vec<_> = files.par_iter().map(|(_, known)| (known.item.clone(), known.found.clone())).collect();
        assemble(files.into_iter().map(|(path, _)| path).zip(cloned), sources)
    }
}

fn is_alone(bytes: &[u8]) -> bool {
    const INCLUDE: &[u8] = b"include";
    !bytes.windows(INCLUDE.len()).any(|window| window == INCLUDE)
}
