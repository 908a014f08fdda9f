//! Concepts: what words of any language stand for.

use std::collections::BTreeMap;

use super::Lexicon;

/// Position of a concept in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ConceptNo(pub(crate) u16);

/// A need or a circumstance, independent of language.
#[derive(Debug, Clone)]
pub(crate) struct Concept {
    /// Its id ("rent_arrears").
    pub(crate) id: String,
    /// What it is a special case of.
    pub(crate) parents: Vec<ConceptNo>,
    /// Its special cases.
    pub(crate) children: Vec<ConceptNo>,
    /// Its surface forms as written, by language.
    pub(crate) surfaces: BTreeMap<String, Vec<String>>,
}

/// A concept some steps up or down from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Relative {
    /// The concept.
    pub(crate) concept: ConceptNo,
    /// How many steps away, at least 1.
    pub(crate) steps: u8,
}

impl Lexicon {
    /// Everything the concept is a special case of, nearest first.
    pub(crate) fn broader(&self, concept: ConceptNo) -> Vec<Relative> {
        self.climb(concept, |concept| &concept.parents)
    }

    /// Every special case of the concept, nearest first.
    pub(crate) fn narrower(&self, concept: ConceptNo) -> Vec<Relative> {
        self.climb(concept, |concept| &concept.children)
    }

    fn climb(&self, from: ConceptNo, next: impl Fn(&Concept) -> &[ConceptNo]) -> Vec<Relative> {
        let mut found = vec![Relative { concept: from, steps: 0 }];
        let mut at = 0;
        while let Some(&Relative { concept, steps }) = found.get(at) {
            for &concept in next(self.concept(concept)) {
                if !found.iter().any(|known| known.concept == concept) {
                    found.push(Relative { concept, steps: steps.saturating_add(1) });
                }
            }
            at += 1;
        }
        found.remove(0);
        found
    }
}
