//! Days that differ, in the form exports write: `2026-12-24..2027-01-01 10:00-12:00 (Betriebsferien)`.

use contracts::directory::OpeningException;
use jiff::civil::Time;

use crate::import::field::day::day;

/// Reads exceptions parted by semicolons or line breaks; answers them sorted, with the parts that could not be read.
pub fn exceptions(text: &str) -> (Vec<OpeningException>, Vec<&str>) {
    let mut read = Vec::new();
    let mut unread = Vec::new();
    for part in parts(text) {
        match exception(part) {
            Some(exception) => read.push(exception),
            None => unread.push(part),
        }
    }
    read.sort();
    (read, unread)
}

/// Parts between semicolons that stand outside brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut open = false;
    text.split(move |letter| {
        open = (open || letter == '(') && letter != ')';
        !open && matches!(letter, ';' | '\n')
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

fn exception(part: &str) -> Option<OpeningException> {
    let (rest, note) = match part.split_once('(') {
        Some((rest, note)) => {
            (rest, Some(note.strip_suffix(')')?.trim().to_owned()).filter(|note| !note.is_empty()))
        }
        None => (part, None),
    };
    let (days, times) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let (from, to) = days.split_once("..").unwrap_or((days, days));
    let (from, to) = (day(from)?, day(to)?);
    let open =
        times.split(',').map(str::trim).filter(|span| !span.is_empty() && *span != "geschlossen").map(span);
    (from <= to).then_some(OpeningException { from, to, open: open.collect::<Option<_>>()?, note })
}

fn span(text: &str) -> Option<(Time, Time)> {
    let (opens, closes) = text.split_once('-')?;
    let time = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    };
    Some((time(opens)?, time(closes)?)).filter(|(opens, closes)| opens < closes)
}
