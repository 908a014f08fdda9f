//! `…/resources`: the counsellors and rooms of a centre.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use webkit::{problem::Problem, staff::TeamSession};

use super::answer::{Refused, house};
use crate::{store::ResourceKind, web::AppState};

/// Somebody or something that appointments need.
#[derive(Serialize, ToSchema)]
pub(super) struct StaffResource {
    id: String,
    kind: StaffResourceKind,
    /// The name as colleagues see it.
    name: String,
    /// Whether it can be booked.
    active: bool,
    /// Whether it is the person who asks.
    own: bool,
}

/// What it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StaffResourceKind {
    Counsellor,
    Room,
}

/// Lists counsellors and rooms, by name.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/resources", tag = "staff", operation_id = "staff_resources",
    security(("session" = [])), params(("centre" = String, Path)),
    responses((status = 200, description = "Counsellors, then rooms.", body = Vec<StaffResource>), Refused)
)]
pub(super) async fn list(
    State(app): State<AppState>,
    team: TeamSession,
) -> Result<Json<Vec<StaffResource>>, Problem> {
    let house = house(&app, &team).await?;
    let own = house.own(&team).map(|own| own.value.id.clone());
    let all = house.counsellors().into_iter().chain(house.rooms());
    let list = all.map(|one| StaffResource {
        id: one.value.id.clone(),
        kind: match one.value.kind {
            ResourceKind::Counsellor(_) => StaffResourceKind::Counsellor,
            ResourceKind::Room => StaffResourceKind::Room,
        },
        name: one.value.name.clone(),
        active: one.value.active,
        own: own.as_ref() == Some(&one.value.id),
    });
    Ok(Json(list.collect()))
}
