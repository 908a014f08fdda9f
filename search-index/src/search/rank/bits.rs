//! A set of offers, one bit each.

/// A set of small numbers with cheap membership, iteration in order and joining of 64 numbers at a time.
#[derive(Debug, Default, Clone)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set of numbers below `length`; the memory is kept and reused.
    pub(crate) fn reset(&mut self, length: usize) {
        self.0.clear();
        self.0.resize(length.div_ceil(64), 0);
    }

    /// Makes room for numbers below `length` in a set that is empty; costs nothing where the room is there already.
    pub(crate) fn make_room(&mut self, length: usize) {
        if self.0.len() != length.div_ceil(64) {
            self.reset(length);
        }
    }

    /// Takes everything out.
    pub(crate) fn wipe(&mut self) {
        self.0.fill(0);
    }

    /// Puts in every number below `length`.
    pub(crate) fn fill(&mut self, length: usize) {
        self.0.clear();
        self.0.resize(length.div_ceil(64), u64::MAX);
        if let Some(last) = self.0.last_mut()
            && !length.is_multiple_of(64)
        {
            *last = (1 << (length % 64)) - 1;
        }
    }

    /// Adds a number.
    #[inline]
    pub(crate) fn insert(&mut self, number: u32) {
        self.0[(number >> 6) as usize] |= 1 << (number & 63);
    }

    /// Takes a number out.
    #[inline]
    pub(crate) fn remove(&mut self, number: u32) {
        self.0[(number >> 6) as usize] &= !(1 << (number & 63));
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

    /// How many numbers are in it.
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// The set as words of 64 numbers.
    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// The set as words of 64 numbers, to be changed.
    pub(crate) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }
}

/// The numbers of the bits in a word, ascending.
#[inline]
pub(crate) fn ones(word: u64) -> impl Iterator<Item = u32> {
    let mut left = word;
    std::iter::from_fn(move || {
        if left == 0 {
            return None;
        }
        let bit = left.trailing_zeros();
        left &= left - 1;
        Some(bit)
    })
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
        let words = (0u32..).zip(bits.words());
        let numbers: Vec<u32> =
            words.flat_map(|(at, &word)| ones(word).map(move |bit| at * 64 + bit)).collect();
        assert_eq!(numbers, [0, 63, 64, 199]);
        assert!(bits.contains(64) && !bits.contains(65) && !bits.contains(100_000));
        bits.remove(64);
        assert_eq!((bits.count(), bits.is_empty()), (3, false));
    }

    #[test]
    fn a_full_set_holds_every_number_and_no_more() {
        for length in [0, 1, 63, 64, 65, 200] {
            let mut bits = Bits::default();
            bits.fill(length);
            assert_eq!(bits.count(), length);
            assert!(!bits.contains(u32::try_from(length).unwrap()));
        }
    }
}
