//! The same ranking written down plainly: every offer asked everything, every centre sorted. The engine must agree.

use std::collections::HashMap;

use tantivy::schema::Field as List;

use super::{
    Around, Bits, Filter, PLACE, Ranked,
    collect::Ranking,
    key::{Bands, Lie, Order, key, lifted},
    score::{Alternative, Tally, alternatives, in_prose},
};
use crate::search::{index::SearchIndex, query::Unit};

/// What a plain reading of the rules makes of a search.
pub(crate) struct Reference<'a> {
    index: &'a SearchIndex,
    around: &'a [Around<'a>],
    tallies: Vec<Tally>,
    candidates: Vec<bool>,
    near: Vec<bool>,
    admitted: Vec<bool>,
}

impl<'a> Reference<'a> {
    /// Asks every offer.
    pub(crate) fn new(
        index: &'a SearchIndex,
        units: &[Unit],
        around: &'a [Around<'a>],
        filter: &Filter,
    ) -> Self {
        let offers = 0..u32::try_from(index.len_offers()).unwrap();
        let tallies = tallies(index, units);
        let near: Vec<bool> = offers
            .clone()
            .map(|offer| around.iter().any(|place| lie(index, place, offer).covers()))
            .collect();
        let admitted: Vec<bool> = offers.map(|offer| filter.admits(index, around, offer)).collect();
        let both = |one: &[bool]| one.iter().zip(&admitted).map(|(one, other)| *one && *other).collect();
        let mut candidates: Vec<bool> = if units.is_empty() {
            both(&near)
        } else {
            both(&tallies.iter().map(|tally| tally.units() != 0).collect::<Vec<_>>())
        };
        if units.is_empty() && !candidates.contains(&true) {
            candidates.clone_from(&admitted);
        }
        Self { index, around, tallies, candidates, near, admitted }
    }

    fn centres(&self) -> impl Iterator<Item = Vec<usize>> {
        let columns = &self.index.columns;
        (0..columns.centres()).map(|centre| columns.offers_of(centre).map(|offer| offer as usize).collect())
    }

    /// The centres that are hits, best first.
    pub(crate) fn ranking(&self, keep: usize) -> Ranking {
        let offer_number = |offer: usize| u32::try_from(offer).unwrap();
        let any_responsible = (0..self.candidates.len()).any(|offer| {
            self.candidates[offer]
                && self.around.iter().any(|place| place.responsible.contains(offer_number(offer)))
        });
        let order =
            if self.around.is_empty() || any_responsible { Order::FitFirst } else { Order::NearestFirst };
        let mut best = Vec::new();
        for (centre, offers) in self.centres().enumerate() {
            let offers: Vec<usize> = offers.into_iter().filter(|&offer| self.candidates[offer]).collect();
            let lot = self.index.columns.lot[centre];
            let units = offers.iter().fold(0, |units, &offer| {
                units | self.tallies[offer].units() | if self.near[offer] { PLACE } else { 0 }
            });
            let found = offers.iter().flat_map(|&offer| {
                let nowhere = self.around.is_empty().then_some((0, Lie::NOWHERE));
                let lies = self.around.iter().map(move |place| lie(self.index, place, offer_number(offer)));
                nowhere.into_iter().chain(lies.enumerate()).map(move |(place, lie)| (offer, place, lie))
            });
            let mut ranked: Option<Ranked> = None;
            for (offer, place, lie) in found {
                let key = key(self.tallies[offer], lie, order, &Bands::new(), lot);
                if ranked.is_none_or(|best| best.key < key) {
                    ranked = Some(Ranked { key, offer: offer_number(offer), place, units });
                }
            }
            let (covered, words) = (units.count_ones(), (units & !PLACE).count_ones());
            best.extend(ranked.map(|ranked| Ranked { key: lifted(ranked.key, covered, words), ..ranked }));
        }
        best.sort_unstable_by_key(|ranked| std::cmp::Reverse(ranked.key));
        let near = best.iter().filter(|ranked| ranked.covers_place()).count();
        let total = best.len();
        best.truncate(keep);
        Ranking { total, near, any_responsible, best }
    }

    /// The best offers of centres that are no hits but lie near, best first.
    pub(crate) fn other_help(&self, keep: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for (centre, offers) in self.centres().enumerate() {
            if offers.iter().any(|&offer| self.candidates[offer]) {
                continue;
            }
            let near = offers.into_iter().filter(|&offer| self.near[offer] && self.admitted[offer]);
            let best = near.flat_map(|offer| {
                self.around.iter().filter_map(move |place| {
                    let lie = lie(self.index, place, u32::try_from(offer).unwrap());
                    let named = self.tallies[offer].prose().count_ones();
                    // Nearer is more; who knows how far stands last.
                    let nearness = if lie.chord2.is_nan() { 0 } else { u32::MAX - lie.chord2.to_bits() };
                    lie.covers().then_some((named, lie.responsible, nearness, std::cmp::Reverse(offer)))
                })
            });
            if let Some((named, responsible, nearness, offer)) = best.max() {
                found.push(((named, responsible, nearness, self.index.columns.lot[centre]), offer.0));
            }
        }
        found.sort_unstable_by_key(|(key, _)| std::cmp::Reverse(*key));
        found.into_iter().map(|(_, offer)| offer).take(keep).collect()
    }
}

fn lie(index: &SearchIndex, place: &Around<'_>, offer: u32) -> Lie {
    let chord2 = place.chord2(index.columns.sphere[index.columns.centre[offer as usize] as usize]);
    Lie { responsible: place.responsible.contains(offer), reach: place.reaches(chord2), chord2 }
}

fn tallies(index: &SearchIndex, units: &[Unit]) -> Vec<Tally> {
    let mut lists: HashMap<(List, String), Bits> = HashMap::new();
    let mut has = |alternative: &Alternative<'_>, offer: u32| {
        let key = (alternative.list, alternative.term.to_owned());
        let list = lists.entry(key).or_insert_with(|| {
            let mut offers = Bits::default();
            offers.reset(index.len_offers());
            index.collect_into(alternative.list, alternative.term, &mut offers).unwrap();
            offers
        });
        list.contains(offer)
    };
    let mut tallies = vec![Tally(0); index.len_offers()];
    let all = 0..u32::try_from(index.len_offers()).unwrap();
    for (number, unit) in units.iter().enumerate() {
        let (strong, prose) = (alternatives(&index.fields, unit), in_prose(&index.fields, unit));
        let anywhere = all.clone().any(|offer| strong.iter().any(|alternative| has(alternative, offer)));
        for offer in all.clone() {
            let Tally(tally) = &mut tallies[offer as usize];
            if let Some(best) = strong.iter().find(|alternative| has(alternative, offer)) {
                *tally += (1 << number) + best.worth();
            }
            if let Some(best) = prose.iter().find(|alternative| has(alternative, offer)) {
                *tally += if anywhere { 1 << (number + 8) } else { (1 << number) + best.worth() };
            }
        }
    }
    tallies
}
