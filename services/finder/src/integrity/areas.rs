//! Areas that say nothing or say it twice.

use contracts::directory::{Area, Offer, PostcodeRange};
use search_index::place::Gazetteer;

use crate::import::touches;

/// Areas in which nobody lives as far as the table of places knows.
pub(super) fn of_no_place(offer: &Offer, places: &Gazetteer) -> Vec<String> {
    let nowhere = |area: &&Area| match area {
        Area::Postcodes(range) => !touches(places, *range),
        Area::Municipality(key) => places.municipality_name(*key).is_none(),
        Area::District(key) => places.district_name(*key).is_none(),
        Area::Land(key) => places.land_name(*key).is_none(),
        Area::Nationwide => false,
    };
    offer.areas.iter().filter(nowhere).map(name).collect()
}

/// Ranges of one offer that share postcodes, as pairs of neighbours.
pub(super) fn overlaps(offer: &Offer) -> Vec<String> {
    let mut ranges: Vec<PostcodeRange> = offer
        .areas
        .iter()
        .filter_map(|area| if let Area::Postcodes(range) = area { Some(*range) } else { None })
        .collect();
    ranges.sort();
    let mut found = Vec::new();
    // The range that reaches furthest so far; a later one that begins before its end overlaps it.
    let mut furthest: Option<PostcodeRange> = None;
    for range in ranges {
        if let Some(before) = furthest
            && range.first <= before.last
        {
            found.push(format!("{before} / {range}"));
        }
        if furthest.is_none_or(|before| range.last > before.last) {
            furthest = Some(range);
        }
    }
    found
}

fn name(area: &Area) -> String {
    match area {
        Area::Postcodes(range) => range.to_string(),
        Area::Municipality(key) => key.to_string(),
        Area::District(key) => key.to_string(),
        Area::Land(key) => key.to_string(),
        Area::Nationwide => String::from("DE"),
    }
}
