//! Whether a word is about needs at all.

use super::Lexicon;
use crate::search::analysis::{fold, stem};

impl Lexicon {
    /// Whether a single word means a need or is one of those that carry no meaning ("Hilfe", "in"): it is then not to be
    /// taken for the name of a place.
    pub fn knows(&self, word: &str) -> bool {
        let folded = fold(word);
        let stemmed = stem(&folded);
        self.words.contains_key(&folded)
            || self.stems.contains_key(&stemmed)
            || self.stop.contains(&folded)
            || self.generic.contains(&folded)
            || self.generic_stems.contains(&stemmed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_known_and_towns_are_not() {
        let lexicon = Lexicon::bundled();
        for word in ["Schulden", "SUCHT", "kiffen", "Hilfe", "debt", "Räumung"] {
            assert!(lexicon.knows(word), "{word}");
        }
        for word in ["Freiburg", "Bonn", "Osnabrück", "Essen", "Halle"] {
            assert!(!lexicon.knows(word), "{word}");
        }
    }
}
