//! Chance that repeats.

/// A small generator of pseudo-random numbers (SplitMix64).
///
/// Written out here because the demo directory must be the same after every update of a dependency: screenshots, benches
/// and judged queries refer to it. Each centre has dice of its own, so the n-th is the same whatever came before.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut dice = Self(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        dice.roll();
        dice
    }

    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.roll()) * limit as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Whether something happens that happens in `percent` of 100 cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the choices. There must be one.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// One of the choices, each as likely as its weight says.
    pub(super) fn weighted<'a, T>(&mut self, choices: &'a [T], weight: impl Fn(&T) -> usize) -> &'a T {
        let mut left = self.below(choices.iter().map(&weight).sum());
        for choice in choices {
            let share = weight(choice);
            if left < share {
                return choice;
            }
            left -= share;
        }
        &choices[0]
    }

    /// A number between -1 and 1.
    pub(super) fn swing(&mut self) -> f64 {
        self.below(20_001) as f64 / 10_000.0 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_rolls_the_same_and_another_does_not() {
        let roll = |seed, stream| (0..4).map(|_| Dice::new(seed, stream).roll()).collect::<Vec<_>>();
        assert_eq!(roll(1, 2), roll(1, 2));
        assert_ne!(roll(1, 2), roll(2, 2));
        assert_ne!(roll(1, 2), roll(1, 3));
    }

    #[test]
    fn a_roll_never_leaves_its_range_and_reaches_all_of_it() {
        let mut dice = Dice::new(7, 7);
        let mut seen = [false; 6];
        for _ in 0..1_000 {
            seen[dice.below(6)] = true;
            assert!(dice.swing().abs() <= 1.0);
        }
        assert_eq!(seen, [true; 6]);
        assert_eq!(dice.below(0), 0);
    }
}
