//! When an invented centre is open.

use contracts::directory::{OpeningException, OpeningHours, OpeningSpan, Weekday};
use jiff::civil::{Date, Time, date, time};
use jiff::{Span, ToSpan as _};

use super::dice::Dice;

/// A weekly pattern: (first weekday, last weekday, opens, closes), weekdays from 0 for Monday, hours of the day.
type Pattern = &'static [(usize, usize, i8, i8)];

const PATTERNS: &[Pattern] = &[
    &[(0, 4, 9, 12), (1, 1, 14, 17), (3, 3, 14, 18)],
    &[(0, 3, 9, 16), (4, 4, 9, 13)],
    &[(0, 4, 8, 18)],
    &[(0, 0, 10, 12), (2, 2, 14, 16)],
    &[(1, 4, 9, 13), (1, 1, 15, 19)],
    &[(0, 4, 10, 17), (5, 5, 10, 13)],
    &[(0, 6, 8, 20)],
];

const NOTES: &[&str] = &[
    "und nach Vereinbarung",
    "Bitte vorher anrufen.",
    "Im August nur vormittags.",
    "Offene Sprechstunde ohne Anmeldung.",
];

/// Opening hours with, in half of the cases, days around `today` that differ.
pub(super) fn opening(today: Date, dice: &mut Dice) -> OpeningHours {
    if dice.chance(8) {
        return OpeningHours { note: Some(String::from("nur nach Vereinbarung")), ..OpeningHours::default() };
    }
    let mut weekly: Vec<OpeningSpan> = dice.pick(PATTERNS).iter().flat_map(|span| spans(*span)).collect();
    if dice.chance(20)
        && let Some(span) = weekly.last_mut()
    {
        span.note = Some(String::from("offene Sprechstunde"));
    }
    weekly.sort();
    let note = dice.chance(35).then(|| (*dice.pick(NOTES)).to_owned());
    OpeningHours { weekly, exceptions: exceptions(today, dice), note }
}

fn spans((first, last, opens, closes): (usize, usize, i8, i8)) -> impl Iterator<Item = OpeningSpan> {
    Weekday::ALL[first..=last].iter().map(move |&weekday| OpeningSpan {
        weekday,
        opens: time(opens, 0, 0, 0),
        closes: time(closes, 0, 0, 0),
        note: None,
    })
}

fn exceptions(today: Date, dice: &mut Dice) -> Vec<OpeningException> {
    let mut days = Vec::new();
    if dice.chance(40) {
        let holidays = (date(today.year(), 12, 24), date(today.year(), 12, 24).saturating_add(8.days()));
        days.push(closed(holidays.0, holidays.1, "Zwischen den Jahren geschlossen"));
    }
    if dice.chance(12) {
        let first = after(today, dice.below(60));
        days.push(closed(first, after(first, 4 + dice.below(10)), "Betriebsferien"));
    }
    if dice.chance(12) {
        let day = after(today, dice.below(21));
        days.push(OpeningException {
            from: day,
            to: day,
            open: vec![(hour(10), hour(12))],
            note: Some(String::from("Teamtag, nur vormittags geöffnet")),
        });
    }
    days.sort();
    days
}

fn closed(from: Date, to: Date, why: &str) -> OpeningException {
    OpeningException { from, to, open: Vec::new(), note: Some(why.to_owned()) }
}

fn after(day: Date, days: usize) -> Date {
    day.saturating_add(Span::new().days(i64::try_from(days).unwrap_or(0)))
}

fn hour(hour: i8) -> Time {
    time(hour, 0, 0, 0)
}
