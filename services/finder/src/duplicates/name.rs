//! The name of a centre taken apart.

use super::{
    fold,
    words::{DIMENSIONS, TABLES, Tables},
};

/// What the words of a name say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// Words of its own ("lotse"), in alphabetical order.
    pub(super) marks: Vec<String>,
    /// Known carriers, as bits.
    pub(super) carriers: u32,
    /// What it does, as bits.
    pub(super) services: u32,
    /// By dimension, the answers it gives, as bits.
    pub(super) facets: [u8; DIMENSIONS],
    /// Whether it is an outpost.
    pub(super) branch: bool,
    /// All words but the empty ones, in alphabetical order: equal for names that differ in order and signs only.
    pub(super) plain: String,
}

impl Name {
    /// Takes a name apart. The words of the town say nothing about which centre of the town is meant.
    pub(super) fn of(text: &str, town: &[String]) -> Self {
        let tables = &*TABLES;
        let mut words: Vec<String> = fold::words(text);
        words.retain(|word| !tables.stop.contains(word));
        let mut name = Self { plain: plain(&words, town), ..Self::default() };
        let mut at = 0;
        while at < words.len() {
            at += match carrier(tables, &words[at..]) {
                Some((taken, bit)) => {
                    name.carriers |= bit;
                    // "Guttemplergruppe": a carrier's word may say what it does as well.
                    words[at..at + taken].iter().for_each(|word| _ = name.facet(tables, word));
                    taken
                }
                None => {
                    name.word(tables, &words[at], town);
                    1
                }
            };
        }
        name.marks.sort_unstable();
        name.marks.dedup();
        name
    }

    fn word(&mut self, tables: &Tables, word: &str, town: &[String]) {
        self.branch |= tables.branch.iter().any(|start| word.starts_with(start));
        let facet = self.facet(tables, word);
        let mut service = false;
        for (part, bit) in &tables.services {
            if word.contains(part.as_str()) {
                self.services |= bit;
                service = true;
            }
        }
        let says_nothing = || {
            tables.generic.iter().any(|start| {
                // Short beginnings would take proper names with them ("bst", "amb").
                if start.len() < 4 { word == start } else { word.starts_with(start.as_str()) }
            }) || ["beratung", "stelle", "hilfe", "zentrum", "verband"].iter().any(|end| word.ends_with(end))
        };
        let of_town = || town.iter().any(|part| part == word || (part.len() > 4 && word.starts_with(part)));
        if !facet && !service && !of_town() && !says_nothing() {
            self.marks.push(if word == "st" { String::from("sankt") } else { word.to_owned() });
        }
    }

    fn facet(&mut self, tables: &Tables, word: &str) -> bool {
        let mut found = false;
        for (part, dimension, answer, whole) in &tables.facets {
            if if *whole { word == part } else { word.contains(part.as_str()) } {
                self.facets[*dimension] |= 1 << answer;
                found = true;
            }
        }
        found
    }
}

/// The carrier the words begin with, and how many words it takes.
fn carrier(tables: &Tables, words: &[String]) -> Option<(usize, u32)> {
    let begins = |phrase: &[String], whole: bool| {
        phrase.len() <= words.len()
            && phrase
                .iter()
                .zip(words)
                .all(|(start, word)| if whole { word == start } else { word.starts_with(start.as_str()) })
    };
    let found = tables.phrases.iter().find(|(phrase, _, whole)| begins(phrase, *whole));
    found.map(|(phrase, bit, _)| (phrase.len(), *bit))
}

fn plain(words: &[String], town: &[String]) -> String {
    let mut words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "ev").collect();
    // A name that is nothing but the town keeps it.
    if words.iter().any(|word| !town.iter().any(|part| part == word)) {
        words.retain(|word| !town.iter().any(|part| part == word));
    }
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::of(text, &[String::from("kieselstadt")])
    }

    #[test]
    fn carriers_and_services_are_known_by_their_forms() {
        let one = name("Schuldner- und Insolvenzberatung der Arbeiterwohlfahrt Kieselstadt e. V.");
        let other = name("AWO Schuldnerber.");
        assert_eq!((one.carriers, one.services), (other.carriers, other.services));
        assert!(one.marks.is_empty() && other.marks.is_empty(), "{one:?} {other:?}");
        let skm = name("SKM");
        assert_eq!(name("Sozialdienst Katholischer Männer").carriers, skm.carriers);
        assert_eq!(name("Kath. Verein f. soziale Dienste").carriers, skm.carriers);
        assert_ne!(name("Sozialdienst kath. Frauen").carriers, skm.carriers);
    }

    #[test]
    fn proper_words_are_kept_and_the_town_is_not() {
        assert_eq!(name("Suchthilfezentrum Ankerplatz Kieselstadt").marks, ["ankerplatz"]);
        assert_eq!(name("Beratungsstelle St. Martin").marks, ["martin", "sankt"]);
        assert_eq!(name("Drobs – Beratung, Kieselstadt").plain, name("Beratung DROBS").plain);
    }

    #[test]
    fn facets_of_one_topic_are_told_apart() {
        assert_ne!(name("Notübernachtung für Frauen").facets, name("Notübernachtung für Männer").facets);
        assert!(name("Suchtberatung, Außenstelle Unterdorf").branch);
    }
}
