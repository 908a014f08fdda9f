//! Local time and UTC: what a day in Europe/Berlin is made of.

use std::{ops::Range, sync::LazyLock};

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
    tz::{AmbiguousOffset, Offset, TimeZone},
};

use super::DayTime;
use crate::{Span, Tick};

/// Which of two equal local times is meant, on the night when the clocks are put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Occurrence {
    /// The one before the clocks are put back (summer time).
    First,
    /// The one after it.
    Second,
}

/// The time zone of everything local.
pub fn berlin() -> &'static TimeZone {
    // The tz database is compiled in; the fallback is an hour or two off and never reached.
    static ZONE: LazyLock<TimeZone> =
        LazyLock::new(|| TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC));
    &ZONE
}

/// The local date at an instant.
pub fn local_date(at: Timestamp) -> Date {
    berlin().to_datetime(at).date()
}

/// Whether somebody can mean a day: what lies outside of these years is a slip of the pen.
pub fn is_day_of_ours(date: Date) -> bool {
    (2000..=2199).contains(&date.year())
}

/// A day by its local clock: 23, 24 or 25 hours long.
#[derive(Debug, Clone)]
pub(crate) struct LocalDay {
    pub(crate) date: Date,
    /// Parts of the day without a change of the clocks, in order of time: one on all days but two a year.
    pieces: Vec<Piece>,
}

/// A part of a day in which local time runs with UTC. Counted in ticks: Berlin's clocks are whole hours from UTC.
#[derive(Debug, Clone)]
struct Piece {
    /// What the local clock shows, in ticks since midnight; more than a day long it cannot be.
    shows: Range<i64>,
    /// The tick of UTC at its begin.
    begins: i64,
}

impl LocalDay {
    pub(crate) fn of(date: Date) -> Self {
        let begin = midnight(date);
        // After the last day of the calendar there is nothing to offer.
        let end = date.tomorrow().map_or(begin, midnight);
        let mut pieces = Vec::new();
        let mut at = begin;
        while at < end {
            let until = berlin().following(at).next().map_or(end, |change| change.timestamp().min(end));
            let clock = berlin().to_datetime(at).time();
            let shown = (i64::from(clock.hour()) * 60 + i64::from(clock.minute())) / 5;
            let begins = Tick::of(at).0;
            pieces.push(Piece { shows: shown..shown + Tick::of(until).0 - begins, begins });
            at = until;
        }
        Self { date, pieces }
    }

    /// The ticks of UTC that belong to it.
    pub(crate) fn ticks(&self) -> Range<i64> {
        let begins = self.pieces.first().map_or(0, |piece| piece.begins);
        let ends = self.pieces.last().map_or(0, |piece| piece.begins + piece.shows.end - piece.shows.start);
        begins..ends
    }

    /// The ticks in which the clock shows a time from `from` to before `to`. Two ranges, which may touch, where the
    /// clocks are changed meanwhile; none where they skip the whole of it.
    pub(crate) fn between(&self, from: DayTime, to: DayTime) -> impl Iterator<Item = Range<i64>> {
        let asked = from.ticks()..to.ticks();
        self.pieces.iter().filter_map(move |piece| {
            let shown = asked.start.max(piece.shows.start)..asked.end.min(piece.shows.end);
            let shift = piece.begins - piece.shows.start;
            (shown.start < shown.end).then_some(shown.start + shift..shown.end + shift)
        })
    }

    /// The ticks at which the clock shows `from`, or every `step` ticks later, before `to`.
    pub(crate) fn every(&self, step: i64, from: DayTime, to: DayTime) -> impl Iterator<Item = i64> {
        let step = step.max(1);
        self.pieces.iter().flat_map(move |piece| {
            let missed = (piece.shows.start - from.ticks()).max(0);
            let first = from.ticks() + (missed + step - 1) / step * step;
            let last = to.ticks().min(piece.shows.end);
            let shift = piece.begins - piece.shows.start;
            let steps = (last - first + step - 1).max(0) / step;
            (0..steps).map(move |number| first + number * step + shift)
        })
    }

    /// What the clock shows at a tick of the day, and which of the two it is if the clock shows it twice.
    pub(crate) fn clock_at(&self, tick: i64) -> Option<(DayTime, Option<Occurrence>)> {
        let shown_by = |piece: &Piece| {
            let shown = tick - piece.begins + piece.shows.start;
            piece.shows.contains(&shown).then_some(shown)
        };
        let (place, shown) =
            self.pieces.iter().enumerate().find_map(|(at, piece)| Some((at, shown_by(piece)?)))?;
        let again = |others: &[Piece]| others.iter().any(|piece| piece.shows.contains(&shown));
        let occurrence = match (again(&self.pieces[..place]), again(&self.pieces[place + 1..])) {
            (false, false) => None,
            (false, true) => Some(Occurrence::First),
            (true, _) => Some(Occurrence::Second),
        };
        Some((DayTime::from_ticks(shown)?, occurrence))
    }
}

/// The longest stretch that can be meant by "from `from` to `to`": where a time is there twice, it begins with the
/// first and ends with the second; where it is skipped, the moment of the change stands for it.
pub(crate) fn hull(from: DateTime, to: DateTime) -> Span {
    let begin = match offsets(from) {
        AmbiguousOffset::Unambiguous { offset } => instant(from, offset),
        AmbiguousOffset::Fold { before, .. } => instant(from, before),
        AmbiguousOffset::Gap { before, .. } => change_before(instant(from, before)),
    };
    let end = match offsets(to) {
        AmbiguousOffset::Unambiguous { offset } => instant(to, offset),
        AmbiguousOffset::Fold { after, .. } => instant(to, after),
        AmbiguousOffset::Gap { before, .. } => change_before(instant(to, before)),
    };
    Span { from: begin, to: end }
}

fn midnight(date: Date) -> Timestamp {
    let first = hull(date.at(0, 0, 0, 0), date.at(0, 0, 0, 0));
    first.from
}

fn offsets(at: DateTime) -> AmbiguousOffset {
    berlin().to_ambiguous_timestamp(at).offset()
}

fn instant(at: DateTime, offset: Offset) -> Timestamp {
    offset.to_timestamp(at).unwrap_or(Timestamp::MAX)
}

/// The last change of the clocks at or before an instant.
fn change_before(at: Timestamp) -> Timestamp {
    let after = at.saturating_add(SignedDuration::from_nanos(1)).unwrap_or(Timestamp::MAX);
    berlin().preceding(after).next().map_or(at, |change| change.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn time(text: &str) -> DayTime {
        text.parse().unwrap()
    }

    fn between(day: Date, from: &str, to: &str) -> Vec<String> {
        let ranges = LocalDay::of(day).between(time(from), time(to)).collect::<Vec<_>>();
        ranges
            .iter()
            .map(|ticks| format!("{} {}", Tick(ticks.start).start(), Tick(ticks.end).start()))
            .collect()
    }

    #[test]
    fn a_day_has_as_many_hours_as_the_clocks_leave_it() {
        for (day, hours) in [
            (date(2026, 10, 24), 24),
            (date(2026, 10, 25), 25),
            (date(2027, 3, 28), 23),
            (date(2027, 10, 31), 25),
            (date(2028, 2, 29), 24),
            (date(2028, 3, 26), 23),
            (date(2028, 10, 29), 25),
        ] {
            let ticks = LocalDay::of(day).ticks();
            assert_eq!(ticks.end - ticks.start, hours * 12, "{day}");
        }
    }

    #[test]
    fn a_time_that_the_change_skips_is_not_there() {
        assert_eq!(between(date(2027, 3, 28), "02:15", "02:45"), [] as [&str; 0]);
        let around =
            ["2027-03-28T00:30:00Z 2027-03-28T01:00:00Z", "2027-03-28T01:00:00Z 2027-03-28T01:30:00Z"];
        assert_eq!(between(date(2027, 3, 28), "01:30", "03:30"), around);
    }

    #[test]
    fn a_time_that_the_change_repeats_is_there_twice_and_told_apart() {
        let both = ["2026-10-25T00:15:00Z 2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z 2026-10-25T01:45:00Z"];
        assert_eq!(between(date(2026, 10, 25), "02:15", "02:45"), both);
        let day = LocalDay::of(date(2026, 10, 25));
        let at = |text: &str| day.clock_at(Tick::of(text.parse().unwrap()).0);
        assert_eq!(at("2026-10-24T23:55:00Z"), Some((time("01:55"), None)));
        assert_eq!(at("2026-10-25T00:30:00Z"), Some((time("02:30"), Some(Occurrence::First))));
        assert_eq!(at("2026-10-25T01:30:00Z"), Some((time("02:30"), Some(Occurrence::Second))));
        assert_eq!(at("2026-10-25T02:00:00Z"), Some((time("03:00"), None)));
        assert_eq!(at("2026-10-25T23:00:00Z"), None, "the next day");
    }

    #[test]
    fn steps_are_counted_on_the_clock_on_the_wall() {
        let starts = |day| {
            let ticks = LocalDay::of(day).every(9, time("01:00"), time("04:00")).collect::<Vec<_>>();
            ticks.into_iter().map(|tick| Tick(tick).start().to_string()).collect::<Vec<_>>()
        };
        // 01:00, 01:45 and 03:15; 02:30 is skipped.
        let spring = ["2027-03-28T00:00:00Z", "2027-03-28T00:45:00Z", "2027-03-28T01:15:00Z"];
        assert_eq!(starts(date(2027, 3, 28)), spring);
        // 01:00, 01:45, both 02:30, and 03:15.
        let autumn = [
            "2026-10-24T23:00:00Z",
            "2026-10-24T23:45:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:15:00Z",
        ];
        assert_eq!(starts(date(2026, 10, 25)), autumn);
    }

    #[test]
    fn who_is_away_until_a_repeated_time_is_away_until_the_second() {
        let span = |from: &str, to: &str| {
            let span = hull(from.parse().unwrap(), to.parse().unwrap());
            format!("{} {}", span.from, span.to)
        };
        assert_eq!(span("2026-10-25T02:15", "2026-10-25T02:45"), "2026-10-25T00:15:00Z 2026-10-25T01:45:00Z");
        assert_eq!(span("2027-03-28T02:00", "2027-03-28T02:30"), "2027-03-28T01:00:00Z 2027-03-28T01:00:00Z");
        assert_eq!(span("2027-03-28T01:30", "2027-03-28T02:30"), "2027-03-28T00:30:00Z 2027-03-28T01:00:00Z");
    }
}
