//! Sets of ticks within a frame, one bit each: sixty days are 270 words.

use std::ops::Range;

/// A set of ticks. Two sets can be combined if they have the same frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TickSet {
    first: i64,
    length: usize,
    words: Vec<u64>,
}

impl TickSet {
    /// No tick of this frame.
    pub(crate) fn none(frame: Range<i64>) -> Self {
        let length = usize::try_from(frame.end - frame.start).unwrap_or(0);
        Self { first: frame.start, length, words: vec![0; length.div_ceil(64)] }
    }

    /// Adds ticks; those outside of the frame are left out.
    pub(crate) fn insert(&mut self, ticks: Range<i64>) {
        self.on_words(ticks, |word, mask| *word |= mask);
    }

    /// Takes ticks away.
    pub(crate) fn remove(&mut self, ticks: Range<i64>) {
        self.on_words(ticks, |word, mask| *word &= !mask);
    }

    pub(crate) fn contains(&self, tick: i64) -> bool {
        let bit = usize::try_from(tick - self.first).ok().filter(|bit| *bit < self.length);
        bit.is_some_and(|bit| self.words[bit / 64] >> (bit % 64) & 1 == 1)
    }

    /// Adds what the other holds.
    pub(crate) fn unite(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// Keeps what the other holds too.
    pub(crate) fn intersect(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Takes away what the other holds.
    pub(crate) fn subtract(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// The ticks of the frame it does not hold.
    pub(crate) fn complement(&self) -> Self {
        let mut all = Self { words: vec![0; self.words.len()], ..*self };
        all.insert(self.first..self.first + i64::try_from(self.length).unwrap_or(0));
        all.subtract(self);
        all
    }

    /// The ticks that begin a run of `length` ticks of the set. Beyond the frame nothing belongs to it.
    pub(crate) fn runs(&self, length: i64) -> Self {
        let length = usize::try_from(length).unwrap_or(0).max(1);
        let mut runs = self.clone();
        let mut known = 1;
        // What begins a run of `known`, and so does the tick `further` on, begins one of `known + further`.
        while known < length {
            let further = known.min(length - known);
            let later = runs.earlier_by(further);
            runs.intersect(&later);
            known += further;
        }
        runs
    }

    /// The same set, each tick `by` earlier.
    pub(crate) fn earlier_by(&self, by: usize) -> Self {
        let (skip, shift) = (by / 64, by % 64);
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        let words = (0..self.words.len()).map(|at| match shift {
            0 => word(at + skip),
            _ => word(at + skip) >> shift | word(at + skip + 1) << (64 - shift),
        });
        Self { words: words.collect(), ..*self }
    }

    /// The same set, each tick `by` later.
    pub(crate) fn later_by(&self, by: usize) -> Self {
        let (skip, shift) = (by / 64, by % 64);
        let word = |at: usize, back: usize| at.checked_sub(back).map_or(0, |at| self.words[at]);
        let words = (0..self.words.len()).map(|at| match shift {
            0 => word(at, skip),
            _ => word(at, skip) << shift | word(at, skip + 1) >> (64 - shift),
        });
        let mut later = Self { words: words.collect(), ..*self };
        let end = self.first + i64::try_from(self.length).unwrap_or(0);
        later.remove_beyond(end);
        later
    }

    /// Its ticks in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> {
        (self.first..).step_by(64).zip(&self.words).flat_map(|(first, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = i64::from(rest.trailing_zeros());
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    first + bit
                })
            })
        })
    }

    fn on_words(&mut self, ticks: Range<i64>, change: impl Fn(&mut u64, u64)) {
        let bit = |tick: i64| usize::try_from(tick - self.first).unwrap_or(0).min(self.length);
        let (from, to) = (bit(ticks.start), bit(ticks.end));
        let mut at = from;
        while at < to {
            let end = (at / 64 * 64 + 64).min(to);
            let mask = (u64::MAX >> (64 - (end - at))) << (at % 64);
            change(&mut self.words[at / 64], mask);
            at = end;
        }
    }

    /// Clears the bits of the last word that lie outside of the frame.
    fn remove_beyond(&mut self, end: i64) {
        let used = usize::try_from(end - self.first).unwrap_or(0) % 64;
        if let (Some(last), true) = (self.words.last_mut(), used > 0) {
            *last &= u64::MAX >> (64 - used);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

    use super::*;

    fn set(frame: Range<i64>, ticks: &BTreeSet<i64>) -> TickSet {
        let mut set = TickSet::none(frame);
        ticks.iter().for_each(|tick| set.insert(*tick..*tick + 1));
        set
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_set_of_ticks_is_a_set_of_numbers(
            first in -300i64..300,
            length in 1i64..300,
            inside in proptest::collection::vec(any::<bool>(), 300),
            cut in (-400i64..700, 0i64..200),
            by in 0usize..150,
            run in 1i64..100,
        ) {
            let frame = first..first + length;
            let mut ticks: BTreeSet<i64> =
                frame.clone().zip(&inside).filter(|(_, inside)| **inside).map(|(tick, _)| tick).collect();
            let mut fast = set(frame.clone(), &ticks);
            let cut = cut.0..cut.0 + cut.1;
            ticks.extend(cut.clone().filter(|tick| frame.contains(tick)));
            fast.insert(cut.clone());
            prop_assert_eq!(fast.iter().collect::<BTreeSet<_>>(), ticks.clone());

            let plain = |keep: &dyn Fn(i64) -> bool| frame.clone().filter(|tick| keep(*tick)).collect::<Vec<_>>();
            let shift = i64::try_from(by).unwrap();
            prop_assert_eq!(fast.earlier_by(by).iter().collect::<Vec<_>>(), plain(&|tick| ticks.contains(&(tick + shift))));
            prop_assert_eq!(fast.later_by(by).iter().collect::<Vec<_>>(), plain(&|tick| ticks.contains(&(tick - shift))));
            prop_assert_eq!(fast.complement().iter().collect::<Vec<_>>(), plain(&|tick| !ticks.contains(&tick)));
            let runs = plain(&|tick| (tick..tick + run).all(|tick| ticks.contains(&tick)));
            prop_assert_eq!(fast.runs(run).iter().collect::<Vec<_>>(), runs);

            fast.remove(cut.clone());
            prop_assert_eq!(fast.iter().collect::<Vec<_>>(), plain(&|tick| ticks.contains(&tick) && !cut.contains(&tick)));
            prop_assert_eq!(plain(&|tick| fast.contains(tick)), fast.iter().collect::<Vec<_>>());
        }
    }
}
