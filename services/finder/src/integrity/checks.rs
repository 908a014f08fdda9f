//! What can be seen of one centre alone. Each kind at most once a centre.

use contracts::directory::{Centre, Coordinates};
use jiff::Span;
use search_index::place::Point;

use super::{Kind, Measure, areas};
use crate::import::field::language::language;

/// How far a centre may lie from the middle of its postcode, in km; the largest postcodes reach about 25.
const FAR_KM: f64 = 40.0;

/// Everything found, with its detail.
pub(super) fn of(centre: &Centre, measure: &Measure<'_>) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    let mut add = |holds: bool, kind: Kind, detail: String| {
        if holds {
            found.push((kind, detail));
        }
    };
    let none = String::new;
    let contacts = &centre.contacts;
    let reachable = contacts.phone.is_some() || contacts.email.is_some() || contacts.website.is_some();
    add(centre.offers.is_empty(), Kind::NoOffer, none());
    add(!reachable, Kind::NoContact, none());
    add(reachable && contacts.phone.is_none(), Kind::NoPhone, none());
    add(centre.coordinates.is_none(), Kind::NoCoordinates, none());
    add(centre.offers.iter().all(|offer| offer.areas.is_empty()), Kind::NoArea, none());
    match centre.confirmed_on {
        None => add(true, Kind::NeverConfirmed, none()),
        Some(day) => {
            let limit = measure.today.saturating_sub(Span::new().months(12));
            add(day < limit, Kind::ConfirmedLongAgo, day.to_string());
        }
    }
    let postcode = centre.address.postcode;
    add(!measure.places.contains(postcode), Kind::UnknownPostcode, postcode.to_string());
    if let (Some(point), Some(middle)) = (centre.coordinates, measure.places.postcode_point(postcode)) {
        let away = kilometres(point, middle);
        add(away > FAR_KM, Kind::FarFromPostcode, format!("{away:.0} km"));
    }
    let topics = centre.offers.iter().flat_map(|offer| &offer.topics);
    let unknown = join(topics.filter(|topic| !measure.topics.contains(*topic)));
    add(!unknown.is_empty(), Kind::UnknownTopic, unknown);
    let bare = join(centre.offers.iter().filter(|offer| offer.topics.is_empty()).map(|offer| &offer.name));
    add(!bare.is_empty(), Kind::NoTopic, bare);
    let languages = centre.languages.iter().chain(centre.offers.iter().flat_map(|offer| &offer.languages));
    let unknown = join(languages.filter(|tag| language(tag) != Some(tag.as_str())));
    add(!unknown.is_empty(), Kind::UnknownLanguage, unknown);
    let nowhere = join(
        centre
            .offers
            .iter()
            .flat_map(|offer| areas::of_no_place(offer, measure.places))
            .collect::<Vec<_>>()
            .iter(),
    );
    add(!nowhere.is_empty(), Kind::AreaOfNoPlace, nowhere);
    let overlaps = join(centre.offers.iter().flat_map(areas::overlaps).collect::<Vec<_>>().iter());
    add(!overlaps.is_empty(), Kind::AreasOverlap, overlaps);
    found
}

/// The first few, each once.
fn join<'a>(values: impl Iterator<Item = &'a String>) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for value in values {
        if !shown.contains(&value.as_str()) && shown.len() < 5 {
            shown.push(value);
        }
    }
    shown.join(", ")
}

/// Great-circle distance.
fn kilometres(from: Coordinates, to: Point) -> f64 {
    let (lat, other) = (from.lat.to_radians(), to.lat.to_radians());
    let half_lat = ((other - lat) / 2.0).sin();
    let half_lon = ((to.lon - from.lon).to_radians() / 2.0).sin();
    let chord = half_lat * half_lat + lat.cos() * other.cos() * half_lon * half_lon;
    2.0 * 6_371.0 * chord.sqrt().min(1.0).asin()
}
