//! Towns round about, for somebody who found nothing where they looked.

use std::collections::HashSet;

use contracts::directory::Postcode;

use super::{Gazetteer, Place, PlaceKind, Point, names::Id};

/// How far a neighbouring town may be beyond the edge of the place, in km.
const REACH_KM: f64 = 60.0;

impl Gazetteer {
    /// Towns near a place that are not in it, at most `limit`: near ones first, and a big town counts as nearer than a
    /// village, because it is more likely to have a centre. Empty for a place without coordinates.
    pub fn neighbours(&self, place: &Place, limit: usize) -> Vec<Place> {
        let Some(middle) = place.point else { return Vec::new() };
        let inside: HashSet<Postcode> = place.postcodes.iter().copied().collect();
        let mut near: Vec<(f64, Id)> = (0..)
            .zip(&self.entries)
            .filter(|(_, entry)| entry.kind == PlaceKind::Town && entry.part_of.is_none())
            .filter(|(_, entry)| entry.postcodes.iter().all(|code| !inside.contains(code)))
            .filter_map(|(id, entry)| {
                let km = self.middle_of(&entry.postcodes)?.distance_km(middle);
                // The number of postcodes stands in for size; its square root keeps a metropolis from drowning all.
                let size = entry.postcodes.iter().fold(0.0, |sum: f64, _| sum + 1.0).sqrt();
                (km <= place.radius_km + REACH_KM).then_some((km / size, id))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.into_iter().take(limit).map(|(_, id)| self.place(id)).collect()
    }

    fn middle_of(&self, postcodes: &[Postcode]) -> Option<Point> {
        Point::middle(postcodes.iter().filter_map(|code| self.postcode_point(*code)))
    }
}
