//! Exact fractions, as far as ranking questions needs them.

use std::cmp::Ordering;
use std::fmt;

/// A fraction of 0 or more, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: u128,
    denominator: u128,
}

impl Ratio {
    pub const ZERO: Ratio = Ratio { numerator: 0, denominator: 1 };

    /// `denominator` is not 0.
    pub fn new(numerator: u128, denominator: u128) -> Ratio {
        let shared = divisor(numerator, denominator).max(1);
        Ratio { numerator: numerator / shared, denominator: (denominator / shared).max(1) }
    }

    pub fn numerator(self) -> u128 {
        self.numerator
    }

    pub fn denominator(self) -> u128 {
        self.denominator
    }

    /// The sum; terms so large that it cannot be held saturate.
    pub fn plus(self, other: Ratio) -> Ratio {
        let shared = divisor(self.denominator, other.denominator).max(1);
        let (a, b) = (self.denominator / shared, other.denominator / shared);
        let numerator = self.numerator.saturating_mul(b).saturating_add(other.numerator.saturating_mul(a));
        Ratio::new(numerator, self.denominator.saturating_mul(b))
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Ratio::ZERO
    }
}

impl Ord for Ratio {
    /// By whole parts, then by what remains turned over: no product can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = ((self.numerator, self.denominator), (other.numerator, other.denominator));
        let mut turned = false;
        loop {
            let whole = (a.0 / a.1).cmp(&(b.0 / b.1));
            let rest = (a.0 % a.1, b.0 % b.1);
            let order = match (whole, rest) {
                (Ordering::Equal, (0, 0)) => return Ordering::Equal,
                (Ordering::Equal, (0, _)) => Ordering::Less,
                (Ordering::Equal, (_, 0)) => Ordering::Greater,
                (Ordering::Equal, (x, y)) => {
                    (a, b) = ((a.1, x), (b.1, y));
                    turned = !turned;
                    continue;
                }
                (order, _) => order,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

fn divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_order_are_exact() {
        let r = Ratio::new;
        assert_eq!(r(1, 2).plus(r(1, 3)), r(5, 6));
        assert_eq!(r(4, 6).to_string(), "2/3");
        assert_eq!(r(8, 2).to_string(), "4");
        let mut all = [r(2, 3), r(1, 2), r(7, 5), Ratio::ZERO, r(3, 5), r(13, 10), r(1, 3), r(5, 1)];
        all.sort();
        assert_eq!(all.map(|x| x.to_string()), ["0", "1/3", "1/2", "3/5", "2/3", "13/10", "7/5", "5"]);
        // Products of these do not fit.
        let big = u128::MAX / 2;
        assert!(r(big - 1, big) < r(big, big + 1));
        assert_eq!(r(2, 4).cmp(&r(1, 2)), Ordering::Equal);
    }
}
