//! Days and times as a person in Germany reads them on her clock, the doubled hour of October told apart.

use jiff::{Timestamp, civil::Date, tz::AmbiguousOffset};

use super::say::Say;
use crate::{Span, availability::berlin};

/// Which of two equal times on the clock is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Season {
    Summer,
    Winter,
}

/// "Montag, 23. November 2026".
pub(super) fn day(date: Date) -> Say {
    Say::new("seek-date")
        .number("weekday", i64::from(date.weekday().to_monday_one_offset()))
        .text("day", date.day().to_string())
        .number("month", i64::from(date.month()))
        .text("year", date.year().to_string())
}

/// The local day of an instant.
pub(super) fn day_of(at: Timestamp) -> Say {
    day(berlin().to_datetime(at).date())
}

/// "9:00 Uhr", and which of the two where the clock shows it twice.
pub(super) fn clock(at: Timestamp) -> Say {
    let id = match season(at) {
        None => "seek-time",
        Some(Season::Summer) => "seek-time-summer",
        Some(Season::Winter) => "seek-time-winter",
    };
    Say::new(id).text("time", shown(at))
}

/// "9:00 bis 9:30 Uhr". Where the clock is changed meanwhile the end would puzzle; there it says how long.
pub(super) fn span(span: Span) -> Say {
    let id = match (season(span.from), season(span.to)) {
        (None, None) => {
            return Say::new("seek-span").text("from", shown(span.from)).text("to", shown(span.to));
        }
        (None, Some(_)) => "seek-span-long",
        (Some(Season::Summer), _) => "seek-span-summer",
        (Some(Season::Winter), _) => "seek-span-winter",
    };
    let minutes = span.to.duration_since(span.from).as_mins();
    Say::new(id).text("from", shown(span.from)).number("minutes", minutes)
}

/// "Montag, 23. November 2026, 9:30 Uhr", for sentences.
pub(super) fn day_and_clock(at: Timestamp) -> Say {
    let date = berlin().to_datetime(at).date();
    Say::new("seek-moment")
        .number("weekday", i64::from(date.weekday().to_monday_one_offset()))
        .text("day", date.day().to_string())
        .number("month", i64::from(date.month()))
        .text("year", date.year().to_string())
        .text("time", shown(at))
}

fn shown(at: Timestamp) -> String {
    let time = berlin().to_datetime(at).time();
    format!("{}:{:02}", time.hour(), time.minute())
}

fn season(at: Timestamp) -> Option<Season> {
    match berlin().to_ambiguous_timestamp(berlin().to_datetime(at)).offset() {
        AmbiguousOffset::Fold { before, .. } if berlin().to_offset(at) == before => Some(Season::Summer),
        AmbiguousOffset::Fold { .. } => Some(Season::Winter),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_those_of_the_clock_on_the_wall() {
        assert_eq!(clock(at("2026-11-23T08:00:00Z")), Say::new("seek-time").text("time", "9:00"));
        assert_eq!(clock(at("2026-07-06T08:05:00Z")), Say::new("seek-time").text("time", "10:05"));
        let date = day_of(at("2026-11-22T23:30:00Z"));
        assert_eq!(
            serde_json::to_value(date).unwrap()["args"],
            serde_json::json!({"weekday": 1, "day": "23", "month": 11, "year": "2026"})
        );
    }

    #[test]
    fn both_half_past_two_of_the_october_night_are_told_apart() {
        let (first, second) = (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"));
        assert_eq!(clock(first), Say::new("seek-time-summer").text("time", "2:30"));
        assert_eq!(clock(second), Say::new("seek-time-winter").text("time", "2:30"));
        let hour = span(Span { from: first, to: second });
        assert_eq!(hour, Say::new("seek-span-summer").text("from", "2:30").number("minutes", 60));
        let into = span(Span { from: at("2026-10-24T23:30:00Z"), to: first });
        assert_eq!(into, Say::new("seek-span-long").text("from", "1:30").number("minutes", 60));
        assert_eq!(clock(at("2026-10-25T02:30:00Z")), Say::new("seek-time").text("time", "3:30"));
    }
}
