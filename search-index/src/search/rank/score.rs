//! Counting, offer by offer, which units it covers and how well: term after term over the lists of the index.

use tantivy::schema::Field as List;

use super::Scratch;
use crate::search::{
    index::{Fields, IndexError, SearchIndex},
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

impl SearchIndex {
    /// Counts all units into the working memory.
    pub(crate) fn score(&self, units: &[Unit], scratch: &mut Scratch) -> Result<(), IndexError> {
        for (unit, number) in units.iter().zip(0u32..) {
            let mut anywhere = false;
            for alternative in alternatives(&self.fields, unit) {
                let worth = class(alternative.field) << CLASS | u32::from(alternative.quality) << QUALITY;
                anywhere |= self.count(alternative.list, alternative.term, 1 << number, worth, scratch)?;
            }
            for term in &unit.prose {
                // A description counts as a match only where nothing better is to be had in the whole directory.
                let bit = if anywhere { 1 << (number + PROSE) } else { 1 << number };
                let worth = if anywhere { 0 } else { 1 << QUALITY };
                self.count(self.fields.description, term, bit, worth, scratch)?;
            }
        }
        Ok(())
    }

    /// Counts one term: every offer in its list that has not got the bit yet gets it and what it is worth.
    fn count(
        &self,
        list: List,
        term: &str,
        bit: u32,
        worth: u32,
        scratch: &mut Scratch,
    ) -> Result<bool, IndexError> {
        let Some(info) = self.find(list, term)? else { return Ok(false) };
        let mut postings = self.postings(list, &info)?;
        while postings.block_len() > 0 {
            for &offer in postings.docs() {
                let tally = &mut scratch.tally[offer as usize];
                if *tally & bit == 0 {
                    *tally += bit | worth;
                    scratch.touched.insert(offer);
                }
            }
            postings.advance();
        }
        Ok(true)
    }
}
