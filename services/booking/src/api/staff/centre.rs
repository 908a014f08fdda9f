//! `…/settings`: what holds for all offers of a centre.

use axum::{extract::State, http::HeaderMap, response::Response};
use webkit::{
    problem::Problem,
    staff::{CentreSession, StaffJson, TeamSession},
};

use super::{
    answer::{Refused, RefusedBody, house, refused},
    revision, unsuited,
};
use crate::{
    setting::CentreSetting,
    store::Revised,
    web::{AppState, desk::around::trail},
};

/// Shows what is set for all offers: what holds by itself while nothing is, with the ETag `"0"`.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/settings", tag = "staff", operation_id = "staff_centre_settings",
    security(("session" = [])), params(("centre" = String, Path)),
    responses(
        (status = 200, description = "What is set.", body = CentreSetting,
            headers(("ETag" = String, description = "The revision, for `If-Match`."))),
        Refused
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    (team, _manager): (TeamSession, CentreSession),
) -> Result<Response, Problem> {
    let house = house(&app, &team).await?;
    let Revised { revision, value } =
        app.booking().centre_setting(&house.centre.id).await.map_err(refused)?;
    Ok(revision::shown(revision, &value))
}

/// Sets it. Appointments that exist stay, whatever is set.
#[utoipa::path(
    put, path = "/api/v1/staff/centres/{centre}/settings", tag = "staff", operation_id = "staff_set_centre",
    security(("session" = [])),
    params(
        ("centre" = String, Path),
        ("If-Match" = String, Header, description = "The ETag of the settings that were read.")
    ),
    request_body = CentreSetting,
    responses(
        (status = 200, description = "What is set now.", body = CentreSetting,
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
    headers: HeaderMap,
    StaffJson(value): StaffJson<CentreSetting>,
) -> Result<Response, Problem> {
    let house = house(&app, &team).await?;
    let centre = &house.centre;
    let Revised { revision, value: old } = app.booking().centre_setting(&centre.id).await.map_err(refused)?;
    revision::expect(&headers, revision)?;
    value.check().map_err(unsuited::centre)?;
    // what seekers notice most is what the trail tells
    let action = match (old.paused, value.paused) {
        (false, true) => "booking.switched-off",
        (true, false) => "booking.switched-on",
        _ => "booking.centre-set",
    };
    let line = trail(&app, &manager, action, ("centre", &centre.id, &centre.name), "");
    let setting = Revised { revision, value };
    app.booking().save_centre_setting(&centre.id, &setting, &line).await.map_err(revision::unsaved)?;
    Ok(revision::shown(revision + 1, &setting.value))
}
