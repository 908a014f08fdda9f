//! The terms a text is found by, each with the place in the text it comes from.
//!
//! The same function feeds the index and the reasons, so a reason can never name what did not match.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::search::{
    analysis::{stem, tokens},
    lexicon::{ConceptNo, Lexicon},
};

/// What a term stands for; the first byte of its text in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TermKind {
    /// A folded word.
    Word,
    /// The stem of a word.
    Stem,
    /// A concept the text names.
    Concept,
    /// The stem of a part of a compound.
    Part,
    /// A concept that only a part of a compound names.
    PartConcept,
    /// A folded word of the centre's town: found when typed exactly, never guessed.
    Town,
}

impl TermKind {
    /// The byte that stands for the kind.
    pub(crate) const fn tag(self) -> char {
        match self {
            TermKind::Word => 'w',
            TermKind::Stem => 's',
            TermKind::Concept => 'c',
            TermKind::Part => 'p',
            TermKind::PartConcept => 'q',
            TermKind::Town => 't',
        }
    }

    /// The term as it stands in the index.
    pub(crate) fn term(self, text: &str) -> String {
        let mut term = String::with_capacity(text.len() + 1);
        term.push(self.tag());
        term.push_str(text);
        term
    }
}

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    /// Names of offers, keywords: everything.
    Full,
    /// Names of centres: words that happen to have the stem of a topic word ("Schuld", a village) stay names.
    ProperName,
    /// Descriptions: words and concepts, no compound parts; they are long and count little.
    Prose,
}

/// A term and the part of the text it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundTerm {
    /// The term as it stands in the index.
    pub(crate) term: String,
    /// First byte in the text.
    pub(crate) start: usize,
    /// Byte after the last one.
    pub(crate) end: usize,
}

/// Reads texts; remembers words, which come back all the time while an index is built.
#[derive(Debug)]
pub(crate) struct Reader {
    lexicon: Arc<Lexicon>,
    known: HashMap<(String, bool, bool), Vec<String>>,
    texts: HashMap<(String, Reading), Read>,
}

/// A short text read before: names of offers and keywords come back in every other centre.
#[derive(Debug)]
struct Read {
    words: Vec<String>,
    terms: Vec<FoundTerm>,
}

/// Beyond this many words or texts the memory starts afresh.
const MEMORY: usize = 50_000;
/// Longer texts hardly ever come back.
const SHORT: usize = 500;

impl Reader {
    /// A reader with this lexicon.
    pub(crate) fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon, known: HashMap::new(), texts: HashMap::new() }
    }

    /// All terms of a text. Words of the centre's town are only words: they never stand for a need.
    pub(crate) fn terms(&mut self, text: &str, reading: Reading, town: &HashSet<String>) -> Vec<FoundTerm> {
        if text.len() > SHORT {
            return self.read(text, reading, town);
        }
        let key = (text.to_owned(), reading);
        if let Some(read) = self.texts.get(&key)
            && !read.words.iter().any(|word| town.contains(word))
        {
            return read.terms.clone();
        }
        let terms = self.read(text, reading, town);
        let words: Vec<String> = tokens(text).map(|token| token.folded).collect();
        if !words.iter().any(|word| town.contains(word)) {
            if self.texts.len() > MEMORY {
                self.texts.clear();
            }
            self.texts.insert(key, Read { words, terms: terms.clone() });
        }
        terms
    }

    fn read(&mut self, text: &str, reading: Reading, town: &HashSet<String>) -> Vec<FoundTerm> {
        let mut found = Vec::new();
        let mut spans = Vec::new();
        for token in tokens(text) {
            spans.push((token.start, token.end));
            let is_town = town.contains(&token.folded);
            for term in self.word(&token.folded, reading, is_town) {
                found.push(FoundTerm { term: term.clone(), start: token.start, end: token.end });
            }
        }
        let words = self.lexicon.text_words(text);
        for phrase in self.lexicon.phrases_in(&words) {
            let (start, end) = (spans[phrase.first].0, spans[phrase.last].1);
            found.retain(|word| {
                word.start < start || word.end > end || !self.is_overruled(word, phrase.concept)
            });
            let term = TermKind::Concept.term(&self.lexicon.concept(phrase.concept).id);
            found.push(FoundTerm { term, start, end });
        }
        found
    }

    /// Whether a phrase says that a word in it does not mean what it would mean alone: a group for "Angehörige von
    /// Suchtkranken" is for relatives. What the phrase is a special case of stays true.
    fn is_overruled(&self, word: &FoundTerm, phrase: ConceptNo) -> bool {
        let Some(id) = word.term.strip_prefix(['c', 'q']) else { return false };
        id != self.lexicon.concept(phrase).id
            && !self.lexicon.broader(phrase).iter().any(|wide| self.lexicon.concept(wide.concept).id == id)
    }

    fn word(&mut self, folded: &str, reading: Reading, is_town: bool) -> &[String] {
        let prose = reading == Reading::Prose;
        let proper = reading == Reading::ProperName || is_town;
        if self.known.len() > MEMORY {
            self.known.clear();
        }
        let lexicon = &self.lexicon;
        self.known
            .entry((folded.to_owned(), prose, proper))
            .or_insert_with(|| word_terms(lexicon, folded, prose, proper, is_town))
    }
}

/// The folded words of a town's name.
pub(crate) fn town_words(city: &str) -> HashSet<String> {
    tokens(city).map(|token| token.folded).collect()
}

fn word_terms(lexicon: &Lexicon, folded: &str, prose: bool, proper: bool, is_town: bool) -> Vec<String> {
    let meanings = if proper { lexicon.meanings(folded) } else { lexicon.meanings_inflected(folded) };
    if is_town {
        // "Schuld" in "Caritas Schuld": neither the need nor, typed as "schuld", the word for it.
        let reserved = !lexicon.meanings_inflected(folded).is_empty();
        return if reserved { Vec::new() } else { vec![TermKind::Town.term(folded)] };
    }
    let mut terms = vec![TermKind::Word.term(folded)];
    let stemmed = stem(folded);
    if !proper || !meanings.is_empty() || lexicon.is_generic(folded) {
        terms.push(TermKind::Stem.term(&stemmed));
    }
    let concept = |number: &ConceptNo| lexicon.concept(*number).id.as_str();
    terms.extend(meanings.iter().map(|number| TermKind::Concept.term(concept(number))));
    if prose && !meanings.is_empty() {
        return terms;
    }
    if let Some(compound) = lexicon.compound(folded) {
        if !prose {
            terms.extend(compound.parts.iter().map(|part| TermKind::Part.term(&stem(part))));
        }
        if meanings.is_empty() {
            terms.extend(compound.whole.iter().map(|number| TermKind::Concept.term(concept(number))));
            // "Jugendsuchtberatung" is about two things.
            if !prose && compound.whole.is_empty() {
                let parts = compound.modifiers.iter().chain(&compound.head);
                let concepts = parts.flat_map(|part| lexicon.meanings_inflected(part));
                terms.extend(concepts.map(|number| TermKind::PartConcept.term(concept(number))));
            }
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}
