//! A month, day by day: a table for each offer.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{TeamSession, render},
};

use super::{Counts, Stretch, WHAT, add, counted, name_of};
use crate::web::{
    AppState,
    desk::{
        around::{Head, House, Part},
        say::Say,
        words,
    },
};

#[derive(Serialize)]
struct MonthPage {
    head: Head,
    month: Say,
    previous: String,
    next: String,
    year: String,
    file: String,
    what: Vec<&'static str>,
    offers: Vec<OfferDays>,
}

/// The days of an offer on which something was counted.
#[derive(Serialize)]
struct OfferDays {
    name: Option<String>,
    days: Vec<DayCounts>,
    sum: Vec<u64>,
}

#[derive(Serialize)]
struct DayCounts {
    day: Say,
    counts: Vec<u64>,
}

pub(super) async fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    house: &House,
    month: Date,
) -> Result<Response, PageError> {
    let stretch = Stretch::Month(month);
    let mut offers: BTreeMap<String, (Vec<DayCounts>, Counts)> = BTreeMap::new();
    for ((day, offer), counts) in counted(app, house, stretch).await? {
        let (days, sum) = offers.entry(offer).or_default();
        days.push(DayCounts { day: words::short_day(day), counts: counts.to_vec() });
        add(sum, &counts);
    }
    let beside = |months: i64| Stretch::Month(month.saturating_add(months.months()));
    let context = MonthPage {
        head: Head::new(app, visit, team, house, Part::Numbers),
        month: words::month(month),
        previous: beside(-1).href(visit, house, "zahlen"),
        next: beside(1).href(visit, house, "zahlen"),
        year: Stretch::Year(month.year()).href(visit, house, "zahlen"),
        file: stretch.href(visit, house, "zahlen/datei"),
        what: WHAT.iter().map(|(_, text)| *text).collect(),
        offers: offers
            .into_iter()
            .map(|(id, (days, sum))| OfferDays { name: name_of(house, &id), days, sum: sum.to_vec() })
            .collect(),
    };
    Ok(render(app.pages(), visit, team, "booking/desk-numbers-month.html", &context)?.into_response())
}
