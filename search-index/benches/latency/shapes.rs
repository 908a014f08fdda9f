//! The shapes of queries people send.

use search_index::place::{Gazetteer, Place, Resolution};

/// A kind of query with several wordings and places.
pub(crate) struct Shape {
    /// What it is.
    pub(crate) name: &'static str,
    words: &'static [&'static str],
    places: Vec<Vec<Place>>,
    type_ahead: bool,
}

impl Shape {
    /// The words and places of one run.
    pub(crate) fn query(&self, run: usize) -> (&'static str, &[Place]) {
        (self.words[run % self.words.len()], &self.places[run % self.places.len()])
    }

    /// Whether it asks for completions.
    pub(crate) fn is_type_ahead(&self) -> bool {
        self.type_ahead
    }
}

/// All shapes.
pub(crate) fn all() -> Vec<Shape> {
    let gazetteer = Gazetteer::bundled();
    let find = |texts: &[&str]| -> Vec<Vec<Place>> {
        let resolve = |text: &&str| match gazetteer.resolve(text) {
            Resolution::Resolved { place, .. } => vec![*place],
            Resolution::Ambiguous(places) => places,
            Resolution::None | Resolution::Unknown { .. } => Vec::new(),
        };
        texts.iter().map(resolve).collect()
    };
    let postcodes =
        ["79100", "53111", "10115", "01067", "24103", "54290", "97070", "18055", "80331", "45127"];
    let towns = ["Bonn", "Berlin", "Hamburg", "Leipzig", "Kassel"];
    let nowhere: [&str; 1] = [""];
    let shape = |name, words, places: Vec<Vec<Place>>| Shape { name, words, places, type_ahead: false };
    const ONE: &[&str] = &["Schulden", "Sucht", "Wohnungslosenhilfe", "Glücksspiel"];
    const TWO: &[&str] = &["Schulden Alkohol", "Sucht Wohnung", "Beratung bei Sucht und Schulden"];
    const TYPO: &[&str] = &["Schudlen", "Suchtberatnug", "Wohnugslosenhilfe"];
    const TYPOS: &[&str] = &["Schudlen Alkhol", "Suchtberatnug Wohnugslos"];
    vec![
        shape("one keyword", ONE, find(&nowhere)),
        shape("two words", TWO, find(&nowhere)),
        shape("typing error", TYPO, find(&nowhere)),
        shape("two typing errors", TYPOS, find(&nowhere)),
        shape("beginning of a word", &["schuldn", "wohnungsl", "glücks"], find(&nowhere)),
        shape("other language", &["ديون", "бездомный", "gambling"], find(&nowhere)),
        shape("postcode + keyword", ONE, find(&postcodes)),
        shape("town + keyword", ONE, find(&towns)),
        shape("postcode + two words", TWO, find(&postcodes)),
        shape("postcode + two typing errors", TYPOS, find(&postcodes)),
        shape("Land + keyword", ONE, find(&["Bayern", "Sachsen", "Hessen"])),
        shape("ambiguous town + keyword", ONE, find(&["Neustadt", "Mühlhausen"])),
        shape("postcode only", &[""], find(&postcodes)),
        shape("town only", &[""], find(&towns)),
        Shape {
            name: "type-ahead",
            words: &["s", "su", "schul", "carit", "wohnungsl"],
            places: find(&nowhere),
            type_ahead: true,
        },
    ]
}
