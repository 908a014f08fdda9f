//! Records and places for tests.

use contracts::directory::{Address, Area, Centre, Coordinates, LocationBasis, Mode, Offer, PostcodeRange};

use super::{Answer, Filters, IndexBuilder, Lexicon, Request, SearchIndex};
use crate::place::{Place, PlaceKind, Point};

/// A place that is one postcode.
pub(crate) fn postcode_place(postcode: &str, point: Option<(f64, f64)>) -> Place {
    Place {
        kind: PlaceKind::Postcode,
        name: postcode.to_owned(),
        detail: String::new(),
        query: postcode.to_owned(),
        postcodes: vec![postcode.parse().unwrap()],
        municipalities: Vec::new(),
        districts: Vec::new(),
        lands: Vec::new(),
        point: point.map(|(lat, lon)| Point { lat, lon }),
        radius_km: 0.0,
    }
}

/// An offer with nothing but a name and topics.
pub(crate) fn offer(id: &str, name: &str, topics: &[&str]) -> Offer {
    Offer {
        id: id.to_owned(),
        name: name.to_owned(),
        description: None,
        topics: topics.iter().map(|topic| (*topic).to_owned()).collect(),
        leika: None,
        target_groups: Vec::new(),
        keywords: Vec::new(),
        languages: Vec::new(),
        modes: vec![Mode::InPerson],
        areas: Vec::new(),
        link: None,
    }
}

/// A centre with these offers.
pub(crate) fn centre(
    id: &str,
    name: &str,
    postcode: &str,
    at: Option<(f64, f64)>,
    offers: Vec<Offer>,
) -> Centre {
    Centre {
        id: id.to_owned(),
        source: "test".to_owned(),
        external_id: id.to_owned(),
        slug: id.to_owned(),
        name: name.to_owned(),
        carrier: None,
        association: None,
        description: None,
        address: Address {
            street: None,
            extra: None,
            postcode: postcode.parse().unwrap(),
            city: "Musterstadt".to_owned(),
        },
        coordinates: at.map(|(lat, lon)| Coordinates { lat, lon, basis: LocationBasis::Given }),
        contacts: Default::default(),
        opening: Default::default(),
        access: Default::default(),
        languages: Vec::new(),
        confirmed_on: None,
        offers,
    }
}

/// A range of postcodes as an area.
pub(crate) fn range(first: &str, last: &str) -> Area {
    Area::Postcodes(PostcodeRange::between(first.parse().unwrap(), last.parse().unwrap()))
}

/// An index of these centres in a folder that lives as long as the pair.
pub(crate) fn index(centres: &[Centre]) -> (tempfile::TempDir, SearchIndex) {
    let dir = tempfile::tempdir().unwrap();
    let mut builder = IndexBuilder::create(dir.path(), Lexicon::bundled()).unwrap();
    for centre in centres {
        builder.add(centre).unwrap();
    }
    let index = builder.finish(7).unwrap();
    (dir, index)
}

/// Searches without filters, the first hundred.
pub(crate) fn search(index: &SearchIndex, words: &str, places: &[Place]) -> Answer {
    let filters = Filters::default();
    index.search(&Request { words, places, filters: &filters, offset: 0, limit: 100 }).unwrap()
}

/// The ids of the centres found, best first.
pub(crate) fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.card.centre_id.as_str()).collect()
}
