//! What a compound is about.

use super::{ConceptNo, Lexicon};

/// A compound as the lexicon reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compound<'w> {
    /// All its parts.
    pub(crate) parts: Vec<&'w str>,
    /// The part it is about: the last one that carries meaning. `None` when all parts fit every centre.
    pub(crate) head: Option<&'w str>,
    /// Parts with meaning before the head.
    pub(crate) modifiers: Vec<&'w str>,
    /// What it means as a whole, where that is known: "Magersuchtberatung" holds "Magersucht", and "Drogensucht" is the
    /// special case of an addiction that its first part names.
    pub(crate) whole: Vec<ConceptNo>,
}

impl Lexicon {
    /// Reads a compound; `None` when the word is none.
    pub(crate) fn compound<'w>(&self, word: &'w str) -> Option<Compound<'w>> {
        let parts = self.splitter().split(word);
        if parts.is_empty() {
            return None;
        }
        let meaningful: Vec<&'w str> = parts.iter().copied().filter(|part| !self.is_generic(part)).collect();
        let (head, modifiers) = match meaningful.split_last() {
            Some((head, modifiers)) => (Some(*head), modifiers.to_vec()),
            None => (None, Vec::new()),
        };
        let whole =
            self.known_run(word, &parts).or_else(|| self.special_case(&meaningful)).unwrap_or_default();
        Some(Compound { parts, head, modifiers, whole })
    }

    /// The longest run of parts that is a word with a meaning of its own.
    fn known_run(&self, word: &str, parts: &[&str]) -> Option<Vec<ConceptNo>> {
        let start = |part: &str| part.as_ptr() as usize - word.as_ptr() as usize;
        for length in (2..=parts.len()).rev() {
            for run in parts.windows(length) {
                let (first, last) = (run.first()?, run.last()?);
                let joined = &word[start(first)..start(last) + last.len()];
                let meanings = self.meanings_inflected(joined);
                if !meanings.is_empty() && run.iter().any(|part| !self.is_generic(part)) {
                    return Some(meanings.to_vec());
                }
            }
        }
        None
    }

    /// The meaning of the only part with one, or of a part that is a special case of the head.
    fn special_case(&self, meaningful: &[&str]) -> Option<Vec<ConceptNo>> {
        let (head, modifiers) = meaningful.split_last()?;
        let heads = self.meanings_inflected(head);
        if modifiers.is_empty() {
            return Some(heads.to_vec());
        }
        let special: Vec<ConceptNo> = modifiers
            .iter()
            .flat_map(|part| self.meanings_inflected(part))
            .copied()
            .filter(|&concept| self.broader(concept).iter().any(|wide| heads.contains(&wide.concept)))
            .collect();
        (!special.is_empty()).then_some(special)
    }
}
