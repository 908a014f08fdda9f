//! Areas of responsibility as terms, exact for every postcode there is or may be.
//!
//! A postcode range becomes the few prefixes that make it up (79100–79117 is `7910`, `79110` … `79117`); a place asks for
//! all prefixes of its postcodes. So a range never has to be spelled out, and a postcode nobody has heard of is covered.

use std::collections::BTreeSet;

use contracts::directory::{Area, Postcode};

use crate::place::Place;

const DIGITS: usize = 5;
const ALL: u32 = 100_000;

/// The terms of an offer's areas, without repetition.
pub(crate) fn area_terms(areas: &[Area]) -> Vec<String> {
    let mut terms = BTreeSet::new();
    let mut ranges = Vec::new();
    for area in areas {
        match area {
            Area::Postcodes(range) => ranges.push((number(range.first), number(range.last))),
            Area::Municipality(key) => drop(terms.insert(format!("m{key}"))),
            Area::District(key) => drop(terms.insert(format!("d{key}"))),
            Area::Land(key) => drop(terms.insert(format!("l{key}"))),
            Area::Nationwide => drop(terms.insert("g".to_owned())),
        }
    }
    for (first, last) in united(ranges) {
        prefixes(first, last, &mut terms);
    }
    terms.into_iter().collect()
}

/// The terms any of which makes an area cover (part of) a place, without repetition.
pub(crate) fn place_terms(place: &Place) -> Vec<String> {
    let mut terms = vec!["g".to_owned()];
    if !place.postcodes.is_empty() {
        terms.push("p".to_owned());
    }
    // Postcodes are ascending, so equal prefixes follow each other.
    let mut before = "     ";
    for postcode in &place.postcodes {
        let digits = postcode.as_str();
        let shared = digits.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        terms.extend((shared + 1..=DIGITS).map(|length| format!("p{}", &digits[..length])));
        before = postcode.as_str();
    }
    terms.extend(place.municipalities.iter().map(|key| format!("m{key}")));
    terms.extend(place.districts.iter().map(|key| format!("d{key}")));
    terms.extend(place.lands.iter().map(|key| format!("l{key}")));
    terms
}

/// The area that covers (part of) the place, as it stands in the entry: a range, a key, or "nationwide".
///
/// The narrowest one, because it says most.
pub(crate) fn covering_area<'a>(areas: &'a [Area], place: &Place) -> Option<&'a Area> {
    areas.iter().filter(|area| covers(area, place)).min_by_key(|area| match area {
        Area::Postcodes(range) => (0, number(range.last) - number(range.first)),
        Area::Municipality(_) => (1, 0),
        Area::District(_) => (2, 0),
        Area::Land(_) => (3, 0),
        Area::Nationwide => (4, 0),
    })
}

fn covers(area: &Area, place: &Place) -> bool {
    match area {
        Area::Postcodes(range) => place.postcodes.iter().any(|&postcode| range.contains(postcode)),
        Area::Municipality(key) => place.municipalities.contains(key),
        Area::District(key) => place.districts.contains(key),
        Area::Land(key) => place.lands.contains(key),
        Area::Nationwide => true,
    }
}

fn number(postcode: Postcode) -> u32 {
    postcode.as_str().bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}

/// Ranges in order, touching ones joined; a list of 1,167 single postcodes is often a handful of ranges.
fn united(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut united: Vec<(u32, u32)> = Vec::new();
    for (first, last) in ranges {
        match united.last_mut() {
            Some(before) if first <= before.1 + 1 => before.1 = before.1.max(last),
            _ => united.push((first, last)),
        }
    }
    united
}

/// The fewest prefixes that make up the range.
fn prefixes(mut first: u32, last: u32, terms: &mut BTreeSet<String>) {
    while first <= last {
        let mut block = 1;
        let mut length = DIGITS;
        while block < ALL && first.is_multiple_of(block * 10) && first + block * 10 - 1 <= last {
            block *= 10;
            length -= 1;
        }
        let digits = format!("{first:05}");
        terms.insert(format!("p{}", &digits[..length]));
        first += block;
    }
}

#[cfg(test)]
mod tests {
    use contracts::directory::PostcodeRange;
    use proptest::prelude::*;

    use super::*;
    use crate::search::testing::postcode_place;

    fn range(first: u32, last: u32) -> Area {
        let postcode = |number: u32| format!("{number:05}").parse().unwrap();
        Area::Postcodes(PostcodeRange::between(postcode(first), postcode(last)))
    }

    #[test]
    fn a_range_is_a_handful_of_prefixes() {
        assert_eq!(area_terms(&[range(79100, 79112)]), ["p7910", "p79110", "p79111", "p79112"]);
        assert_eq!(area_terms(&[range(0, 99_999)]), ["p"]);
        assert_eq!(area_terms(&[range(79_100, 79_104), range(79_105, 79_109)]), ["p7910"]);
    }

    proptest! {
        #[test]
        fn prefixes_say_the_same_as_the_ranges(
            ranges in prop::collection::vec((0u32..100_000, 0u32..100_000), 1..6),
            postcode in 0u32..100_000,
        ) {
            let areas: Vec<Area> = ranges.iter().map(|&(one, other)| range(one, other)).collect();
            let place = postcode_place(&format!("{postcode:05}"), None);
            let asked = place_terms(&place);
            let by_terms = area_terms(&areas).iter().any(|term| asked.contains(term));
            prop_assert_eq!(by_terms, covering_area(&areas, &place).is_some());
        }
    }
}
