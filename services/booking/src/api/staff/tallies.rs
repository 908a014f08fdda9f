//! `…/tallies`: counts by day and offer. There are no persons in them.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use webkit::{problem::Problem, query::StrictQuery, staff::TeamSession};

use super::{
    answer::{Refused, house, refused},
    days::Days,
};
use crate::{availability::local_date, web::AppState};

/// Days after the first one, if nobody says how many.
const DAYS: i64 = 364;

/// Counts in order of day and offer.
#[derive(Serialize, ToSchema)]
pub(super) struct Tallies {
    /// The first day.
    from: String,
    /// The last day.
    to: String,
    /// Days and offers of which something is counted.
    tallies: Vec<Tally>,
}

/// Counts of a day and an offer. The day is that of the appointments.
#[derive(Serialize, ToSchema)]
struct Tally {
    #[schema(value_type = String, format = Date)]
    day: String,
    /// Our id of the offer.
    offer: String,
    booked: u64,
    moved: u64,
    cancelled: u64,
    declined: u64,
    kept: u64,
    missed: u64,
}

/// Counts from the first day of the year on, or on the days that are named.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/tallies", tag = "staff", operation_id = "staff_tallies",
    security(("session" = [])), params(("centre" = String, Path), Days),
    responses((status = 200, description = "The counts.", body = Tallies), Refused)
)]
pub(super) async fn list(
    State(app): State<AppState>,
    team: TeamSession,
    StrictQuery(days): StrictQuery<Days>,
) -> Result<Json<Tallies>, Problem> {
    let house = house(&app, &team).await?;
    let year = local_date(app.clock().now()).year();
    let (from, to) = days.read(Date::constant(year, 1, 1), DAYS)?;
    let counted = app.booking().store().tally(&house.centre.id, from, to).await.map_err(refused)?;
    let mut by_day: BTreeMap<(String, String), BTreeMap<String, u64>> = BTreeMap::new();
    for (day, offer, what, count) in counted {
        by_day.entry((day, offer)).or_default().insert(what, count);
    }
    let tally = |((day, offer), counts): ((String, String), BTreeMap<String, u64>)| {
        let count = |what: &str| counts.get(what).copied().unwrap_or(0);
        Tally {
            booked: count("booked"),
            moved: count("moved"),
            cancelled: count("cancelled"),
            declined: count("declined"),
            kept: count("kept"),
            missed: count("missed"),
            day,
            offer,
        }
    };
    Ok(Json(Tallies {
        from: from.to_string(),
        to: to.to_string(),
        tallies: by_day.into_iter().map(tally).collect(),
    }))
}
