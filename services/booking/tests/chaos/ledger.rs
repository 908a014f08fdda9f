//! What killed processes said they had done.

use std::collections::{BTreeMap, BTreeSet};

/// How an appointment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// When it begins, in seconds.
    pub(crate) start: i64,
    /// With whom.
    pub(crate) with: String,
    pub(crate) version: u32,
    pub(crate) cancelled: bool,
}

/// A change that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Cancelled,
    MovedTo(i64),
    HandedTo(String),
}

/// What must be true of an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) fact: Fact,
    /// Was begun and not acknowledged: it may or may not have happened.
    pub(crate) perhaps: Option<Change>,
    /// What she called herself.
    pub(crate) name: String,
}

/// A time that is kept free for a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) id: String,
    /// In seconds.
    pub(crate) start: i64,
    /// Nothing was begun since that could have ended it.
    pub(crate) sure: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// By id.
    pub(crate) promises: BTreeMap<String, Promise>,
    /// By form.
    pub(crate) holds: BTreeMap<String, Held>,
    /// Forms that were begun and not acknowledged.
    pub(crate) perhaps: BTreeSet<String>,
    acknowledged: usize,
    refused: usize,
}

impl Ledger {
    /// Takes a line. One that is not whole is not understood.
    pub(crate) fn note(&mut self, line: &str) {
        let Some(line) = line.strip_suffix(" .") else { return };
        let words: Vec<_> = line.split(' ').collect();
        match words[..] {
            ["ready" | "forgetting"] => self.clock_moved(),
            ["holding" | "booking" | "releasing", form] => {
                self.perhaps.insert(form.to_owned());
                if let Some(held) = self.holds.get_mut(form) {
                    held.sure = false;
                }
            }
            ["held", id, start, form] => {
                self.settle(form);
                let start = start.parse().unwrap_or_default();
                self.holds.insert(form.to_owned(), Held { id: id.to_owned(), start, sure: true });
            }
            ["released", form] => {
                self.settle(form);
                self.holds.remove(form);
            }
            ["booked", id, start, with, version, form] => {
                self.settle(form);
                self.holds.remove(form);
                let fact = fact(start, with, version);
                let promise = Promise { fact, perhaps: None, name: form.to_owned() };
                self.promises.insert(id.to_owned(), promise);
            }
            ["cancelling", id] => self.begin(id, Change::Cancelled),
            ["moving", id, start] => self.begin(id, Change::MovedTo(start.parse().unwrap_or_default())),
            ["handing", id, with] => self.begin(id, Change::HandedTo(with.to_owned())),
            [done @ ("cancelled" | "changed"), id, start, with, version] => {
                if let Some(promise) = self.promises.get_mut(id) {
                    self.acknowledged += 1;
                    promise.fact = Fact { cancelled: done == "cancelled", ..fact(start, with, version) };
                    promise.perhaps = None;
                }
            }
            // nothing has happened
            ["taken", what] => {
                self.perhaps.remove(what);
                if let Some(promise) = self.promises.get_mut(what) {
                    promise.perhaps = None;
                }
            }
            // an error may come after a commit that nobody heard of: what was tried stays possible
            ["refused", _] => self.refused += 1,
            _ => {}
        }
    }

    /// Another clock may end what is held.
    pub(crate) fn clock_moved(&mut self) {
        self.holds.values_mut().for_each(|held| held.sure = false);
    }

    fn settle(&mut self, form: &str) {
        self.acknowledged += 1;
        self.perhaps.remove(form);
    }

    fn begin(&mut self, id: &str, change: Change) {
        if let Some(promise) = self.promises.get_mut(id) {
            promise.perhaps = Some(change);
        }
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged
    }

    pub(crate) fn refused(&self) -> usize {
        self.refused
    }
}

impl Promise {
    /// Whether it is kept by what is there.
    pub(crate) fn is_kept_by(&self, found: &Fact) -> bool {
        let next = Fact { version: self.fact.version + 1, ..self.fact.clone() };
        *found == self.fact
            || match &self.perhaps {
                None => false,
                Some(Change::Cancelled) => *found == Fact { cancelled: true, ..next },
                // with whoever was free then
                Some(Change::MovedTo(start)) => {
                    *found == Fact { start: *start, with: found.with.clone(), ..next }
                }
                Some(Change::HandedTo(with)) => *found == Fact { with: with.clone(), ..next },
            }
    }
}

fn fact(start: &str, with: &str, version: &str) -> Fact {
    let (start, version) = (start.parse().unwrap_or_default(), version.parse().unwrap_or_default());
    Fact { start, with: with.to_owned(), version, cancelled: false }
}
