//! `…/offers/{offer}/settings`: whether and how an offer can be booked.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use contracts::directory::Offer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::{
    problem::Problem,
    staff::{CentreSession, StaffJson, TeamSession},
};

use super::{
    answer::{Refused, RefusedBody, house, refused, unusable},
    revision, unsuited,
};
use crate::{
    setting::OfferSetting,
    store::Revised,
    web::{
        AppState,
        desk::{
            around::{House, trail},
            one::InPath,
        },
    },
};

/// The offer in an address.
#[derive(Deserialize)]
pub(super) struct OfferPath {
    offer: String,
}

/// Whether and how an offer can be booked.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferSettings {
    /// Whether it can be booked at all.
    bookable: bool,
    /// How.
    setting: OfferSetting,
}

fn named(house: &House, path: InPath<OfferPath>) -> Result<&Offer, Problem> {
    let offer = path.ok().and_then(|Path(OfferPath { offer })| house.offer(&offer));
    offer.ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))
}

/// Shows what is set for an offer: a proposal while nothing is, with the ETag `"0"`.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/offers/{offer}/settings", tag = "staff",
    operation_id = "staff_offer_settings", security(("session" = [])),
    params(("centre" = String, Path), ("offer" = String, Path)),
    responses(
        (status = 200, description = "What is set.", body = OfferSettings,
            headers(("ETag" = String, description = "The revision, for `If-Match`."))),
        Refused
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    (team, _manager): (TeamSession, CentreSession),
    path: InPath<OfferPath>,
) -> Result<Response, Problem> {
    let house = house(&app, &team).await?;
    let offer = named(&house, path)?;
    let (Revised { revision, value: setting }, bookable) =
        app.booking().offer_setting(offer).await.map_err(refused)?;
    Ok(revision::shown(revision, &OfferSettings { bookable, setting }))
}

/// Sets it. Appointments that exist stay, whatever is set.
#[utoipa::path(
    put, path = "/api/v1/staff/centres/{centre}/offers/{offer}/settings", tag = "staff",
    operation_id = "staff_set_offer", security(("session" = [])),
    params(
        ("centre" = String, Path), ("offer" = String, Path),
        ("If-Match" = String, Header, description = "The ETag of the settings that were read.")
    ),
    request_body = OfferSettings,
    responses(
        (status = 200, description = "What is set now.", body = OfferSettings,
            headers(("ETag" = String, description = "The revision, for `If-Match`."))),
        (status = 412, description = "Somebody else saved meanwhile.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something cannot be set; `pointer` says what.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn put(
    State(app): State<AppState>,
    (team, manager): (TeamSession, CentreSession),
    path: InPath<OfferPath>,
    headers: HeaderMap,
    StaffJson(OfferSettings { bookable, setting }): StaffJson<OfferSettings>,
) -> Result<Response, Problem> {
    let house = house(&app, &team).await?;
    let offer = named(&house, path)?;
    let (old, _) = app.booking().offer_setting(offer).await.map_err(refused)?;
    revision::expect(&headers, old.revision)?;
    setting.check().map_err(unsuited::offer)?;
    let rooms: BTreeSet<&String> = house.rooms().into_iter().map(|room| &room.value.id).collect();
    let is_room = |room: &String| rooms.contains(room) || old.value.times.rooms.contains(room);
    if !setting.times.rooms.iter().all(is_room) {
        return Err(unusable("/setting/times/rooms", "Expected rooms of the centre."));
    }
    let action = if bookable { "booking.offer-set" } else { "booking.offer-closed" };
    let line = trail(&app, &manager, action, ("offer", &offer.id, &offer.name), "");
    let setting = Revised { revision: old.revision, value: setting };
    let saved =
        app.booking().save_offer_setting(&house.centre.id, &offer.id, bookable, &setting, &line).await;
    saved.map_err(revision::unsaved)?;
    Ok(revision::shown(old.revision + 1, &OfferSettings { bookable, setting: setting.value }))
}
