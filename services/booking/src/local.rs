//! Local time: Europe/Berlin, by the bundled tz database.

use jiff::{
    Timestamp,
    civil::Date,
    tz::TimeZone,
};

/// The time zone of all centres.
pub fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC)
}

/// The day it is in Germany at an instant.
pub fn date_of(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}
