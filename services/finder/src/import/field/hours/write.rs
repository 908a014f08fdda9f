//! Opening hours as text that is read back the same.

use contracts::directory::{OpeningException, OpeningSpan, Weekday};
use jiff::civil::Time;

/// The week: `Mo 09:00-12:00, Do 14:00-18:00 (offene Sprechstunde)`.
pub fn write_weekly(spans: &[OpeningSpan]) -> String {
    let spans = spans.iter().map(|span| {
        let times = format!("{} {}-{}", abbreviation(span.weekday), clock(span.opens), clock(span.closes));
        times + &bracketed(span.note.as_deref())
    });
    spans.collect::<Vec<_>>().join(", ")
}

/// Days that differ: `2026-12-24..2027-01-01 geschlossen (Betriebsferien)`.
pub fn write_exceptions(exceptions: &[OpeningException]) -> String {
    let exceptions = exceptions.iter().map(|exception| {
        let days = if exception.from == exception.to {
            exception.from.to_string()
        } else {
            format!("{}..{}", exception.from, exception.to)
        };
        let open =
            exception.open.iter().map(|(opens, closes)| format!("{}-{}", clock(*opens), clock(*closes)));
        let open = open.collect::<Vec<_>>().join(",");
        let open = if open.is_empty() { "geschlossen" } else { &open };
        format!("{days} {open}{}", bracketed(exception.note.as_deref()))
    });
    exceptions.collect::<Vec<_>>().join("; ")
}

/// A note in brackets; brackets inside it become square ones, which the reader leaves alone.
fn bracketed(note: Option<&str>) -> String {
    note.map_or_else(String::new, |note| format!(" ({})", note.replace('(', "[").replace(')', "]")))
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

const fn abbreviation(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mo",
        Weekday::Tuesday => "Di",
        Weekday::Wednesday => "Mi",
        Weekday::Thursday => "Do",
        Weekday::Friday => "Fr",
        Weekday::Saturday => "Sa",
        Weekday::Sunday => "So",
    }
}
