//! Sets of classes.

use std::hash::{Hash, Hasher};

/// A set of small numbers: classes of a variable. Up to 64 need no memory of their own.
#[derive(Debug, Clone, Eq)]
pub(crate) struct Bits {
    first: u64,
    more: Vec<u64>,
    len: usize,
}

impl PartialEq for Bits {
    /// Comparing two lists without memory costs some processors more than all the rest: they are not compared.
    fn eq(&self, other: &Bits) -> bool {
        (self.first, self.len) == (other.first, other.len) && (self.more.is_empty() || self.more == other.more)
    }
}

impl Hash for Bits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.first.hash(state);
        self.more.hash(state);
    }
}

impl Bits {
    pub fn none(len: usize) -> Bits {
        Bits { first: 0, more: vec![0; len.div_ceil(64).saturating_sub(1)], len }
    }

    pub fn all(len: usize) -> Bits {
        Bits::none(len).not()
    }

    pub fn one(len: usize, n: usize) -> Bits {
        let mut bits = Bits::none(len);
        bits.insert(n);
        bits
    }

    pub fn from_fn(len: usize, mut holds: impl FnMut(usize) -> bool) -> Bits {
        let mut bits = Bits::none(len);
        (0..len).filter(|&n| holds(n)).for_each(|n| bits.insert(n));
        bits
    }

    fn word(&self, place: usize) -> u64 {
        if place == 0 { self.first } else { self.more[place - 1] }
    }

    pub fn insert(&mut self, n: usize) {
        let word = if n < 64 { &mut self.first } else { &mut self.more[n / 64 - 1] };
        *word |= 1 << (n % 64);
    }

    pub fn remove(&mut self, n: usize) {
        let word = if n < 64 { &mut self.first } else { &mut self.more[n / 64 - 1] };
        *word &= !(1 << (n % 64));
    }

    pub fn has(&self, n: usize) -> bool {
        self.word(n / 64) >> (n % 64) & 1 == 1
    }

    pub fn count(&self) -> usize {
        self.words().map(|w| w.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words().all(|w| w == 0)
    }

    pub fn and(&self, other: &Bits) -> Bits {
        self.zip(other, |a, b| a & b)
    }

    pub fn or(&self, other: &Bits) -> Bits {
        self.zip(other, |a, b| a | b)
    }

    pub fn not(&self) -> Bits {
        let mut bits = self.zip(self, |a, _| !a);
        // Nothing beyond the end.
        let inside = |place: usize| match self.len.saturating_sub(place * 64) {
            n if n >= 64 => u64::MAX,
            n => (1 << n) - 1,
        };
        bits.first &= inside(0);
        bits.more.iter_mut().enumerate().for_each(|(n, word)| *word &= inside(n + 1));
        bits
    }

    pub fn meets(&self, other: &Bits) -> bool {
        self.words().zip(other.words()).any(|(a, b)| a & b != 0)
    }

    pub fn is_within(&self, other: &Bits) -> bool {
        self.words().zip(other.words()).all(|(a, b)| a & !b == 0)
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words().enumerate().flat_map(|(place, word)| {
            std::iter::successors((word != 0).then_some(word), |w| Some(w & (w - 1)).filter(|w| *w != 0))
                .map(move |w| place * 64 + w.trailing_zeros() as usize)
        })
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    fn zip(&self, other: &Bits, join: impl Fn(u64, u64) -> u64) -> Bits {
        let more = self.more.iter().zip(&other.more).map(|(a, b)| join(*a, *b)).collect();
        Bits { first: join(self.first, other.first), more, len: self.len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_beyond_one_word() {
        for len in [1, 63, 64, 65, 130] {
            let odd = Bits::from_fn(len, |n| n % 2 == 1);
            assert_eq!(odd.iter().collect::<Vec<_>>(), (0..len).filter(|n| n % 2 == 1).collect::<Vec<_>>());
            assert_eq!(odd.not().count() + odd.count(), len);
            assert_eq!(odd.or(&odd.not()), Bits::all(len));
            assert!(odd.and(&odd.not()).is_empty() && !odd.meets(&odd.not()));
            assert!(odd.is_within(&Bits::all(len)) && Bits::one(len, len - 1).has(len - 1));
        }
    }
}
