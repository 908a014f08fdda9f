//! `POST …/resources/{resource}/hours/preview`: what other hours would do, before they are set.

use axum::{Json, extract::State};
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use utoipa::ToSchema;
use webkit::{
    problem::Problem,
    staff::{StaffJson, TeamSession},
};

use super::{
    answer::{RefusedBody, refused},
    hours::{check, kept},
};
use crate::{
    api::view::BookingMode,
    availability::local_date,
    service::Proposal,
    setting::Hours,
    slots::{Change, Conflict, Uncovered},
    web::{
        AppState,
        desk::{one::InPath, resources::ResourcePath},
    },
};

/// How far ahead is looked.
const WEEKS: i64 = 8;

/// What other hours would do.
#[derive(Serialize, ToSchema)]
pub(super) struct HoursPreview {
    /// The first day looked at: today.
    from: String,
    /// The last day looked at.
    to: String,
    /// Times that could be booked newly.
    added: Vec<TimeChange>,
    /// Times that could not be booked any more.
    removed: Vec<TimeChange>,
    /// Appointments that would no longer fit. They stay; people settle them.
    conflicts: Vec<HoursConflict>,
}

/// A time that comes or goes.
#[derive(Serialize, ToSchema)]
struct TimeChange {
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    /// In which modes.
    modes: Vec<BookingMode>,
}

/// An appointment that would no longer fit.
#[derive(Serialize, ToSchema)]
struct HoursConflict {
    /// Its id.
    appointment: String,
    /// Our id of the offer.
    offer: String,
    mode: BookingMode,
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    reason: ConflictReason,
}

/// Why an appointment does not fit.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ConflictReason {
    /// The counsellor cannot be booked.
    NoCounsellor,
    /// No rule covers it.
    NoRule,
    /// She is away.
    Absence,
    /// Its room cannot be used.
    Room,
    /// The centre is closed.
    Closure,
    /// The centre is closed on this public holiday.
    PublicHoliday,
    /// The offer does not take place in this mode.
    OtherMode,
    /// The offer takes longer or shorter.
    OtherLength,
    /// The offer does not take place in this room, or in none.
    OtherRoom,
    /// The group is smaller.
    NoSeat,
}

/// Says what these hours would do in the next eight weeks. Nothing is saved.
#[utoipa::path(
    post, path = "/api/v1/staff/centres/{centre}/resources/{resource}/hours/preview", tag = "staff",
    operation_id = "staff_preview_hours", security(("session" = [])),
    params(("centre" = String, Path), ("resource" = String, Path)), request_body = Hours,
    responses(
        (status = 200, description = "What they would do.", body = HoursPreview),
        (status = 422, description = "Something cannot be set; `pointer` says what.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn post(
    State(app): State<AppState>,
    team: TeamSession,
    path: InPath<ResourcePath>,
    StaffJson(hours): StaffJson<Hours>,
) -> Result<Json<HoursPreview>, Problem> {
    let kept = kept(&app, &team, path).await?;
    check(&kept, &hours)?;
    let today = local_date(app.clock().now());
    let days = (today, today.saturating_add(WEEKS.weeks()));
    let proposal = Proposal::Hours { resource_id: &kept.resource.value.id, hours: &hours };
    let preview = app.booking().preview(&kept.house.centre, &proposal, days).await;
    let preview = preview.map_err(refused)?;
    Ok(Json(HoursPreview {
        from: days.0.to_string(),
        to: days.1.to_string(),
        added: preview.added.iter().map(TimeChange::from).collect(),
        removed: preview.removed.iter().map(TimeChange::from).collect(),
        conflicts: preview.conflicts.into_iter().map(HoursConflict::from).collect(),
    }))
}

impl From<&Change> for TimeChange {
    fn from(change: &Change) -> Self {
        Self {
            start: change.span.from,
            end: change.span.to,
            modes: change.modes.iter().map(BookingMode::from).collect(),
        }
    }
}

impl From<Conflict> for HoursConflict {
    fn from(Conflict { appointment, reason }: Conflict) -> Self {
        Self {
            appointment: appointment.id,
            offer: appointment.offer,
            mode: appointment.mode.into(),
            start: appointment.span.from,
            end: appointment.span.to,
            reason: match reason {
                Uncovered::NoCounsellor => ConflictReason::NoCounsellor,
                Uncovered::NoRule => ConflictReason::NoRule,
                Uncovered::Absence => ConflictReason::Absence,
                Uncovered::Room => ConflictReason::Room,
                Uncovered::Closure => ConflictReason::Closure,
                Uncovered::PublicHoliday => ConflictReason::PublicHoliday,
                Uncovered::OtherMode => ConflictReason::OtherMode,
                Uncovered::OtherLength => ConflictReason::OtherLength,
                Uncovered::OtherRoom => ConflictReason::OtherRoom,
                Uncovered::NoSeat => ConflictReason::NoSeat,
            },
        }
    }
}
