//! When a centre is open.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// Opening hours in local time (Europe/Berlin).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpeningHours {
    /// The normal week; several spans a day are allowed. Sorted by weekday and time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekly: Vec<OpeningSpan>,
    /// Days on which the normal week does not hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<OpeningException>,
    /// What the hours alone do not say ("nach Vereinbarung").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One span of a weekday, `opens < closes`; a span to midnight closes at 23:59.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningSpan {
    /// Day of the week.
    pub weekday: Weekday,
    /// First minute.
    pub opens: Time,
    /// The minute it closes.
    pub closes: Time,
    /// What the span is for ("offene Sprechstunde").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Days that differ from the normal week.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningException {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// Spans that hold instead, as (opens, closes); none means closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<(Time, Time)>,
    /// Why ("Betriebsferien").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A day of the week, Monday first as in ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The weekday of a date.
    pub fn of(date: Date) -> Self {
        Self::ALL[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0)]
    }
}
