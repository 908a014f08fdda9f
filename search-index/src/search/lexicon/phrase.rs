//! Surface forms of several words ("Strom abgestellt", "auf der Straße", "can't pay rent").

use super::{ConceptNo, Lexicon};
use crate::search::analysis::{stem, tokens};

/// A surface form of several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Its words in their order.
    pub(crate) words: Vec<PhraseWord>,
    /// What it stands for.
    pub(crate) concept: ConceptNo,
}

/// A word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseWord {
    /// Its stem.
    pub(crate) stem: String,
    /// Whether it carries meaning of its own.
    pub(crate) content: bool,
}

/// Where a phrase stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseMatch {
    /// What it stands for.
    pub(crate) concept: ConceptNo,
    /// Position of its first word.
    pub(crate) first: usize,
    /// Position of its last word.
    pub(crate) last: usize,
}

/// A word of a text in the forms phrases are compared by.
#[derive(Debug, Clone)]
pub(crate) struct TextWord {
    /// Folded form.
    pub(crate) folded: String,
    /// Stem.
    pub(crate) stem: String,
    /// Whether it carries no meaning of its own.
    pub(crate) stop: bool,
}

impl Lexicon {
    /// The words of a surface form or a text in the forms phrases are compared by.
    pub(crate) fn text_words(&self, text: &str) -> Vec<TextWord> {
        tokens(text).map(|token| self.text_word(&token.folded)).collect()
    }

    /// A folded word in the forms phrases are compared by.
    pub(crate) fn text_word(&self, folded: &str) -> TextWord {
        TextWord { folded: folded.to_owned(), stem: stem(folded), stop: self.is_stop(folded) }
    }

    /// The phrases standing in a text: their words in order, with nothing but words without meaning between them.
    pub(crate) fn phrases_in(&self, words: &[TextWord]) -> Vec<PhraseMatch> {
        let mut found = Vec::new();
        for first in 0..words.len() {
            for (_, phrase) in self.phrases_with(&words[first].stem) {
                if let Some(last) = phrase.ends_at(words, first) {
                    found.push(PhraseMatch { concept: phrase.concept, first, last });
                }
            }
        }
        found
    }
}

impl Phrase {
    fn ends_at(&self, words: &[TextWord], first: usize) -> Option<usize> {
        let mut at = first;
        for (position, wanted) in self.words.iter().enumerate() {
            loop {
                let word = words.get(at)?;
                if word.stem == wanted.stem {
                    break;
                }
                if position == 0 || !word.stop {
                    return None;
                }
                at += 1;
            }
            at += 1;
        }
        Some(at - 1)
    }
}
