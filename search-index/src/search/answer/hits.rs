//! One hit: the card of the best offer, how it lies to the place, and why it is there.

use super::{Asked, reasons::Texts};
use crate::search::{
    index::{Entry, IndexError, Reader, SearchIndex, covering_area, km_between},
    model::{Field, Hit, Reason},
    rank::Ranked,
};

impl SearchIndex {
    /// The hit for a ranked centre.
    pub(super) fn hit(&self, ranked: &Ranked, asked: &Asked<'_>) -> Result<Hit, IndexError> {
        let entry = self.entry(ranked.offer)?;
        let mut reasons = self.word_reasons(ranked, &entry, asked)?;
        let around = asked.around.get(ranked.place);
        let responsible = around.is_some_and(|around| around.responsible.contains(ranked.offer));
        let distance_km = around.and_then(|around| {
            let (from, to) = (around.place.point?, entry.card.coordinates?);
            Some(km_between((from.lat, from.lon), (to.lat, to.lon)))
        });
        if let Some(around) = around {
            let unit = around.place.name.clone();
            if let Some(area) = covering_area(&entry.areas, around.place).filter(|_| responsible) {
                reasons.push(Reason { unit, field: Field::Area, matched: area_text(area) });
            } else if ranked.covers_place()
                && let Some(km) = distance_km
            {
                reasons.push(Reason { unit, field: Field::Distance, matched: format!("{km:.0}") });
            }
        }
        let query_units = asked.units.len() + usize::from(!asked.around.is_empty());
        Ok(Hit {
            responsible,
            distance_km,
            covered_units: ranked.units.count_ones(),
            query_units: u32::try_from(query_units).unwrap_or(u32::MAX),
            reasons,
            card: entry.card,
        })
    }

    /// Why each word unit is covered: by the best offer, or else by another one of the centre.
    fn word_reasons(
        &self,
        ranked: &Ranked,
        entry: &Entry<'_>,
        asked: &Asked<'_>,
    ) -> Result<Vec<Reason>, IndexError> {
        let covered_by = |offer: u32| asked.scratch.bits(offer);
        let mut texts = Texts::new(self, entry);
        let mut reader = Reader::new(self.lexicon.clone());
        let mut reasons = Vec::new();
        for (number, unit) in asked.units.iter().enumerate() {
            let bit = 1 << number;
            if covered_by(ranked.offer) & bit != 0 {
                reasons.extend(texts.reason(&mut reader, unit));
                continue;
            }
            let centre = self.columns.centre[ranked.offer as usize];
            let other = self.columns.offers_of(centre as usize).find(|&offer| covered_by(offer) & bit != 0);
            if let Some(other) = other.filter(|_| ranked.units & bit != 0) {
                reasons.extend(Texts::new(self, &self.entry(other)?).reason(&mut reader, unit));
            }
        }
        Ok(reasons)
    }
}

fn area_text(area: &contracts::directory::Area) -> String {
    use contracts::directory::Area;
    match area {
        Area::Postcodes(range) => range.to_string(),
        Area::Municipality(key) => key.to_string(),
        Area::District(key) => key.to_string(),
        Area::Land(key) => key.to_string(),
        Area::Nationwide => "nationwide".to_owned(),
    }
}
