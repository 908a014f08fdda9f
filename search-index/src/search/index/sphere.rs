//! Distances on the unit sphere: three multiplications instead of trigonometry for every centre.

/// Mean radius of the earth in km.
const EARTH_KM: f64 = 6_371.0;

/// The point on the unit sphere.
pub(crate) fn on_sphere(lat: f64, lon: f64) -> [f64; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// The squared length of the chord that spans a distance of this many km.
#[expect(clippy::cast_possible_truncation, reason = "a chord below 2 fits; half a metre of error is nothing")]
pub(crate) fn chord2_of_km(km: f64) -> f32 {
    let chord = 2.0 * (km.max(0.0) / EARTH_KM / 2.0).min(std::f64::consts::FRAC_PI_2).sin();
    (chord * chord) as f32
}

/// The distance in km between two points given in degrees.
pub(crate) fn km_between(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (a, b) = (on_sphere(one.0, one.1), on_sphere(other.0, other.1));
    let chord2: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    2.0 * EARTH_KM * (chord2.sqrt() / 2.0).min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_map() {
        let (berlin, munich) = ((52.5200, 13.4050), (48.1372, 11.5755));
        let km = km_between(berlin, munich);
        assert!((503.0..506.0).contains(&km), "{km}");
        assert!(km_between(berlin, berlin) < 1e-9);
        let (a, b) = (on_sphere(berlin.0, berlin.1), on_sphere(munich.0, munich.1));
        let chord2: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
        assert!((f64::from(chord2_of_km(km)) - chord2).abs() < 1e-8);
    }
}
