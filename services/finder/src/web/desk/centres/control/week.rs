//! The normal week: a row for each span.

use contracts::directory::{OpeningSpan, Weekday};
use jiff::civil::Time;
use serde_json::Value;

use super::{Read, Wrong};
use crate::{
    import::field::text::{limit, line},
    web::{desk::centres::sent::Sent, say::Say},
};

pub(super) const NAMES: [&str; 4] = ["tag", "von", "bis", "wozu"];
/// The element of the rows as a whole.
const AT: &str = "woche";

pub(super) fn write(value: &Value, sent: &mut Sent) {
    let spans: Vec<OpeningSpan> = serde_json::from_value(value.clone()).unwrap_or_default();
    for span in spans {
        let day = (1..).zip(Weekday::ALL).find(|(_, day)| *day == span.weekday).map_or(1, |(at, _)| at);
        let row = [day.to_string(), clock(span.opens), clock(span.closes), span.note.unwrap_or_default()];
        NAMES.into_iter().zip(row).for_each(|(name, text)| sent.put(name, text));
    }
}

/// Rows in which somebody wrote something.
pub(super) fn rows(sent: &Sent) -> Vec<[String; 4]> {
    let mut rows = sent.rows(NAMES);
    rows.retain(|[_, opens, closes, note]| !(opens.is_empty() && closes.is_empty() && note.is_empty()));
    rows
}

pub(super) fn read(sent: &Sent) -> Read {
    let rows = sent.rows(NAMES);
    let mut spans = Vec::new();
    for (number, [day, opens, closes, note]) in (1usize..).zip(rows) {
        if opens.is_empty() && closes.is_empty() && note.is_empty() {
            continue;
        }
        let wrong = |id: Say| Err(vec![Wrong::new(AT, id.with("row", number))]);
        let weekday =
            day.parse::<usize>().ok().and_then(|day| Weekday::ALL.get(day.checked_sub(1)?).copied());
        let Some(weekday) = weekday else { return wrong(Say::new("desk-centre-week-day")) };
        let (Some(opens), Some(closes)) = (time(&opens), time(&closes)) else {
            return wrong(Say::new("desk-centre-week-time"));
        };
        if opens >= closes {
            return wrong(Say::new("desk-centre-week-order"));
        }
        let note = Some(line(&note, limit::LINE).text).filter(|note| !note.is_empty());
        spans.push(OpeningSpan { weekday, opens, closes, note });
    }
    spans.sort();
    spans.dedup();
    if spans.len() > limit::LIST {
        return Err(vec![Wrong::new(AT, Say::new("desk-centre-too-many").with("count", limit::LIST))]);
    }
    let overlap = spans
        .windows(2)
        .find(|pair| pair[0].weekday == pair[1].weekday && pair[1].opens < pair[0].closes)
        .and_then(|pair| (1i64..).zip(Weekday::ALL).find(|(_, day)| *day == pair[0].weekday));
    if let Some((weekday, _)) = overlap {
        return Err(vec![Wrong::new(AT, Say::new("desk-centre-week-overlap").with("weekday", weekday))]);
    }
    Ok(if spans.is_empty() { Value::Null } else { serde_json::to_value(spans).unwrap_or_default() })
}

/// A time as it is typed: `9:00`, `09:00`, `9`, `24:00` for the last minute of the day.
pub(super) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "00"));
    let minute = minute.get(..2).filter(|_| minute.len() == 2 || minute.len() == 5)?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    if (hour, minute) == (24, 0) { Time::new(23, 59, 0, 0).ok() } else { Time::new(hour, minute, 0, 0).ok() }
}

/// A time as fields hold it.
pub(super) fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use proptest::prelude::{Strategy, prop, proptest};

    use super::*;

    fn weeks() -> impl Strategy<Value = Vec<OpeningSpan>> {
        let day = prop::collection::btree_set(0i16..288, 0..7).prop_filter("pairs", |set| set.len() % 2 == 0);
        let note = prop::option::of("[A-Za-zäöüß(][A-Za-zäöüß ().,-]{0,20}[A-Za-zäöüß)]");
        prop::collection::vec((day, note), 7).prop_map(|days| {
            let mut week = Vec::new();
            for (weekday, (marks, note)) in Weekday::ALL.into_iter().zip(days) {
                let clock = |mark: i16| {
                    let part = |number: i16| i8::try_from(number).unwrap();
                    civil::time(part(mark / 12), part(mark % 12 * 5), 0, 0)
                };
                let marks: Vec<Time> = marks.into_iter().map(clock).collect();
                for pair in marks.chunks(2) {
                    let note = note.as_ref().map(|note| line(note, limit::LINE).text);
                    week.push(OpeningSpan { weekday, opens: pair[0], closes: pair[1], note });
                }
            }
            week
        })
    }

    proptest! {
        #[test]
        fn a_week_comes_back_from_its_form_as_it_was(week in weeks()) {
            let value = if week.is_empty() { Value::Null } else { serde_json::to_value(&week).unwrap() };
            let mut sent = Sent::default();
            write(&value, &mut sent);
            assert_eq!(read(&sent), Ok(value));
        }

        #[test]
        fn no_text_breaks_the_reader(day in "\\PC{0,3}", opens in "\\PC{0,6}", closes in "[0-9:.]{0,6}") {
            let mut sent = Sent::default();
            for (name, text) in NAMES.into_iter().zip([day, opens, closes, String::new()]) {
                sent.put(name, text);
            }
            let _ = read(&sent);
        }
    }

    fn sent(rows: &[[&str; 4]]) -> Sent {
        let mut sent = Sent::default();
        for row in rows {
            NAMES.into_iter().zip(row).for_each(|(name, text)| sent.put(name, *text));
        }
        sent
    }

    #[test]
    fn empty_rows_are_left_out_and_wrong_ones_are_named() {
        assert_eq!(read(&sent(&[["3", "", "", ""]])), Ok(Value::Null));
        let wrong = |rows: &[[&str; 4]]| read(&sent(rows)).unwrap_err()[0].say.id();
        assert_eq!(wrong(&[["1", "", "", ""], ["", "9:00", "12:00", ""]]), "desk-centre-week-day");
        assert_eq!(wrong(&[["1", "9:00", "25:00", ""]]), "desk-centre-week-time");
        assert_eq!(wrong(&[["1", "12:00", "9:00", ""]]), "desk-centre-week-order");
        assert_eq!(wrong(&[["1", "9", "12", ""], ["1", "11:30", "13:00", ""]]), "desk-centre-week-overlap");
        let late = read(&sent(&[["7", "20:00", "24:00", ""]])).unwrap();
        assert_eq!(late[0]["closes"], "23:59:00");
    }
}
