//! Phrases in a query. The order of the words does not matter: people type keywords, not sentences.

use crate::search::{
    analysis::Token,
    lexicon::{ConceptNo, Lexicon, TextWord},
};

/// Words of a query that mean something together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// Positions of the words, ascending.
    pub(super) words: Vec<usize>,
    /// What they mean.
    pub(super) concepts: Vec<ConceptNo>,
}

/// The phrases among the words of a query, longest first; no word with meaning belongs to two.
pub(super) fn phrases(lexicon: &Lexicon, words: &[TextWord]) -> Vec<Group> {
    let mut numbers: Vec<(u32, _)> = words.iter().flat_map(|word| lexicon.phrases_with(&word.stem)).collect();
    numbers.sort_unstable_by_key(|&(number, _)| number);
    numbers.dedup_by_key(|&mut (number, _)| number);
    numbers.sort_by_key(|(number, phrase)| {
        let letters: usize = phrase.words.iter().map(|word| word.stem.len()).sum();
        (std::cmp::Reverse((phrase.words.len(), letters)), *number)
    });
    let mut taken = vec![false; words.len()];
    let mut groups: Vec<Group> = Vec::new();
    for (_, phrase) in numbers {
        let mut positions = Vec::new();
        for wanted in &phrase.words {
            let free = |&at: &usize| {
                words[at].stem == wanted.stem && !positions.contains(&at) && (!taken[at] || words[at].stop)
            };
            match (0..words.len()).find(free) {
                Some(at) => positions.push(at),
                None => break,
            }
        }
        if positions.len() < phrase.words.len() {
            continue;
        }
        positions.sort_unstable();
        // Another reading of exactly these words.
        if let Some(same) = groups.iter_mut().find(|group| group.words == positions) {
            same.concepts.push(phrase.concept);
            continue;
        }
        for &at in &positions {
            taken[at] = true;
        }
        groups.push(Group { words: positions, concepts: vec![phrase.concept] });
    }
    groups
}

/// Compounds typed as two words ("Spiel Sucht"); only words that are still free are joined.
pub(super) fn joined(lexicon: &Lexicon, tokens: &[Token<'_>], free: &[usize]) -> Vec<Group> {
    let mut found: Vec<(String, usize, usize)> = Vec::new();
    for &one in free {
        for &other in free {
            let joined = format!("{}{}", tokens[one].folded, tokens[other].folded);
            if one != other && !lexicon.meanings(&joined).is_empty() {
                found.push((joined, one, other));
            }
        }
    }
    found.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    let mut groups: Vec<Group> = Vec::new();
    for (word, one, other) in found {
        if !groups.iter().any(|group| group.words.contains(&one) || group.words.contains(&other)) {
            let words = vec![one.min(other), one.max(other)];
            groups.push(Group { words, concepts: lexicon.meanings(&word).to_vec() });
        }
    }
    groups
}
