//! Looking up beginnings of words and mistyped words among the surface forms.

use super::Lexicon;
use crate::search::query::Typo;

impl Lexicon {
    /// The one-word surface forms that begin with a folded text, shortest first.
    pub(crate) fn words_beginning<'a>(&'a self, prefix: &str) -> Vec<&'a str> {
        let from = self.vocabulary.partition_point(|word| word.as_str() < prefix);
        let mut found: Vec<&str> =
            self.vocabulary[from..].iter().map(String::as_str).take_while(|word| word.starts_with(prefix)).collect();
        found.sort_by_key(|word| (word.len(), *word));
        found
    }

    /// The one-word surface forms nearest to a mistyped word, all of the same distance, and that distance.
    pub(crate) fn words_like<'a>(&'a self, typo: &Typo<'_>) -> Option<(u8, Vec<&'a str>)> {
        let first = typo.first_letter();
        let from = self.vocabulary.partition_point(|word| word.chars().next() < Some(first));
        let same_start = self.vocabulary[from..].iter().map(String::as_str).take_while(|word| word.starts_with(first));
        typo.nearest(same_start)
    }
}
