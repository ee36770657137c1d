//! A list whose items are shared between its copies, so that a copy with one other item costs little. It reads as a slice.

use std::iter::Map;
use std::ops::Index;
use std::slice;
use std::sync::Arc;

use rayon::prelude::*;

/// Items behind pointers.
#[derive(Debug, PartialEq)]
pub struct Shared<T>(Vec<Arc<T>>);

/// Its items, in order.
pub type Iter<'a, T> = Map<slice::Iter<'a, Arc<T>>, fn(&'a Arc<T>) -> &'a T>;

impl<T> Shared<T> {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> Iter<'_, T> {
        self.0.iter().map(|item| item)
    }

    pub fn first(&self) -> Option<&T> {
        self.0.first().map(|item| &**item)
    }

    pub fn get(&self, place: usize) -> Option<&T> {
        self.0.get(place).map(|item| &**item)
    }

    /// Puts another item in a place.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn put(&mut self, place: usize, item: T) {
        self.0[place] = Arc::new(item);
    }
}

impl<T: Clone> Shared<T> {
    /// The item of a place, to change in this list alone.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn change(&mut self, place: usize) -> &mut T {
        Arc::make_mut(&mut self.0[place])
    }
}

impl<T: Send + Sync> Shared<T> {
    /// Its items, for many threads.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = &T> {
        self.0.par_iter().map(|item| &**item)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T> Index<usize> for Shared<T> {
    type Output = T;

    fn index(&self, place: usize) -> &T {
        &self.0[place]
    }
}

impl<T> FromIterator<T> for Shared<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut all: Vec<Arc<T>> = items.into_iter().map(Arc::new).collect();
        // The list may stand in the room of the items themselves, which are larger.
        all.shrink_to_fit();
        Shared(all)
    }
}

impl<'a, T> IntoIterator for &'a Shared<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
