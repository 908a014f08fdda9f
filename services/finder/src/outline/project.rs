//! From degrees to a plane in km: equirectangular with the middle of Germany as its true parallel. Distances are wrong
//! by at most 6 % in the far north and south, which no map of this size shows.

use geo::Coord;

/// Latitude and longitude of the origin, near the middle of Germany.
const ORIGIN: (f64, f64) = (51.0, 10.4);
/// Length of a degree of latitude in km.
const KM_PER_DEGREE: f64 = 111.195;
/// Cosine of the origin's latitude: a degree of longitude is this much shorter.
const SHORTENING: f64 = 0.629_320_391_049_837_4;

/// East and south of the origin in km; y grows downwards as in SVG.
pub(super) fn to_plane(lat: f64, lon: f64) -> Coord<f64> {
    Coord { x: (lon - ORIGIN.1) * KM_PER_DEGREE * SHORTENING, y: (ORIGIN.0 - lat) * KM_PER_DEGREE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constant_is_the_cosine_of_the_origin() {
        assert!((ORIGIN.0.to_radians().cos() - SHORTENING).abs() < 1e-12);
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let (flensburg, freiburg) = (to_plane(54.78, 9.44), to_plane(48.0, 7.85));
        assert!(flensburg.y < freiburg.y && flensburg.x > freiburg.x);
    }
}
