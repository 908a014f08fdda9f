//! Whose turn it is, when any counsellor will do.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// How much a counsellor has to do around a local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Load<'a> {
    /// Her id.
    pub resource: &'a str,
    /// Meetings on that day.
    pub day: u16,
    /// Meetings in its ISO week.
    pub week: u32,
}

/// Who takes an appointment on that day: who has the fewest meetings on it, then the fewest in its ISO week, then by
/// lot. The lot is drawn from the day and the id, so that the same question has the same answer, nobody is first by the
/// letters of a name, and on the next day it falls on somebody else.
pub fn choose<'a>(day: Date, counsellors: impl IntoIterator<Item = Load<'a>>) -> Option<&'a str> {
    let first = counsellors.into_iter().min_by_key(|load| turn(day, load));
    first.map(|load| load.resource)
}

/// What orders counsellors by turn; the id only so that nothing is left to chance.
pub(super) fn turn<'a>(day: Date, load: &Load<'a>) -> (u16, u32, u64, &'a str) {
    (load.day, load.week, lot(day, load.resource), load.resource)
}

/// A number that looks random and is always the same for a day and an id.
pub(super) fn lot(day: Date, id: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(day.year().to_be_bytes());
    hash.update(day.day_of_year().to_be_bytes());
    hash.update(id.as_bytes());
    hash.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::{ToSpan, civil::date};

    use super::*;

    fn load(resource: &str, day: u16, week: u32) -> Load<'_> {
        Load { resource, day, week }
    }

    #[test]
    fn who_has_least_to_do_that_day_and_then_that_week_is_chosen() {
        let monday = date(2026, 11, 23);
        assert_eq!(choose(monday, [load("a", 2, 2), load("b", 1, 9), load("c", 1, 8)]), Some("c"));
        assert_eq!(choose(monday, [load("a", 0, 9), load("b", 1, 1)]), Some("a"));
        assert_eq!(choose(monday, []), None);
    }

    #[test]
    fn the_answer_does_not_hang_on_the_order_of_the_question() {
        let monday = date(2026, 11, 23);
        let people = ["a", "b", "c", "d"].map(|id| load(id, 1, 3));
        let chosen = choose(monday, people);
        assert_eq!(choose(monday, people.into_iter().rev()), chosen);
    }

    #[test]
    fn among_equals_the_lot_falls_on_everybody_over_the_days() {
        let mut turns: BTreeMap<&str, u32> = BTreeMap::new();
        for day in date(2026, 1, 1).series(1.day()).take(1_000) {
            let chosen = choose(day, ["a", "b", "c", "d"].map(|id| load(id, 0, 0)));
            *turns.entry(chosen.unwrap()).or_default() += 1;
        }
        assert!(turns.len() == 4 && turns.values().all(|count| (200..300).contains(count)), "{turns:?}");
    }
}
