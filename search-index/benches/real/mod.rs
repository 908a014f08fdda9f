//! Real centres and their areas, where the test data lies beside the project; they never become part of it.

use std::{collections::HashMap, fs, path::PathBuf};

use contracts::directory::{
    Access, Address, Area, Centre, Contacts, Coordinates, LocationBasis, Mode, Offer, OpeningHours, Postcode,
    PostcodeRange,
};
use search_index::{Lexicon, place::Gazetteer};

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")).join(name)
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect())
}

/// The topic a kind of counselling in that data stands for.
fn topic(kind: &str) -> Option<&'static str> {
    match kind {
        "0" => Some("addiction"),
        "5" => Some("debt"),
        "6" => Some("social"),
        _ => None,
    }
}

/// The centres of the topics this project is about; `None` when the data is not there.
pub(crate) fn centres() -> Option<Vec<Centre>> {
    let agencies = fs::read_to_string(file("caritas_agencies.tsv")).ok()?;
    let ranges = fs::read_to_string(file("caritas_postcode_ranges.tsv")).ok()?;
    let mut areas: HashMap<&str, Vec<Area>> = HashMap::new();
    for row in rows(&ranges) {
        if let [id, from, to] = row[..]
            && let (Ok(from), Ok(to)) = (from.parse::<Postcode>(), to.parse::<Postcode>())
        {
            areas.entry(id).or_default().push(Area::Postcodes(PostcodeRange::between(from, to)));
        }
    }
    let (gazetteer, lexicon) = (Gazetteer::bundled(), Lexicon::bundled());
    let centre = |row: Vec<&str>| {
        let [id, kind, name, postcode, city, _, description, ..] = row[..] else { return None };
        let topic = lexicon.topic(topic(kind)?)?;
        let postcode: Postcode = postcode.parse().ok()?;
        let offer = Offer {
            id: format!("{id}-0"),
            name: topic.label_in("de").to_owned(),
            description: None,
            topics: vec![topic.id.clone()],
            leika: None,
            target_groups: Vec::new(),
            keywords: Vec::new(),
            languages: Vec::new(),
            modes: vec![Mode::InPerson],
            areas: areas.remove(id).unwrap_or_default(),
            link: None,
        };
        let point = gazetteer.postcode_point(postcode);
        Some(Centre {
            id: id.to_owned(),
            source: "real".to_owned(),
            external_id: id.to_owned(),
            slug: id.to_owned(),
            name: name.to_owned(),
            carrier: None,
            association: None,
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            address: Address { street: None, extra: None, postcode, city: city.to_owned() },
            coordinates: point.map(|at| Coordinates {
                lat: at.lat,
                lon: at.lon,
                basis: LocationBasis::Postcode,
            }),
            contacts: Contacts::default(),
            opening: OpeningHours::default(),
            access: Access::default(),
            languages: Vec::new(),
            confirmed_on: None,
            offers: vec![offer],
        })
    };
    Some(rows(&agencies).filter_map(centre).collect())
}
