//! The queries, each with its place and its grades.

use search_index::place::{Gazetteer, Place, PostcodeInfo, Resolution};

use super::{
    Directory, Judged, Kind,
    dice::Dice,
    grades::{anybody_responsible, grades},
    needs::{ALL, Need, need},
};

/// How many queries of each kind that is not a list of phrasings.
const OF_EACH: usize = 25;
/// Names that many towns carry; those count that the table of places really finds ambiguous.
const NAMES: [&str; 16] = [
    "Neustadt",
    "Frankfurt",
    "Halle",
    "Neukirchen",
    "Hausen",
    "Bergen",
    "Buchholz",
    "Altenburg",
    "Kirchberg",
    "Weiler",
    "Rosenberg",
    "Neuenkirchen",
    "Steinbach",
    "Hofheim",
    "Schönau",
    "Burgdorf",
];
/// Needs that people really have at the same time.
const TOGETHER: [(&str, &str); 5] = [
    ("debt", "addiction"),
    ("gambling", "debt"),
    ("homelessness", "debt"),
    ("alcohol", "homelessness"),
    ("pregnancy", "migration"),
];

/// All judged queries, the same every time.
pub(crate) fn queries(gazetteer: &Gazetteer, directory: &Directory) -> Vec<Judged> {
    let mut maker = Maker::new(gazetteer, directory);
    for need in ALL {
        for (kind, phrases) in need.asked {
            for phrase in *phrases {
                let places = maker.anywhere();
                maker.keep(*kind, phrase, &[need.id], places);
            }
        }
    }
    maker.places_alone();
    maker.several_needs();
    maker.ambiguous_names();
    maker.borders();
    maker.nobody_responsible();
    maker.hostile();
    maker.made
}

struct Maker<'a> {
    gazetteer: &'a Gazetteer,
    directory: &'a Directory,
    postcodes: Vec<&'a PostcodeInfo>,
    dice: Dice,
    made: Vec<Judged>,
}

impl<'a> Maker<'a> {
    fn new(gazetteer: &'a Gazetteer, directory: &'a Directory) -> Self {
        let postcodes =
            gazetteer.postcodes().filter(|info| info.point.is_some() && !info.names.is_empty()).collect();
        Self { gazetteer, directory, postcodes, dice: Dice::new(0), made: Vec::new() }
    }

    fn keep(&mut self, kind: Kind, words: &str, needs: &[&str], places: Vec<Place>) {
        let grades = grades(self.directory, needs, &places);
        if !grades.is_empty() {
            self.made.push(Judged { kind, words: words.to_owned(), places, grades });
        }
    }

    /// A postcode or, in two of five cases, a town.
    fn anywhere(&mut self) -> Vec<Place> {
        if self.dice.chance(40) { self.town() } else { self.postcode() }
    }

    fn postcode(&mut self) -> Vec<Place> {
        let info = *self.dice.pick(&self.postcodes);
        self.resolved(info.postcode.as_str()).into_iter().collect()
    }

    fn town(&mut self) -> Vec<Place> {
        loop {
            let info = *self.dice.pick(&self.postcodes);
            if let Some(place) = self.resolved(&info.names[0]) {
                return vec![place];
            }
        }
    }

    fn resolved(&self, text: &str) -> Option<Place> {
        match self.gazetteer.resolve(text) {
            Resolution::Resolved { place, .. } if place.point.is_some() => Some(*place),
            _ => None,
        }
    }

    /// A need and words that centres use for it.
    fn exact(&mut self) -> (&'static Need, &'static str) {
        let need = self.dice.pick(ALL);
        let phrases =
            need.asked.iter().find(|(kind, _)| *kind == Kind::Exact).map_or(&[][..], |(_, phrases)| phrases);
        (need, *self.dice.pick(phrases))
    }

    fn places_alone(&mut self) {
        for _ in 0..OF_EACH {
            let places = self.postcode();
            self.keep(Kind::PostcodeOnly, "", &[], places);
            let places = self.town();
            self.keep(Kind::TownOnly, "", &[], places);
        }
    }

    fn several_needs(&mut self) {
        for _ in 0..OF_EACH {
            let (one, other) = *self.dice.pick(&TOGETHER);
            let words = [one, other].map(|id| need(id).asked[0].1[0]).join(if self.dice.chance(50) {
                " und "
            } else {
                " "
            });
            let places = self.anywhere();
            self.keep(Kind::Several, &words, &[one, other], places);
        }
    }

    fn ambiguous_names(&mut self) {
        for name in NAMES {
            if let Resolution::Ambiguous(places) = self.gazetteer.resolve(name) {
                let (need, phrase) = self.exact();
                self.keep(Kind::Ambiguous, phrase, &[need.id], places);
            }
        }
    }

    fn borders(&mut self) {
        let on_borders: Vec<&PostcodeInfo> =
            self.postcodes.iter().copied().filter(|info| info.districts.len() > 1).collect();
        for _ in 0..OF_EACH {
            let info = *self.dice.pick(&on_borders);
            let (need, phrase) = self.exact();
            let places = self.resolved(info.postcode.as_str()).into_iter().collect();
            self.keep(Kind::Border, phrase, &[need.id], places);
        }
    }

    fn nobody_responsible(&mut self) {
        let mut found = 0;
        while found < OF_EACH {
            let (need, phrase) = self.exact();
            let places = self.postcode();
            if !anybody_responsible(self.directory, need.id, &places) {
                self.keep(Kind::Nobody, phrase, &[need.id], places);
                found += 1;
            }
        }
    }

    fn hostile(&mut self) {
        let wrapped: [fn(&str) -> String; 10] = [
            |word| format!("\"{word}\" OR NEAR("),
            |word| format!("{word}* AND -"),
            |word| format!("'; DROP TABLE offer; -- {word}"),
            |word| format!("\u{202e}{word}\u{202c}\0"),
            |word| format!("{word} {}", "😀".repeat(500)),
            |word| format!("{word}:&|!<->"),
            |word| format!("<b>{word}</b>"),
            |word| format!("\u{feff}{}", word.to_uppercase()),
            |word| format!("%00{word}%"),
            |word| format!("{word} ").repeat(20_000),
        ];
        for (number, wrap) in wrapped.iter().enumerate() {
            let (need, words) = [
                ("debt", "Schuldnerberatung"),
                ("addiction", "Suchtberatung"),
                ("homelessness", "Obdachlosigkeit"),
            ][number % 3];
            let places = self.postcode();
            self.keep(Kind::Hostile, &wrap(words), &[need], places);
        }
    }
}
