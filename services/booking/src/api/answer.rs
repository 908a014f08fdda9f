//! What goes wrong, as problem details that never repeat what was sent, and bodies read strictly.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use kernel::Personal;
use serde::de::DeserializeOwned;
use webkit::problem::Problem;
use zeroize::Zeroize;

use crate::{BookingError, service::KnockError};

/// Longest body, in bytes.
pub(super) const LONGEST: usize = 16 * 1024;

/// A body as it was sent; it is wiped from memory after the answer.
pub(super) struct Body<T: Zeroize>(pub(super) Personal<T>);

impl<S: Send + Sync, T: DeserializeOwned + Zeroize> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let body = to_bytes(request.into_body(), LONGEST).await;
        let body = body.map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))?;
        serde_json::from_slice(&body).map(Personal::new).map(Self).map_err(|error| {
            // the parser's own sentence may quote what a person typed
            let (line, column) = (error.line(), error.column());
            let detail = match error.classify() {
                serde_json::error::Category::Data => format!(
                    "A field is missing, unknown or of the wrong form, at line {line}, column {column}. See /api/openapi.json."
                ),
                _ => format!("The body is not JSON at line {line}, column {column}."),
            };
            Problem::new(StatusCode::BAD_REQUEST, "bad-body", "Wrong body", detail)
        })
    }
}

/// What the domain refuses.
pub(super) fn refused(error: BookingError) -> Problem {
    match error {
        BookingError::Taken => Problem::new(
            StatusCode::CONFLICT,
            "taken",
            "Time taken",
            "Nobody is free at this time any more. Ask for the slots again and choose another one.",
        ),
        BookingError::Changed => Problem::new(
            StatusCode::CONFLICT,
            "changed",
            "Changed meanwhile",
            "The appointment was changed at the same moment. Read it again and decide anew.",
        ),
        BookingError::Closed => Problem::new(
            StatusCode::CONFLICT,
            "closed",
            "No longer open",
            "The appointment has begun or was cancelled; it can no longer be changed.",
        ),
        BookingError::NotFound => Problem::new(
            StatusCode::NOT_FOUND,
            "no-such-offer",
            "No such offer",
            "No offer with this id can be booked here.",
        ),
        BookingError::ForeignKeys | BookingError::Store(storekit::StoreError::Unavailable { .. }) => {
            Problem::of_status(StatusCode::SERVICE_UNAVAILABLE)
        }
        BookingError::Store(error) => fault(&error),
    }
}

/// Why code and PIN open nothing. An unknown code and a wrong PIN get the same answer.
pub(super) fn not_opened(error: KnockError) -> Problem {
    match error {
        KnockError::Booking(error) => refused(error),
        KnockError::NoCode(_) => Problem::new(
            StatusCode::NOT_FOUND,
            "no-code",
            "Not a code",
            "No receipt can have this code: it has the wrong length, or a character is mistyped.",
        ),
        KnockError::NoPin => no_pin(),
        KnockError::Wrong => Problem::new(
            StatusCode::UNAUTHORIZED,
            "wrong-pin",
            "Code and PIN do not belong together",
            "There is no appointment with this code and this PIN.",
        ),
        KnockError::Over => Problem::new(
            StatusCode::GONE,
            "over",
            "Over",
            "The appointment is over, and everything about it is deleted.",
        ),
        KnockError::Slow => Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-tries",
            "Too many tries",
            "This code was tried too often with a wrong PIN. Wait an hour.",
        ),
    }
}

/// The credential is missing.
pub(super) fn no_pin() -> Problem {
    let detail =
        "Send the four digits of the PIN in the header Authorization, as in: Authorization: PIN 1234";
    Problem::new(StatusCode::UNAUTHORIZED, "no-pin", "PIN missing", detail)
}

/// A value of the wrong form.
pub(super) fn wrong(parameter: &str, detail: &'static str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-value", "Wrong value", detail).about(parameter)
}

/// A fault of ours: logged once under the reference the problem names.
fn fault(cause: &dyn std::fmt::Display) -> Problem {
    let reference = format!("{:08x}", rand::random::<u32>());
    tracing::error!(error.reference = reference, error.cause = %cause, "an API request failed");
    Problem { reference: Some(reference), ..Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR) }
}
