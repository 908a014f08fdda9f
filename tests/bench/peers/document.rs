//! What every peer indexes: one document for each offer, prepared once.

use std::collections::BTreeMap;

use contracts::directory::{Area, Centre, Offer};
use search_index::{
    place::{Gazetteer, Place},
    search::Lexicon,
};
use serde::Serialize;

use super::{suite::REACH_KM, text};

/// Earth's radius in km, for distances along the chord.
const EARTH_KM: f64 = 6371.0;

/// An offer as the peers know it. Texts are folded words.
#[derive(Debug, Serialize)]
pub(crate) struct Document {
    /// The centre's external id, which is the answer.
    pub(crate) centre: String,
    /// Name of the offer.
    pub(crate) offer: String,
    /// Name of the centre.
    pub(crate) name: String,
    /// Keywords, target groups and the German labels of the topics.
    pub(crate) keywords: String,
    /// What offer and centre say of themselves.
    pub(crate) description: String,
    /// Latitude and longitude.
    pub(crate) position: Option<(f64, f64)>,
    /// Keys of everything it is responsible for: postcodes one by one, municipalities, districts, Länder.
    pub(crate) areas: Vec<String>,
}

/// The place of a query as the peers get it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Where {
    /// Keys of all areas that mean the place.
    pub(crate) keys: Vec<String>,
    /// The points to measure from, one for each meaning of the place.
    pub(crate) points: Vec<Around>,
}

/// A point with its reach.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Around {
    /// Latitude.
    pub(crate) lat: f64,
    /// Longitude.
    pub(crate) lon: f64,
    /// How far counts as near, in km.
    pub(crate) reach_km: f64,
}

impl Around {
    /// The reach as a square of the chord on the unit sphere.
    pub(crate) fn chord2(&self) -> f64 {
        let chord = 2.0 * (self.reach_km / (2.0 * EARTH_KM)).sin();
        chord * chord
    }
}

/// The point of the unit sphere at a position.
pub(crate) fn sphere((lat, lon): (f64, f64)) -> [f64; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

impl Where {
    /// A resolved place, or all meanings of an ambiguous one.
    pub(crate) fn new(places: &[Place]) -> Self {
        let mut keys = vec!["n".to_owned()];
        for place in places {
            keys.extend(place.postcodes.iter().map(|key| format!("p{key}")));
            keys.extend(place.municipalities.iter().map(|key| format!("m{key}")));
            keys.extend(place.districts.iter().map(|key| format!("d{key}")));
            keys.extend(place.lands.iter().map(|key| format!("l{key}")));
        }
        keys.sort_unstable();
        keys.dedup();
        let around = |place: &Place| {
            place.point.map(|point| Around {
                lat: point.lat,
                lon: point.lon,
                reach_km: REACH_KM + place.radius_km,
            })
        };
        Self { keys, points: places.iter().filter_map(around).collect() }
    }
}

/// The documents of a directory.
pub(crate) fn documents(centres: &[Centre], gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Document> {
    centres
        .iter()
        .flat_map(|centre| centre.offers.iter().map(move |offer| document(centre, offer, gazetteer, lexicon)))
        .collect()
}

fn document(centre: &Centre, offer: &Offer, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Document {
    let labels = offer.topics.iter().filter_map(|id| lexicon.topic(id)).map(|topic| topic.label_in("de"));
    let keywords = offer.keywords.iter().chain(&offer.target_groups).map(String::as_str).chain(labels);
    let descriptions = [&offer.description, &centre.description];
    Document {
        centre: centre.external_id.clone(),
        offer: folded(&offer.name),
        name: folded(&centre.name),
        keywords: folded(&keywords.collect::<Vec<_>>().join(" ")),
        description: folded(&descriptions.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")),
        position: centre.coordinates.map(|point| (point.lat, point.lon)),
        areas: offer.areas.iter().flat_map(|area| keys(area, gazetteer)).collect(),
    }
}

fn folded(text: &str) -> String {
    text::words(text).join(" ")
}

fn keys(area: &Area, gazetteer: &Gazetteer) -> Vec<String> {
    match area {
        Area::Postcodes(range) => {
            let known = gazetteer.postcodes().map(|info| info.postcode);
            known.filter(|&postcode| range.contains(postcode)).map(|key| format!("p{key}")).collect()
        }
        Area::Municipality(key) => vec![format!("m{key}")],
        Area::District(key) => vec![format!("d{key}")],
        Area::Land(key) => vec![format!("l{key}")],
        Area::Nationwide => vec!["n".to_owned()],
    }
}

/// All words of the documents' names and keywords with the number of times they occur, for correcting typing mistakes.
pub(crate) fn vocabulary(documents: &[Document]) -> BTreeMap<String, i64> {
    let mut words = BTreeMap::new();
    for document in documents {
        for word in
            [&document.offer, &document.name, &document.keywords].into_iter().flat_map(|text| text.split(' '))
        {
            if !word.is_empty() && !text::is_stop(word) {
                *words.entry(word.to_owned()).or_insert(0) += 1;
            }
        }
    }
    words
}
