//! The bundled table as a whole: what people type, and how well postcodes know their districts.

mod coverage;
mod names;
mod rules;
mod speed;

use super::{Gazetteer, Place, PlaceKind, Resolution};

/// The place a text must resolve to.
fn place(text: &str) -> Place {
    match Gazetteer::bundled().resolve(text) {
        Resolution::Resolved { place, .. } => *place,
        other => panic!("{text:?} does not resolve: {}", brief(&other)),
    }
}

/// The places a text must be ambiguous between.
fn choices(text: &str) -> Vec<Place> {
    match Gazetteer::bundled().resolve(text) {
        Resolution::Ambiguous(places) => places,
        other => panic!("{text:?} is not ambiguous: {}", brief(&other)),
    }
}

fn brief(resolution: &Resolution) -> String {
    let names =
        |places: &[Place]| places.iter().map(|place| place.name.clone()).collect::<Vec<_>>().join("; ");
    match resolution {
        Resolution::None => "None".to_owned(),
        Resolution::Resolved { place, others } => {
            format!("Resolved {} (others {})", place.name, names(others))
        }
        Resolution::Ambiguous(places) => format!("Ambiguous {}", names(places)),
        Resolution::Unknown { similar } => format!("Unknown (similar {})", names(similar)),
    }
}

fn keys<K: ToString>(keys: &[K]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}
