//! `GET /api/v1/offers/{id}/slots`: the free times of an offer.

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use webkit::{problem::Problem, query::StrictQuery};

use super::{
    answer::{refused, wrong},
    view::{BookingMode, Slot},
};
use crate::{
    BookingError,
    availability::{LONGEST_HORIZON, local_date},
    web::AppState,
};

/// Days of one answer, if nobody says how many.
const DAYS: i32 = 31;

/// Which times are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// First day in Germany, as `2026-11-23`; today without it.
    from: Option<String>,
    /// Last day, included; 30 days after the first without it.
    to: Option<String>,
    /// Only times in this mode.
    #[param(inline)]
    mode: Option<BookingMode>,
}

/// Free times in order.
#[derive(Serialize, ToSchema)]
pub(super) struct Slots {
    /// Our id of the offer.
    offer: String,
    /// The first day looked at.
    from: String,
    /// The last day looked at.
    to: String,
    slots: Vec<Slot>,
    /// The first day after these that has free times.
    next: Option<String>,
}

/// Names the free times of an offer. That a time is free is decided when it is booked, not here.
#[utoipa::path(
    get, path = "/api/v1/offers/{id}/slots", tag = "booking",
    params(("id" = String, Path, description = "Our id of the offer, `offer_id` of a hit."), Asked),
    responses(
        (status = 200, description = "The free times.", body = Slots),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such offer can be booked.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    offer: Result<Path<String>, PathRejection>,
    StrictQuery(asked): StrictQuery<Asked>,
) -> Result<Json<Slots>, Problem> {
    let today = local_date(app.clock().now());
    let from = day(asked.from.as_deref(), "from")?.unwrap_or(today).max(today);
    let last = from.saturating_add(jiff::Span::new().days(DAYS - 1));
    let to = day(asked.to.as_deref(), "to")?.unwrap_or(last);
    if to < from {
        return Err(wrong("to", "The last day lies before the first one, or before today."));
    }
    let offer = offer.map(|Path(id)| id).unwrap_or_default();
    if offer.is_empty() || offer.contains('\0') {
        return Err(refused(BookingError::NotFound));
    }
    let bookable = app.booking().bookable(&offer).await.map_err(refused)?;
    let all = usize::from(LONGEST_HORIZON) + 1;
    let times = app.booking().times(&bookable, asked.mode.map(Into::into), Some(from), all).await;
    let times = times.map_err(refused)?;
    let (asked, later): (Vec<_>, Vec<_>) = times.days.iter().partition(|day| day.date <= to);
    let slots = asked.iter().flat_map(|day| &day.times).map(Slot::from).collect();
    let next = later.first().map(|day| day.date).or(times.next);
    Ok(Json(Slots {
        offer,
        from: from.to_string(),
        to: to.to_string(),
        slots,
        next: next.map(|day| day.to_string()),
    }))
}

/// A day in an address.
pub(super) fn day(text: Option<&str>, parameter: &'static str) -> Result<Option<Date>, Problem> {
    let day = text.map(str::parse).transpose();
    day.map_err(|_| wrong(parameter, "Expected a day as 2026-11-23."))
}
