//! What killed processes said they had done.

use std::collections::BTreeMap;

/// What must be true of an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    /// When it begins, in seconds; `None` if it was cancelled.
    pub(crate) start: Option<i64>,
    /// The same for a change that was begun and not acknowledged: it may or may not have happened.
    pub(crate) perhaps: Option<Option<i64>>,
    /// What she called herself.
    pub(crate) name: String,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) promises: BTreeMap<String, Promise>,
    /// Bookings that were begun and not acknowledged, by name.
    pub(crate) perhaps: Vec<String>,
    acknowledged: usize,
    refused: usize,
}

impl Ledger {
    /// Takes a line. One that is not whole is not understood.
    pub(crate) fn note(&mut self, line: &str) {
        let words: Vec<_> = line.split(' ').collect();
        match words[..] {
            ["booking", name, _] => self.perhaps.push(name.to_owned()),
            ["booked", id, start, name] if self.perhaps.last().is_some_and(|last| last == name) => {
                self.acknowledged += 1;
                self.perhaps.pop();
                let promise = Promise { start: start.parse().ok(), perhaps: None, name: name.to_owned() };
                self.promises.insert(id.to_owned(), promise);
            }
            ["cancelling" | "moving", id, start] => {
                let start = start.parse().ok().filter(|start| *start != 0);
                if let Some(promise) = self.promises.get_mut(id) {
                    promise.perhaps = Some(start);
                }
            }
            ["cancelled" | "moved", id, start] => {
                let start = start.parse().ok().filter(|start| *start != 0);
                if let Some(promise) = self.promises.get_mut(id)
                    && promise.perhaps == Some(start)
                {
                    self.acknowledged += 1;
                    promise.start = start;
                    promise.perhaps = None;
                }
            }
            // an error may come after a commit that nobody heard of: what was tried stays possible
            ["refused"] => self.refused += 1,
            _ => {}
        }
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged
    }

    pub(crate) fn refused(&self) -> usize {
        self.refused
    }
}
