//! Days, times, modes and states as messages: wording and order belong to the language.

use contracts::directory::{Mode, Weekday};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::say::Say;
use crate::{
    Tick,
    appointment::{Appointment, Attendance, State},
    availability::{LocalDay, Modes, Occurrence, berlin, local_date},
    service::Misfit,
    slots::Uncovered,
};

/// A day with its weekday in words.
pub(super) fn day(date: Date) -> Say {
    dated("desk-booking-day", date)
}

/// A day in figures.
pub(super) fn short_day(date: Date) -> Say {
    dated("desk-booking-day-short", date)
}

/// A month with its year.
pub(super) fn month(date: Date) -> Say {
    dated("desk-booking-month-year", date)
}

fn dated(id: &'static str, date: Date) -> Say {
    Say::new(id)
        .number("weekday", date.weekday().to_monday_one_offset())
        .text("day", date.day().to_string())
        .text("two", format!("{:02}", date.day()))
        .number("month", date.month())
        .text("number", format!("{:02}", date.month()))
        .text("year", date.year().to_string())
}

/// What the clock shows; which of the two where it shows it twice.
pub(super) fn clock(at: Timestamp) -> Say {
    let local = berlin().to_datetime(at);
    let twice = LocalDay::of(local.date()).clock_at(Tick::of(at).0).and_then(|(_, which)| which);
    let id = match twice {
        None => "desk-booking-time",
        Some(Occurrence::First) => "desk-booking-time-first",
        Some(Occurrence::Second) => "desk-booking-time-second",
    };
    Say::new(id).text("time", on_the_clock(at))
}

/// "9:05", for sentences about the next hours.
pub(super) fn on_the_clock(at: Timestamp) -> String {
    let local = berlin().to_datetime(at);
    format!("{}:{:02}", local.hour(), local.minute())
}

/// How long somebody has waited: hours, from the second day on days.
pub(super) fn waited(since: Timestamp, now: Timestamp) -> Say {
    let hours = now.duration_since(since).as_hours();
    match hours {
        ..48 => Say::new("desk-booking-waited-hours").number("hours", hours),
        _ => Say::new("desk-booking-waited-days").number("days", hours / 24),
    }
}

/// The local hour an instant lies in.
pub(super) fn hour(at: Timestamp) -> i8 {
    berlin().to_datetime(at).hour()
}

/// A mode in a word.
pub(in crate::web) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "desk-booking-mode-in-person",
        Mode::Phone => "desk-booking-mode-phone",
        Mode::Video => "desk-booking-mode-video",
        Mode::Chat => "desk-booking-mode-chat",
    }
}

/// Several modes.
pub(super) fn modes(modes: Modes) -> Vec<&'static str> {
    modes.iter().map(mode).collect()
}

/// A weekday in a word.
pub(super) fn weekday(weekday: Weekday) -> Say {
    let place = Weekday::ALL.iter().position(|one| *one == weekday).unwrap_or(0);
    Say::new("desk-booking-weekday").number("weekday", i64::try_from(place).unwrap_or(0) + 1)
}

/// A state in a word, and the mark in front of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct StateView {
    text: &'static str,
    kind: &'static str,
}

/// How far an appointment has come.
pub(super) fn state(appointment: &Appointment, now: Timestamp) -> StateView {
    let (text, kind) = match (appointment.state, appointment.attendance) {
        (State::Cancelled { .. }, _) => ("desk-booking-state-cancelled", "off"),
        (_, Some(Attendance::Kept)) => ("desk-booking-state-kept", "good"),
        (_, Some(Attendance::Missed)) => ("desk-booking-state-missed", "warn"),
        (State::Requested, _) if appointment.span.from <= now => ("desk-booking-state-unanswered", "warn"),
        (State::Held { .. } | State::Requested, _) => ("desk-booking-state-requested", "wait"),
        (State::Confirmed, _) if appointment.span.to <= now => ("desk-booking-state-over", "off"),
        (State::Confirmed, _) => ("desk-booking-state-confirmed", "good"),
    };
    StateView { text, kind }
}

/// Why an appointment does not fit the times.
pub(super) const fn reason(reason: Uncovered) -> &'static str {
    match reason {
        Uncovered::NoCounsellor => "desk-booking-gap-no-counsellor",
        Uncovered::NoRule => "desk-booking-gap-no-rule",
        Uncovered::Absence => "desk-booking-gap-absence",
        Uncovered::Room => "desk-booking-gap-room",
        Uncovered::Closure => "desk-booking-gap-closure",
        Uncovered::PublicHoliday => "desk-booking-gap-holiday",
        Uncovered::OtherMode => "desk-booking-gap-mode",
        Uncovered::OtherLength => "desk-booking-gap-length",
        Uncovered::OtherRoom => "desk-booking-gap-other-room",
        Uncovered::NoSeat => "desk-booking-gap-seat",
    }
}

/// Why a coming appointment does not fit.
pub(super) const fn misfit(misfit: Misfit) -> &'static str {
    match misfit {
        Misfit::Outside(uncovered) => reason(uncovered),
        Misfit::Busy => "desk-calendar-gap-busy",
    }
}

/// Times that are free, by day.
#[derive(Debug, Serialize)]
pub(super) struct DayTimes<T> {
    pub(super) day: Say,
    pub(super) times: Vec<T>,
}

/// Instants by their local day, in order.
pub(super) fn by_day<T>(instants: impl Iterator<Item = (Timestamp, T)>) -> Vec<DayTimes<T>> {
    let mut days: Vec<(Date, Vec<T>)> = Vec::new();
    for (at, what) in instants {
        let date = local_date(at);
        match days.last_mut() {
            Some((last, times)) if *last == date => times.push(what),
            _ => days.push((date, vec![what])),
        }
    }
    days.into_iter().map(|(date, times)| DayTimes { day: day(date), times }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_there_twice_says_which_it_is() {
        let said = |at: &str| serde_json::to_value(clock(at.parse().unwrap())).unwrap();
        let first = said("2026-10-25T00:30:00Z");
        assert_eq!(first, serde_json::json!({"id": "desk-booking-time-first", "args": {"time": "2:30"}}));
        assert_eq!(said("2026-10-25T01:30:00Z")["id"], "desk-booking-time-second");
        assert_eq!(said("2026-10-25T02:30:00Z")["args"]["time"], "3:30");
        assert_eq!(said("2026-11-22T08:05:00Z")["id"], "desk-booking-time");
    }
}
