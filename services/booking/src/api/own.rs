//! `/api/v1/bookings/{code}`: seeing, moving and cancelling with the code and the PIN.

use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::Secret;
use serde::Deserialize;
use utoipa::ToSchema;
use webkit::problem::Problem;
use zeroize::Zeroize;

use super::{
    answer::{Body, Refusal, limited, no_pin, not_opened, refused, wrong},
    view::{BookedAppointment, BookingMode},
};
use crate::{
    BookingError,
    appointment::{Appointment, State as Stage},
    service::{By, Knock},
    web::{
        AppState,
        caller::Caller,
        own::{MoveError, enter, move_own},
    },
};

/// What is shown to get in: the code of the path and the PIN of the header.
pub(super) struct Key {
    caller: Caller,
    knock: Knock,
}

/// Another time.
#[derive(Deserialize, ToSchema, Zeroize)]
#[serde(deny_unknown_fields)]
pub(super) struct BookingChange {
    /// `start` of a slot.
    #[schema(value_type = String, format = DateTime)]
    start: String,
    /// How; as before without it.
    #[serde(default)]
    #[zeroize(skip)]
    mode: Option<BookingMode>,
}

impl FromRequestParts<AppState> for Key {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        let Ok(caller) = Caller::from_request_parts(parts, state).await;
        let code = Path::<String>::from_request_parts(parts, state).await;
        let code = code.map(|Path(code)| code).unwrap_or_default();
        let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let pin = sent.and_then(|value| {
            let (scheme, pin) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("PIN").then(|| Secret::new(pin.to_owned()))
        });
        let knock = pin.map(|pin| Knock::Typed(Secret::new(code), pin)).ok_or_else(no_pin)?;
        Ok(Self { caller, knock })
    }
}

/// Shows an appointment. A cancelled one is shown until it is forgotten.
#[utoipa::path(
    get, path = "/api/v1/bookings/{code}", tag = "booking", security(("pin" = [])),
    params(("code" = String, Path, description = "The code of the receipt, with or without hyphens.")),
    responses(
        (status = 200, description = "The appointment.", body = BookedAppointment),
        (status = 401, description = "The PIN is missing, or code and PIN do not belong together.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "This can be no code.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The appointment is over and deleted.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong tries, for this code or from your network; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(State(app): State<AppState>, key: Key) -> Result<Response, Refusal> {
    let appointment = opened(&app, &key).await?;
    Ok(shown(&appointment))
}

/// Moves an appointment to another slot; code, PIN and link stay the same. Sending it again changes nothing.
#[utoipa::path(
    patch, path = "/api/v1/bookings/{code}", tag = "booking", security(("pin" = [])),
    params(("code" = String, Path, description = "The code of the receipt, with or without hyphens.")),
    request_body = BookingChange,
    responses(
        (status = 200, description = "The appointment as it is now.", body = BookedAppointment),
        (status = 400, description = "The body is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The PIN is missing, or code and PIN do not belong together.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "This can be no code, or the offer can no longer be booked.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The time is taken, or the appointment is no longer open.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The appointment is over and deleted.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong tries, or moved too often within a day; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn patch(
    State(app): State<AppState>,
    key: Key,
    Body(change): Body<BookingChange>,
) -> Result<Response, Refusal> {
    let change = change.expose();
    let start = change.start.parse().map_err(|_| wrong("start", "Expected `start` of a slot."))?;
    let appointment = opened(&app, &key).await?;
    let bookable = app.booking().kept_open(&appointment.offer_id).await.map_err(refused)?;
    let mode = change.mode.map_or(appointment.mode, Into::into);
    if !appointment.is_open(app.booking().now()) {
        return Err(refused(BookingError::Closed).into());
    }
    match move_own(&app, &bookable, &appointment, mode, start).await {
        Ok(moved) => Ok(shown(&moved)),
        Err(MoveError::Booking(error)) => Err(refused(error).into()),
        Err(MoveError::Limited(limit)) => {
            let detail = "This appointment was moved too often within a day. It stays as it is; wait, or call the centre.";
            Err(limited(limit, "too-many-moves", detail))
        }
    }
}

/// Cancels an appointment: what was said is destroyed at once. Sending it again changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/bookings/{code}", tag = "booking", security(("pin" = [])),
    params(("code" = String, Path, description = "The code of the receipt, with or without hyphens.")),
    responses(
        (status = 200, description = "The appointment as it is now.", body = BookedAppointment),
        (status = 401, description = "The PIN is missing, or code and PIN do not belong together.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "This can be no code.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The appointment has begun.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The appointment is over and deleted.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong tries, for this code or from your network; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete(State(app): State<AppState>, key: Key) -> Result<Response, Refusal> {
    let appointment = opened(&app, &key).await?;
    if matches!(appointment.state, Stage::Cancelled { .. }) {
        return Ok(shown(&appointment));
    }
    if !appointment.is_open(app.booking().now()) {
        return Err(refused(BookingError::Closed).into());
    }
    let cancelled = app.booking().cancel(&appointment, By::Seeker, None).await;
    Ok(shown(&cancelled.map_err(refused)?))
}

async fn opened(app: &AppState, key: &Key) -> Result<Appointment, Refusal> {
    enter(app, key.caller, &key.knock).await.map_err(not_opened)
}

fn shown(appointment: &Appointment) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(BookedAppointment::from(appointment))).into_response()
}
