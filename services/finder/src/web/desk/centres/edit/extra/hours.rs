//! Rows of the week and of other days, and the public holidays of the Land.

use contracts::directory::{Centre, LandKey, Weekday};
use holidays::{Extent, Holiday, of_year};
use jiff::civil::Date;
use kernel::Lang;
use serde_json::{Value, json};

use crate::{
    import::field::day::day,
    web::desk::centres::{around::Around, sent::Sent},
};

/// Empty rows offered after those that are filled.
const SPARE: usize = 2;
/// Empty rows that “more” adds.
const MORE: usize = 4;

pub(super) fn of(around: &Around<'_>, centre: &Centre, sent: &Sent) -> Value {
    let more = sent.one("mehr");
    let exceptions = sent.rows(["ab", "letzter", "offen", "grund"]);
    let mut exceptions: Vec<[String; 4]> =
        exceptions.into_iter().filter(|row| row.iter().any(|text| !text.is_empty())).collect();
    let coming = coming(around, centre);
    if more == "feiertage" {
        let open = open_weekdays(sent);
        for holiday in coming.iter().filter(|holiday| holiday.extent == Extent::Land) {
            if open.contains(&Weekday::of(holiday.date)) && !is_covered(holiday.date, &exceptions) {
                // The note is part of the entry and German like the rest of it.
                let name = around.app.pages().catalogue().plain(Lang::De, &message(holiday));
                exceptions.push([holiday.date.to_string(), String::new(), String::new(), name]);
            }
        }
    }
    let holidays: Vec<Value> = coming
        .iter()
        .map(|holiday| {
            json!({
                "date": around.day(holiday.date),
                "name": around.word(&message(holiday)),
                "in_parts": holiday.extent == Extent::Municipalities,
                "covered": is_covered(holiday.date, &exceptions),
            })
        })
        .collect();
    let spare = if more == "ausnahmen" { MORE } else { SPARE };
    exceptions.extend(std::iter::repeat_with(Default::default).take(spare));
    let weekdays = (1i64..=7).map(|number| {
        json!({ "value": number.to_string(), "text": around.say("weekday", &[("weekday", number.into())]) })
    });
    let none = json!({ "value": "", "text": around.word("desk-centre-week-choose") });
    json!({
        "week": week(sent, more == "woche").iter().map(row).collect::<Vec<_>>(),
        "exceptions": exceptions.iter().map(row).collect::<Vec<_>>(),
        "weekdays": std::iter::once(none).chain(weekdays).collect::<Vec<_>>(),
        "holidays": holidays,
    })
}

fn row(row: &[String; 4]) -> Value {
    json!(row)
}

/// The rows of the week: filled ones, an empty one for each weekday without, and some to spare.
fn week(sent: &Sent, more: bool) -> Vec<[String; 4]> {
    let mut rows = sent.rows(["tag", "von", "bis", "wozu"]);
    rows.retain(|[_, opens, closes, note]| !(opens.is_empty() && closes.is_empty() && note.is_empty()));
    for number in 1..=7 {
        let number = number.to_string();
        if !rows.iter().any(|row| row[0] == number) {
            rows.push([number, String::new(), String::new(), String::new()]);
        }
    }
    // Rows without a weekday stay behind those with one; the order within a day is the editor's.
    rows.sort_by_key(|row| row[0].parse::<u8>().unwrap_or(8));
    rows.extend(std::iter::repeat_with(Default::default).take(if more { MORE } else { SPARE }));
    rows
}

/// Weekdays on which the form has hours.
fn open_weekdays(sent: &Sent) -> Vec<Weekday> {
    let rows = sent.rows(["tag", "von", "bis", "wozu"]);
    let open = rows.iter().filter(|[_, opens, ..]| !opens.is_empty());
    let weekday = |text: &String| Weekday::ALL.get(text.parse::<usize>().ok()?.checked_sub(1)?).copied();
    open.filter_map(|[day, ..]| weekday(day)).collect()
}

/// Whether a row of other days already speaks of this one.
fn is_covered(date: Date, rows: &[[String; 4]]) -> bool {
    rows.iter().any(|[from, to, ..]| {
        let last = if to.is_empty() { from } else { to };
        day(from).is_some_and(|from| from <= date) && day(last).is_some_and(|to| date <= to)
    })
}

/// The public holidays of the next twelve months.
fn coming(around: &Around<'_>, centre: &Centre) -> Vec<Holiday> {
    let land: Option<LandKey> =
        around.places.postcode(centre.address.postcode).and_then(|info| info.lands.first().copied());
    let Some(land) = land else { return Vec::new() };
    let today = around.today();
    let end = today.saturating_add(jiff::Span::new().years(1));
    let years = [today.year(), today.year().saturating_add(1)];
    let all = years.into_iter().flat_map(|year| of_year(land, year));
    all.filter(|holiday| today <= holiday.date && holiday.date < end).collect()
}

fn message(holiday: &Holiday) -> String {
    format!("desk-centre-holiday-{}", holiday.name.code())
}
