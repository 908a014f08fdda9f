//! The days on which something is free: no empty calendar.

use jiff::civil::Date;

use super::Slot;

/// Days that have slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days<'s, 'a> {
    /// The days with their slots, in order of time; every one has at least one.
    pub days: Vec<DaysWithSlots<'s, 'a>>,
    /// Where to go on: the next day that has slots, if there is one.
    pub next: Option<Date>,
}

/// A local day and what is free on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysWithSlots<'s, 'a> {
    /// The day.
    pub date: Date,
    /// Its slots by begin; at least one.
    pub slots: &'s [Slot<'a>],
}

/// The first `count` days from `from` on that have slots, or as many as there are. `slots` are those of the whole
/// horizon, as [`slots`](super::slots) returns them; the cursor of one page is `from` of the next.
pub fn days_with_slots<'s, 'a>(slots: &'s [Slot<'a>], from: Option<Date>, count: usize) -> Days<'s, 'a> {
    let past = slots.partition_point(|slot| from.is_some_and(|from| slot.date < from));
    let mut days = slots[past..]
        .chunk_by(|one, next| one.date == next.date)
        .map(|slots| DaysWithSlots { date: slots[0].date, slots });
    let found = days.by_ref().take(count).collect();
    Days { days: found, next: days.next().map(|day| day.date) }
}
