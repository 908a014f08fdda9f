//! Days on which the normal week does not hold: a row for each.

use contracts::directory::OpeningException;
use jiff::civil::Time;
use serde_json::Value;

use super::{
    Read, Wrong,
    week::{clock, time},
};
use crate::{
    import::field::{
        day::day,
        text::{limit, line},
    },
    web::{desk::centres::sent::Sent, say::Say},
};

pub(super) const NAMES: [&str; 4] = ["ab", "letzter", "offen", "grund"];
const AT: &str = "ausnahmen";

pub(super) fn write(value: &Value, sent: &mut Sent) {
    let exceptions: Vec<OpeningException> = serde_json::from_value(value.clone()).unwrap_or_default();
    for exception in exceptions {
        let open: Vec<String> =
            exception.open.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
        let last = if exception.to == exception.from { String::new() } else { exception.to.to_string() };
        let row = [exception.from.to_string(), last, open.join(", "), exception.note.unwrap_or_default()];
        NAMES.into_iter().zip(row).for_each(|(name, text)| sent.put(name, text));
    }
}

/// Rows in which somebody wrote something.
pub(super) fn rows(sent: &Sent) -> Vec<[String; 4]> {
    let mut rows = sent.rows(NAMES);
    rows.retain(|row| row.iter().any(|text| !text.is_empty()));
    rows
}

pub(super) fn read(sent: &Sent) -> Read {
    let mut exceptions = Vec::new();
    for (number, [from, to, open, note]) in (1usize..).zip(sent.rows(NAMES)) {
        if [&from, &to, &open, &note].iter().all(|text| text.is_empty()) {
            continue;
        }
        let wrong = |say: Say| Err(vec![Wrong::new(AT, say.with("row", number))]);
        let last = if to.is_empty() { &from } else { &to };
        let (Some(from), Some(to)) = (day(&from), day(last)) else {
            return wrong(Say::new("desk-centre-exception-day"));
        };
        if to < from {
            return wrong(Say::new("desk-centre-exception-order"));
        }
        let Some(open) = spans(&open) else { return wrong(Say::new("desk-centre-exception-time")) };
        let note = Some(line(&note, limit::LINE).text).filter(|note| !note.is_empty());
        exceptions.push(OpeningException { from, to, open, note });
    }
    exceptions.sort();
    exceptions.dedup();
    if exceptions.len() > limit::LIST {
        return Err(vec![Wrong::new(AT, Say::new("desk-centre-too-many").with("count", limit::LIST))]);
    }
    Ok(if exceptions.is_empty() { Value::Null } else { serde_json::to_value(exceptions).unwrap_or_default() })
}

/// `9:00-12:00, 14:00-16:00`; nothing means closed.
fn spans(text: &str) -> Option<Vec<(Time, Time)>> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let mut spans: Vec<(Time, Time)> = parts
        .map(|part| {
            let (opens, closes) = part.split_once(['-', '–'])?;
            let (opens, closes) = (time(opens)?, time(closes)?);
            (opens < closes).then_some((opens, closes))
        })
        .collect::<Option<_>>()?;
    spans.sort();
    spans.windows(2).all(|pair| pair[0].1 <= pair[1].0).then_some(spans)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date, time as at};
    use proptest::prelude::{Strategy, prop, proptest};

    use super::*;

    fn days() -> impl Strategy<Value = Vec<OpeningException>> {
        let day = (2020i16..2035, 1i8..13, 1i8..29).prop_map(|(year, month, day)| date(year, month, day));
        let note = prop::option::of("[A-Za-zäöü]{1,12}( [A-Za-z]{1,5})?");
        let open = prop::collection::btree_set(0i8..24, 0..5).prop_map(|marks| {
            let marks: Vec<Time> = marks.into_iter().map(|hour| at(hour, 30, 0, 0)).collect();
            marks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
        });
        prop::collection::vec((day.clone(), day, open, note), 0..6).prop_map(|all| {
            let mut all: Vec<OpeningException> = all
                .into_iter()
                .map(|(one, other, open, note): (Date, Date, Vec<(Time, Time)>, Option<String>)| {
                    OpeningException { from: one.min(other), to: one.max(other), open, note }
                })
                .collect();
            all.sort();
            all.dedup();
            all
        })
    }

    proptest! {
        #[test]
        fn exceptions_come_back_from_their_form_as_they_were(days in days()) {
            let value = if days.is_empty() { Value::Null } else { serde_json::to_value(&days).unwrap() };
            let mut sent = Sent::default();
            write(&value, &mut sent);
            assert_eq!(read(&sent), Ok(value));
        }
    }

    #[test]
    fn times_of_a_day_are_checked() {
        assert_eq!(spans(""), Some(vec![]));
        assert_eq!(spans("9-12"), Some(vec![(at(9, 0, 0, 0), at(12, 0, 0, 0))]));
        for wrong in ["9:00", "12-9", "9-12, 11-13", "vormittags"] {
            assert_eq!(spans(wrong), None, "{wrong}");
        }
    }
}
