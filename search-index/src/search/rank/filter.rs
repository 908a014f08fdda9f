//! Conditions a hit must meet.

use super::{Around, Bits, ones};
use crate::search::{
    index::{IndexError, SearchIndex, WHEELCHAIR, chord2_of_km, mode_flag, primary},
    model::Filters,
};

/// The conditions, ready to be asked offer by offer.
#[derive(Debug)]
pub(crate) struct Filter {
    /// Offers of the topic and in the language; `None` means all.
    listed: Option<Bits>,
    modes: u8,
    wheelchair: bool,
    radius2: Option<f32>,
    /// Whether there is no condition at all, which is the rule and worth a short cut.
    open: bool,
}

impl Filter {
    /// The conditions of a request.
    pub(crate) fn new(index: &SearchIndex, filters: &Filters) -> Result<Self, IndexError> {
        let mut listed: Option<Bits> = None;
        let mut conditions: Vec<(_, Vec<String>)> = Vec::new();
        if let Some(topic) = &filters.topic {
            conditions.push((index.fields.topic, index.lexicon.topic_with_narrower(topic)));
        }
        if let Some(language) = &filters.language {
            let language = language.to_ascii_lowercase();
            let tags = vec![primary(&language).to_owned()];
            conditions.push((index.fields.language, tags));
        }
        for (list, terms) in conditions {
            let mut offers = Bits::default();
            offers.reset(index.len_offers());
            for term in terms {
                index.collect_into(list, &term, &mut offers)?;
            }
            match listed.as_mut() {
                Some(listed) => listed.intersect(&offers),
                None => listed = Some(offers),
            }
        }
        Ok(Self {
            listed,
            modes: filters.modes.iter().fold(0, |flags, &mode| flags | mode_flag(mode)),
            wheelchair: filters.wheelchair,
            radius2: filters.radius_km.map(chord2_of_km),
            open: *filters == Filters::default(),
        })
    }

    /// Keeps only the offers that meet them.
    pub(crate) fn apply(&self, index: &SearchIndex, around: &[Around<'_>], offers: &mut Bits) {
        if self.open {
            return;
        }
        for (at, word) in (0u32..).zip(offers.words_mut()) {
            for bit in ones(*word) {
                if !self.admits(index, around, at * 64 + bit) {
                    *word ^= 1 << bit;
                }
            }
        }
    }

    /// Whether an offer meets them. A radius means nothing without a place to measure from.
    #[inline]
    pub(crate) fn admits(&self, index: &SearchIndex, around: &[Around<'_>], offer: u32) -> bool {
        if self.open {
            return true;
        }
        let flags = index.columns.flags[offer as usize];
        self.listed.as_ref().is_none_or(|listed| listed.contains(offer))
            && (self.modes == 0 || flags & self.modes != 0)
            && (!self.wheelchair || flags & WHEELCHAIR != 0)
            && self.radius2.filter(|_| !around.is_empty()).is_none_or(|radius2| {
                let point = index.columns.sphere[index.columns.centre[offer as usize] as usize];
                around.iter().any(|place| place.chord2(point) <= radius2)
            })
    }
}
