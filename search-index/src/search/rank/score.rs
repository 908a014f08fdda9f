//! Counting which offers cover which units, and how well those do that can still reach the page.
//!
//! Covering is decided for all offers at once, 64 in a word; how well is only asked of the chosen ones.

use tantivy::{postings::TermInfo, schema::Field as List};

use super::{Bits, Scratch, ones};
use crate::search::{
    index::{ConceptList, Fields, IndexError, SearchIndex},
    lexicon::ConceptNo,
    model::Field,
    query::{Sense, Unit},
};

/// What an offer covers, packed: which units (8 bits), which units its description names (8 bits), the sum of field
/// classes (6 bits) and the sum of qualities (7 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally(pub(crate) u32);

const PROSE: u32 = 8;
const CLASS: u32 = 16;
const QUALITY: u32 = 22;

impl Tally {
    /// The units covered, one bit each.
    pub(crate) fn units(self) -> u32 {
        self.0 & 0xff
    }

    /// The units the description names, one bit each.
    pub(crate) fn prose(self) -> u32 {
        self.0 >> PROSE & 0xff
    }

    /// The sum of field classes over the units covered.
    pub(crate) fn class(self) -> u32 {
        self.0 >> CLASS & 0x3f
    }

    /// The sum of qualities over the units covered.
    pub(crate) fn quality(self) -> u32 {
        self.0 >> QUALITY & 0x7f
    }
}

/// A term in a field that may stand for a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alternative<'u> {
    /// Where it stands.
    pub(crate) list: List,
    /// Its text in the index.
    pub(crate) term: &'u str,
    /// What it is worth: the field, or `Topic` where it is only about something wider.
    pub(crate) field: Field,
    /// How well it fits.
    pub(crate) quality: u8,
    /// The concept whose special cases all fit at least this well, this being one of them.
    pub(crate) special_of: Option<ConceptNo>,
}

/// What a match in a field is worth.
pub(crate) const fn class(field: Field) -> u32 {
    match field {
        Field::Description => 0,
        Field::Topic => 1,
        Field::Keyword => 2,
        Field::CentreName => 3,
        Field::Offer => 4,
        Field::Distance | Field::Area => 0,
    }
}

impl Alternative<'_> {
    /// What it adds to a tally besides its bit.
    pub(crate) fn worth(&self) -> u32 {
        class(self.field) << CLASS | u32::from(self.quality) << QUALITY
    }
}

/// All alternatives of a unit, the most valuable first, so that the first one an offer has is its best.
pub(crate) fn alternatives<'u>(fields: &Fields, unit: &'u Unit) -> Vec<Alternative<'u>> {
    let lists = [
        (fields.offer, Field::Offer),
        (fields.centre_name, Field::CentreName),
        (fields.keyword, Field::Keyword),
    ];
    let of = |sense: &'u Sense, (list, field): (List, Field)| Alternative {
        list,
        term: &sense.term,
        field: if sense.wider { Field::Topic } else { field },
        quality: sense.quality,
        special_of: sense.special_of,
    };
    let (wider, same): (Vec<&Sense>, Vec<&Sense>) = unit.senses.iter().partition(|sense| sense.wider);
    let mut found: Vec<Alternative<'u>> = Vec::new();
    for list in lists {
        found.extend(same.iter().map(|sense| of(sense, list)));
    }
    for sense in wider {
        found.extend(lists.into_iter().map(|list| of(sense, list)));
    }
    found
}

/// What stands for a unit in a description, of equal worth.
pub(crate) fn in_prose<'u>(fields: &Fields, unit: &'u Unit) -> Vec<Alternative<'u>> {
    let of = |sense: &'u Sense| Alternative {
        list: fields.description,
        term: &sense.term,
        field: Field::Description,
        quality: 1,
        special_of: sense.special_of,
    };
    unit.prose.iter().map(of).collect()
}

/// The bit of a unit in a tally, with the lists of offers that get it.
#[derive(Debug)]
pub(crate) struct Count<'i> {
    bit: u32,
    layers: Vec<Layer<'i>>,
}

/// A list of offers and what standing in it is worth to those that stand in none before it.
#[derive(Debug)]
struct Layer<'i> {
    offers: Listed<'i>,
    worth: u32,
}

#[derive(Debug)]
enum Listed<'i> {
    /// In memory, a bit per offer.
    Dense(&'i Bits),
    /// On the disk.
    Postings(List, TermInfo),
}

impl SearchIndex {
    /// The lists the units are counted by.
    pub(crate) fn counts(&self, units: &[Unit]) -> Result<Vec<Count<'_>>, IndexError> {
        let mut counts = Vec::new();
        for (unit, bit) in units.iter().zip(0u32..) {
            let strong = self.layers(&alternatives(&self.fields, unit), |alternative| alternative.worth())?;
            // A description counts as a match only where nothing better is to be had in the whole directory.
            if strong.is_empty() {
                let layers = self.layers(&in_prose(&self.fields, unit), |alternative| alternative.worth())?;
                counts.push(Count { bit, layers });
            } else {
                counts.push(Count { bit, layers: strong });
                let layers = self.layers(&in_prose(&self.fields, unit), |_| 0)?;
                counts.push(Count { bit: bit + PROSE, layers });
            }
        }
        Ok(counts)
    }

    fn layers(
        &self,
        alternatives: &[Alternative<'_>],
        worth: impl Fn(&Alternative<'_>) -> u32,
    ) -> Result<Vec<Layer<'_>>, IndexError> {
        let mut layers = Vec::new();
        let mut together = Vec::new();
        for alternative in alternatives {
            let &Alternative { list, term, special_of, .. } = alternative;
            let worth = worth(alternative);
            // One list says it for all special cases. The first of them is the best, so the list comes in its place.
            if let Some(concept) = special_of
                && let Some(offers) = self.with_special_cases(list, term, concept)
            {
                let which = (list, term.as_bytes().first(), concept);
                if !together.contains(&which) {
                    together.push(which);
                    layers.push(Layer { offers: Listed::Dense(offers), worth });
                }
                continue;
            }
            let alone = self.concept_list(list, term).and_then(ConceptList::alone);
            let offers = match alone {
                Some(offers) => Listed::Dense(offers),
                None => match self.find(list, term)? {
                    Some(info) => Listed::Postings(list, info),
                    None => continue,
                },
            };
            layers.push(Layer { offers, worth });
        }
        Ok(layers)
    }

    /// Finds out which offers cover which unit.
    pub(crate) fn cover(&self, counts: &[Count<'_>], scratch: &mut Scratch) -> Result<(), IndexError> {
        for count in counts {
            let covering = &mut scratch.sets[count.bit as usize];
            covering.make_room(self.len_offers());
            for layer in &count.layers {
                match &layer.offers {
                    Listed::Dense(offers) => covering.unite(offers),
                    Listed::Postings(list, info) => self.collect_postings(*list, info, covering)?,
                }
            }
        }
        Ok(())
    }

    /// Fills in the tallies of the chosen offers.
    pub(crate) fn weigh(&self, counts: &[Count<'_>], scratch: &mut Scratch) -> Result<(), IndexError> {
        let Scratch { chosen, busy, left, weighed, tally, .. } = scratch;
        left.make_room(self.len_offers());
        weighed.make_room(self.len_offers());
        let mut offers = 0;
        for &at in busy.iter() {
            let at = at as usize;
            weighed.words_mut()[at] |= chosen.words()[at];
            offers += chosen.words()[at].count_ones();
        }
        for Count { bit, layers } in counts {
            for &at in busy.iter() {
                left.words_mut()[at as usize] = chosen.words()[at as usize];
            }
            let mut open = offers;
            for layer in layers {
                let gain = 1 << bit | layer.worth;
                open -= match &layer.offers {
                    Listed::Dense(listed) => weigh_dense(listed, gain, busy, left, tally),
                    Listed::Postings(list, info) if open < info.doc_freq / 64 => {
                        self.weigh_few(*list, info, gain, busy, left, tally)?
                    }
                    Listed::Postings(list, info) => self.weigh_many(*list, info, gain, left, tally)?,
                };
                if open == 0 {
                    break;
                }
            }
            busy.iter().for_each(|&at| left.words_mut()[at as usize] = 0);
        }
        Ok(())
    }

    /// Looks up the offers left in a list, skipping from one to the next; how many are in it.
    fn weigh_few(
        &self,
        list: List,
        info: &TermInfo,
        gain: u32,
        busy: &[u32],
        left: &mut Bits,
        tally: &mut [u32],
    ) -> Result<u32, IndexError> {
        let mut found = 0;
        let mut postings = self.postings(list, info)?;
        for &at in busy {
            for bit in ones(left.words()[at as usize]) {
                let offer = at * 64 + bit;
                let position = postings.seek(offer);
                if postings.docs().get(position) == Some(&offer) {
                    found += 1;
                    left.remove(offer);
                    tally[offer as usize] += gain;
                }
            }
        }
        Ok(found)
    }

    /// Goes through a list and picks out the offers left; how many there were.
    fn weigh_many(
        &self,
        list: List,
        info: &TermInfo,
        gain: u32,
        left: &mut Bits,
        tally: &mut [u32],
    ) -> Result<u32, IndexError> {
        let mut found = 0;
        let mut postings = self.postings(list, info)?;
        while postings.block_len() > 0 {
            for &offer in postings.docs() {
                if left.contains(offer) {
                    found += 1;
                    left.remove(offer);
                    tally[offer as usize] += gain;
                }
            }
            postings.advance();
        }
        Ok(found)
    }
}

/// Picks out the offers left in a list in memory; how many there were.
fn weigh_dense(listed: &Bits, gain: u32, busy: &[u32], left: &mut Bits, tally: &mut [u32]) -> u32 {
    let (listed, left) = (listed.words(), left.words_mut());
    let mut picked = 0;
    for &at in busy {
        let found = listed[at as usize] & left[at as usize];
        left[at as usize] ^= found;
        for bit in ones(found) {
            picked += 1;
            tally[(at * 64 + bit) as usize] += gain;
        }
    }
    picked
}
