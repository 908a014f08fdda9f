//! From sets of offers to sets of centres, 64 offers at a time.
//!
//! A set of centres is written with the bit of each centre's last offer, so both kinds of sets have the same length.

/// Goes through a set of offers word by word and tells of which centres it holds any offer.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct PerCentre {
    /// Whether the centre whose offers go on into the next word has had one already.
    begun: bool,
}

impl PerCentre {
    /// The centres that end in this word and have an offer in the set; `last` marks the last offer of every centre.
    ///
    /// The other offers of a centre are the bits below its last one. Adding all of them to those in the set carries
    /// into the bit of the last one exactly when there is one in the set, and never further.
    #[inline]
    pub(crate) fn next(&mut self, offers: u64, last: u64) -> u64 {
        let others = !last;
        let (sum, over) = (offers & others).overflowing_add(others);
        let (sum, over_again) = sum.overflowing_add(u64::from(self.begun));
        self.begun = over || over_again;
        (sum | offers) & last
    }
}

/// Tells the offers of some centres that end in the word `at`, word by word: in this one and in those before it where
/// the first of the centres began earlier. Answers the number of the first word.
#[inline]
pub(crate) fn each_word_of(at: usize, centres: u64, last: &[u64], mut with: impl FnMut(usize, u64)) -> usize {
    let (offers, mut goes_back) = offers_of(centres, last[at]);
    with(at, offers);
    let mut before = at;
    while goes_back && before > 0 {
        before -= 1;
        let (offers, further) = offers_before(last[before]);
        with(before, offers);
        goes_back = further;
    }
    before
}

/// All offers in a word that belong to centres of a set, and whether the lowest of these centres began in an earlier
/// word.
#[inline]
fn offers_of(centres: u64, last: u64) -> (u64, bool) {
    // From the last offer of each centre downwards, twice as far with every step.
    let (mut offers, mut free) = (centres, !last);
    for step in [1, 2, 4, 8, 16, 32] {
        offers |= offers >> step & free;
        free &= free >> step;
    }
    (offers, offers & 1 == 1)
}

/// The offers in a word that belong to the centre that goes on into the next one, and whether it began even earlier.
#[inline]
fn offers_before(last: u64) -> (u64, bool) {
    match last.checked_ilog2() {
        None => (u64::MAX, true),
        Some(63) => (0, false),
        Some(end) => (u64::MAX << (end + 1), false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::rank::Bits;

    proptest! {
        #[test]
        fn a_centre_is_in_when_one_of_its_offers_is(
            sizes in prop::collection::vec(prop_oneof![9 => 1..5u32, 1 => 1..200u32], 1..120),
            picked in prop::collection::vec(prop::num::u32::ANY, 0..60),
        ) {
            let offers: u32 = sizes.iter().sum();
            let (mut set, mut last, mut expected) = (Bits::default(), Bits::default(), Bits::default());
            for bits in [&mut set, &mut last, &mut expected] {
                bits.reset(offers as usize);
            }
            picked.iter().for_each(|number| set.insert(number % offers));
            let mut first = 0;
            for size in sizes {
                let end = first + size;
                last.insert(end - 1);
                if (first..end).any(|offer| set.contains(offer)) {
                    expected.insert(end - 1);
                }
                first = end;
            }
            let mut per_centre = PerCentre::default();
            let found: Vec<u64> =
                set.words().iter().zip(last.words()).map(|(&set, &last)| per_centre.next(set, last)).collect();
            prop_assert_eq!(found, expected.words());
        }

        #[test]
        fn the_offers_of_a_centre_reach_down_to_the_one_before(
            sizes in prop::collection::vec(prop_oneof![9 => 1..5u32, 1 => 1..200u32], 1..120),
            picked in prop::collection::vec(any::<bool>(), 120),
        ) {
            let offers: u32 = sizes.iter().sum();
            let (mut set, mut last, mut centres) = (Bits::default(), Bits::default(), Bits::default());
            for bits in [&mut set, &mut last, &mut centres] {
                bits.reset(offers as usize);
            }
            let mut first = 0;
            for (size, picked) in sizes.into_iter().zip(picked) {
                last.insert(first + size - 1);
                if picked {
                    centres.insert(first + size - 1);
                    (first..first + size).for_each(|offer| set.insert(offer));
                }
                first += size;
            }
            let mut found = vec![0; set.words().len()];
            for at in 0..found.len() {
                each_word_of(at, centres.words()[at], last.words(), |at, offers| found[at] |= offers);
            }
            prop_assert_eq!(found, set.words());
        }
    }
}
