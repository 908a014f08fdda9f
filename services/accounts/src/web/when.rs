//! Dates and times as people here write them: in the time of Berlin.

use jiff::{Timestamp, tz::TimeZone};

use super::say::Say;

/// The minute, as a sentence `when` for the page's language.
pub(super) fn when(at: Timestamp) -> Say {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let at = at.to_zoned(zone);
    let two = |number: i8| format!("{number:02}");
    Say::new("accounts-when")
        .text("day", two(at.day()))
        .text("month", two(at.month()))
        .text("year", at.year().to_string())
        .text("time", format!("{:02}:{:02}", at.hour(), at.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::say::Arg;

    #[test]
    fn times_are_those_of_berlin() {
        let say = when("2026-06-30T23:05:00Z".parse().unwrap());
        assert_eq!(say.args["day"], Arg::Text("01".into()));
        assert_eq!(say.args["time"], Arg::Text("01:05".into()));
        assert_eq!(when("2026-12-01T08:00:00Z".parse().unwrap()).args["time"], Arg::Text("09:00".into()));
    }
}
