//! From counted offers to ranked centres: the best offer of each centre, the best centres of all.
//!
//! How much a centre covers stands above all else and is known of all at once; only the centres that cover most are
//! weighed one by one, until the page is full.

use super::{
    Around, Bits, Filter, Scratch,
    centres::{PerCentre, each_word_of},
    key::{Bands, Lie, Order, RESPONSIBLE, best_lie, fit, key, lifted, standing_of},
    ones,
    score::{Count, Tally},
};
use crate::search::{
    index::{IndexError, SearchIndex},
    query::MAX_UNITS,
};

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
#[derive(Debug, Default, PartialEq, Eq)]
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

/// Centres that cover the same: how many word units, and whether the place and by whom. The higher tier stands above
/// the lower one whatever else there is to say.
#[derive(Debug, Clone, Copy)]
struct Tier {
    words: u32,
    place: bool,
    own: bool,
}

impl Tier {
    /// All tiers of a query with this many word units, highest first.
    fn all(words: u32) -> impl Iterator<Item = Tier> {
        (0..=words).rev().flat_map(|words| {
            [(true, true), (true, false), (false, false)].map(|(place, own)| Tier { words, place, own })
        })
    }

    /// The highest key a centre of it can have.
    fn bound(self) -> u128 {
        let rest = if self.own { u128::MAX } else { !RESPONSIBLE };
        lifted(rest, self.words + u32::from(self.place), self.words)
    }
}

impl SearchIndex {
    /// Puts the offers that may be hits into `scratch.candidates`.
    ///
    /// With words: what covers one of them. Without: what covers the place, or if nothing does, everything, so that the
    /// nearest can be shown; and without a place everything there is.
    pub(crate) fn gather(
        &self,
        scratch: &mut Scratch,
        words: usize,
        (around, near): (&[Around<'_>], &Bits),
        filter: &Filter,
    ) {
        let Scratch { sets, candidates, .. } = scratch;
        candidates.make_room(self.len_offers());
        if words > 0 {
            sets.iter().take(words).for_each(|covering| candidates.unite(covering));
            filter.apply(self, around, candidates);
            return;
        }
        candidates.unite(near);
        filter.apply(self, around, candidates);
        if candidates.is_empty() {
            candidates.fill(self.len_offers());
            filter.apply(self, around, candidates);
        }
    }

    /// Puts the offers that cover a place and belong to no hit into `scratch.others`.
    pub(crate) fn gather_others(
        &self,
        scratch: &mut Scratch,
        around: &[Around<'_>],
        near: &Bits,
        filter: &Filter,
    ) {
        let Scratch { others, centres, .. } = scratch;
        others.make_room(self.len_offers());
        others.unite(near);
        let last = self.columns.last.words();
        for (at, &centres) in centres.words().iter().enumerate().filter(|(_, centres)| **centres != 0) {
            each_word_of(at, centres, last, |at, offers| others.words_mut()[at] &= !offers);
        }
        filter.apply(self, around, others);
    }

    /// Ranks the gathered offers and keeps the best `keep` centres. `near` are the offers that cover a place.
    pub(crate) fn rank(
        &self,
        scratch: &mut Scratch,
        counts: &[Count<'_>],
        words: usize,
        (around, near): (&[Around<'_>], &Bits),
        keep: usize,
    ) -> Result<Ranking, IndexError> {
        self.survey(scratch, words, around, near);
        let mut ranking = Ranking {
            total: scratch.centres.count(),
            near: scratch.placed.count(),
            any_responsible: !scratch.own.is_empty(),
            best: Vec::new(),
        };
        let judge = Judge {
            index: self,
            around,
            near,
            bands: Bands::new(),
            order: if around.is_empty() || ranking.any_responsible {
                Order::FitFirst
            } else {
                Order::NearestFirst
            },
        };
        let mut top = Top::new(keep);
        let mut seen = 0;
        for tier in Tier::all(u32::try_from(words).unwrap_or(u32::MAX)) {
            if seen == ranking.total || top.is_above(tier.bound()) {
                break;
            }
            seen += self.choose(tier, scratch);
            self.weigh(counts, scratch)?;
            self.judge(tier, &judge, scratch, &mut top);
            for &at in &scratch.busy {
                scratch.chosen.words_mut()[at as usize] = 0;
            }
        }
        ranking.best = top.finish();
        Ok(ranking)
    }

    /// Finds out which centres are hits and how much each of them covers, 64 offers at a time.
    fn survey(&self, scratch: &mut Scratch, words: usize, around: &[Around<'_>], near: &Bits) {
        let Scratch { sets, candidates, centres, placed, own, covered, .. } = scratch;
        let digits = words.checked_ilog2().map_or(0, |digits| digits as usize + 1);
        for set in covered.iter_mut().take(digits).chain([&mut *centres, &mut *placed, &mut *own]) {
            set.make_room(self.len_offers());
        }
        let (mut any, mut with_place, mut responsible) = Default::default();
        let mut with_unit = [PerCentre::default(); MAX_UNITS];
        for (at, (&offers, &last)) in candidates.words().iter().zip(self.columns.last.words()).enumerate() {
            let per_centre = |state: &mut PerCentre, offers| PerCentre::next(state, offers, last);
            centres.words_mut()[at] = per_centre(&mut any, offers);
            placed.words_mut()[at] = per_centre(&mut with_place, offers & near.words()[at]);
            let by_place = around.iter().fold(0, |all, place| all | place.responsible.words()[at]);
            own.words_mut()[at] = per_centre(&mut responsible, offers & by_place);
            for (state, covering) in with_unit.iter_mut().zip(sets.iter()).take(words) {
                // One more for each of these centres, with the carry of addition by hand.
                let mut carry = per_centre(state, offers & covering.words()[at]);
                for digit in covered.iter_mut().take(digits) {
                    let digit = &mut digit.words_mut()[at];
                    (*digit, carry) = (*digit ^ carry, *digit & carry);
                }
            }
        }
    }

    /// Puts the candidates of a tier's centres into `chosen`; how many centres there are.
    fn choose(&self, tier: Tier, scratch: &mut Scratch) -> usize {
        let Scratch { candidates, centres, placed, own, covered, chosen, busy, .. } = scratch;
        chosen.make_room(self.len_offers());
        busy.clear();
        let (candidates, last) = (candidates.words(), self.columns.last.words());
        let chosen = chosen.words_mut();
        let mut members = 0;
        for (at, &centres) in centres.words().iter().enumerate() {
            let same = |set: &Bits, wanted: bool| {
                let set = set.words().get(at).copied().unwrap_or_default();
                if wanted { set } else { !set }
            };
            let mut of_tier = centres & same(placed, tier.place) & same(own, tier.own);
            for (digit, set) in (0u32..).zip(covered.iter()) {
                of_tier &= same(set, tier.words >> digit & 1 == 1);
            }
            if of_tier == 0 {
                continue;
            }
            members += of_tier.count_ones() as usize;
            let before = each_word_of(at, of_tier, last, |at, offers| chosen[at] |= offers & candidates[at]);
            // By index: skipping in an iterator can walk through all that it skips, and that for every word again.
            for (number, &word) in (before..).zip(&chosen[before..=at]) {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                if word != 0 && busy.last().is_none_or(|&known| known < number) {
                    busy.push(number);
                }
            }
        }
        members
    }

    /// Judges the centres of the chosen offers, except where an offer cannot reach the page any more.
    fn judge(&self, tier: Tier, judge: &Judge<'_>, scratch: &Scratch, top: &mut Top) {
        let lie = best_lie(!judge.around.is_empty(), tier.own, tier.place);
        let mut judged = None;
        for &at in &scratch.busy {
            for bit in ones(scratch.chosen.words()[at as usize]) {
                let offer = at * 64 + bit;
                let tally = Tally(scratch.tally[offer as usize]);
                if judge.order == Order::FitFirst && lie | fit(tally) < top.floor(tier) {
                    continue;
                }
                let centre = self.columns.centre[offer as usize];
                if judged != Some(centre) {
                    judged = Some(centre);
                    top.offer(judge.best_of(centre, scratch));
                }
            }
        }
    }
}

/// What it takes to judge a centre.
struct Judge<'a> {
    index: &'a SearchIndex,
    around: &'a [Around<'a>],
    near: &'a Bits,
    bands: Bands,
    order: Order,
}

impl Judge<'_> {
    /// A centre with the key of its best chosen offer under the coverage of all of them.
    fn best_of(&self, centre: u32, scratch: &Scratch) -> Ranked {
        let columns = &self.index.columns;
        let (point, lot) = (columns.sphere[centre as usize], columns.lot[centre as usize]);
        let mut ranked = Ranked { key: 0, offer: columns.first[centre as usize], place: 0, units: 0 };
        for offer in columns.offers_of(centre as usize).filter(|&offer| scratch.chosen.contains(offer)) {
            let tally = Tally(scratch.tally[offer as usize]);
            ranked.units |= tally.units() | if self.near.contains(offer) { PLACE } else { 0 };
            let mut consider = |lie: Lie, place: usize| {
                let key = key(tally, lie, self.order, &self.bands, lot);
                if key > ranked.key {
                    ranked = Ranked { key, offer, place, ..ranked };
                }
            };
            if self.around.is_empty() {
                consider(Lie::NOWHERE, 0);
            }
            for (number, place) in self.around.iter().enumerate() {
                let chord2 = place.chord2(point);
                let responsible = place.responsible.contains(offer);
                consider(Lie { responsible, reach: place.reaches(chord2), chord2 }, number);
            }
        }
        ranked.key = lifted(ranked.key, ranked.units.count_ones(), (ranked.units & !PLACE).count_ones());
        #[cfg(test)]
        if super::is_active(super::Mutant::FavoursChat) {
            ranked.key |= u128::from(columns.flags[ranked.offer as usize] >> 3 & 1) << 127;
        }
        ranked
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

    /// What must be reached from "responsible" down to the fit for a centre of the tier to be kept.
    #[inline]
    fn floor(&self, tier: Tier) -> u32 {
        #[cfg(test)]
        if super::is_active(super::Mutant::FavoursChat) {
            return 0;
        }
        let lowest = lifted(0, tier.words + u32::from(tier.place), tier.words);
        if self.threshold < lowest { 0 } else { standing_of(self.threshold) }
    }

    /// Whether as many as are wanted stand above every centre with at most this key.
    fn is_above(&mut self, bound: u128) -> bool {
        #[cfg(test)]
        if super::is_active(super::Mutant::FavoursChat) {
            return false;
        }
        self.cut();
        self.keep == 0 || self.excludes(bound)
    }

    /// Whether it is known already that nothing up to this key will be kept.
    #[inline]
    pub(crate) fn excludes(&self, bound: u128) -> bool {
        self.threshold > bound
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
        if self.keep > 0 && self.best.len() >= self.keep {
            let (_, last, _) = self.best.select_nth_unstable_by(self.keep - 1, |a, b| b.key.cmp(&a.key));
            self.threshold = last.key;
            self.best.truncate(self.keep);
        }
    }

    /// The best ones, best first.
    pub(crate) fn finish(mut self) -> Vec<Ranked> {
        self.cut();
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
