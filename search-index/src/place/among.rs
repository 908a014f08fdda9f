//! A place typed among the words: "Schuldnerberatung in Freiburg", "79100 Sucht".

use super::{Gazetteer, Place, Resolution, fold, matching::Found};

/// The longest name looked for, in words ("Rothenburg ob der Tauber").
const LONGEST_NAME: usize = 5;
/// Only this many words are looked at.
const MOST_WORDS: usize = 24;
/// Words that say a place comes next, in the languages people type.
const BEFORE_A_PLACE: [&str; 14] =
    ["in", "im", "bei", "nahe", "um", "aus", "raum", "near", "at", "around", "w", "a", "plz", "en"];

/// A place found among words.
#[derive(Debug, Clone, PartialEq)]
pub struct Among {
    /// The words without it.
    pub words: String,
    /// What it means.
    pub place: Resolution,
}

impl Gazetteer {
    /// The place a text names among other words, if it names one exactly; typing mistakes are not guessed at, because
    /// any word is a typing mistake of some village.
    ///
    /// `is_word` says whether a word means a need: it is then no place, however many villages are called so.
    pub fn among(&self, text: &str, is_word: impl Fn(&str) -> bool) -> Option<Among> {
        let words: Vec<&str> = fold::clip(text).split_whitespace().take(MOST_WORDS).collect();
        let spans = (1..=LONGEST_NAME.min(words.len()))
            .rev()
            .flat_map(|length| (0..=words.len() - length).rev().map(move |start| (start, start + length)));
        for (start, end) in spans {
            let span = &words[start..end];
            let name = span.join(" ");
            if (span.len() == 1 && is_word(&name)) || !self.is_named_exactly(&name) {
                continue;
            }
            let place = self.resolve(&name);
            if !matches!(place, Resolution::Resolved { .. } | Resolution::Ambiguous(_)) {
                continue;
            }
            let mut rest = words.clone();
            rest.drain(start..end);
            if start > 0 && BEFORE_A_PLACE.contains(&rest[start - 1].to_lowercase().as_str()) {
                rest.remove(start - 1);
            }
            return Some(Among { words: rest.join(" "), place });
        }
        None
    }

    /// Whether the place is only what the text was taken for: a correction, or a name that begins alike.
    pub fn is_guess(&self, text: &str, place: &Place) -> bool {
        if place.is_postcode()
            || text.bytes().any(|byte| byte.is_ascii_digit())
            || self.is_named_exactly(text)
        {
            return false;
        }
        let first = |text: &str| fold::words(text).into_iter().next().map(|word| word.loose);
        first(text) != first(&place.name)
    }

    /// Whether a text is, letter for letter apart from accents and case, a postcode, a place or another name of one.
    fn is_named_exactly(&self, text: &str) -> bool {
        let text = text.trim_matches(|letter: char| letter.is_ascii_punctuation());
        if let Ok(postcode) = text.parse() {
            return self.contains(postcode);
        }
        let words = fold::words(text);
        let key = fold::key(&words);
        // A single lower-case word of three letters or fewer is never meant as a village.
        if key.chars().count() < 4 || text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let begins_a_city =
            || matches!(self.find(text), Found::Many(_)) && words.len() == 1 && self.begins_a_name(&key);
        !self.names.exact(&key).is_empty() || self.aliases.contains_key(key.as_str()) || begins_a_city()
    }

    /// Whether names begin with exactly this word ("Frankfurt", "Neustadt").
    fn begins_a_name(&self, key: &str) -> bool {
        !self.names.beginning_with_word(key).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(text: &str) -> Option<(String, String)> {
        let needs = ["schulden", "sucht", "schuldnerberatung", "hilfe", "wohnung"];
        let found = Gazetteer::bundled().among(text, |word| needs.contains(&word.to_lowercase().as_str()))?;
        let name = match found.place {
            Resolution::Resolved { place, .. } => place.name,
            Resolution::Ambiguous(places) => format!("{} places", places.len()),
            other => panic!("{other:?}"),
        };
        Some((found.words, name))
    }

    #[test]
    fn a_place_is_taken_out_of_the_words() {
        for (text, words, place) in [
            ("Schuldnerberatung in Bonn", "Schuldnerberatung", "Bonn"),
            ("Köln Sucht", "Sucht", "Köln"),
            ("Schulden Freiburg im Breisgau", "Schulden", "Freiburg im Breisgau"),
            ("debt Cologne", "debt", "Köln"),
        ] {
            let (rest, name) = among(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((rest.as_str(), name.as_str()), (words, place), "{text}");
        }
        let (rest, name) = among("79100 Sucht").unwrap();
        assert!(rest == "Sucht" && name.starts_with("79100"), "{name}");
    }

    #[test]
    fn a_correction_is_a_guess_and_another_spelling_is_not() {
        let gazetteer = Gazetteer::bundled();
        let is_guess = |text: &str| match gazetteer.resolve(text) {
            Resolution::Resolved { place, .. } => gazetteer.is_guess(text, &place),
            other => panic!("{text}: {other:?}"),
        };
        assert!(is_guess("Osnabrük"));
        for text in ["Osnabrück", "osnabrueck", "Cologne", "79100", "Frankfurt a.M.", "Freiburg im Breisgau"]
        {
            assert!(!is_guess(text), "{text}");
        }
    }

    #[test]
    fn a_word_for_a_need_is_no_village() {
        assert_eq!(among("Schulden"), None, "though a village is called Schuld");
        assert_eq!(among("Hilfe Wohnung"), None);
        assert_eq!(among(""), None);
    }

    #[test]
    fn a_name_that_many_places_carry_stays_a_choice() {
        let (rest, name) = among("Sucht Neustadt").unwrap();
        assert_eq!(rest, "Sucht");
        assert!(name.ends_with("places"), "{name}");
    }
}
