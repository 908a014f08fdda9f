//! `/api/v1/bookings/{code}`: seeing, moving and cancelling with the code and the PIN.

use axum::{
    Json,
    extract::{FromRequestParts, Path, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::Secret;
use serde::Deserialize;
use utoipa::ToSchema;
use webkit::problem::Problem;
use zeroize::Zeroize;

use super::{
    answer::{Body, no_pin, not_opened, refused, wrong},
    view::{BookedAppointment, BookingMode},
};
use crate::{
    BookingError,
    appointment::{Appointment, State as Stage},
    service::{By, Knock, KnockError},
    web::AppState,
};

/// What is shown to get in: the code of the path and the PIN of the header.
pub(super) struct Key(Knock);

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

/// A refusal: a missing or wrong credential says which one is wanted, too many tries how long to wait.
pub(super) struct Refusal(Problem);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        match response.status() {
            StatusCode::UNAUTHORIZED => {
                let scheme = HeaderValue::from_static("PIN realm=\"bookings\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
            }
            StatusCode::TOO_MANY_REQUESTS => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3600"));
            }
            _ => {}
        }
        response
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let code = Path::<String>::from_request_parts(parts, state).await;
        let code = code.map(|Path(code)| code).unwrap_or_default();
        let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let pin = sent.and_then(|value| {
            let (scheme, pin) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("PIN").then(|| Secret::new(pin.to_owned()))
        });
        pin.map(|pin| Self(Knock::Typed(Secret::new(code), pin))).ok_or_else(|| no_pin().into())
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
        (status = 429, description = "Too many wrong tries.", body = Problem, content_type = "application/problem+json"),
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
        (status = 429, description = "Too many wrong tries.", body = Problem, content_type = "application/problem+json"),
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
    let bookable = app.booking().bookable(&appointment.offer_id).await.map_err(refused)?;
    let mode = change.mode.map_or(appointment.mode, Into::into);
    if !appointment.is_open(app.booking().now()) {
        return Err(refused(BookingError::Closed).into());
    }
    let moved = app.booking().move_to(&bookable, &appointment, mode, start, By::Seeker).await;
    Ok(shown(&moved.map_err(refused)?))
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
        (status = 429, description = "Too many wrong tries.", body = Problem, content_type = "application/problem+json"),
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

async fn opened(app: &AppState, key: &Key) -> Result<Appointment, Problem> {
    app.booking().knock(&key.0).await.map_err(|error: KnockError| not_opened(error))
}

fn shown(appointment: &Appointment) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(BookedAppointment::from(appointment))).into_response()
}
