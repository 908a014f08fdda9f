//! The lexicon: topics, concepts with their surface forms in many languages, compound parts and words without meaning.
//!
//! Owns what words mean; everything in it is data that operators can edit (`data/README.md`). Knows no index.

mod completion;
mod compound;
mod concept;
mod error;
mod files;
mod known;
mod load;
mod phrase;
mod topic;
mod vocabulary;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, LazyLock},
};

use completion::Completions;
pub(crate) use compound::Compound;
pub(crate) use concept::{Concept, ConceptNo};
pub use error::LexiconError;
use files::Files;
pub(crate) use phrase::{Phrase, PhraseWord, TextWord};
pub use topic::Topic;

use super::analysis::{Splitter, stem};

/// What words mean. Made once, shared by the index builder and every search.
#[derive(Debug)]
pub struct Lexicon {
    topics: Vec<Topic>,
    concepts: Vec<Concept>,
    /// Folded one-word surface forms.
    words: HashMap<String, Vec<ConceptNo>>,
    /// Their stems.
    stems: HashMap<String, Vec<ConceptNo>>,
    /// The folded one-word surface forms in order, for beginnings and typing errors.
    vocabulary: Vec<String>,
    completions: Completions,
    phrases: Vec<Phrase>,
    /// Phrases by each stem in them that carries meaning.
    phrases_by_word: HashMap<String, Vec<u32>>,
    splitter: Splitter,
    stop: HashSet<String>,
    generic: HashSet<String>,
    generic_stems: HashSet<String>,
    fingerprint: String,
}

static BUNDLED: LazyLock<Arc<Lexicon>> = LazyLock::new(|| {
    let lexicon = Files::bundled().into_lexicon();
    Arc::new(lexicon.expect("the bundled lexicon is well-formed: a test reads it"))
});

impl Lexicon {
    /// The lexicon that comes with the program.
    pub fn bundled() -> Arc<Self> {
        Arc::clone(&BUNDLED)
    }

    /// The lexicon of an operator: a folder with any of `topics.toml`, `concepts.toml`, `compounds.txt` and
    /// `stopwords.txt`; what is missing there is taken from the bundled one.
    ///
    /// # Errors
    /// A file cannot be read or says something that makes no sense; the error names file, line and remedy.
    pub fn from_dir(dir: &Path) -> Result<Arc<Self>, LexiconError> {
        Files::in_dir(dir)?.into_lexicon().map(Arc::new)
    }

    /// All topics in the order pages show them.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The topic and every narrower one, as ids; just the id itself when the lexicon does not know it.
    pub fn topic_with_narrower(&self, id: &str) -> Vec<String> {
        let mut ids = vec![id.to_owned()];
        let mut at = 0;
        while at < ids.len() {
            for topic in &self.topics {
                if topic.parent.as_deref() == Some(ids[at].as_str()) && !ids.contains(&topic.id) {
                    ids.push(topic.id.clone());
                }
            }
            at += 1;
        }
        ids
    }

    /// A hash of everything in it: an index made with another lexicon must be made anew.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    pub(crate) fn concept(&self, number: ConceptNo) -> &Concept {
        &self.concepts[usize::from(number.0)]
    }

    pub(crate) fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// What the folded word means when taken exactly.
    pub(crate) fn meanings(&self, folded: &str) -> &[ConceptNo] {
        self.words.get(folded).map_or(&[], Vec::as_slice)
    }

    /// What the folded word means, inflected forms included.
    pub(crate) fn meanings_inflected(&self, folded: &str) -> &[ConceptNo] {
        match self.words.get(folded) {
            Some(meanings) => meanings,
            None => self.stems.get(&stem(folded)).map_or(&[], Vec::as_slice),
        }
    }

    /// Whether the word carries no meaning ("ich", "habe", "with").
    pub(crate) fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    /// Whether the word fits every centre ("Beratung", "Hilfe", "Stelle").
    pub(crate) fn is_generic(&self, folded: &str) -> bool {
        // "Raten" has the stem of "Rat" and yet a meaning of its own.
        self.generic.contains(folded)
            || (!self.words.contains_key(folded) && self.generic_stems.contains(&stem(folded)))
    }

    /// The words that fit every centre.
    pub(crate) fn generic_words(&self) -> impl Iterator<Item = &str> {
        self.generic.iter().map(String::as_str)
    }

    pub(crate) fn splitter(&self) -> &Splitter {
        &self.splitter
    }

    /// The phrases that contain this stem.
    pub(crate) fn phrases_with<'a>(&'a self, stem: &str) -> impl Iterator<Item = (u32, &'a Phrase)> {
        self.phrases_by_word
            .get(stem)
            .into_iter()
            .flatten()
            .map(|&number| (number, &self.phrases[number as usize]))
    }
}

#[cfg(test)]
mod tests;
