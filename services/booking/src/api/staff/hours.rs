//! `…/resources/{resource}/hours`: when a counsellor can be met and a room cannot be used. She keeps them herself, or the
//! manager does.

use std::collections::BTreeSet;

use axum::{extract::State, http::HeaderMap, response::Response};
use webkit::{
    problem::Problem,
    staff::{StaffJson, TeamSession},
};

use super::{
    answer::{Refused, RefusedBody, named, unusable},
    revision, unsuited,
};
use crate::{
    setting::Hours,
    store::Revised,
    web::{
        AppState,
        desk::{
            around::trail,
            hours::Kept,
            one::InPath,
            resources::{ResourcePath, kind},
        },
    },
};

/// The counsellor or room in the address, if the person is her or manages the centre.
pub(super) async fn kept(
    app: &AppState,
    team: &TeamSession,
    path: InPath<ResourcePath>,
) -> Result<Kept, Problem> {
    named(team.centre_id())?;
    Ok(Kept::of(app, team, path).await?)
}

/// That hours can be set: by themselves, and with offers that there are.
pub(super) fn check(kept: &Kept, hours: &Hours) -> Result<(), Problem> {
    hours.check().map_err(unsuited::hours)?;
    if kept.is_room() && !hours.rules.is_empty() {
        return Err(unusable(
            "/rules",
            "A room has no rules, only absences: times at which it cannot be used.",
        ));
    }
    let offers = kept.house.centre.offers.iter().map(|offer| offer.id.as_str());
    // an offer that left the directory is no reason to refuse what stays as it is
    let earlier = kept.hours.rules.iter().flat_map(|rule| &rule.offers).map(String::as_str);
    let known: BTreeSet<&str> = offers.chain(earlier).collect();
    let serves_known = |offers: &BTreeSet<String>| offers.iter().all(|offer| known.contains(offer.as_str()));
    match hours.rules.iter().position(|rule| !serves_known(&rule.offers)) {
        Some(at) => Err(unusable(format!("/rules/{at}/offers"), "Expected offers of the centre.")),
        None => Ok(()),
    }
}

/// Shows the hours of a counsellor, or when a room cannot be used.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/resources/{resource}/hours", tag = "staff",
    operation_id = "staff_hours", security(("session" = [])),
    params(("centre" = String, Path), ("resource" = String, Path)),
    responses(
        (status = 200, description = "Rules and absences.", body = Hours,
            headers(("ETag" = String, description = "The revision, for `If-Match`."))),
        Refused
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<ResourcePath>,
) -> Result<Response, Problem> {
    let kept = kept(&app, &team, path).await?;
    Ok(revision::shown(kept.resource.revision, &kept.hours))
}

/// Sets them. Appointments that exist stay, whatever is set.
#[utoipa::path(
    put, path = "/api/v1/staff/centres/{centre}/resources/{resource}/hours", tag = "staff",
    operation_id = "staff_set_hours", security(("session" = [])),
    params(
        ("centre" = String, Path), ("resource" = String, Path),
        ("If-Match" = String, Header, description = "The ETag of the hours that were read.")
    ),
    request_body = Hours,
    responses(
        (status = 200, description = "The hours now.", body = Hours,
            headers(("ETag" = String, description = "The revision, for `If-Match`."))),
        (status = 412, description = "Somebody else saved meanwhile.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something cannot be set; `pointer` says what.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn put(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<ResourcePath>,
    headers: HeaderMap,
    StaffJson(hours): StaffJson<Hours>,
) -> Result<Response, Problem> {
    let kept = kept(&app, &team, path).await?;
    let Revised { revision, value } = &kept.resource;
    revision::expect(&headers, *revision)?;
    check(&kept, &hours)?;
    let line = trail(&app, &team, "booking.hours-set", (kind(value), &value.id, &value.name), "");
    let saved = app.booking().save_resource(kept.resource.clone(), Some(&hours), &line).await;
    saved.map_err(revision::unsaved)?;
    Ok(revision::shown(revision + 1, &hours))
}
