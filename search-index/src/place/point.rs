//! Distances and middles on the globe; Germany is small enough for a sphere.

use super::Point;

/// Mean radius of the earth in km.
const EARTH_KM: f64 = 6371.0088;

impl Point {
    /// Great-circle distance in km.
    pub fn distance_km(self, other: Point) -> f64 {
        let (lat, other_lat) = (self.lat.to_radians(), other.lat.to_radians());
        let (half_lat, half_lon) = ((other_lat - lat) / 2.0, (other.lon - self.lon).to_radians() / 2.0);
        let h = half_lat.sin().powi(2) + lat.cos() * other_lat.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
    }

    /// The mean of some points; `None` of none.
    pub(super) fn middle(points: impl Iterator<Item = Point>) -> Option<Point> {
        let (mut count, mut lat, mut lon) = (0.0, 0.0, 0.0);
        for point in points {
            count += 1.0;
            lat += point.lat;
            lon += point.lon;
        }
        (count > 0.0).then(|| Point { lat: lat / count, lon: lon / count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn berlin_is_504_km_from_munich() {
        let berlin = Point { lat: 52.52, lon: 13.405 };
        let munich = Point { lat: 48.137, lon: 11.575 };
        assert!((berlin.distance_km(munich) - 504.0).abs() < 1.5, "{}", berlin.distance_km(munich));
        assert_eq!(berlin.distance_km(berlin), 0.0);
    }
}
