//! A word that nobody knows and may be mistyped.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

/// A mistyped word: how far it may be from what was meant.
pub(crate) struct Typo<'q> {
    folded: &'q str,
    chars: usize,
    first: char,
    automaton: DFA,
}

/// Makes automata that know the distance to a word, swapped neighbours counting once; making the maker is slow.
static AUTOMATA: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [1, 2].map(|furthest| LevenshteinAutomatonBuilder::new(furthest, true)));

/// From this length on two letters may differ.
const LONG: usize = 8;
/// More candidates at the same distance would be guessing.
const MOST: usize = 8;

impl<'q> Typo<'q> {
    /// The word, unless it is too short to be guessed or holds digits.
    ///
    /// The first letter must be right: people rarely miss it, and without it short words would turn into anything.
    pub(crate) fn new(folded: &'q str) -> Option<Self> {
        let chars = folded.chars().count();
        let first = folded.chars().next()?;
        if chars < 4 || folded.chars().any(char::is_numeric) {
            return None;
        }
        let automaton = AUTOMATA[usize::from(chars >= LONG)].build_dfa(folded);
        Some(Self { folded, chars, first, automaton })
    }

    /// The word itself.
    pub(crate) fn folded(&self) -> &'q str {
        self.folded
    }

    /// The letter both must begin with.
    pub(crate) fn first_letter(&self) -> char {
        self.first
    }

    /// How many letters may differ: one from four letters on, two from eight on.
    pub(crate) fn furthest(&self) -> u8 {
        if self.chars < LONG { 1 } else { 2 }
    }

    /// The distance to a word, if it is close enough. Two letters in the wrong order count once.
    pub(crate) fn distance(&self, word: &str, furthest: u8) -> Option<u8> {
        let chars = if word.is_ascii() { word.len() } else { word.chars().count() };
        if !word.starts_with(self.first) || chars.abs_diff(self.chars) > usize::from(furthest) {
            return None;
        }
        match self.automaton.eval(word) {
            Distance::Exact(distance) if distance <= furthest => Some(distance),
            _ => None,
        }
    }

    /// The words nearest to it, all of the same distance, and that distance.
    pub(crate) fn nearest<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<(u8, Vec<&'w str>)> {
        let mut best: Option<(u8, Vec<&'w str>)> = None;
        for word in words {
            let furthest = best.as_ref().map_or(self.furthest(), |(distance, _)| *distance);
            match (self.distance(word, furthest), best.as_mut()) {
                (Some(distance), Some((known, found))) if distance == *known => found.push(word),
                (Some(distance), _) => best = Some((distance, vec![word])),
                (None, _) => {}
            }
        }
        if let Some((_, found)) = best.as_mut() {
            found.truncate(MOST);
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_not_guessed_and_long_ones_may_differ_by_two() {
        assert!(Typo::new("abc").is_none());
        assert!(Typo::new("u25x").is_none());
        assert_eq!(Typo::new("sucth").unwrap().distance("sucht", 1), Some(1));
        assert_eq!(Typo::new("sucht").unwrap().distance("zucht", 1), None);
        let typo = Typo::new("schuldnerbertug").unwrap();
        assert_eq!(
            typo.nearest(["schuldnerberatung", "schuldner"].into_iter()),
            Some((2, vec!["schuldnerberatung"]))
        );
    }
}
