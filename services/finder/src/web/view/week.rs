//! The normal week as a table, and the days on which it does not hold.

use contracts::directory::{OpeningHours, Weekday};
use jiff::civil::Date;
use serde::Serialize;

use super::{date_in_words, time_in_words};
use crate::web::say::Say;

/// One row of the opening-hours table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct WeekDay {
    /// The weekday's name.
    pub name: Say,
    /// Whether this is today's weekday.
    pub today: bool,
    /// The spans; empty means closed.
    pub spans: Vec<SpanView>,
}

/// One span of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SpanView {
    /// Opens (`9:00`).
    pub opens: String,
    /// Closes (`12:00`).
    pub closes: String,
    /// What it is for, in the centre's words.
    pub note: Option<String>,
}

/// Days that differ from the normal week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ExceptionView {
    /// First day.
    pub from: Say,
    /// Last day; `None` for a single day.
    pub to: Option<Say>,
    /// The spans that hold instead; empty means closed.
    pub spans: Vec<SpanView>,
    /// Why, in the centre's words.
    pub note: Option<String>,
}

/// The normal week, Monday first; empty when the entry gives no weekly hours, which is not the same as closed.
pub(crate) fn week(opening: &OpeningHours, today: Date) -> Vec<WeekDay> {
    if opening.weekly.is_empty() {
        return Vec::new();
    }
    let day = |(number, weekday): (i64, Weekday)| WeekDay {
        name: Say::new("weekday").with("weekday", number),
        today: weekday == Weekday::of(today),
        spans: opening
            .weekly
            .iter()
            .filter(|span| span.weekday == weekday)
            .map(|span| SpanView {
                opens: time_in_words(span.opens),
                closes: time_in_words(span.closes),
                note: span.note.clone(),
            })
            .collect(),
    };
    (1..).zip(Weekday::ALL).map(day).collect()
}

/// Exceptions that are not over yet, the soonest first.
pub(crate) fn exceptions(opening: &OpeningHours, today: Date) -> Vec<ExceptionView> {
    let mut coming: Vec<_> = opening.exceptions.iter().filter(|exception| exception.to >= today).collect();
    coming.sort();
    coming
        .into_iter()
        .map(|exception| ExceptionView {
            from: date_in_words(exception.from),
            to: (exception.to > exception.from).then(|| date_in_words(exception.to)),
            spans: exception
                .open
                .iter()
                .map(|(opens, closes)| SpanView {
                    opens: time_in_words(*opens),
                    closes: time_in_words(*closes),
                    note: None,
                })
                .collect(),
            note: exception.note.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use contracts::directory::{OpeningException, OpeningSpan};
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn seven_rows_with_one_today_and_closed_days_empty() {
        let opening = OpeningHours {
            weekly: vec![OpeningSpan {
                weekday: Weekday::Tuesday,
                opens: time(8, 30, 0, 0),
                closes: time(12, 0, 0, 0),
                note: Some("offene Sprechstunde".into()),
            }],
            ..OpeningHours::default()
        };
        let rows = week(&opening, date(2026, 11, 24));
        assert_eq!(rows.len(), 7);
        assert_eq!(rows.iter().filter(|row| row.today).count(), 1);
        assert_eq!(rows[1].spans[0].opens, "8:30");
        assert!(rows[0].spans.is_empty());
        assert!(week(&OpeningHours::default(), date(2026, 11, 24)).is_empty());
    }

    #[test]
    fn past_exceptions_are_left_out_and_the_soonest_comes_first() {
        let day = |from: Date, to: Date| OpeningException { from, to, open: vec![], note: None };
        let opening = OpeningHours {
            exceptions: vec![
                day(date(2026, 12, 24), date(2027, 1, 3)),
                day(date(2026, 11, 1), date(2026, 11, 1)),
                day(date(2026, 11, 20), date(2026, 11, 24)),
            ],
            ..OpeningHours::default()
        };
        let coming = exceptions(&opening, date(2026, 11, 24));
        assert_eq!(coming.len(), 2);
        assert_eq!(coming[0].from, date_in_words(date(2026, 11, 20)));
        assert!(coming[1].to.is_some());
    }
}
