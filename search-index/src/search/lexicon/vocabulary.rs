//! Looking up beginnings of words and mistyped words among the surface forms.

use super::Lexicon;
use crate::search::query::Typo;

/// Shorter beginnings must be exact, or they would begin anything.
const SHORTEST_INEXACT_BEGINNING: usize = 6;

impl Lexicon {
    /// The one-word surface forms that begin with a folded text, shortest first.
    pub(crate) fn words_beginning<'a>(&'a self, prefix: &str) -> Vec<&'a str> {
        let from = self.vocabulary.partition_point(|word| word.as_str() < prefix);
        let mut found: Vec<&str> = self.vocabulary[from..]
            .iter()
            .map(String::as_str)
            .take_while(|word| word.starts_with(prefix))
            .collect();
        found.sort_by_key(|word| (word.len(), *word));
        found
    }

    /// The one-word surface forms that begin with nearly this text: one letter may differ ("glücksp" for "Glücksspiel").
    pub(crate) fn words_beginning_like<'a>(&'a self, prefix: &str) -> Vec<&'a str> {
        let length = prefix.len();
        if length < SHORTEST_INEXACT_BEGINNING || !prefix.is_ascii() {
            return Vec::new();
        }
        let begins = |word: &&str| {
            word.is_ascii()
                && word.len() > length
                && word.as_bytes().first() == prefix.as_bytes().first()
                && (length - 1..=length + 1).any(|end| strsim::osa_distance(&word[..end], prefix) <= 1)
        };
        let mut found: Vec<&str> = self.vocabulary.iter().map(String::as_str).filter(begins).collect();
        found.sort_by_key(|word| (word.len(), *word));
        found
    }

    /// The one-word surface forms nearest to a mistyped word, all of the same distance, and that distance.
    pub(crate) fn words_like<'a>(&'a self, typo: &Typo<'_>) -> Option<(u8, Vec<&'a str>)> {
        let first = typo.first_letter();
        let from = self.vocabulary.partition_point(|word| word.chars().next() < Some(first));
        let same_start =
            self.vocabulary[from..].iter().map(String::as_str).take_while(|word| word.starts_with(first));
        typo.nearest(same_start)
    }
}
