//! What a single word may mean: itself, its concepts, its parts; and where nobody knows it, what it was meant to be.

use std::collections::BTreeMap;

use tantivy::{Term, query::FuzzyTermQuery, schema::Field};

use super::{Typo, quality, sense::Senses};
use crate::search::{
    analysis::{Token, stem},
    index::{IndexError, SearchIndex, TermKind},
    lexicon::{Compound, ConceptNo, Lexicon},
};

/// Most terms of the index that are looked at for a beginning.
const BEGINNINGS_SCANNED: usize = 400;
/// Most words a beginning or a typing error turns into.
const MOST_WORDS: usize = 12;
/// Most concepts a beginning turns into.
const MOST_CONCEPTS: usize = 6;
/// Shortest beginning that is completed.
const SHORTEST_BEGINNING: usize = 3;
/// Shortest word whose ending may be a mistyped generic word.
const SHORTEST_BROKEN_COMPOUND: usize = 9;

/// What became of a word.
#[derive(Debug)]
pub(super) enum Understood {
    /// It fits every centre ("Beratung"), perhaps mistyped.
    Generic,
    /// It means something, or at least could.
    Senses(Senses),
}

impl SearchIndex {
    /// What a word means here. A word that stands `alone` may be the name of a centre, mistyped or begun; beside
    /// words that are understood such a guess would only add noise ("Stromrechnung zu hoch" is not about Hochheim).
    pub(super) fn understand(&self, token: &Token<'_>, alone: bool) -> Result<Understood, IndexError> {
        let (lexicon, folded) = (&*self.lexicon, token.folded.as_str());
        if lexicon.is_generic(folded) {
            return Ok(Understood::Generic);
        }
        let mut senses = Senses::default();
        senses.add_word(folded, quality::SAME);
        let meanings = lexicon.meanings_inflected(folded);
        if !meanings.is_empty() {
            add_concepts(&mut senses, lexicon, meanings, quality::SAME);
            return Ok(Understood::Senses(senses));
        }
        if let Some(compound) = lexicon.compound(folded) {
            return Ok(understand_compound(lexicon, senses, &compound));
        }
        if self.occurs(folded)? {
            return Ok(Understood::Senses(senses));
        }
        self.guess(token, alone, senses)
    }

    /// Whether any entry has the word, also as part of a compound or in a description.
    fn occurs(&self, folded: &str) -> Result<bool, IndexError> {
        let stemmed = stem(folded);
        let fields = &self.fields;
        for field in [fields.offer, fields.centre_name, fields.keyword, fields.description] {
            for (kind, text) in [
                (TermKind::Word, folded),
                (TermKind::Town, folded),
                (TermKind::Stem, &stemmed),
                (TermKind::Part, &stemmed),
            ] {
                if self.find(field, &kind.term(text))?.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn guess(&self, token: &Token<'_>, alone: bool, mut senses: Senses) -> Result<Understood, IndexError> {
        let (lexicon, folded) = (&*self.lexicon, token.folded.as_str());
        let typo = if lexicon.splitter().is_part(folded) { None } else { Typo::new(folded) };
        if let Some(typo) = &typo
            && lexicon.generic_words().any(|word| {
                let furthest = if word.len() < 11 { 1 } else { 2 };
                word.len() > 4 && typo.distance(word, furthest.min(typo.furthest())).is_some()
            })
        {
            return Ok(Understood::Generic);
        }
        let mut near = match &typo {
            Some(typo) => self.nearest(typo, alone)?,
            None => None,
        };
        // "Drgoen" holds no umlaut, only an "e" in the wrong place.
        if near.is_none()
            && let Some(letters) = letters_with_umlaut_by_chance(token)
            && let Some(typo) = Typo::new(&letters)
        {
            near = self.nearest(&typo, alone)?;
        }
        if let Some((1, words)) = &near {
            add_guessed(&mut senses, lexicon, words, quality::TYPO);
        }
        let completed = self.complete(folded, alone, &mut senses)?;
        if !completed && let Some((distance @ 2.., words)) = &near {
            add_guessed(&mut senses, lexicon, words, quality::TYPO.saturating_sub(*distance - 1));
        }
        if near.is_none() && !completed {
            self.guess_compound(folded, &mut senses)?;
        }
        Ok(Understood::Senses(senses))
    }

    /// The fields whose words a guess may turn into.
    fn guessable(&self, alone: bool) -> &[Field] {
        &self.guessable[..if alone { 3 } else { 2 }]
    }

    /// The words nearest to a mistyped one, of the lexicon and of the entries.
    fn nearest(&self, typo: &Typo<'_>, alone: bool) -> Result<Option<(u8, Vec<String>)>, IndexError> {
        let known = self.lexicon.words_like(typo);
        let mut best: Option<(u8, Vec<String>)> =
            known.map(|(distance, words)| (distance, words.into_iter().map(str::to_owned).collect()));
        for &field in self.guessable(alone) {
            let furthest = best.as_ref().map_or(typo.furthest(), |(distance, _)| *distance);
            for (distance, word) in self.words_like(field, typo, furthest)? {
                match best.as_mut() {
                    Some((known, words)) if *known == distance && !words.contains(&word) => words.push(word),
                    Some((known, _)) if *known <= distance => {}
                    _ => best = Some((distance, vec![word])),
                }
            }
        }
        Ok(best)
    }

    /// Words of a field close to a mistyped one: nearest first, then the frequent ones.
    fn words_like(
        &self,
        field: Field,
        typo: &Typo<'_>,
        furthest: u8,
    ) -> Result<Vec<(u8, String)>, IndexError> {
        let pattern = Term::from_field_text(field, &TermKind::Word.term(typo.folded()));
        let automaton = FuzzyTermQuery::new(pattern, furthest, true).automaton()?;
        let start = TermKind::Word.term(&typo.first_letter().to_string());
        let mut stream = self.lists(field).terms().search(automaton).ge(&start).into_stream()?;
        let mut found = Vec::new();
        while stream.advance() {
            let Some(word) = stream.key().strip_prefix(b"w").and_then(|word| str::from_utf8(word).ok())
            else {
                break;
            };
            if !word.starts_with(typo.first_letter()) {
                break;
            }
            if let Some(distance) = typo.distance(word, furthest) {
                found.push((distance, std::cmp::Reverse(stream.value().doc_freq), word.to_owned()));
            }
        }
        found.sort_unstable();
        found.truncate(MOST_WORDS);
        Ok(found.into_iter().map(|(distance, _, word)| (distance, word)).collect())
    }

    /// Adds what the word is the beginning of; whether there is any such thing.
    fn complete(&self, folded: &str, alone: bool, senses: &mut Senses) -> Result<bool, IndexError> {
        if folded.chars().count() < SHORTEST_BEGINNING {
            return Ok(false);
        }
        let lexicon = &*self.lexicon;
        let mut concepts: Vec<ConceptNo> = Vec::new();
        let exact = lexicon.words_beginning(folded);
        let beginnings = if exact.is_empty() { lexicon.words_beginning_like(folded) } else { exact };
        for word in beginnings {
            for &concept in lexicon.meanings(word) {
                if !concepts.contains(&concept) && concepts.len() < MOST_CONCEPTS {
                    concepts.push(concept);
                }
            }
        }
        add_concepts(senses, lexicon, &concepts, quality::BEGINNING);
        let words = self.words_beginning(folded, alone)?;
        for word in &words {
            senses.add(TermKind::Word, word, quality::BEGINNING);
        }
        Ok(!concepts.is_empty() || !words.is_empty())
    }

    fn words_beginning(&self, folded: &str, alone: bool) -> Result<Vec<String>, IndexError> {
        let start = TermKind::Word.term(folded);
        let mut frequency: BTreeMap<String, u32> = BTreeMap::new();
        for &field in self.guessable(alone) {
            let mut stream = self.lists(field).terms().range().ge(&start).into_stream()?;
            let mut scanned = 0;
            while scanned < BEGINNINGS_SCANNED
                && stream.advance()
                && stream.key().starts_with(start.as_bytes())
            {
                scanned += 1;
                if let Ok(word) = str::from_utf8(&stream.key()[1..]) {
                    *frequency.entry(word.to_owned()).or_default() += stream.value().doc_freq;
                }
            }
        }
        let mut words: Vec<(String, u32)> = frequency.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(MOST_WORDS);
        Ok(words.into_iter().map(|(word, _)| word).collect())
    }

    /// A compound with an error in it ("Spielsuchtberatng"): a generic ending, perhaps mistyped, is taken off.
    fn guess_compound(&self, folded: &str, senses: &mut Senses) -> Result<(), IndexError> {
        if !folded.is_ascii() || folded.len() < SHORTEST_BROKEN_COMPOUND {
            return Ok(());
        }
        let lexicon = &*self.lexicon;
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for word in lexicon.generic_words().filter(|word| word.is_ascii() && word.len() >= 5) {
            for length in word.len() - 1..=word.len() + 1 {
                let Some(start) = folded.len().checked_sub(length).filter(|&start| start >= 4) else {
                    continue;
                };
                let distance = strsim::osa_distance(&folded[start..], word);
                if distance <= 1 {
                    ends.push((distance, start));
                }
            }
        }
        ends.sort_unstable();
        for (_, start) in ends {
            let rest = &folded[..start];
            for rest in [rest, rest.trim_end_matches('s')] {
                let meanings = lexicon.meanings_inflected(rest);
                if !meanings.is_empty() {
                    add_concepts(senses, lexicon, meanings, quality::TYPO);
                    return Ok(());
                }
                if let Some((distance, words)) = Typo::new(rest).and_then(|typo| lexicon.words_like(&typo)) {
                    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
                    add_guessed(senses, lexicon, &words, quality::TYPO.saturating_sub(distance));
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// The letters of a word as typed, where folding took some of them for an umlaut.
fn letters_with_umlaut_by_chance(token: &Token<'_>) -> Option<String> {
    let letters = token.raw.to_ascii_lowercase();
    let plain = letters.bytes().all(|byte| byte.is_ascii_lowercase());
    (plain && letters != token.folded).then_some(letters)
}

fn add_concepts(senses: &mut Senses, lexicon: &Lexicon, concepts: &[ConceptNo], quality: u8) {
    for &concept in concepts {
        senses.add_concept(lexicon, concept, quality);
    }
}

fn add_guessed(senses: &mut Senses, lexicon: &Lexicon, words: &[String], quality: u8) {
    for word in words {
        senses.add_word(word, quality);
        add_concepts(senses, lexicon, lexicon.meanings_inflected(word), quality);
    }
}

/// The last part that carries meaning is what a German compound is about; the parts before it say which kind.
fn understand_compound(lexicon: &Lexicon, mut senses: Senses, compound: &Compound<'_>) -> Understood {
    let Some(head) = compound.head else { return Understood::Generic };
    if !compound.whole.is_empty() {
        add_concepts(&mut senses, lexicon, &compound.whole, quality::SAME);
        return Understood::Senses(senses);
    }
    let quality = if compound.modifiers.is_empty() { quality::SAME } else { quality::PART };
    add_concepts(&mut senses, lexicon, lexicon.meanings_inflected(head), quality);
    senses.add_word(head, quality::PART);
    for part in &compound.modifiers {
        let stemmed = stem(part);
        for kind in [TermKind::Stem, TermKind::Part] {
            senses.add_wider(kind, &stemmed, quality::MODIFIER);
        }
        for &concept in lexicon.meanings_inflected(part) {
            senses.add_wider(TermKind::Concept, &lexicon.concept(concept).id, quality::MODIFIER);
        }
    }
    Understood::Senses(senses)
}
