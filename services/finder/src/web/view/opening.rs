//! Is the centre open today, and if not, when again?

use contracts::directory::{OpeningHours, Weekday};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use serde::Serialize;

use super::time_in_words;
use crate::web::say::Say;

/// How far ahead the next opening is looked for; further away it is of no use to anybody.
const LOOK_AHEAD_DAYS: i64 = 60;

/// What a hit and the head of a centre's page say about today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OpeningToday {
    /// The sentence about today ("Jetzt geöffnet, bis 12:00 Uhr").
    pub say: Say,
    /// Whether it is open at this moment.
    pub open_now: bool,
    /// Today's spans as (opens, closes); empty when closed or unknown.
    pub spans: Vec<(String, String)>,
    /// When it opens next, as a sentence and with the day in words; only when it does not open any more today.
    pub next: Option<NextOpening>,
    /// Why today differs from the normal week, in the centre's own words.
    pub note: Option<String>,
}

/// The next time the door opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NextOpening {
    /// The sentence ("Wieder geöffnet: morgen ab 9:00 Uhr").
    pub say: Say,
    /// The time (`9:00`).
    pub time: String,
}

/// The local date and time in Germany.
pub(crate) fn berlin(now: Timestamp) -> DateTime {
    // The tz database is compiled in; the fallback is an hour or two off and never reached.
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).datetime()
}

/// The spans of one day, exceptions applied, in order of time.
fn spans_on(opening: &OpeningHours, day: Date) -> Vec<(Time, Time)> {
    let exception =
        opening.exceptions.iter().find(|exception| (exception.from..=exception.to).contains(&day));
    let mut spans: Vec<_> = match exception {
        Some(exception) => exception.open.clone(),
        None => {
            let weekday = Weekday::of(day);
            let on_day = opening.weekly.iter().filter(|span| span.weekday == weekday);
            on_day.map(|span| (span.opens, span.closes)).collect()
        }
    };
    spans.sort_unstable();
    spans
}

/// What to say about today at the local time `now`; `None` when the entry gives no hours at all.
pub(crate) fn opening_today(opening: &OpeningHours, now: DateTime) -> Option<OpeningToday> {
    if opening.weekly.is_empty() && opening.exceptions.is_empty() {
        return None;
    }
    let spans = spans_on(opening, now.date());
    let open = spans.iter().find(|(opens, closes)| (*opens..*closes).contains(&now.time()));
    let later = spans.iter().find(|(opens, _)| *opens > now.time());
    let say = match (open, later) {
        (Some((_, closes)), _) => Say::new("opening-now").with("until", time_in_words(*closes)),
        (None, Some((opens, closes))) => Say::new("opening-later")
            .with("from", time_in_words(*opens))
            .with("until", time_in_words(*closes)),
        (None, None) if spans.is_empty() => Say::new("opening-closed-today"),
        (None, None) => Say::new("opening-over"),
    };
    let next = if open.is_none() && later.is_none() { next_opening(opening, now) } else { None };
    let exception = opening.exceptions.iter().find(|e| (e.from..=e.to).contains(&now.date()));
    Some(OpeningToday {
        say,
        open_now: open.is_some(),
        spans: spans.iter().map(|(opens, closes)| (time_in_words(*opens), time_in_words(*closes))).collect(),
        next,
        note: exception.and_then(|exception| exception.note.clone()),
    })
}

/// The first opening on a later day than `now`, up to sixty days ahead.
fn next_opening(opening: &OpeningHours, now: DateTime) -> Option<NextOpening> {
    (1..=LOOK_AHEAD_DAYS).find_map(|ahead| {
        let day = now.date().checked_add(ahead.days()).ok()?;
        let (opens, _) = *spans_on(opening, day).first()?;
        let time = time_in_words(opens);
        Some(NextOpening { say: opens_on(day, now.date()).with("time", time.as_str()), time })
    })
}

/// The day as seen from `today`: tomorrow, a weekday of the coming week, else weekday and date.
fn opens_on(day: Date, today: Date) -> Say {
    let weekday = i64::from(day.weekday().to_monday_one_offset());
    match today.until(day).map_or(i64::MAX, |span| i64::from(span.get_days())) {
        1 => Say::new("opening-next-tomorrow"),
        2..=6 => Say::new("opening-next-weekday").with("weekday", weekday),
        _ => Say::new("opening-next-date")
            .with("weekday", weekday)
            .with("day", day.day().to_string())
            .with("month", i64::from(day.month())),
    }
}

#[cfg(test)]
mod tests {
    use contracts::directory::{OpeningException, OpeningSpan};
    use jiff::civil::{date, time};

    use super::*;

    fn span(weekday: Weekday, opens: i8, closes: i8) -> OpeningSpan {
        OpeningSpan { weekday, opens: time(opens, 0, 0, 0), closes: time(closes, 0, 0, 0), note: None }
    }

    fn mondays_and_thursdays() -> OpeningHours {
        OpeningHours {
            weekly: vec![
                span(Weekday::Monday, 9, 12),
                span(Weekday::Monday, 14, 17),
                span(Weekday::Thursday, 10, 13),
            ],
            exceptions: vec![OpeningException {
                from: date(2026, 12, 24),
                to: date(2027, 1, 3),
                open: vec![],
                note: Some("Betriebsferien".into()),
            }],
            note: None,
        }
    }

    fn on_monday(hour: i8, minute: i8) -> OpeningToday {
        opening_today(&mondays_and_thursdays(), date(2026, 11, 23).at(hour, minute, 0, 0)).unwrap()
    }

    #[test]
    fn a_monday_goes_from_later_over_open_and_break_to_over() {
        let told = |hour, minute| on_monday(hour, minute).say.id();
        assert_eq!(told(7, 0), "opening-later");
        assert_eq!(told(9, 0), "opening-now");
        assert_eq!(told(11, 59), "opening-now");
        assert_eq!(told(12, 0), "opening-later", "at the closing minute the door is closed");
        assert_eq!(told(16, 0), "opening-now");
        assert_eq!(told(17, 0), "opening-over");
    }

    #[test]
    fn after_the_last_span_the_next_day_is_named() {
        let next = on_monday(18, 0).next.unwrap();
        assert_eq!((next.say.id(), next.time.as_str()), ("opening-next-weekday", "10:00"));
        assert!(on_monday(8, 0).next.is_none(), "still opening today, so no other day is named");
    }

    #[test]
    fn an_exception_closes_a_normal_day_and_says_why() {
        let today = opening_today(&mondays_and_thursdays(), date(2026, 12, 28).at(10, 0, 0, 0)).unwrap();
        assert_eq!(today.say.id(), "opening-closed-today");
        assert_eq!(today.note.as_deref(), Some("Betriebsferien"));
        let next = today.next.unwrap();
        assert_eq!(
            (next.say.id(), next.time.as_str()),
            ("opening-next-date", "9:00"),
            "4 January, after the holidays"
        );
    }

    #[test]
    fn an_exception_can_open_other_hours_and_is_sorted() {
        let mut hours = mondays_and_thursdays();
        let open = vec![(time(15, 0, 0, 0), time(18, 0, 0, 0)), (time(8, 0, 0, 0), time(9, 0, 0, 0))];
        hours.exceptions.push(OpeningException {
            from: date(2026, 11, 24),
            to: date(2026, 11, 24),
            open,
            note: None,
        });
        let today = opening_today(&hours, date(2026, 11, 24).at(8, 30, 0, 0)).unwrap();
        assert!(today.open_now);
        assert_eq!(today.spans[0], ("8:00".into(), "9:00".into()));
    }

    #[test]
    fn without_any_hours_nothing_is_claimed() {
        assert!(opening_today(&OpeningHours::default(), date(2026, 11, 23).at(10, 0, 0, 0)).is_none());
    }

    #[test]
    fn the_local_day_is_german_also_just_before_midnight_utc() {
        assert_eq!(berlin("2026-11-22T23:30:00Z".parse().unwrap()).date(), date(2026, 11, 23));
        assert_eq!(berlin("2026-07-01T22:30:00Z".parse().unwrap()).time(), time(0, 30, 0, 0));
    }
}
