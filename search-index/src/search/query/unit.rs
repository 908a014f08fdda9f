//! The units of a query: each content concept of the words is one.

use super::{
    Sense,
    bag::{Group, joined, phrases},
    expand::Understood,
    quality,
    sense::Senses,
};
use crate::search::{
    analysis::{Token, tokens},
    index::{IndexError, SearchIndex, TermKind},
    lexicon::{ConceptNo, TextWord},
};

/// What is read of a query; nobody types more, and ten megabytes must cost nothing.
const MAX_BYTES: usize = 2_000;
/// Words that are looked at.
const MAX_WORDS: usize = 32;
/// Units that count; what is said beyond them is ignored.
pub(crate) const MAX_UNITS: usize = 8;

/// One thing the person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The words as they were typed.
    pub(crate) text: String,
    /// What may stand for it, best first.
    pub(crate) senses: Vec<Sense>,
    /// What stands for it in a description.
    pub(crate) prose: Vec<Sense>,
}

/// A unit in the making.
struct Draft {
    words: Vec<usize>,
    concepts: Vec<ConceptNo>,
    senses: Senses,
}

impl SearchIndex {
    /// The units of what was typed, in the order of their first words.
    pub(crate) fn units(&self, typed: &str) -> Result<Vec<Unit>, IndexError> {
        let typed = beginning(typed);
        let tokens: Vec<Token<'_>> = tokens(typed).take(MAX_WORDS).collect();
        let words: Vec<TextWord> = tokens.iter().map(|token| self.lexicon.text_word(&token.folded)).collect();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut used = vec![false; words.len()];
        let keep = |group: Group, used: &mut Vec<bool>, drafts: &mut Vec<Draft>| {
            for &at in &group.words {
                used[at] = true;
            }
            drafts.push(self.draft_of(group, &words));
        };
        let (said, idle): (Vec<Group>, Vec<Group>) = phrases(&self.lexicon, &words)
            .into_iter()
            .partition(|group| group.words.iter().any(|&at| !words[at].stop));
        for group in said {
            keep(group, &mut used, &mut drafts);
        }
        let free: Vec<usize> = (0..words.len()).filter(|&at| !used[at] && !words[at].stop).collect();
        for group in joined(&self.lexicon, &tokens, &free) {
            keep(group, &mut used, &mut drafts);
        }
        let mut generic = Vec::new();
        let free: Vec<usize> = free.into_iter().filter(|&at| !used[at]).collect();
        let understood = |at: &usize| !self.lexicon.meanings_inflected(&words[*at].folded).is_empty();
        let alone = drafts.is_empty() && !free.iter().any(understood);
        for at in free {
            match self.understand(&tokens[at], alone)? {
                Understood::Generic => generic.push(at),
                Understood::Senses(senses) => drafts.push(Draft {
                    words: vec![at],
                    concepts: self.lexicon.meanings_inflected(&words[at].folded).to_vec(),
                    senses,
                }),
            }
        }
        // "Ich kann nicht mehr" is a cry for help, "Ich kann die Miete nicht mehr zahlen" is about the rent.
        if drafts.is_empty() {
            drafts.extend(idle.into_iter().map(|group| self.draft_of(group, &words)));
        }
        if drafts.is_empty() && !generic.is_empty() {
            drafts.push(self.generic_draft(generic, &words));
        }
        Ok(finish(drafts, &tokens, &words))
    }

    fn draft_of(&self, group: Group, words: &[TextWord]) -> Draft {
        let mut senses = Senses::default();
        for &concept in &group.concepts {
            senses.add_concept(&self.lexicon, concept, quality::SAME);
        }
        if let [at] = group.words.as_slice() {
            senses.add_word(&words[*at].folded, quality::SAME);
        }
        Draft { words: group.words, concepts: group.concepts, senses }
    }

    /// Words that fit every centre are one unit, and only when nothing else was said.
    fn generic_draft(&self, generic: Vec<usize>, words: &[TextWord]) -> Draft {
        let mut senses = Senses::default();
        for &at in &generic {
            let folded = &words[at].folded;
            senses.add_word(folded, quality::SAME);
            for part in self.lexicon.splitter().split(folded) {
                senses.add_word(part, quality::PART);
            }
        }
        Draft { words: generic, concepts: Vec::new(), senses }
    }
}

fn finish(drafts: Vec<Draft>, tokens: &[Token<'_>], words: &[TextWord]) -> Vec<Unit> {
    let mut merged: Vec<Draft> = Vec::new();
    for mut draft in drafts {
        draft.concepts.sort_unstable();
        draft.concepts.dedup();
        let same = |known: &&mut Draft| {
            if draft.concepts.is_empty() {
                let stems =
                    |draft: &Draft| draft.words.iter().map(|&at| words[at].stem.clone()).collect::<Vec<_>>();
                known.concepts.is_empty() && stems(known) == stems(&draft)
            } else {
                known.concepts == draft.concepts
            }
        };
        match merged.iter_mut().find(same) {
            Some(known) => {
                known.words.extend(draft.words);
                known.senses.extend(draft.senses);
            }
            None => merged.push(draft),
        }
    }
    for draft in &mut merged {
        draft.words.sort_unstable();
    }
    merged.sort_by_key(|draft| draft.words.first().copied());
    merged.truncate(MAX_UNITS);
    #[cfg(test)]
    if crate::search::rank::is_active(crate::search::rank::Mutant::ReadsFirstWordOnly) {
        merged.truncate(1);
    }
    merged.into_iter().map(|draft| unit(draft, tokens)).collect()
}

fn unit(draft: Draft, tokens: &[Token<'_>]) -> Unit {
    let text = draft.words.iter().map(|&at| tokens[at].raw).collect::<Vec<_>>().join(" ");
    let senses = draft.senses.sorted();
    let plain = [TermKind::Word, TermKind::Stem, TermKind::Concept].map(TermKind::tag);
    let prose = senses
        .iter()
        .filter(|sense| !sense.wider && sense.quality >= quality::BEGINNING && sense.term.starts_with(plain))
        .cloned()
        .collect();
    Unit { text, senses, prose }
}

fn beginning(typed: &str) -> &str {
    #[cfg(test)]
    if crate::search::rank::is_active(crate::search::rank::Mutant::CutsLetters) {
        return &typed[..typed.len().min(MAX_BYTES)];
    }
    &typed[..typed.floor_char_boundary(MAX_BYTES)]
}
