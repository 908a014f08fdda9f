//! Dates.

use jiff::civil::Date;

/// A date as ISO 8601 or as written in Germany ("3.11.2026"); a time after it is ignored.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.split_once(['T', ' ']).map_or(text, |(date, _)| date);
    let (parts, german) = if text.contains('.') { (text.split('.'), true) } else { (text.split('-'), false) };
    let numbers: Vec<&str> = parts.collect();
    let [first, second, third] = numbers[..] else { return None };
    let (year, day) = if german { (third, first) } else { (first, third) };
    if year.len() != 4 {
        return None;
    }
    let date = Date::new(year.parse().ok()?, second.parse().ok()?, day.parse().ok()?).ok()?;
    (1990..=2200).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_and_german_dates_are_read() {
        for text in ["2026-11-03", "03.11.2026", "3.11.2026", "2026-11-03T10:00:00Z", "2026-11-03 00:00:00"] {
            assert_eq!(day(text).unwrap().to_string(), "2026-11-03", "{text}");
        }
        for wrong in ["", "2026", "31.02.2026", "3.11.26", "heute", "1-2-3-4", "0000-00-00"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
