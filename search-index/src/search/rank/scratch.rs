//! The working memory of a search: reused, because filling megabytes anew for every search would cost more than it.

use super::{Bits, ones};
use crate::search::index::SearchIndex;

/// Working memories kept for later searches; more would only serve a peak that is over.
const MOST_IDLE: usize = 16;

/// Working memory for an index of a certain size. All sets are empty between searches.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Per bit of a `Tally`: the offers that have it, which is the units they cover and the units their description names.
    pub(crate) sets: [Bits; 16],
    /// Offers that may be shown.
    pub(crate) candidates: Bits,
    /// Offers of other centres that cover a place.
    pub(crate) others: Bits,
    /// Centres with a candidate.
    pub(crate) centres: Bits,
    /// Those of them with one that covers a place.
    pub(crate) placed: Bits,
    /// Those of them with one that is responsible for a place.
    pub(crate) own: Bits,
    /// How many word units each of them covers, as the four digits of a binary number, lowest first.
    pub(crate) covered: [Bits; 4],
    /// The candidates of the centres being weighed.
    pub(crate) chosen: Bits,
    /// Numbers of the words of `chosen` that are not empty.
    pub(crate) busy: Vec<u32>,
    /// The chosen offers that have not been found in any list yet.
    pub(crate) left: Bits,
    /// Every offer that was ever chosen.
    pub(crate) weighed: Bits,
    /// Per offer that was chosen: what it covers and how well (see `Tally`).
    pub(crate) tally: Vec<u32>,
}

impl Scratch {
    /// The bits of an offer's tally: units covered and units named in the description.
    pub(crate) fn bits(&self, offer: u32) -> u32 {
        (0u32..).zip(&self.sets).fold(0, |bits, (bit, set)| bits | u32::from(set.contains(offer)) << bit)
    }

    /// Per unit: the offers whose description names it.
    pub(crate) fn named(&self) -> &[Bits] {
        &self.sets[self.sets.len() / 2..]
    }

    fn sets(&mut self) -> impl Iterator<Item = &mut Bits> {
        let Self { sets, candidates, others, centres, placed, own, covered, chosen, left, weighed, .. } =
            self;
        sets.iter_mut()
            .chain(covered)
            .chain([candidates, others, centres, placed, own, chosen, left, weighed])
    }
}

impl SearchIndex {
    /// Takes a wiped working memory.
    pub(crate) fn scratch(&self) -> Scratch {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        idle.unwrap_or_else(|| Scratch { tally: vec![0; self.len_offers()], ..Scratch::default() })
    }

    /// Wipes a working memory, so that nothing of the search remains, and keeps it for the next.
    pub(crate) fn put_back(&self, mut scratch: Scratch) {
        let Scratch { weighed, tally, busy, .. } = &mut scratch;
        for (tallies, &word) in tally.chunks_mut(64).zip(weighed.words()) {
            ones(word).for_each(|bit| tallies[bit as usize] = 0);
        }
        busy.fill(0);
        busy.clear();
        scratch.sets().for_each(Bits::wipe);
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MOST_IDLE
        {
            idle.push(scratch);
        }
    }
}
