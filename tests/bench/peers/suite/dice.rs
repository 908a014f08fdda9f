//! Chance that repeats: the same directory and the same queries on every machine.

/// A small generator of pseudo-random numbers (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice for one purpose; purposes with different streams do not influence each other.
    pub(crate) fn new(stream: u64) -> Self {
        let mut dice = Self(0x5EED_0000_0000_0017 ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is at least 1.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from((u128::from(self.roll()) * limit as u128) >> 64).unwrap_or(0)
    }

    /// Whether something happens that happens in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the choices; there must be one.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// A number between -1 and 1.
    pub(crate) fn swing(&mut self) -> f64 {
        self.below(20_001) as f64 / 10_000.0 - 1.0
    }
}
