//! Open consultation hours: times at which somebody can talk to the centre without an appointment.

use contracts::directory::Weekday;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Closure, DayTime, LocalDay, PublicHolidays, local_date, schema};
use crate::{Span, Tick};

/// How far ahead the next open hour is looked for.
const AHEAD_DAYS: i64 = 60;
/// Most open hours of a centre: more is a mistake.
pub const MOST_OPEN_HOURS: usize = 30;

/// A weekly time at which anybody can talk to the centre by chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenHour {
    /// The day of the week.
    #[schema(schema_with = schema::weekday)]
    pub day: Weekday,
    /// From when on.
    pub from: DayTime,
    /// Until when.
    pub to: DayTime,
}

/// What is wrong with open hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenHoursProblem {
    /// One ends when it begins, or before.
    #[error("the end is not after the begin")]
    EndsBeforeItBegins,
    /// Two of one day overlap.
    #[error("two of them overlap")]
    Overlap,
    /// There are too many.
    #[error("expected at most {MOST_OPEN_HOURS}")]
    TooMany,
}

/// Whether an open hour is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenNow {
    /// It is.
    Yes {
        /// Until then.
        until: Timestamp,
    },
    /// Not now.
    No {
        /// When the next one is; `None` when there is none in two months.
        next: Option<Span>,
    },
}

/// Says what is wrong with open hours; the first thing if there are several.
///
/// # Errors
/// [`OpenHoursProblem`].
pub(crate) fn check(hours: &[OpenHour]) -> Result<(), OpenHoursProblem> {
    if hours.len() > MOST_OPEN_HOURS {
        return Err(OpenHoursProblem::TooMany);
    }
    if hours.iter().any(|hour| hour.to <= hour.from) {
        return Err(OpenHoursProblem::EndsBeforeItBegins);
    }
    let mut sorted = hours.to_vec();
    sorted.sort_unstable();
    let overlap = |pair: &[OpenHour]| pair[0].day == pair[1].day && pair[1].from < pair[0].to;
    if sorted.windows(2).any(overlap) { Err(OpenHoursProblem::Overlap) } else { Ok(()) }
}

/// Whether an open hour is on at `now`, and else when the next one is. A closure ends it, a holiday too.
pub fn open_now(
    hours: &[OpenHour],
    closures: &[Closure],
    holidays: &PublicHolidays,
    now: Timestamp,
) -> OpenNow {
    let today = local_date(now);
    let last = today.saturating_add(AHEAD_DAYS.days());
    let closed_days = holidays.between(today, last);
    let closed: Vec<Span> = closures.iter().map(|closure| closure.range.span()).collect();
    let days = today.series(1.day()).take_while(|date| *date <= last);
    let open = days.filter(|date| !closed_days.contains(date)).flat_map(|date| {
        let mut spans = spans_of(hours, &LocalDay::of(date));
        for closure in &closed {
            spans = spans.into_iter().flat_map(|span| without(span, *closure)).collect();
        }
        spans.sort_by_key(|span| span.from);
        spans
    });
    match open.into_iter().find(|span| span.to > now) {
        Some(span) if span.from <= now => OpenNow::Yes { until: span.to },
        next => OpenNow::No { next },
    }
}

fn spans_of(hours: &[OpenHour], day: &LocalDay) -> Vec<Span> {
    let of_day = hours.iter().filter(|hour| hour.day == Weekday::of(day.date));
    let ticks = of_day.flat_map(|hour| day.between(hour.from, hour.to));
    ticks.map(|ticks| Span { from: Tick(ticks.start).start(), to: Tick(ticks.end).start() }).collect()
}

/// What is left of a span beside another.
fn without(span: Span, other: Span) -> impl Iterator<Item = Span> {
    let before = Span { from: span.from, to: span.to.min(other.from) };
    let after = Span { from: span.from.max(other.to), to: span.to };
    let whole = (!span.overlaps(&other)).then_some(span);
    let parts = if whole.is_some() { [None, None] } else { [Some(before), Some(after)] };
    whole.into_iter().chain(parts.into_iter().flatten().filter(|part| part.from < part.to))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::availability::LocalRange;

    fn hour(day: Weekday, from: &str, to: &str) -> OpenHour {
        OpenHour { day, from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str) -> Span {
        Span { from: at(from), to: at(to) }
    }

    const NEVER: PublicHolidays =
        PublicHolidays { closed: false, land: None, municipal: std::collections::BTreeSet::new() };

    #[test]
    fn it_is_open_from_the_first_moment_to_before_the_last_by_the_clock_on_the_wall() {
        let hours = [hour(Weekday::Monday, "14:00", "16:00"), hour(Weekday::Thursday, "09:00", "10:00")];
        let now = |text: &str| open_now(&hours, &[], &NEVER, at(text));
        // a Monday in winter, then one in summer
        assert_eq!(now("2026-11-23T13:00:00Z"), OpenNow::Yes { until: at("2026-11-23T15:00:00Z") });
        assert_eq!(now("2026-07-06T12:00:00Z"), OpenNow::Yes { until: at("2026-07-06T14:00:00Z") });
        let next = span("2026-11-26T08:00:00Z", "2026-11-26T09:00:00Z");
        assert_eq!(now("2026-11-23T15:00:00Z"), OpenNow::No { next: Some(next) });
        let today = span("2026-11-23T13:00:00Z", "2026-11-23T15:00:00Z");
        assert_eq!(now("2026-11-23T12:59:59Z"), OpenNow::No { next: Some(today) });
        assert_eq!(open_now(&[], &[], &NEVER, at("2026-11-23T13:00:00Z")), OpenNow::No { next: None });
    }

    #[test]
    fn closures_cut_it_and_holidays_cancel_it() {
        let hours = [hour(Weekday::Friday, "08:00", "12:00")];
        let range =
            LocalRange { from: date(2026, 11, 27).at(9, 0, 0, 0), to: date(2026, 11, 27).at(10, 0, 0, 0) };
        let closures = [Closure { id: "team".into(), range }];
        let now = |text: &str| open_now(&hours, &closures, &NEVER, at(text));
        assert_eq!(now("2026-11-27T07:30:00Z"), OpenNow::Yes { until: at("2026-11-27T08:00:00Z") });
        let later = span("2026-11-27T09:00:00Z", "2026-11-27T11:00:00Z");
        assert_eq!(now("2026-11-27T08:30:00Z"), OpenNow::No { next: Some(later) });
        // Christmas Day and New Year's Day 2026/27 are Fridays
        let holidays = PublicHolidays { closed: true, land: Some("08".parse().unwrap()), ..NEVER };
        let after = span("2027-01-08T07:00:00Z", "2027-01-08T11:00:00Z");
        assert_eq!(
            open_now(&hours, &[], &holidays, at("2026-12-19T12:00:00Z")),
            OpenNow::No { next: Some(after) }
        );
    }

    #[test]
    fn hours_that_mean_nothing_are_told() {
        let bad = |hours: &[OpenHour]| check(hours).unwrap_err();
        assert_eq!(bad(&[hour(Weekday::Monday, "10:00", "10:00")]), OpenHoursProblem::EndsBeforeItBegins);
        let two = [hour(Weekday::Monday, "10:00", "12:00"), hour(Weekday::Monday, "11:55", "13:00")];
        assert_eq!(bad(&two), OpenHoursProblem::Overlap);
        assert_eq!(
            check(&[hour(Weekday::Monday, "10:00", "12:00"), hour(Weekday::Monday, "12:00", "13:00")]),
            Ok(())
        );
        assert_eq!(
            check(&[hour(Weekday::Monday, "10:00", "12:00"), hour(Weekday::Tuesday, "10:00", "13:00")]),
            Ok(())
        );
        assert_eq!(bad(&[two[0]; 31]), OpenHoursProblem::TooMany);
    }
}
