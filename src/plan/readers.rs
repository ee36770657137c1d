//! Who reads any of some facts: how many statements, and the first of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::derived::StatementAt;
use crate::model::ListKind;
use crate::model::condition::FactIx;

/// Statements that read any of some facts, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Readers {
    /// The first of them.
    pub first: Vec<StatementAt>,
    /// How many there are.
    pub count: usize,
    /// The first of each list, and how many it has.
    pub lists: BTreeMap<ListKind, (Vec<StatementAt>, usize)>,
}

impl Readers {
    /// Keeps the first `most` of these and of each list of them.
    fn of(places: &[StatementAt], most: usize) -> Readers {
        let mut readers = Readers { count: places.len(), ..Readers::default() };
        readers.first = places.iter().take(most).copied().collect();
        for at in places {
            let (first, count) = readers.lists.entry(at.list).or_default();
            *count += 1;
            if first.len() < most {
                first.push(*at);
            }
        }
        readers
    }
}

/// Facts, and how many of their readers are to be named.
type Question = (Vec<FactIx>, usize);

/// What was asked, with the answer. The page of each trigger asks for the readers of its facts, and many triggers read
/// the same ones.
#[derive(Debug, Default)]
pub(super) struct Asked(Mutex<HashMap<Question, Arc<Readers>>>);

/// More answers than these are not kept: where every trigger reads facts of its own, few statements read them.
const KEPT: usize = 4096;

/// Nor is one that names more than these: the page of a fact has all, and is the only one to ask for them.
const NAMED: usize = 64;

impl Asked {
    /// `read_by` gives the readers of each fact in ascending order.
    pub fn readers(&self, read_by: &BTreeMap<FactIx, Vec<StatementAt>>, facts: &[FactIx], most: usize) -> Arc<Readers> {
        let key = (facts.to_vec(), most);
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(readers) = kept().get(&key) {
            return readers.clone();
        }
        let of = |fact: &FactIx| read_by.get(fact).map_or(&[][..], Vec::as_slice);
        let readers = Arc::new(match facts {
            [fact] => Readers::of(of(fact), most),
            _ => {
                let mut places: Vec<StatementAt> = facts.iter().flat_map(of).copied().collect();
                places.sort_unstable();
                places.dedup();
                Readers::of(&places, most)
            }
        });
        let mut kept = kept();
        if most <= NAMED && kept.len() < KEPT {
            kept.insert(key, readers.clone());
        }
        readers
    }
}

/// What is asked for again is found again: a copy starts without answers.
impl Clone for Asked {
    fn clone(&self) -> Self {
        Asked::default()
    }
}
