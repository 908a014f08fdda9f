//! The engine as a whole, on small directories.

use super::testing::{centre, ids, index, offer, postcode_place, range, search};
use crate::search::Field;

#[test]
fn a_responsible_centre_with_the_word_stands_before_a_nearer_one_and_says_why() {
    let mut debt = offer("o1", "Schuldnerberatung", &["debt"]);
    debt.areas = vec![range("79100", "79117")];
    let centres = [
        centre("far", "Caritas Freiburg", "79110", Some((48.10, 7.85)), vec![debt]),
        centre("near", "Diakonie", "79100", Some((48.00, 7.85)), vec![offer("o2", "Schuldnerberatung", &["debt"])]),
        centre("other", "Suchthilfe", "79100", Some((48.00, 7.85)), vec![offer("o3", "Suchtberatung", &["addiction"])]),
    ];
    let (_dir, index) = index(&centres);
    assert_eq!((index.revision(), index.len_centres(), index.len_offers()), (7, 3, 3));
    let place = [postcode_place("79100", Some((48.00, 7.85)))];
    let answer = search(&index, "schulden", &place);
    assert_eq!(ids(&answer), ["far", "near"]);
    assert_eq!(answer.total, 2);
    let best = &answer.hits[0];
    assert_eq!(best.reasons[0].matched, "Schuldnerberatung");
    assert_eq!((best.reasons[1].field, best.reasons[1].matched.as_str()), (Field::Area, "79100–79117"));
    assert_eq!(answer.other_help[0].card.centre_id, "other");
}
