//! What a unit of a query may mean, as terms of the index with a quality.

use crate::search::{
    analysis::stem,
    index::TermKind,
    lexicon::{ConceptNo, Lexicon},
};

/// How well a term stands for what was typed; higher is better.
///
/// A word, its inflected form and its synonym in any language are equally good: whoever types "Pleite" means what the
/// entry calls "Schulden", and the nearer of two such centres is the better one.
pub(crate) mod quality {
    /// The word, its inflected form, or its concept.
    pub(crate) const SAME: u8 = 12;
    /// A special case of what was typed.
    pub(crate) const NARROWER: u8 = 10;
    /// Part of a compound.
    pub(crate) const PART: u8 = 8;
    /// What was typed had an error; less for each further letter.
    pub(crate) const TYPO: u8 = 7;
    /// What was typed is the beginning of it.
    pub(crate) const BEGINNING: u8 = 5;
    /// The first part of a compound that is about something else in the main.
    pub(crate) const MODIFIER: u8 = 4;
    /// What was typed is a special case of it; less for each step.
    pub(crate) const BROADER: u8 = 3;
}

/// A term that may stand for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sense {
    /// The term as it stands in the index.
    pub(crate) term: String,
    /// How well it fits.
    pub(crate) quality: u8,
    /// Whether it only says that the offer is about something wider, whichever field it stands in.
    pub(crate) wider: bool,
    /// The concept it is a special case of, when the concept and all its special cases fit at least this well.
    pub(crate) special_of: Option<ConceptNo>,
}

/// The senses of a unit while it is being understood; each term once, with its best quality.
#[derive(Debug, Clone, Default)]
pub(crate) struct Senses(Vec<Sense>);

impl Senses {
    /// Adds a term.
    pub(crate) fn add(&mut self, kind: TermKind, text: &str, quality: u8) {
        self.push(Sense { term: kind.term(text), quality, wider: false, special_of: None });
    }

    /// Adds a term that is only about something wider.
    pub(crate) fn add_wider(&mut self, kind: TermKind, text: &str, quality: u8) {
        self.push(Sense { term: kind.term(text), quality, wider: true, special_of: None });
    }

    /// Adds a word as it is and as a part of compounds.
    pub(crate) fn add_word(&mut self, folded: &str, quality: u8) {
        let stemmed = stem(folded);
        self.add(TermKind::Word, folded, quality);
        self.add(TermKind::Town, folded, quality);
        self.add(TermKind::Stem, &stemmed, quality);
        self.add(TermKind::Part, &stemmed, quality.min(quality::PART));
    }

    /// Adds a concept with its special cases and with what it is a special case of.
    pub(crate) fn add_concept(&mut self, lexicon: &Lexicon, concept: ConceptNo, quality: u8) {
        let loss = quality::SAME - quality;
        let id = |concept: ConceptNo| lexicon.concept(concept).id.as_str();
        self.add(TermKind::Concept, id(concept), quality);
        self.add(TermKind::PartConcept, id(concept), quality.min(quality::PART));
        for special in lexicon.narrower(concept) {
            for (kind, quality) in
                [(TermKind::Concept, quality::NARROWER), (TermKind::PartConcept, quality::PART - 1)]
            {
                let term = kind.term(id(special.concept));
                let quality = quality.saturating_sub(loss).max(1);
                self.push(Sense { term, quality, wider: false, special_of: Some(concept) });
            }
        }
        for wide in lexicon.broader(concept) {
            self.add_wider(
                TermKind::Concept,
                id(wide.concept),
                quality::BROADER.saturating_sub(wide.steps).max(1),
            );
        }
    }

    fn push(&mut self, sense: Sense) {
        match self.0.iter_mut().find(|known| known.term == sense.term) {
            Some(known) if (known.wider, sense.quality) <= (sense.wider, known.quality) => {}
            Some(known) if known.wider || !sense.wider => *known = sense,
            Some(_) => {}
            None => self.0.push(sense),
        }
    }

    /// Takes over the senses of another.
    pub(crate) fn extend(&mut self, other: Senses) {
        for sense in other.0 {
            self.push(sense);
        }
    }

    /// The senses, best first; what is only wider comes last.
    pub(crate) fn sorted(mut self) -> Vec<Sense> {
        self.0.sort_by(|a, b| (a.wider, b.quality, &a.term).cmp(&(b.wider, a.quality, &b.term)));
        self.0
    }
}
