//! What is known in memory about a day's file: who holds which slot. Never the keys.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::slot::Mark;

/// Who holds a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Nobody: it is all zero.
    Nobody,
    /// A key that opens.
    Alive { mark: Mark, due: Timestamp },
    /// A key that opens no more, and is not known to be overwritten.
    Dying { mark: Mark, due: Timestamp },
    /// Something unknown, left alone until the day is over.
    Foreign,
}

/// The slots of a day.
#[derive(Debug, Default)]
pub(super) struct Day {
    slots: Vec<Holder>,
    free: BTreeSet<u32>,
}

impl Day {
    /// Takes the next slot as it was found in the file.
    pub(super) fn found(&mut self, holder: Holder) {
        let slot = self.next();
        if holder == Holder::Nobody {
            self.free.insert(slot);
        }
        self.slots.push(holder);
    }

    /// Gives a free slot to a key.
    pub(super) fn take(&mut self, mark: Mark, due: Timestamp) -> u32 {
        let holder = Holder::Alive { mark, due };
        match self.free.pop_first() {
            Some(slot) => {
                self.slots[slot as usize] = holder;
                slot
            }
            None => {
                let slot = self.next();
                self.slots.push(holder);
                slot
            }
        }
    }

    /// Who holds the slot.
    pub(super) fn holder(&self, slot: u32) -> Holder {
        self.slots.get(slot as usize).copied().unwrap_or(Holder::Nobody)
    }

    /// The key in the slot opens no more.
    pub(super) fn condemn(&mut self, slot: u32) {
        if let Some(holder) = self.slots.get_mut(slot as usize)
            && let Holder::Alive { mark, due } = *holder
        {
            *holder = Holder::Dying { mark, due };
        }
    }

    /// Zeros are synced over the slot. A slot that has got a new key meanwhile is left alone.
    pub(super) fn buried(&mut self, slot: u32) {
        if let Some(holder @ Holder::Dying { .. }) = self.slots.get_mut(slot as usize) {
            *holder = Holder::Nobody;
            self.free.insert(slot);
        }
    }

    /// All slots with their numbers.
    pub(super) fn slots(&self) -> impl Iterator<Item = (u32, Holder)> {
        (0..).zip(self.slots.iter().copied())
    }

    /// Whether its file can go: nobody holds a slot, or, once the day is over, only what is unknown.
    pub(super) fn is_dead(&self, over: bool) -> bool {
        self.slots.iter().all(|holder| match holder {
            Holder::Nobody => true,
            Holder::Foreign => over,
            Holder::Alive { .. } | Holder::Dying { .. } => false,
        })
    }

    fn next(&self) -> u32 {
        u32::try_from(self.slots.len()).unwrap_or(u32::MAX)
    }
}
