//! From counted offers to ranked centres: one pass, the best offer of each centre, the best centres of all.

use super::{
    Around, Bits, Filter, Scratch,
    key::{Bands, Lie, Order, key, lifted},
    score::Tally,
};
use crate::search::index::SearchIndex;

/// A centre among the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ranked {
    /// Its place in the order; higher is better.
    pub(crate) key: u128,
    /// Its best offer.
    pub(crate) offer: u32,
    /// Which of the places suits it best.
    pub(crate) place: usize,
    /// The word units any of its offers covers, and above them (bit 8) whether the place is covered.
    pub(crate) units: u32,
}

/// The bit of the place among the units.
pub(crate) const PLACE: u32 = 1 << 8;

/// The centres that are hits.
#[derive(Debug, Default)]
pub(crate) struct Ranking {
    /// How many there are.
    pub(crate) total: usize,
    /// How many of them cover the place.
    pub(crate) near: usize,
    /// Whether any offer among the hits is responsible for a place.
    pub(crate) any_responsible: bool,
    /// The best ones, best first.
    pub(crate) best: Vec<Ranked>,
}

impl SearchIndex {
    /// Puts the offers that may be hits into `scratch.candidates`, ascending.
    ///
    /// With words: what covers one of them. Without: what covers the place, or if nothing does, everything, so that the
    /// nearest can be shown; and without a place everything there is.
    pub(crate) fn gather(
        &self,
        scratch: &mut Scratch,
        has_words: bool,
        around: &[Around<'_>],
        near: &Bits,
        filter: &Filter,
    ) {
        let Scratch { tally, touched, candidates, .. } = scratch;
        let admits = |&offer: &u32| filter.admits(self, around, offer);
        if has_words {
            let covers = |&offer: &u32| Tally(tally[offer as usize]).units() != 0;
            touched.iter().filter(covers).filter(admits).for_each(|offer| candidates.push(offer));
            return;
        }
        if !around.is_empty() {
            candidates.extend(near.iter().filter(admits));
        }
        if candidates.is_empty() {
            candidates
                .extend((0..self.columns.flags.len()).filter_map(|o| u32::try_from(o).ok()).filter(admits));
        }
    }

    /// Ranks the gathered offers and keeps the best `keep` centres. `near` are the offers that cover a place.
    pub(crate) fn rank(&self, scratch: &Scratch, around: &[Around<'_>], near: &Bits, keep: usize) -> Ranking {
        let any_responsible = scratch
            .candidates
            .iter()
            .any(|&offer| around.iter().any(|place| place.responsible.contains(offer)));
        let order = if around.is_empty() || any_responsible { Order::FitFirst } else { Order::NearestFirst };
        let bands = Bands::new();
        let mut ranking = Ranking { any_responsible, ..Ranking::default() };
        let mut top = Top::new(keep);
        let columns = &self.columns;
        let mut rest = scratch.candidates.as_slice();
        while let Some(&first) = rest.first() {
            let centre = columns.centre[first as usize];
            let end = columns.first[centre as usize + 1];
            let (offers, others) = rest.split_at(rest.iter().take_while(|offer| **offer < end).count());
            rest = others;
            let units = offers.iter().fold(0, |units, &offer| {
                let place = if near.contains(offer) { PLACE } else { 0 };
                units | Tally(scratch.tally[offer as usize]).units() | place
            });
            ranking.total += 1;
            ranking.near += usize::from(units & PLACE != 0);
            let (covered, words) = (units.count_ones(), (units & !PLACE).count_ones());
            // Most centres of a large directory cover less than what is on the page already: that is seen without
            // looking at how they lie.
            if top.is_above(covered, words) {
                continue;
            }
            let (point, lot) = (columns.sphere[centre as usize], columns.lot[centre as usize]);
            let mut ranked = Ranked { key: 0, offer: first, place: 0, units };
            for &offer in offers {
                let tally = Tally(scratch.tally[offer as usize]);
                let mut consider = |lie: Lie, place: usize| {
                    let key = key(tally, lie, order, &bands, lot);
                    if key > ranked.key {
                        ranked = Ranked { key, offer, place, ..ranked };
                    }
                };
                if around.is_empty() {
                    consider(Lie::NOWHERE, 0);
                }
                for (number, place) in around.iter().enumerate() {
                    let chord2 = place.chord2(point);
                    let responsible = place.responsible.contains(offer);
                    consider(Lie { responsible, reach: place.reaches(chord2), chord2 }, number);
                }
            }
            ranked.key = lifted(ranked.key, covered, words);
            #[cfg(test)]
            if super::is_active(super::Mutant::FavoursChat) {
                ranked.key |= u128::from(columns.flags[ranked.offer as usize] >> 3 & 1) << 127;
            }
            top.offer(ranked);
        }
        ranking.best = top.finish();
        ranking
    }
}

/// Keeps the best few of many: fills up to twice the number, then cuts to it in linear time.
pub(crate) struct Top {
    keep: usize,
    threshold: u128,
    best: Vec<Ranked>,
}

impl Top {
    /// Keeps the best `keep`.
    pub(crate) fn new(keep: usize) -> Self {
        Self { keep, threshold: 0, best: Vec::new() }
    }

    /// Whether everything kept stands above whatever covers this much.
    #[inline]
    fn is_above(&self, covered: u32, words: u32) -> bool {
        #[cfg(test)]
        if super::is_active(super::Mutant::FavoursChat) {
            return false;
        }
        self.threshold > lifted(u128::MAX, covered, words)
    }

    /// Considers one more.
    #[inline]
    pub(crate) fn offer(&mut self, ranked: Ranked) {
        if self.keep == 0 || ranked.key < self.threshold {
            return;
        }
        self.best.push(ranked);
        if self.best.len() >= self.keep.saturating_mul(2).max(64) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.best.len() > self.keep {
            let (_, last, _) = self.best.select_nth_unstable_by(self.keep - 1, |a, b| b.key.cmp(&a.key));
            self.threshold = last.key;
            self.best.truncate(self.keep);
        }
    }

    /// The best ones, best first.
    pub(crate) fn finish(mut self) -> Vec<Ranked> {
        if self.keep > 0 {
            self.cut();
        }
        self.best.sort_unstable_by_key(|ranked| std::cmp::Reverse(ranked.key));
        self.best
    }
}

impl Ranked {
    /// Whether the centre covers the place.
    pub(crate) fn covers_place(&self) -> bool {
        self.units & PLACE != 0
    }
}
