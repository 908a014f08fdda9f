//! What goes wrong, as problem details that never repeat what was sent.

use axum::http::StatusCode;
use contracts::talk::EntryError;
use webkit::problem::Problem;

use crate::protocol::Ending;

/// Seconds after which it is worth while to try again.
const WAIT: i64 = 30;

/// Why a right does not open a room.
pub(super) fn no_entry(error: EntryError) -> Problem {
    match error {
        EntryError::Forged => Problem::new(
            StatusCode::FORBIDDEN,
            "forged-entry",
            "Not a right to enter",
            "This was not given out here, or something is missing from it. Open the appointment again and go to the conversation from there.",
        ),
        EntryError::Early { opens } => Problem::new(
            StatusCode::TOO_EARLY,
            "room-not-open",
            "Not open yet",
            format!("The room opens at {opens}. Come back then."),
        ),
        EntryError::Over => Problem::new(
            StatusCode::GONE,
            "room-closed",
            "Over",
            "The time of this room is over. Book another appointment if something is still open.",
        ),
    }
}

/// A browser says of itself what cannot be made by chance.
pub(super) fn no_holder() -> Problem {
    let detail = "Expected 16 to 64 letters and digits made by chance.";
    Problem::new(StatusCode::BAD_REQUEST, "bad-body", "Wrong body", detail).at("/holder")
}

/// Why a room that a right is for cannot be entered.
pub(super) fn refused(why: Ending) -> Problem {
    match why {
        Ending::Revoked => Problem::new(
            StatusCode::GONE,
            "appointment-changed",
            "Cancelled or moved",
            "The appointment was cancelled or moved. Open it again to see how it is now.",
        ),
        _ => unavailable(),
    }
}

/// There are too many, or the server is going away.
pub(super) fn unavailable() -> Problem {
    Problem::of_status(StatusCode::SERVICE_UNAVAILABLE).after(WAIT)
}

/// The network has too much already.
pub(super) fn too_many() -> Problem {
    metrics::counter!("talk_limited_total").increment(1);
    let detail = "Too many conversations were opened from your network at the same moment. Wait for the seconds Retry-After names.";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-conversations", "Too many conversations", detail)
        .after(WAIT)
}
