//! `/arbeitsplatz/termine/{centre}/zahlen`: counts by month and offer. There are no persons in them.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{TeamSession, path_in, render},
};

use super::{
    around::{Head, House, Part, asked, path, unreadable},
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
}

#[derive(Serialize)]
struct NumbersPage {
    head: Head,
    year: String,
    previous: String,
    next: String,
    what: Vec<&'static str>,
    months: Vec<MonthCounts>,
}

#[derive(Serialize)]
struct MonthCounts {
    month: Say,
    offers: Vec<OfferCounts>,
}

#[derive(Serialize)]
struct OfferCounts {
    name: Option<String>,
    counts: Vec<u64>,
}

/// Shows a year.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let asked: Asked = asked(&uri);
    let today = local_date(app.clock().now());
    let year = asked.jahr.parse().ok().filter(|year| (2000..=2199).contains(year)).unwrap_or(today.year());
    let (first, last) = (Date::constant(year, 1, 1), Date::constant(year, 12, 31));
    let tally = app.booking().store().tally(&house.centre.id, first, last).await.map_err(unreadable)?;
    let mut months: BTreeMap<Date, BTreeMap<String, [u64; WHAT.len()]>> = BTreeMap::new();
    for (day, offer, what, count) in tally {
        let Ok(day) = day.parse::<Date>() else { continue };
        let Some(column) = WHAT.iter().position(|(code, _)| *code == what) else { continue };
        let counts = months.entry(day.first_of_month()).or_default().entry(offer).or_default();
        counts[column] += count;
    }
    let href = |year: i16| path_in(&visit, &format!("{}?jahr={year}", path(&house.centre.id, "zahlen")));
    let context = NumbersPage {
        head: Head::new(&app, &visit, &team, &house, Part::Numbers),
        year: year.to_string(),
        previous: href(year - 1),
        next: href(year + 1),
        what: WHAT.iter().map(|(_, text)| *text).collect(),
        months: months
            .into_iter()
            .rev()
            .map(|(month, offers)| MonthCounts {
                month: words::month(month),
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
