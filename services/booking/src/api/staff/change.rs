//! What is done to an appointment: agreed to, cancelled, moved, handed over, and whether the person came.

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use kernel::Personal;
use serde::Deserialize;
use utoipa::ToSchema;
use webkit::{
    problem::Problem,
    staff::{StaffJson, TeamSession},
};
use zeroize::Zeroize;

use super::{
    answer::{RefusedBody, bookable_counsellor, house, refused, unusable},
    appointments::{OnePath, found},
    view::{BookingAttendance, StaffAppointment},
};
use crate::{
    BookingError,
    api::{answer::wrong, book::said, view::BookingMode},
    appointment::Appointment,
    contact::Note,
    service::By,
    web::{
        AppState,
        desk::{around::signature, one::InPath},
    },
};

/// The centre agrees.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Confirmation {
    /// The version that was read.
    version: u32,
}

/// The centre cancels.
#[derive(Deserialize, ToSchema, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cancellation {
    /// The version that was read.
    version: u32,
    /// What the person is told, at most 500 characters. It is sealed and forgotten with the appointment.
    #[serde(default)]
    note: String,
}

/// Another time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Moving {
    /// The version that was read.
    version: u32,
    /// `start` of a slot.
    #[schema(value_type = String, format = DateTime)]
    start: String,
    /// How; as before without it.
    #[serde(default)]
    mode: Option<BookingMode>,
}

/// A colleague.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Handover {
    /// The version that was read.
    version: u32,
    /// Id of the colleague, as in the list of resources.
    counsellor: String,
}

/// Whether the person came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AttendanceNote {
    /// The version that was read.
    version: u32,
    attendance: BookingAttendance,
}

/// The appointment as it was read.
async fn as_read(
    app: &AppState,
    team: &TeamSession,
    (path, version): (InPath<OnePath>, u32),
) -> Result<Appointment, Problem> {
    let found = found(app, team, path).await?;
    if found.version == version { Ok(found) } else { Err(refused(BookingError::Changed)) }
}

fn shown(changed: Result<Appointment, BookingError>) -> Result<Json<StaffAppointment>, Problem> {
    changed.map(|changed| Json(StaffAppointment::from(&changed))).map_err(refused)
}

/// Agrees to a request. The person hears it by mail if she wants mails.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}/confirmation", tag = "staff",
    operation_id = "staff_confirm", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)), request_body = Confirmation,
    responses(
        (status = 200, description = "The appointment as it is now.", body = StaffAppointment),
        (status = 409, description = "It changed meanwhile, or is no longer open.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn confirm(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffJson(sent): StaffJson<Confirmation>,
) -> Result<Json<StaffAppointment>, Problem> {
    let appointment = as_read(&app, &team, (path, sent.version)).await?;
    let bookable = app.booking().offer_at_the_desk(&appointment).await.map_err(refused)?;
    shown(app.booking().confirm(&bookable, &appointment, &signature(&app, &team)).await)
}

/// Cancels an appointment, or declines a request: what the person said is destroyed at once.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}/cancellation", tag = "staff",
    operation_id = "staff_cancel", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)), request_body = Cancellation,
    responses(
        (status = 200, description = "The appointment as it is now.", body = StaffAppointment),
        (status = 409, description = "It changed meanwhile, or is no longer open.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The note is too long.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn cancel(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffJson(sent): StaffJson<Cancellation>,
) -> Result<Json<StaffAppointment>, Problem> {
    let sent = Personal::new(sent);
    let sent = sent.expose();
    let appointment = as_read(&app, &team, (path, sent.version)).await?;
    let note = Note::check(&sent.note).map_err(|problem| unusable("/note", said(problem)))?;
    let by = signature(&app, &team);
    shown(app.booking().cancel(&appointment, By::Staff(&by), note.as_ref()).await)
}

/// Moves an appointment to another slot, with whoever is free then.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}/move", tag = "staff",
    operation_id = "staff_move", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)), request_body = Moving,
    responses(
        (status = 200, description = "The appointment as it is now.", body = StaffAppointment),
        (status = 409, description = "The time is taken; or it changed meanwhile, or is no longer open.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn move_to(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffJson(sent): StaffJson<Moving>,
) -> Result<Json<StaffAppointment>, Problem> {
    let start: Timestamp =
        sent.start.parse().map_err(|_| wrong("start", "Expected `start` of a slot.").at("/start"))?;
    let appointment = as_read(&app, &team, (path, sent.version)).await?;
    let bookable = app.booking().offer_at_the_desk(&appointment).await.map_err(refused)?;
    let mode = sent.mode.map_or(appointment.mode, Into::into);
    let by = signature(&app, &team);
    shown(app.booking().move_to(&bookable, &appointment, mode, start, By::Staff(&by)).await)
}

/// Hands an appointment to a colleague, at the same time.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}/handover", tag = "staff",
    operation_id = "staff_hand_over", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)), request_body = Handover,
    responses(
        (status = 200, description = "The appointment as it is now.", body = StaffAppointment),
        (status = 409, description = "She has something else then; or it changed meanwhile, or is no longer open.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "She is no counsellor of the centre who can be booked.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn hand_over(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffJson(sent): StaffJson<Handover>,
) -> Result<Json<StaffAppointment>, Problem> {
    let house = house(&app, &team).await?;
    let appointment = as_read(&app, &team, (path, sent.version)).await?;
    bookable_counsellor(&house, &sent.counsellor)?;
    let bookable = app.booking().offer_at_the_desk(&appointment).await.map_err(refused)?;
    let by = signature(&app, &team);
    shown(app.booking().hand_over(&bookable, &appointment, &sent.counsellor, &by).await)
}

/// Notes whether the person came; forgotten with the appointment.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/appointments/{appointment}/attendance", tag = "staff",
    operation_id = "staff_note_attendance", security(("session" = [])),
    params(("centre" = String, Path), ("appointment" = String, Path)), request_body = AttendanceNote,
    responses(
        (status = 200, description = "The appointment as it is now.", body = StaffAppointment),
        (status = 409, description = "It has not begun, is not confirmed, or changed meanwhile.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn attend(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffJson(sent): StaffJson<AttendanceNote>,
) -> Result<Json<StaffAppointment>, Problem> {
    let appointment = as_read(&app, &team, (path, sent.version)).await?;
    let by = signature(&app, &team);
    let noted = app.booking().attend(&appointment, sent.attendance.into(), &by).await;
    noted.map_err(|error| match error {
        BookingError::Closed => Problem::new(
            StatusCode::CONFLICT,
            "not-begun",
            "Not begun",
            "Whether the person came can be noted from the begin of the appointment on.",
        ),
        other => refused(other),
    })?;
    shown(app.booking().appointment_at(team.centre_id(), &appointment.id).await)
}
