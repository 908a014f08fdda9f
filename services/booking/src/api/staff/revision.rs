//! The revision of a document as its ETag (RFC 9110): what was read is what a change is saved over.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use webkit::problem::Problem;

use crate::{BookingError, api};

/// A document with its revision.
pub(super) fn shown<T: Serialize>(revision: i64, document: &T) -> Response {
    let tag = HeaderValue::try_from(format!("\"{revision}\""));
    let mut response = Json(document).into_response();
    if let Ok(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// That the revision which was read is still the present one.
pub(super) fn expect(headers: &HeaderMap, present: i64) -> Result<(), Problem> {
    let sent = headers.get(header::IF_MATCH).ok_or_else(|| {
        let detail = "Read the document first and send its ETag in the header If-Match.";
        Problem::new(StatusCode::PRECONDITION_REQUIRED, "if-match-needed", "Revision needed", detail)
            .about("If-Match")
    })?;
    // "*" would overwrite what nobody has read, and a weak tag names no revision
    if sent.to_str().is_ok_and(|sent| sent.trim() == format!("\"{present}\"")) {
        Ok(())
    } else {
        Err(stale())
    }
}

/// What hinders saving over the revision that was read.
pub(super) fn unsaved(error: BookingError) -> Problem {
    match error {
        BookingError::Changed => stale(),
        other => api::answer::refused(other),
    }
}

fn stale() -> Problem {
    Problem::new(
        StatusCode::PRECONDITION_FAILED,
        "changed",
        "Changed meanwhile",
        "This is not the present revision: somebody else saved meanwhile. Read it again and decide anew.",
    )
    .about("If-Match")
}
