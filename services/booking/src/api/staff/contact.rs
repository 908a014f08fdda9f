//! `POST …/appointments/{appointment}/contact`: what the person said of herself.

use axum::{
    extract::State,
    response::{IntoResponse, Json, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::{
    problem::Problem,
    staff::{StaffJson, TeamSession},
};

use super::{
    answer::{RefusedBody, refused},
    appointments::{OnePath, found},
};
use crate::web::{
    AppState,
    desk::{around::signature, one::InPath},
};

/// Nothing: `{}`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactRequest {}

/// What the person said of herself; empty where she said nothing.
#[derive(Default, Serialize, ToSchema)]
pub(super) struct AppointmentContact<'a> {
    name: &'a str,
    mail: &'a str,
    phone: &'a str,
    note: &'a str,
}

/// Shows what the person said of herself. That it was read is written into the trail before: who, at which centre, when.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}/contact", tag = "staff",
    operation_id = "staff_appointment_contact", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)), request_body = ContactRequest,
    responses((status = 200, description = "What she said.", body = AppointmentContact<'_>), RefusedBody)
)]
pub(super) async fn post(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffJson(ContactRequest {}): StaffJson<ContactRequest>,
) -> Result<Response, Problem> {
    let appointment = found(&app, &team, path).await?;
    let contact = app.booking().read_contact(&appointment, &signature(&app, &team)).await.map_err(refused)?;
    let said = contact.as_ref().map(|contact| {
        let contact = contact.expose();
        AppointmentContact {
            name: &contact.name,
            mail: &contact.mail,
            phone: &contact.phone,
            note: &contact.note,
        }
    });
    Ok(Json(said.unwrap_or_default()).into_response())
}
