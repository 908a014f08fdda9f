//! A set of offers, one bit each.

/// A set of small numbers with cheap membership and iteration in order.
#[derive(Debug, Default, Clone)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set of numbers below `length`; the memory is kept and reused.
    pub(crate) fn reset(&mut self, length: usize) {
        self.0.clear();
        self.0.resize(length.div_ceil(64), 0);
    }

    /// Adds a number.
    #[inline]
    pub(crate) fn insert(&mut self, number: u32) {
        self.0[(number >> 6) as usize] |= 1 << (number & 63);
    }

    /// Whether the number is in the set.
    #[inline]
    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0.get((number >> 6) as usize).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }

    /// Adds everything in the other set of the same length.
    pub(crate) fn unite(&mut self, other: &Bits) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    /// Keeps only what is in the other set too.
    pub(crate) fn intersect(&mut self, other: &Bits) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    /// The numbers, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().zip(0u32..).flat_map(|(&word, at)| {
            let mut left = word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros();
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_order() {
        let mut bits = Bits::default();
        bits.reset(200);
        for number in [199, 0, 64, 63] {
            bits.insert(number);
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 199]);
        assert!(bits.contains(64) && !bits.contains(65) && !bits.contains(100_000));
    }
}
