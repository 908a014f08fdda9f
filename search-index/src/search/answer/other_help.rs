//! Other help near the place: centres that match none of the words, under a heading of their own.

use super::Asked;
use crate::search::{
    index::{IndexError, SearchIndex},
    model::Hit,
    rank::{Bits, Filter, PLACE, Ranked, Tally, Top},
};

/// How many are shown.
const MOST: usize = 10;

impl SearchIndex {
    /// Centres responsible for the place or within reach of it that are no hits: those whose description names what was
    /// asked for first, then responsible ones, then the nearest.
    pub(super) fn other_help(&self, asked: &mut Asked<'_>, filter: &Filter) -> Result<Vec<Hit>, IndexError> {
        if asked.around.is_empty() {
            return Ok(Vec::new());
        }
        let columns = &self.columns;
        let mut hit_centres = Bits::default();
        hit_centres.reset(columns.centres());
        for &offer in &asked.scratch.candidates {
            hit_centres.insert(columns.centre[offer as usize]);
        }
        let mut best: Vec<Ranked> = Vec::new();
        let mut top = Top::new(MOST);
        for offer in asked.near.iter() {
            let centre = columns.centre[offer as usize];
            if hit_centres.contains(centre) || !filter.admits(self, asked.around, offer) {
                continue;
            }
            let ranked = self.place_only(asked, offer, centre);
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
        best.into_iter().for_each(|ranked| top.offer(ranked));
        top.finish().iter().map(|ranked| self.hit(ranked, asked)).collect()
    }

    fn place_only(&self, asked: &Asked<'_>, offer: u32, centre: u32) -> Ranked {
        let named = Tally(asked.scratch.tally[offer as usize]).prose().count_ones();
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
            let key = u128::from(named) << 100 | u128::from(responsible) << 99 | u128::from(nearness) << 64;
            let key = key | u128::from(lot);
            if key > ranked.key {
                ranked = Ranked { key, place, ..ranked };
            }
        }
        ranked
    }
}
