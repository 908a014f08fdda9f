//! A week as a table of hours and days, a day as a table of hours and counsellors, a month as a table of weeks.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::Serialize;

use super::{around::Row, say::Say, words};
use crate::{
    appointment::{Appointment, State},
    availability::{LocalRange, local_date},
    setting::CentreSetting,
};

/// Hours that are always shown.
const OFFICE: std::ops::RangeInclusive<i8> = 8..=17;

/// A week: a column for each day, a row for each hour of the clock on the wall.
#[derive(Serialize)]
pub(super) struct Week {
    days: Vec<DayHead>,
    hours: Vec<Hour>,
}

#[derive(Serialize)]
struct DayHead {
    day: Say,
    today: bool,
    closed: bool,
}

#[derive(Serialize)]
struct Hour {
    time: String,
    cells: Vec<Vec<Row>>,
}

impl Week {
    /// The week that begins on a Monday. An hour that the clock shows twice is one row; its appointments say which of the
    /// two they are in. Rows outside of office hours are there when something is in them.
    pub(super) fn of(
        monday: Date,
        today: Date,
        setting: &CentreSetting,
        rows: impl Iterator<Item = (Timestamp, Row)>,
    ) -> Self {
        let dates: Vec<Date> = monday.series(1.day()).take(7).collect();
        let cells = rows.map(|(at, row)| {
            // what began before Monday is shown there
            let column = dates.iter().position(|day| *day == local_date(at)).unwrap_or(0);
            (column, hour_on(monday, at), row)
        });
        Self {
            hours: hours(dates.len(), cells),
            days: dates
                .iter()
                .map(|date| DayHead {
                    day: words::short_day(*date),
                    today: *date == today,
                    closed: is_closed(setting, *date),
                })
                .collect(),
        }
    }
}

/// A day of several counsellors side by side: a column for each of them.
#[derive(Serialize)]
pub(super) struct Team {
    people: Vec<String>,
    closed: bool,
    hours: Vec<Hour>,
}

impl Team {
    /// The day of these counsellors, each an id and a name; rows come with the id of theirs.
    pub(super) fn of(
        day: Date,
        setting: &CentreSetting,
        people: Vec<(String, String)>,
        rows: impl Iterator<Item = (String, Timestamp, Row)>,
    ) -> Self {
        let cells = rows.filter_map(|(counsellor, at, row)| {
            let column = people.iter().position(|(id, _)| *id == counsellor)?;
            Some((column, hour_on(day, at), row))
        });
        Self {
            hours: hours(people.len(), cells),
            closed: is_closed(setting, day),
            people: people.into_iter().map(|(_, name)| name).collect(),
        }
    }
}

/// The row of an appointment in a table that begins on this day.
fn hour_on(first: Date, at: Timestamp) -> i8 {
    if local_date(at) < first { 0 } else { words::hour(at) }
}

/// Appointments in rows by hour; those of the office hours are always there.
fn hours(columns: usize, appointments: impl Iterator<Item = (usize, i8, Row)>) -> Vec<Hour> {
    let empty = || (0..columns).map(|_| Vec::new()).collect::<Vec<Vec<Row>>>();
    let mut hours: BTreeMap<i8, Vec<Vec<Row>>> = OFFICE.map(|hour| (hour, empty())).collect();
    for (column, hour, row) in appointments {
        if let Some(cell) = hours.entry(hour).or_insert_with(empty).get_mut(column) {
            cell.push(row);
        }
    }
    hours.into_iter().map(|(hour, cells)| Hour { time: format!("{hour}:00"), cells }).collect()
}

/// A month: how much there is on each day.
#[derive(Serialize)]
pub(super) struct Month {
    weekdays: Vec<Say>,
    weeks: Vec<Vec<Option<MonthDay>>>,
}

#[derive(Serialize)]
struct MonthDay {
    number: i8,
    day: Say,
    href: String,
    today: bool,
    closed: bool,
    count: usize,
    requests: usize,
}

impl Month {
    /// The month that begins on this day.
    pub(super) fn of(
        first: Date,
        today: Date,
        setting: &CentreSetting,
        appointments: &[Appointment],
        href: impl Fn(Date) -> String,
    ) -> Self {
        let of_day = |date: Date| {
            appointments.iter().filter(move |one| {
                local_date(one.span.from) == date && !matches!(one.state, State::Cancelled { .. })
            })
        };
        let day = |date: Date| MonthDay {
            number: date.day(),
            day: words::day(date),
            href: href(date),
            today: date == today,
            closed: is_closed(setting, date),
            count: of_day(date).count(),
            requests: of_day(date).filter(|one| one.state == State::Requested).count(),
        };
        let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
        let mut cells: Vec<Option<MonthDay>> = (0..before).map(|_| None).collect();
        cells.extend(
            first
                .series(1.day())
                .take_while(|date| date.month() == first.month())
                .map(|date| Some(day(date))),
        );
        let mut weeks = Vec::new();
        while !cells.is_empty() {
            let rest = cells.split_off(cells.len().min(7));
            cells.resize_with(7, || None);
            weeks.push(cells);
            cells = rest;
        }
        Self { weekdays: contracts::directory::Weekday::ALL.into_iter().map(words::weekday).collect(), weeks }
    }
}

/// Whether the centre is closed on the whole of a day, by law or by its own word.
fn is_closed(setting: &CentreSetting, date: Date) -> bool {
    let whole = LocalRange::days(date, date).span();
    setting.holidays.close(date) || setting.closures.iter().any(|one| one.range.span().contains(&whole))
}
