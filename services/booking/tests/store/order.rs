//! Whether what people were told can have happened in some order: one operation after the other, none before it was asked
//! for and none after it was answered.
//!
//! The model is slow and simple on purpose: it knows nothing of ticks and claims, and compares every two places.

use std::collections::{BTreeMap, HashSet};

use booking::store::Place;

/// By id: where, over which version, and whether it is an appointment already.
pub(crate) type Standing = BTreeMap<String, (Kept, u32, bool)>;

/// A place as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Kept {
    with: String,
    room: Option<String>,
    from: i64,
    to: i64,
    seats: u32,
}

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Hold(String, Kept),
    Release(String),
    Book(String, Kept),
    Move(String, u32, Kept),
    Cancel(String, u32),
    /// All appointments, as they were answered.
    Read(BTreeMap<String, Kept>),
}

/// An operation with its answer, and when both were.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) asked: u64,
    pub(crate) answered: u64,
    pub(crate) what: What,
    /// Refused otherwise.
    pub(crate) done: bool,
}

impl Kept {
    pub(crate) fn of(place: &Place) -> Self {
        Self {
            with: place.resource_id.clone(),
            room: place.room_id.clone(),
            from: place.claimed.from.as_second(),
            to: place.claimed.to.as_second(),
            seats: place.capacity,
        }
    }

    fn is_at_the_time_of(&self, other: &Self) -> bool {
        let same_room = Self { room: other.room.clone(), ..self.clone() };
        same_room == *other
    }

    fn is_in_the_way_of(&self, other: &Self) -> bool {
        let same_group = self.seats > 1 && self == other;
        let shared = self.with == other.with || (self.room.is_some() && self.room == other.room);
        !same_group && shared && self.from < other.to && other.from < self.to
    }
}

/// Where the longest order ends that explains anything: how things stood, and what cannot have been answered then.
#[derive(Debug, Default)]
#[expect(dead_code, reason = "whoever looks for the fault reads it")]
pub(crate) struct Stuck {
    explained: usize,
    standing: Standing,
    unexplained: Vec<Operation>,
}

/// Looks for an order of all of it.
pub(crate) fn explain(history: &[Operation]) -> Result<(), Stuck> {
    let mut history = history.to_vec();
    history.sort_by_key(|operation| operation.asked);
    let mut search =
        Search { past: vec![false; history.len()], history, seen: HashSet::new(), stuck: Stuck::default() };
    if search.goes_on(&Standing::new(), 0) { Ok(()) } else { Err(search.stuck) }
}

struct Search {
    history: Vec<Operation>,
    past: Vec<bool>,
    seen: HashSet<(Vec<bool>, Standing)>,
    stuck: Stuck,
}

impl Search {
    /// Whether everything that is not past can come in some order.
    fn goes_on(&mut self, now: &Standing, explained: usize) -> bool {
        let open: Vec<_> = (0..self.history.len()).filter(|at| !self.past[*at]).collect();
        let Some(first_answer) = open.iter().map(|at| self.history[*at].answered).min() else { return true };
        let next: Vec<_> = open.into_iter().take_while(|at| self.history[*at].asked < first_answer).collect();
        for at in &next {
            let Some(then) = after(now, &self.history[*at]) else { continue };
            self.past[*at] = true;
            if self.seen.insert((self.past.clone(), then.clone())) && self.goes_on(&then, explained + 1) {
                return true;
            }
            self.past[*at] = false;
        }
        if explained >= self.stuck.explained {
            let unexplained = next.into_iter().map(|at| self.history[at].clone()).collect();
            self.stuck = Stuck { explained, standing: now.clone(), unexplained };
        }
        false
    }
}

/// How things stand after an operation; `None` when it cannot have been answered so.
fn after(now: &Standing, operation: &Operation) -> Option<Standing> {
    let stands =
        |id: &String, version: u32| now.get(id).is_some_and(|(_, is, booked)| *booked && *is == version);
    let next = match &operation.what {
        What::Read(found) => {
            let booked = now.iter().filter(|(_, (_, _, booked))| *booked);
            let booked: BTreeMap<_, _> = booked.map(|(id, (kept, ..))| (id.clone(), kept.clone())).collect();
            return (booked == *found).then(|| now.clone());
        }
        What::Hold(id, kept) => placed(now, id, kept, 0, false),
        // sent twice
        What::Book(id, _) if now.get(id).is_some_and(|(_, _, booked)| *booked) => Some(now.clone()),
        What::Book(id, kept) if now.get(id).is_some_and(|(held, ..)| held.is_at_the_time_of(kept)) => {
            // what is held becomes the appointment, in the room it has
            let mut next = now.clone();
            next.entry(id.clone()).and_modify(|(_, _, booked)| *booked = true);
            Some(next)
        }
        What::Book(id, kept) => placed(now, id, kept, 0, true),
        What::Move(id, version, kept) if stands(id, *version) => placed(now, id, kept, version + 1, true),
        What::Cancel(id, version) if stands(id, *version) => Some(without(now, id)),
        What::Release(id) => Some(without(now, id)),
        What::Move(..) | What::Cancel(..) => None,
    };
    match (next, operation.done) {
        (Some(next), true) => Some(next),
        (None, false) => Some(now.clone()),
        _ => None,
    }
}

fn without(now: &Standing, id: &str) -> Standing {
    let mut next = now.clone();
    next.remove(id);
    next
}

/// The same with somebody at a place, who gives her earlier one back; `None` when it is taken.
fn placed(now: &Standing, id: &str, kept: &Kept, version: u32, booked: bool) -> Option<Standing> {
    let mut next = without(now, id);
    let others = || next.values().map(|(other, ..)| other);
    let group = others().filter(|other| *other == kept).count();
    if others().any(|other| kept.is_in_the_way_of(other)) || (kept.seats > 1 && group >= kept.seats as usize)
    {
        return None;
    }
    next.insert(id.to_owned(), (kept.clone(), version, booked));
    Some(next)
}

mod tests {
    use super::*;
    use crate::people::place;

    fn is_explained(history: &[Operation]) -> bool {
        explain(history).is_ok()
    }

    const NINE: &str = "2026-11-23T08:00:00Z";

    fn kept(with: &str, start: &str) -> Kept {
        Kept::of(&place(with, start))
    }

    fn group(with: &str) -> Kept {
        Kept { seats: 2, room: Some(String::from("room")), ..kept(with, NINE) }
    }

    fn told(asked: u64, answered: u64, what: What, done: bool) -> Operation {
        Operation { asked, answered, what, done }
    }

    fn book(asked: u64, answered: u64, id: &str, kept: Kept, done: bool) -> Operation {
        told(asked, answered, What::Book(id.to_owned(), kept), done)
    }

    fn read(at: u64, found: &[(&str, Kept)]) -> Operation {
        let found = found.iter().map(|(id, kept)| ((*id).to_owned(), kept.clone())).collect();
        told(at, at + 1, What::Read(found), true)
    }

    #[test]
    fn what_can_have_happened_is_explained() {
        let quarter_past = kept("anna", "2026-11-23T08:15:00Z");
        // b was refused although a was not told yet; c got the time after a had moved away, while a was still waiting
        assert!(is_explained(&[
            book(1, 5, "a", kept("anna", NINE), true),
            book(2, 3, "b", quarter_past.clone(), false),
            told(6, 9, What::Move("a".into(), 0, kept("bert", NINE)), true),
            book(7, 8, "c", quarter_past.clone(), true),
            read(10, &[("a", kept("bert", NINE)), ("c", quarter_past)]),
        ]));
        assert!(is_explained(&[
            book(1, 2, "a", group("anna"), true),
            book(3, 4, "b", group("anna"), true),
            book(5, 6, "c", group("anna"), false),
            book(7, 8, "d", group("bert"), false),
            told(9, 10, What::Cancel("a".into(), 0), true),
            read(11, &[("b", group("anna"))]),
        ]));
    }

    #[test]
    fn what_cannot_have_happened_is_not() {
        let nine = || kept("anna", NINE);
        let both =
            [book(1, 2, "a", nine(), true), book(1, 3, "b", kept("anna", "2026-11-23T08:30:00Z"), true)];
        assert!(!is_explained(&both), "one of the two has five minutes of the other");
        assert!(!is_explained(&[book(1, 2, "a", nine(), true), read(3, &[])]), "lost");
        assert!(!is_explained(&[book(1, 2, "a", nine(), false)]), "refused for nothing");
        assert!(!is_explained(&[read(1, &[("a", nine())]), book(3, 4, "a", nine(), true)]), "known before");
        let twice = What::Cancel("a".into(), 0);
        let twice = [told(3, 4, twice.clone(), true), told(3, 5, twice, true)];
        assert!(!is_explained(&[&[book(1, 2, "a", nine(), true)][..], &twice].concat()));
        let one_room = [book(1, 2, "a", group("anna"), true), book(3, 4, "b", group("bert"), true)];
        assert!(!is_explained(&one_room), "two groups in one room");
        let full = ["a", "b", "c"].map(|id| book(1, 2, id, group("anna"), true));
        assert!(!is_explained(&full), "three people on two seats");
    }
}
