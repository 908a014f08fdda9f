//! Coordinates.

/// A coordinate as written, with a decimal point or comma.
pub fn degrees(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('°');
    if text.len() > 40 {
        return None;
    }
    text.replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

/// Whether the point may lie in Germany: within its outermost latitudes and longitudes.
pub fn in_frame(lat: f64, lon: f64) -> bool {
    (47.2..=55.1).contains(&lat) && (5.8..=15.1).contains(&lon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_comma_or_point_are_read_and_nonsense_is_not() {
        assert_eq!((degrees("47,99"), degrees(" 7.85° ")), (Some(47.99), Some(7.85)));
        for wrong in ["", "NaN", "inf", "1.2.3", "N 47", &"9".repeat(400)] {
            assert_eq!(degrees(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn turned_round_no_german_point_is_in_the_frame() {
        assert!(in_frame(47.99, 7.85) && !in_frame(7.85, 47.99));
        assert!(!in_frame(f64::NAN, 7.85));
    }
}
