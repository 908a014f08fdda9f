//! Distances in words.

use crate::web::say::Say;

/// A straight-line distance in whole kilometres: more digits would promise an exactness the places do not have.
pub(crate) fn distance_in_words(km: f64) -> Say {
    if km < 1.0 {
        return Say::new("distance-near");
    }
    #[expect(clippy::cast_possible_truncation, reason = "distances on Earth fit; the cast saturates")]
    Say::new("distance-km").with("km", km.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::say::Arg;

    #[test]
    fn below_a_kilometre_no_number_is_named_and_above_it_is_rounded() {
        assert_eq!(distance_in_words(0.4).id(), "distance-near");
        assert_eq!(distance_in_words(1.0).arg("km"), Some(&Arg::Number(1)));
        assert_eq!(distance_in_words(12.6).arg("km"), Some(&Arg::Number(13)));
        assert_eq!(distance_in_words(f64::INFINITY).id(), "distance-km");
    }
}
