//! `…/appointments`: who comes when, without a word about who it is.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::{problem::Problem, query::StrictQuery, staff::TeamSession};

use super::{
    answer::{Refused, house, named, refused},
    days::Days,
    view::StaffAppointment,
};
use crate::{
    BookingError,
    appointment::Appointment,
    availability::{LocalRange, local_date},
    web::{AppState, desk::one::InPath},
};

/// Days after the first one, if nobody says how many.
const DAYS: i64 = 30;

/// The appointment in an address.
#[derive(Deserialize)]
pub(super) struct OnePath {
    appointment: String,
}

/// Appointments in order.
#[derive(Serialize, ToSchema)]
pub(super) struct StaffAppointments {
    /// The first day.
    from: String,
    /// The last day.
    to: String,
    /// Those that touch these days, also cancelled ones, until they are forgotten.
    appointments: Vec<StaffAppointment>,
}

/// The appointment that an address names, if it is the centre's.
pub(super) async fn found(
    app: &AppState,
    team: &TeamSession,
    path: InPath<OnePath>,
) -> Result<Appointment, Problem> {
    let Ok(Path(OnePath { appointment })) = path else { return Err(refused(BookingError::NotFound)) };
    let found = app.booking().appointment_at(named(team.centre_id())?, named(&appointment)?).await;
    found.map_err(refused)
}

/// Lists appointments from today on, or on the days that are named.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/appointments", tag = "staff", operation_id = "staff_appointments",
    security(("session" = [])), params(("centre" = String, Path), Days),
    responses((status = 200, description = "The appointments.", body = StaffAppointments), Refused)
)]
pub(super) async fn list(
    State(app): State<AppState>,
    team: TeamSession,
    StrictQuery(days): StrictQuery<Days>,
) -> Result<Json<StaffAppointments>, Problem> {
    let house = house(&app, &team).await?;
    let (from, to) = days.read(local_date(app.clock().now()), DAYS)?;
    let found = app.booking().store().of_centre(&house.centre.id, LocalRange::days(from, to).span()).await;
    Ok(Json(StaffAppointments {
        from: from.to_string(),
        to: to.to_string(),
        appointments: found.map_err(refused)?.iter().map(StaffAppointment::from).collect(),
    }))
}

/// Shows an appointment.
#[utoipa::path(
    get, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}", tag = "staff",
    operation_id = "staff_appointment", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)),
    responses((status = 200, description = "The appointment.", body = StaffAppointment), Refused)
)]
pub(super) async fn get(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
) -> Result<Json<StaffAppointment>, Problem> {
    let found = found(&app, &team, path).await?;
    Ok(Json(StaffAppointment::from(&found)))
}
