//! `/arbeitsplatz/termine/{centre}/zahlen`: counts by month, day and offer. There are no persons in them.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{TeamSession, path_in, render},
};

use super::{
    around::{Head, House, Part, asked, date, path, unreadable},
    say::Say,
    words,
};
use crate::{availability::local_date, web::AppState};

/// What is counted, in the order of the columns.
const WHAT: [(&str, &str); 6] = [
    ("booked", "desk-booking-count-booked"),
    ("moved", "desk-booking-count-moved"),
    ("cancelled", "desk-booking-count-cancelled"),
    ("declined", "desk-booking-count-declined"),
    ("kept", "desk-booking-count-kept"),
    ("missed", "desk-booking-count-missed"),
];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    jahr: String,
    /// The month whose days are shown, as 2026-11.
    monat: String,
}

#[derive(Serialize)]
struct NumbersPage {
    head: Head,
    title: Say,
    previous: String,
    next: String,
    /// Back from the days of a month to its year.
    year_href: Option<String>,
    what: Vec<&'static str>,
    periods: Vec<PeriodCounts>,
}

/// A month, or a day of one.
#[derive(Serialize)]
struct PeriodCounts {
    title: Say,
    /// Its days.
    href: Option<String>,
    offers: Vec<OfferCounts>,
}

#[derive(Serialize)]
struct OfferCounts {
    name: Option<String>,
    counts: Vec<u64>,
}

/// Shows the months of a year, or the days of a month.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let asked: Asked = asked(&uri);
    let today = local_date(app.clock().now());
    let month = date(&format!("{}-01", asked.monat));
    let year = asked.jahr.parse().ok().filter(|year| (2000..=2199).contains(year)).unwrap_or(today.year());
    let (first, last) = match month {
        Some(month) => (month, month.last_of_month()),
        None => (Date::constant(year, 1, 1), Date::constant(year, 12, 31)),
    };
    let tally = app.booking().store().tally(&house.centre.id, first, last).await.map_err(unreadable)?;
    let mut periods: BTreeMap<Date, BTreeMap<String, [u64; WHAT.len()]>> = BTreeMap::new();
    for (day, offer, what, count) in tally {
        let Ok(day) = day.parse::<Date>() else { continue };
        let Some(column) = WHAT.iter().position(|(code, _)| *code == what) else { continue };
        let period = if month.is_some() { day } else { day.first_of_month() };
        let counts = periods.entry(period).or_default().entry(offer).or_default();
        counts[column] += count;
    }
    let here = path_in(&visit, &path(&house.centre.id, "zahlen"));
    let of_year = |year: i16| format!("{here}?jahr={year}");
    let of_month = |month: Date| format!("{here}?monat={}", &month.to_string()[..7]);
    let context = NumbersPage {
        head: Head::new(&app, &visit, &team, &house, Part::Numbers),
        title: match month {
            Some(month) => words::month(month),
            None => Say::new("desk-booking-year").text("year", year.to_string()),
        },
        previous: month.map_or_else(|| of_year(year - 1), |month| of_month(month.saturating_sub(1.month()))),
        next: month.map_or_else(|| of_year(year + 1), |month| of_month(month.saturating_add(1.month()))),
        year_href: month.map(|month| of_year(month.year())),
        what: WHAT.iter().map(|(_, text)| *text).collect(),
        periods: periods
            .into_iter()
            .rev()
            .map(|(period, offers)| PeriodCounts {
                title: if month.is_some() { words::day(period) } else { words::month(period) },
                href: month.is_none().then(|| of_month(period)),
                offers: offers
                    .into_iter()
                    .map(|(id, counts)| OfferCounts {
                        name: house.offer(&id).map(|offer| offer.name.clone()),
                        counts: counts.to_vec(),
                    })
                    .collect(),
            })
            .collect(),
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-numbers.html", &context)?.into_response())
}
