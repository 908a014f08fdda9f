//! The lists of concepts, found when an index is opened: most of a query's terms are these.
//!
//! Where a list is so long that a bit per offer is shorter, it is kept in memory in that form, the one of a concept alone
//! as well as the one of a concept with all its special cases.

use std::collections::HashMap;

use tantivy::{postings::TermInfo, schema::Field};

use super::{IndexError, SearchIndex, TermKind};
use crate::search::{
    lexicon::{ConceptNo, Lexicon},
    rank::Bits,
};

/// From one offer in so many on, a list counts as long: a bit per offer then takes no more than a number per entry.
const ONE_IN: usize = 32;

/// The lists of one concept in the fields it may stand in.
pub(crate) type Lists = [ConceptList; 4];

/// The list of a concept in one field.
#[derive(Debug, Default)]
pub(crate) struct ConceptList {
    /// Where it is on the disk; `None` when no offer has it.
    pub(crate) info: Option<TermInfo>,
    /// The list itself, if it is long.
    alone: Option<Bits>,
    /// Together with all special cases, if that is long.
    together: Option<Bits>,
}

impl SearchIndex {
    fn concept_fields(&self) -> [Field; 4] {
        [self.fields.offer, self.fields.centre_name, self.fields.keyword, self.fields.description]
    }

    /// Finds the lists of all concepts, each under its term.
    pub(super) fn concept_lists(&self) -> Result<HashMap<String, Lists>, IndexError> {
        let mut lists: HashMap<String, Lists> = HashMap::new();
        for concept in self.lexicon.concepts() {
            for kind in [TermKind::Concept, TermKind::PartConcept] {
                let term = kind.term(&concept.id);
                let mut found = Lists::default();
                for (found, field) in found.iter_mut().zip(self.concept_fields()) {
                    found.info = self.lists(field).terms().get(&term)?;
                    let alone = found.info.as_slice();
                    found.alone = self.long(field, alone)?;
                }
                lists.insert(term, found);
            }
        }
        for (number, concept) in (0u16..).map(ConceptNo).zip(self.lexicon.concepts()) {
            for kind in [TermKind::Concept, TermKind::PartConcept] {
                let terms = with_special_cases(&self.lexicon, number, kind);
                if terms.len() < 2 {
                    continue;
                }
                for (at, field) in self.concept_fields().into_iter().enumerate() {
                    let infos = terms.iter().filter_map(|term| lists.get(term)?[at].info.clone());
                    let together = self.long(field, &infos.collect::<Vec<_>>())?;
                    if let Some(own) = lists.get_mut(&kind.term(&concept.id)) {
                        own[at].together = together;
                    }
                }
            }
        }
        Ok(lists)
    }

    /// The offers in any of the lists, if these are long.
    fn long(&self, field: Field, infos: &[TermInfo]) -> Result<Option<Bits>, IndexError> {
        let entries: usize = infos.iter().map(|info| info.doc_freq as usize).sum();
        if entries == 0 || entries < self.len_offers() / ONE_IN {
            return Ok(None);
        }
        let mut offers = Bits::default();
        offers.reset(self.len_offers());
        for info in infos {
            self.collect_postings(field, info, &mut offers)?;
        }
        Ok(Some(offers))
    }

    /// The list of a term, if it is the one of a concept.
    pub(crate) fn concept_list(&self, field: Field, term: &str) -> Option<&ConceptList> {
        let at = self.concept_fields().iter().position(|&known| known == field)?;
        Some(&self.concepts.get(term)?[at])
    }

    /// The offers with a concept or any of its special cases, in the way `term` says, if they are many.
    pub(crate) fn with_special_cases(&self, field: Field, term: &str, concept: ConceptNo) -> Option<&Bits> {
        let kind = [TermKind::Concept, TermKind::PartConcept];
        let kind = kind.into_iter().find(|kind| term.starts_with(kind.tag()))?;
        let list = self.concept_list(field, &kind.term(&self.lexicon.concept(concept).id))?;
        list.together.as_ref()
    }
}

impl ConceptList {
    /// The list itself, if it is long.
    pub(crate) fn alone(&self) -> Option<&Bits> {
        self.alone.as_ref()
    }
}

fn with_special_cases(lexicon: &Lexicon, concept: ConceptNo, kind: TermKind) -> Vec<String> {
    let special = lexicon.narrower(concept).into_iter().map(|special| special.concept);
    std::iter::once(concept).chain(special).map(|number| kind.term(&lexicon.concept(number).id)).collect()
}
