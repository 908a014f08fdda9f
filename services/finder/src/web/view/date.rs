//! Days and times as messages: wording and order of day and month belong to the language.

use jiff::civil::{Date, Time};

use crate::web::say::Say;

/// A time of day as it stands on a door: `9:00`, `14:30`. A span that runs to midnight closes at `24:00`.
pub(crate) fn time_in_words(time: Time) -> String {
    if time.hour() == 23 && time.minute() == 59 {
        return String::from("24:00");
    }
    format!("{}:{:02}", time.hour(), time.minute())
}

/// A date with day, month in words and year.
pub(crate) fn date_in_words(date: Date) -> Say {
    Say::new("date-long")
        .with("day", date.day().to_string())
        .with("month", i64::from(date.month()))
        .with("year", date.year().to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::web::say::Arg;

    #[test]
    fn times_have_no_leading_zero_and_midnight_is_24() {
        assert_eq!(time_in_words(time(9, 0, 0, 0)), "9:00");
        assert_eq!(time_in_words(time(14, 5, 0, 0)), "14:05");
        assert_eq!(time_in_words(time(23, 59, 0, 0)), "24:00");
    }

    #[test]
    fn months_are_numbers_for_the_language_to_name_and_years_are_text() {
        let say = date_in_words(date(2027, 1, 4));
        assert_eq!(say.arg("month"), Some(&Arg::Number(1)));
        assert_eq!(
            say.arg("year"),
            Some(&Arg::Text("2027".into())),
            "a year is not a number with separators"
        );
    }
}
