//! What somebody has not taken yet, in the room's one order. It is bounded, and nothing in it can be read here.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::{Frame, Limits};
use crate::protocol::Member;

/// A set of people of one room: each has a bit of her own while she is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bits(u32);

/// What is handed out for one number.
#[derive(Debug)]
pub(super) enum Thing {
    /// The same for everybody.
    Same(Frame),
    /// A commit, and the welcomes of those who come in by it.
    Commit { commit: Frame, welcomes: Vec<(Member, Frame)> },
}

/// A thing with its number, and who has not taken it yet.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) seq: u64,
    pub(super) at: Timestamp,
    pub(super) open: Bits,
    thing: Thing,
}

/// The ring.
#[derive(Debug, Default)]
pub(super) struct Ring {
    entries: VecDeque<Entry>,
    bytes: usize,
    last: u64,
}

impl Bits {
    /// As many people as can have a bit.
    pub(super) const MOST: usize = u32::BITS as usize;

    pub(super) const fn of(slot: u8) -> Self {
        Self(1 << slot)
    }

    pub(super) const fn has(self, slot: u8) -> bool {
        self.0 & (1 << slot) != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The lowest bit nobody has.
    pub(super) fn free(self) -> Option<u8> {
        u8::try_from(self.0.trailing_ones()).ok().filter(|slot| usize::from(*slot) < Self::MOST)
    }

    const fn without(self, slot: u8) -> Self {
        Self(self.0 & !(1 << slot))
    }
}

impl FromIterator<u8> for Bits {
    fn from_iter<I: IntoIterator<Item = u8>>(slots: I) -> Self {
        Self(slots.into_iter().fold(0, |bits, slot| bits | 1 << slot))
    }
}

impl Thing {
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Same(frame) => frame.len(),
            Self::Commit { commit, welcomes } => {
                commit.len() + welcomes.iter().map(|(_, frame)| frame.len()).sum::<usize>()
            }
        }
    }

    /// What this one gets.
    fn frame(&self, member: Member) -> &Frame {
        match self {
            Self::Same(frame) => frame,
            Self::Commit { commit, welcomes } => {
                welcomes.iter().find(|(who, _)| *who == member).map_or(commit, |(_, frame)| frame)
            }
        }
    }
}

impl Entry {
    pub(super) fn frame(&self, member: Member) -> &Frame {
        self.thing.frame(member)
    }
}

impl Ring {
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The number the next thing gets.
    pub(super) fn next(&self) -> u64 {
        self.last + 1
    }

    /// Whether so many more bytes have room.
    pub(super) fn fits(&self, bytes: usize, limits: &Limits) -> bool {
        self.entries.len() < limits.things && self.bytes + bytes <= limits.bytes
    }

    /// Whether it is worth while to let senders go on.
    pub(super) fn has_space(&self, limits: &Limits) -> bool {
        self.entries.len() <= limits.things / 2 && self.bytes <= limits.bytes / 2
    }

    /// Takes a thing in for these people; for nobody it only gets its number.
    pub(super) fn push(&mut self, thing: Thing, open: Bits, at: Timestamp) {
        self.last += 1;
        if !open.is_empty() {
            self.bytes += thing.bytes();
            self.entries.push_back(Entry { seq: self.last, at, open, thing });
        }
    }

    /// What comes after this number for one person.
    pub(super) fn after(&self, seq: u64, slot: u8) -> Option<&Entry> {
        let from = self.entries.partition_point(|entry| entry.seq <= seq);
        self.entries.range(from..).find(|entry| entry.open.has(slot))
    }

    /// The oldest thing this person has not taken.
    pub(super) fn oldest(&self, slot: u8) -> Option<&Entry> {
        self.after(0, slot)
    }

    /// This person has taken everything up to a number; tells each of these things as it leaves her.
    pub(super) fn taken(&mut self, slot: u8, upto: u64, mut left: impl FnMut(&Entry)) {
        for entry in self.entries.iter_mut().take_while(|entry| entry.seq <= upto) {
            if entry.open.has(slot) {
                left(entry);
                entry.open = entry.open.without(slot);
            }
        }
        self.drop_closed();
    }

    /// This person is gone.
    pub(super) fn forget(&mut self, slot: u8) {
        self.taken(slot, u64::MAX, |_| {});
    }

    /// Everybody is gone.
    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }

    fn drop_closed(&mut self) {
        while self.entries.front().is_some_and(|entry| entry.open.is_empty()) {
            self.bytes -= self.entries.pop_front().map_or(0, |entry| entry.thing.bytes());
        }
        if self.entries.iter().any(|entry| entry.open.is_empty()) {
            let bytes = &mut self.bytes;
            self.entries.retain(|entry| {
                let keep = !entry.open.is_empty();
                if !keep {
                    *bytes -= entry.thing.bytes();
                }
                keep
            });
        }
        if self.entries.is_empty() {
            // a quiet room keeps no memory for its loudest moment
            self.entries.shrink_to(8);
        }
    }

    #[cfg(test)]
    pub(super) fn load(&self) -> (usize, usize) {
        let counted: usize = self.entries.iter().map(|entry| entry.thing.bytes()).sum();
        assert_eq!(counted, self.bytes, "what is counted is what is there");
        (self.entries.len(), self.bytes)
    }
}
