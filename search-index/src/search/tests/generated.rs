//! Generated directories, queries and places for the properties.

use contracts::directory::{Area, Centre, Mode};
use proptest::prelude::*;

use crate::{
    place::Place,
    search::testing::{centre, offer, postcode_place, range},
};

const SPOTS: [(&str, f64, f64); 6] = [
    ("79100", 47.98, 7.84),
    ("79110", 48.03, 7.80),
    ("79312", 48.12, 7.85),
    ("77652", 48.47, 7.94),
    ("70173", 48.78, 9.18),
    ("10115", 52.53, 13.38),
];
const OFFERS: [(&str, &str); 8] = [
    ("Schuldnerberatung", "debt"),
    ("Hilfe bei Geldsorgen", "debt"),
    ("Suchtberatung", "addiction"),
    ("Fachstelle Glücksspiel", "gambling"),
    ("Wohnungslosenhilfe", "homelessness"),
    ("Beratung bei Räumung", "eviction"),
    ("Allgemeine Sozialberatung", "social"),
    ("Offene Sprechstunde", "other"),
];
const KEYWORDS: [&str; 6] =
    ["Mietschulden", "Alkohol", "Süchtig", "Überschuldung", "Pfändung", "Jugendliche"];
/// Words people ask with; several hold umlauts.
pub(super) const WORDS: [&str; 10] = [
    "schulden",
    "Sucht",
    "süchtig",
    "Räumung",
    "überschuldet",
    "Glücksspiel",
    "alkohol",
    "Pfändung",
    "obdachlos",
    "Sozialberatung",
];

fn area() -> impl Strategy<Value = Vec<Area>> {
    prop_oneof![
        3 => Just(Vec::new()),
        2 => Just(vec![range("79098", "79117")]),
        1 => Just(vec![range("79000", "79999")]),
        1 => Just(vec![range("10115", "10115"), range("70173", "70199")]),
        1 => Just(vec![Area::Nationwide]),
    ]
}

prop_compose! {
    fn any_offer()(
        kind in 0..OFFERS.len(),
        keywords in prop::sample::subsequence(KEYWORDS.to_vec(), 0..3),
        areas in area(),
        modes in prop::sample::subsequence(Mode::ALL.to_vec(), 0..4),
        described in any::<bool>(),
    ) -> contracts::directory::Offer {
        let (name, topic) = OFFERS[kind];
        let mut offer = offer("", name, &[topic]);
        offer.keywords = keywords.into_iter().map(str::to_owned).collect();
        offer.areas = areas;
        offer.modes = modes;
        offer.description = described.then(|| "Wir beraten bei Schulden, Sucht und Wohnungsnot.".to_owned());
        offer
    }
}

prop_compose! {
    fn any_centre()(
        id in "[a-z0-9]{8}",
        name in 0..6usize,
        spot in 0..SPOTS.len(),
        placed in prop::bool::weighted(0.9),
        offers in prop::collection::vec(any_offer(), 1..4),
    ) -> Centre {
        let names = ["Haus Linde", "Caritas Suchthilfe", "Diakonie", "Haus der Schuldnerhilfe", "Treff am Tor", "SKM"];
        let (postcode, lat, lon) = SPOTS[spot];
        let mut offers = offers;
        for (number, offer) in offers.iter_mut().enumerate() {
            offer.id = format!("{id}-{number}");
        }
        centre(&id, names[name], postcode, placed.then_some((lat, lon)), offers)
    }
}

/// A small directory; ids are unique.
pub(super) fn directory() -> impl Strategy<Value = Vec<Centre>> {
    centres(2..14)
}

/// A directory of about this size; ids are unique.
pub(super) fn centres(size: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Centre>> {
    prop::collection::vec(any_centre(), size).prop_map(|mut centres| {
        centres.sort_by(|a, b| a.id.cmp(&b.id));
        centres.dedup_by(|a, b| a.id == b.id);
        centres
    })
}

/// A place, or none.
pub(super) fn places() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec(0..SPOTS.len(), 0..3).prop_map(|spots| {
        spots
            .into_iter()
            .map(|spot| postcode_place(SPOTS[spot].0, Some((SPOTS[spot].1, SPOTS[spot].2))))
            .collect()
    })
}

/// One to four different words.
pub(super) fn words() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(WORDS.to_vec(), 1..5)
}
