//! Towns round about, for somebody who found nothing where they looked.

use std::collections::HashSet;

use contracts::directory::Postcode;

use super::{Gazetteer, Place, Point, names::Id};

/// How far a neighbouring town may be beyond the edge of the place, in km.
const REACH_KM: f64 = 60.0;

impl Gazetteer {
    /// Towns near a place that are not in it, at most `limit`: near ones first, and a big town counts as nearer than a
    /// village, because it is more likely to have a centre. Empty for a place without coordinates.
    pub fn neighbours(&self, place: &Place, limit: usize) -> Vec<Place> {
        let Some(middle) = place.point else { return Vec::new() };
        let inside: HashSet<Postcode> = place.postcodes.iter().copied().collect();
        let mut near: Vec<(f64, Id)> = self
            .by_size
            .iter()
            .map(|(id, point)| (*id, point.distance_km(middle), &self.entry(*id).postcodes))
            .filter(|(_, km, postcodes)| {
                *km <= place.radius_km + REACH_KM && postcodes.iter().all(|code| !inside.contains(code))
            })
            .map(|(id, km, postcodes)| {
                // The number of postcodes stands in for size; its square root keeps a metropolis from drowning all.
                let size = postcodes.iter().fold(0.0, |sum: f64, _| sum + 1.0).sqrt();
                (km / size, id)
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.into_iter().take(limit).map(|(_, id)| self.place(id)).collect()
    }

    /// All towns with their middles, the biggest first: what a map names to find one's way by.
    pub fn towns_by_size(&self) -> impl Iterator<Item = (&str, Point)> {
        self.by_size.iter().map(|(id, point)| (self.entry(*id).name.as_str(), *point))
    }

    pub(super) fn middle_of(&self, postcodes: &[Postcode]) -> Option<Point> {
        Point::middle(postcodes.iter().filter_map(|code| self.postcode_point(*code)))
    }
}
