//! Each packet once: whoever answers two requests for a packet sends it twice.

/// How far behind the newest packet others are remembered.
const SPAN: u16 = 1_024;

/// What has arrived of a stream lately.
pub(crate) struct Once {
    newest: u16,
    arrived: [u64; SPAN as usize / 64],
}

impl Once {
    /// Begins with the first packet of a stream.
    pub(crate) const fn new(first: u16) -> Self {
        Self { newest: first.wrapping_sub(1), arrived: [0; SPAN as usize / 64] }
    }

    /// Whether this packet comes for the first time. What is further behind than is remembered is let through: how old is too old,
    /// others know.
    pub(crate) fn is_first(&mut self, number: u16) -> bool {
        let ahead = number.wrapping_sub(self.newest);
        if ahead > 0 && ahead < 0x8000 {
            if ahead >= SPAN {
                self.arrived = [0; SPAN as usize / 64];
            } else {
                for step in 1..=ahead {
                    self.mark(self.newest.wrapping_add(step), false);
                }
            }
            self.newest = number;
        } else if self.newest.wrapping_sub(number) >= SPAN {
            return true;
        }
        !self.mark(number, true)
    }

    /// Writes whether a number has arrived, and tells what stood there.
    fn mark(&mut self, number: u16, arrived: bool) -> bool {
        let place = number % SPAN;
        let (word, bit) = (&mut self.arrived[usize::from(place / 64)], 1 << (place % 64));
        let was = *word & bit != 0;
        if arrived {
            *word |= bit;
        } else {
            *word &= !bit;
        }
        was
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_near_comes_once_and_nothing_new_is_held_back(first: u16, steps in proptest::collection::vec(-40_i16..60, 1..3_000)) {
            let mut once = Once::new(first);
            let mut seen = HashSet::new();
            // counted without an end, so that a number that comes round again is another one
            let mut place = i64::from(first);
            let mut newest = place - 1;
            for step in steps {
                place += i64::from(step);
                let behind = newest - place;
                newest = newest.max(place);
                if behind >= i64::from(SPAN) {
                    continue;
                }
                let number = u16::try_from(place.rem_euclid(65_536)).unwrap();
                prop_assert_eq!(once.is_first(number), seen.insert(place), "{}", place);
            }
        }
    }

    #[test]
    fn a_leap_forgets_what_was_and_what_is_far_behind_is_let_through() {
        let mut once = Once::new(65_530);
        assert!(once.is_first(65_530));
        assert!(once.is_first(5_000));
        assert!(!once.is_first(5_000));
        assert!(once.is_first(4_999), "late");
        assert!(once.is_first(65_530), "further behind than is remembered");
    }
}
