//! Other help near the place: centres that match none of the words, under a heading of their own.

use super::Asked;
use crate::search::{
    index::{IndexError, SearchIndex},
    model::Hit,
    rank::{PLACE, Ranked, Top, ones},
};

/// How many are shown.
const MOST: usize = 10;

/// No key of an offer that is neither named nor responsible is above this.
const MERELY_NEAR: u128 = (1 << 99) - 1;

impl SearchIndex {
    /// Centres responsible for the place or within reach of it that are no hits: those whose description names what was
    /// asked for first, then responsible ones, then the nearest.
    pub(super) fn other_help(&self, asked: &Asked<'_>) -> Result<Vec<Hit>, IndexError> {
        let columns = &self.columns;
        let (others, named) = (asked.scratch.others.words(), asked.scratch.named());
        let mut best: Vec<Ranked> = Vec::new();
        let mut top = Top::new(MOST);
        for (at, &all) in (0u32..).zip(others) {
            let word = at as usize;
            let mut left = all;
            if left != 0 && top.excludes(MERELY_NEAR) {
                left &= asked.around.iter().fold(0, |all, place| all | place.responsible.words()[word])
                    | named.iter().fold(0, |all, named| all | named.words().get(word).unwrap_or(&0));
            }
            let any_named = named.iter().any(|named| named.words().get(word).unwrap_or(&0) & left != 0);
            for bit in ones(left) {
                let offer = at * 64 + bit;
                let centre = columns.centre[offer as usize];
                let ranked = self.place_only(asked, offer, centre, any_named);
                // a whole Land is responsible for itself: nearly all of them are not among the nearest
                if top.excludes(ranked.key) {
                    continue;
                }
                match best.last_mut() {
                    Some(last) if columns.centre[last.offer as usize] == centre => {
                        if ranked.key > last.key {
                            *last = ranked;
                        }
                    }
                    _ => {
                        if let Some(done) = best.pop() {
                            top.offer(done);
                        }
                        best.push(ranked);
                    }
                }
            }
        }
        best.into_iter().for_each(|ranked| top.offer(ranked));
        top.finish().iter().map(|ranked| self.hit(ranked, asked)).collect()
    }

    fn place_only(&self, asked: &Asked<'_>, offer: u32, centre: u32, any_named: bool) -> Ranked {
        let named = || asked.scratch.named().iter().filter(|named| named.contains(offer)).count();
        let named = if any_named { named() } else { 0 };
        let point = self.columns.sphere[centre as usize];
        let lot = self.columns.lot[centre as usize];
        let mut ranked = Ranked { key: 0, offer, place: 0, units: PLACE };
        for (place, around) in asked.around.iter().enumerate() {
            let chord2 = around.chord2(point);
            let responsible = around.responsible.contains(offer);
            if !responsible && !around.reaches(chord2) {
                continue;
            }
            let nearness = if chord2.is_nan() { 0 } else { u32::MAX - chord2.to_bits() };
            let key = (named as u128) << 100 | u128::from(responsible) << 99 | u128::from(nearness) << 64;
            let key = key | u128::from(lot);
            if key > ranked.key {
                ranked = Ranked { key, place, ..ranked };
            }
        }
        ranked
    }
}
