//! What goes wrong, as problem details that never repeat what was sent, and bodies read strictly.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Personal;
use serde::de::DeserializeOwned;
use webkit::{json, problem::Problem};
use zeroize::Zeroize;

use crate::{
    BookingError,
    guard::{Limited, seconds},
    service::{KnockError, SLOWED},
    web::own::EntryError,
};

/// Longest body, in bytes.
pub(super) const LONGEST: usize = 16 * 1024;

/// A body as it was sent; it is wiped from memory after the answer.
pub(super) struct Body<T: Zeroize>(pub(super) Personal<T>);

impl<S: Send + Sync, T: DeserializeOwned + Zeroize> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let body = to_bytes(request.into_body(), LONGEST).await;
        let body = body.map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))?;
        json::read(&body).map(Personal::new).map(Self)
    }
}

/// A refusal: a missing or wrong credential says which one is wanted.
pub(super) struct Refusal(Problem);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        if response.status() == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("PIN realm=\"bookings\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

/// Too much: of what, and for how long.
pub(super) fn limited(Limited { wait }: Limited, slug: &str, detail: &'static str) -> Refusal {
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, slug, "Too many requests", detail);
    Refusal(problem.after(seconds(wait)))
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
pub(super) fn not_opened(error: EntryError) -> Refusal {
    let error = match error {
        EntryError::Limited(limit) => {
            let detail =
                "There were too many wrong PINs from your network. Wait for the seconds Retry-After names.";
            return limited(limit, "too-many-wrong-pins", detail);
        }
        EntryError::Knock(error) => error,
    };
    Refusal(knocked(error))
}

fn knocked(error: KnockError) -> Problem {
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
            "The appointment is over, and everything about it is deleted. If it was moved, check the PIN.",
        ),
        KnockError::Slow => Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-tries",
            "Too many tries",
            "This code was tried too often with a wrong PIN. Wait an hour.",
        )
        .after(seconds(SLOWED)),
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
    Problem { reference: Some(reference.into()), ..Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR) }
}
