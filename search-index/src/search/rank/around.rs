//! The surroundings of a place: who is responsible for it and who is within reach of it.

use tantivy::postings::TermInfo;

use super::Bits;
use crate::{
    place::Place,
    search::index::{IndexError, SearchIndex, chord2_of_km, on_sphere, place_terms},
};

/// How far people travel for counselling, in km beyond the edge of their place.
pub(crate) const REACH_KM: f64 = 25.0;

/// Most readings of an ambiguous name that are searched around.
const MOST_PLACES: usize = 16;

/// A place as ranking sees it.
#[derive(Debug)]
pub(crate) struct Around<'p> {
    /// The place.
    pub(crate) place: &'p Place,
    /// The offers responsible for (part of) it.
    pub(crate) responsible: Bits,
    /// Its middle on the unit sphere; NaN when nobody knows it.
    middle: [f32; 3],
    reach2: f32,
}

impl<'p> Around<'p> {
    /// The surroundings of each place.
    pub(crate) fn all(index: &SearchIndex, places: &'p [Place]) -> Result<Vec<Self>, IndexError> {
        places.iter().take(MOST_PLACES).map(|place| Self::new(index, place)).collect()
    }

    fn new(index: &SearchIndex, place: &'p Place) -> Result<Self, IndexError> {
        let mut responsible = Bits::default();
        responsible.reset(index.len_offers());
        for term in place_terms(place) {
            index.collect_into(index.fields.area, &term, &mut responsible)?;
        }
        #[expect(clippy::cast_possible_truncation, reason = "single precision is half a metre")]
        let middle =
            place.point.map_or([f32::NAN; 3], |at| on_sphere(at.lat, at.lon).map(|axis| axis as f32));
        Ok(Self { place, responsible, middle, reach2: chord2_of_km(REACH_KM + place.radius_km) })
    }

    /// The squared chord to a point of the sphere; NaN when either is unknown.
    #[inline]
    pub(crate) fn chord2(&self, point: [f32; 3]) -> f32 {
        let [x, y, z] = [0, 1, 2].map(|axis| point[axis] - self.middle[axis]);
        x * x + y * y + z * z
    }

    /// Whether a chord is within reach; an unknown one is not.
    #[inline]
    pub(crate) fn reaches(&self, chord2: f32) -> bool {
        chord2 <= self.reach2
    }
}

impl SearchIndex {
    /// Adds the offers with a term to a set.
    pub(crate) fn collect_into(
        &self,
        list: tantivy::schema::Field,
        term: &str,
        offers: &mut Bits,
    ) -> Result<(), IndexError> {
        match self.find(list, term)? {
            Some(info) => self.collect_postings(list, &info, offers),
            None => Ok(()),
        }
    }

    /// Adds the offers of a list on the disk to a set.
    pub(crate) fn collect_postings(
        &self,
        list: tantivy::schema::Field,
        info: &TermInfo,
        offers: &mut Bits,
    ) -> Result<(), IndexError> {
        let mut postings = self.postings(list, info)?;
        while postings.block_len() > 0 {
            for &offer in postings.docs() {
                offers.insert(offer);
            }
            postings.advance();
        }
        Ok(())
    }

    /// The offers responsible for one of the places or within reach of it.
    pub(crate) fn near(&self, around: &[Around<'_>]) -> Bits {
        let mut near = Bits::default();
        near.reset(self.len_offers());
        for place in around {
            near.unite(&place.responsible);
            for spot in self.columns.grid.around(place.middle, place.reach2) {
                if place.reaches(place.chord2(spot.point)) {
                    (spot.first..spot.end).for_each(|offer| near.insert(offer));
                }
            }
        }
        near
    }
}
