//! The working memory of a search: reused, because filling megabytes anew for every search would cost more than it.

use super::Bits;
use crate::search::index::SearchIndex;

/// Working memories kept for later searches; more would only serve a peak that is over.
const MOST_IDLE: usize = 16;

/// Working memory for an index of a certain size.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Per offer: what it covers and how well (see `Tally`).
    pub(crate) tally: Vec<u32>,
    /// The offers whose tally is not zero.
    pub(crate) touched: Bits,
    /// Offers that may be shown.
    pub(crate) candidates: Vec<u32>,
}

impl SearchIndex {
    /// Takes a wiped working memory.
    pub(crate) fn scratch(&self) -> Scratch {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        idle.unwrap_or_else(|| {
            let mut scratch = Scratch { tally: vec![0; self.len_offers()], ..Scratch::default() };
            scratch.touched.reset(self.len_offers());
            scratch
        })
    }

    /// Wipes a working memory, so that nothing of the search remains, and keeps it for the next.
    pub(crate) fn put_back(&self, mut scratch: Scratch) {
        for offer in scratch.touched.iter() {
            scratch.tally[offer as usize] = 0;
        }
        scratch.touched.reset(self.len_offers());
        scratch.candidates.fill(0);
        scratch.candidates.clear();
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MOST_IDLE
        {
            idle.push(scratch);
        }
    }
}
