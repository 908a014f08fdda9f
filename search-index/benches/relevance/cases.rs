//! The judged queries: phrasings from `relevance/queries.toml`, each at a place.

use search_index::place::{Gazetteer, Place, Resolution};
use serde::Deserialize;

use crate::{grades::Truth, synthetic::Sequence};

/// A query to be judged.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// What kind of query it is.
    pub(crate) kind: String,
    /// What is typed.
    pub(crate) text: String,
    /// Which needs it expresses.
    pub(crate) needs: Vec<String>,
    /// Where; several for an ambiguous name.
    pub(crate) places: Vec<Place>,
    /// Whether nobody has ever tuned on it.
    pub(crate) held_out: bool,
}

#[derive(Deserialize)]
struct File {
    query: Vec<Phrasing>,
}

#[derive(Deserialize)]
struct Phrasing {
    kind: String,
    text: String,
    needs: Vec<String>,
    held_out: bool,
}

const TOWNS: [&str; 14] = [
    "Bonn",
    "Osnabrück",
    "Konstanz",
    "Leipzig",
    "Rostock",
    "Kassel",
    "Würzburg",
    "Trier",
    "Cottbus",
    "Lübeck",
    "Passau",
    "Erfurt",
    "Ulm",
    "Siegen",
];
const AMBIGUOUS: [&str; 6] = ["Neustadt", "Münster", "Frankfurt", "Mühlhausen", "Freiberg", "Altdorf"];
/// Postcodes that lie in several districts or Länder.
const BORDERS: [&str; 8] = ["12529", "99330", "54636", "21039", "07318", "19273", "17039", "36419"];
const PLAIN: [(&str, &str); 6] = [
    ("Schulden", "debt"),
    ("Suchtberatung", "addiction"),
    ("obdachlos", "homeless"),
    ("Glücksspielsucht", "gambling"),
    ("schwanger", "pregnancy"),
    ("Sozialberatung", "social"),
];

/// All cases.
pub(crate) fn all(truth: &Truth<'_>) -> Vec<Case> {
    let gazetteer = Gazetteer::bundled();
    let find = |text: &str| match gazetteer.resolve(text) {
        Resolution::Resolved { place, .. } => vec![*place],
        Resolution::Ambiguous(places) => places,
        Resolution::None | Resolution::Unknown { .. } => Vec::new(),
    };
    let postcodes: Vec<String> = gazetteer.postcodes().map(|info| info.postcode.to_string()).collect();
    let mut sequence = Sequence::new(7);
    let mut postcode = || find(&postcodes[sequence.below(postcodes.len())]);
    let file: File = toml::from_str(include_str!("../../relevance/queries.toml")).expect("queries.toml");
    let mut cases = Vec::new();
    for (at, phrasing) in file.query.into_iter().enumerate() {
        let places = match at % 4 {
            0 => Vec::new(),
            1 => find(TOWNS[at / 4 % TOWNS.len()]),
            _ => postcode(),
        };
        let Phrasing { kind, text, needs, held_out } = phrasing;
        cases.push(Case { kind, text, needs, places, held_out });
    }
    let mut add = |kind: &str, text: &str, need: Option<&str>, places: Vec<Place>| {
        let held_out = cases.len() % 2 == 1;
        let (kind, text) = (kind.to_owned(), text.to_owned());
        cases.push(Case {
            kind,
            text,
            needs: need.map(str::to_owned).into_iter().collect(),
            places,
            held_out,
        });
    };
    for _ in 0..24 {
        add("postcode only", "", None, postcode());
    }
    for town in TOWNS {
        add("town only", "", None, find(town));
    }
    for (at, name) in AMBIGUOUS.iter().enumerate() {
        for shift in 0..2 {
            let (text, need) = PLAIN[(at + shift) % PLAIN.len()];
            add("ambiguous", text, Some(need), find(name));
        }
    }
    for (at, border) in BORDERS.iter().enumerate() {
        for shift in 0..2 {
            let (text, need) = PLAIN[(at + shift) % PLAIN.len()];
            add("border postcode", text, Some(need), find(border));
        }
    }
    for (text, need) in [
        ("Rauchen", "tobacco"),
        ("Magersucht", "eating"),
        ("Stromsperre", "energy"),
        ("Tablettensucht", "pills"),
    ] {
        let mut found = 0;
        while found < 5 {
            let places = postcode();
            if places.iter().all(|place| !truth.anyone_responsible(need, place)) {
                add("nobody responsible", text, Some(need), places);
                found += 1;
            }
        }
    }
    cases
}
