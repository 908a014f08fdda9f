//! Whether a coordinate lies in Germany, and in which Land.

use std::sync::LazyLock;

use contracts::directory::LandKey;
use geo::{BoundingRect, Contains, Distance, Euclidean, LineString, Point, Polygon, Rect};

use super::{
    project::to_plane,
    topo::{Ring, Topology, ring},
};

static FILE: &str = include_str!("../../data/laender.topo.json");

/// How far outside the simplified outline a coordinate may lie and still be taken as inside, in km: islands, piers and
/// houses at the border.
const TOLERANCE_KM: f64 = 5.0;

/// Inhabited islands and ends of islands too small for the simplified outline: latitude, longitude, Land.
const ISLANDS: [(f64, f64, &str); 10] = [
    (54.18, 7.89, "01"),  // Helgoland
    (54.765, 8.29, "01"), // Hörnum
    (54.64, 8.60, "01"),  // Langeneß
    (54.63, 8.72, "01"),  // Gröde
    (54.55, 8.53, "01"),  // Hooge
    (54.47, 8.73, "01"),  // Südfall
    (53.94, 8.46, "02"),  // Neuwerk
    (53.79, 7.90, "03"),  // Wangerooge
    (53.77, 7.71, "03"),  // Spiekeroog
    (53.68, 6.99, "03"),  // Juist
];

/// The bundled outline. A test reads it, so that a build with a broken file does not pass; should one run all the same,
/// it has no map and doubts no coordinate.
pub(super) static TOPOLOGY: LazyLock<Option<Topology>> = LazyLock::new(|| {
    Topology::read(FILE)
        .inspect_err(|error| tracing::error!(%error, "the bundled outline cannot be read"))
        .ok()
});

static LANDS: LazyLock<Vec<Land>> = LazyLock::new(|| TOPOLOGY.as_ref().map(lands).unwrap_or_default());

struct Land {
    key: LandKey,
    parts: Vec<(Polygon, Rect)>,
}

/// Whether a coordinate lies in Germany, or at most 5 km outside. Never true for numbers that are not finite.
pub fn in_germany(lat: f64, lon: f64) -> bool {
    if !lat.is_finite() || !lon.is_finite() {
        return false;
    }
    LANDS.is_empty() || nearest(lat, lon).is_some_and(|(_, km)| km <= TOLERANCE_KM)
}

/// The Land a coordinate lies in; up to 5 km outside of Germany the nearest one.
pub fn land_of(lat: f64, lon: f64) -> Option<LandKey> {
    nearest(lat, lon).filter(|(_, km)| *km <= TOLERANCE_KM).map(|(key, _)| key)
}

/// The nearest Land and how far it is in km; 0 inside. Looks no further than the tolerance.
fn nearest(lat: f64, lon: f64) -> Option<(LandKey, f64)> {
    if !lat.is_finite() || !lon.is_finite() {
        return None;
    }
    let point = Point::from(to_plane(lat, lon));
    let mut best: Option<(LandKey, f64)> = None;
    for land in LANDS.iter() {
        for (part, bounds) in &land.parts {
            if Euclidean.distance(&point, bounds) > TOLERANCE_KM {
                continue;
            }
            if part.contains(&point) {
                return Some((land.key, 0.0));
            }
            let km = Euclidean.distance(&point, part);
            if best.is_none_or(|(_, nearest)| km < nearest) {
                best = Some((land.key, km));
            }
        }
    }
    let islands =
        ISLANDS.iter().filter_map(|(lat, lon, key)| Some((key.parse().ok()?, to_plane(*lat, *lon))));
    let islands = islands.map(|(key, island)| (key, Euclidean.distance(&point, &Point::from(island))));
    best.into_iter().chain(islands).min_by(|a, b| a.1.total_cmp(&b.1))
}

fn lands(topology: &Topology) -> Vec<Land> {
    let polygon = |rings: &Vec<Ring>| {
        let mut rings = rings.iter().map(|around| LineString::from(ring(&around.arcs, &topology.arcs)));
        let polygon = Polygon::new(rings.next()?, rings.collect());
        let bounds = polygon.bounding_rect()?;
        Some((polygon, bounds))
    };
    let land = |land: &super::topo::LandArcs| Land {
        key: land.key,
        parts: land.polygons.iter().filter_map(polygon).collect(),
    };
    topology.lands.iter().map(land).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_lie_in_their_land() {
        for (lat, lon, key) in [
            (52.52, 13.405, "11"),
            (52.40, 13.05, "12"),
            (53.55, 9.99, "02"),
            (53.08, 8.80, "04"),
            (53.55, 8.58, "04"),
            (48.137, 11.575, "09"),
            (47.66, 9.17, "08"),
            (49.24, 7.0, "10"),
            (50.94, 6.96, "05"),
            (54.18, 7.89, "01"),
            (50.98, 11.03, "16"),
        ] {
            assert_eq!(land_of(lat, lon).map(|key| key.to_string()).as_deref(), Some(key), "{lat} {lon}");
            assert!(in_germany(lat, lon));
        }
    }

    #[test]
    fn every_postcode_lies_in_germany_and_nearly_every_one_in_its_land() {
        let gazetteer = search_index::place::Gazetteer::bundled();
        let (mut all, mut right, mut outside) = (0, 0, Vec::new());
        for info in gazetteer.postcodes() {
            let point = info.point.unwrap();
            if !in_germany(point.lat, point.lon) {
                outside.push((info.postcode.to_string(), point));
            }
            all += 1;
            right +=
                usize::from(land_of(point.lat, point.lon).is_some_and(|land| info.lands.contains(&land)));
        }
        assert!(outside.is_empty(), "{outside:?}");
        println!("{right} of {all} postcodes in their Land");
        assert!(right * 1000 > all * 995, "{right} of {all}");
    }

    #[test]
    fn neighbours_and_nonsense_do_not_lie_in_germany() {
        for (lat, lon) in [
            (48.85, 2.35),
            (50.08, 14.43),
            (47.37, 8.54),
            (13.405, 52.52),
            (0.0, 0.0),
            (f64::NAN, 10.0),
            (51.0, f64::INFINITY),
            (1e308, -1e308),
        ] {
            assert!(!in_germany(lat, lon), "{lat} {lon}");
            assert_eq!(land_of(lat, lon), None);
        }
    }

    #[test]
    fn the_other_side_of_the_street_at_a_border_still_counts() {
        // The bridge in Kehl, seen from Strasbourg.
        assert!(in_germany(48.573, 7.797));
        assert!(!in_germany(48.583, 7.69));
    }
}
