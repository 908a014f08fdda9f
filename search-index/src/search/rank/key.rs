//! The sort key: the whole order of hits in one number, higher is better.

use super::score::Tally;
use crate::search::index::chord2_of_km;

/// How an offer lies to one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lie {
    /// Responsible for (part of) the place.
    pub(crate) responsible: bool,
    /// Within reach of it.
    pub(crate) reach: bool,
    /// Squared chord to its middle; NaN when unknown.
    pub(crate) chord2: f32,
}

impl Lie {
    /// How an offer lies when no place was given.
    pub(crate) const NOWHERE: Lie = Lie { responsible: false, reach: false, chord2: f32::NAN };

    /// Whether the place is covered.
    pub(crate) fn covers(self) -> bool {
        self.responsible || self.reach
    }
}

/// What decides the order on equal coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Some hit is responsible: fields before distance.
    FitFirst,
    /// Nobody is responsible for the place: the nearest first.
    NearestFirst,
}

/// The bits below coverage.
const REST: u32 = 120;

/// The bit of a key that says an offer is responsible for the place.
pub(crate) const RESPONSIBLE: u128 = 1 << 119;

/// The key of one offer for one place. From the top:
/// units covered, words covered, responsible, then
/// - fit first: distance band, field classes, quality, units named in the description, distance, lot;
/// - nearest first: distance, field classes, quality, units named in the description, lot.
#[inline]
pub(crate) fn key(tally: Tally, lie: Lie, order: Order, bands: &Bands, lot: u64) -> u128 {
    let words = tally.units().count_ones();
    let fit = u128::from(fit(tally));
    let nearness = u128::from(nearness(lie.chord2));
    let responsible = if lie.responsible { RESPONSIBLE } else { 0 };
    let rest = match order {
        Order::FitFirst => {
            let band = u128::from(bands.of(lie));
            responsible | band << 116 | fit << BELOW_STANDING | nearness << 64
        }
        Order::NearestFirst => responsible | nearness << 82 | fit << 65,
    };
    coverage(words + u32::from(lie.covers()), words) | rest | u128::from(lot)
}

/// The bits of a key below `standing_of`.
const BELOW_STANDING: u32 = 99;

/// Where fit comes first, the most that the part of a key from "responsible" down to the band can be.
pub(crate) fn best_lie(somewhere: bool, responsible: bool, covers: bool) -> u32 {
    let band = match (somewhere, covers) {
        (false, _) => 0,
        (true, false) => 3,
        (true, true) => 4,
    };
    u32::from(responsible) << 20 | band << 17
}

/// The part of a key that says how well an offer fits: field classes, quality, units named in the description.
#[inline]
pub(crate) fn fit(tally: Tally) -> u32 {
    tally.class() << 11 | tally.quality() << 4 | tally.prose().count_ones()
}

/// The part of a key from "responsible" down to the fit, where fit comes first.
#[inline]
pub(crate) fn standing_of(key: u128) -> u32 {
    (key >> BELOW_STANDING) as u32 & 0x1f_ffff
}

/// The top of a key.
#[inline]
pub(crate) fn coverage(covered: u32, words: u32) -> u128 {
    #[cfg(test)]
    if super::is_active(super::Mutant::ForgetsCoverage) {
        return 0;
    }
    u128::from(covered) << (REST + 4) | u128::from(words) << REST
}

/// The key of an offer under the coverage of its whole centre.
#[inline]
pub(crate) fn lifted(key: u128, covered: u32, words: u32) -> u128 {
    coverage(covered, words) | (key & ((1 << REST) - 1))
}

/// Nearer is more; unknown is nothing. Positive floats sort like their bits.
fn nearness(chord2: f32) -> u32 {
    if chord2.is_nan() { 0 } else { u32::MAX - chord2.to_bits() }
}

/// Coarse distances for what is out of reach: a centre 40 km away comes before a better-named one 300 km away.
#[derive(Debug)]
pub(crate) struct Bands([f32; 3]);

impl Bands {
    /// The bands: 50, 100 and 200 km.
    pub(crate) fn new() -> Self {
        Self([50.0, 100.0, 200.0].map(chord2_of_km))
    }

    fn of(&self, lie: Lie) -> u32 {
        if lie.covers() {
            return 4;
        }
        let [near, far, further] = self.0;
        match lie.chord2 {
            chord2 if chord2 <= near => 3,
            chord2 if chord2 <= far => 2,
            chord2 if chord2 <= further => 1,
            _ => 0,
        }
    }
}
