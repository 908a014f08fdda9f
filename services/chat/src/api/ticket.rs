//! `POST /api/v1/talk/tickets`: a ticket for a right to enter.

use axum::{
    Json,
    body::to_bytes,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::{json, limits::Client, problem::Problem};

use super::problem::{no_entry, no_holder, refused, too_many, unavailable};
use crate::{
    Chat,
    tickets::{Comer, NoTicket},
};

/// Longest body, in bytes.
const LONGEST: usize = 2_048;

/// A right to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TicketRequest {
    /// What the appointment's page gave out.
    entry: String,
    /// By what this browser is known again, 16 to 64 letters and digits made by chance. Links that are good for one browser ask
    /// for it; the first value that comes holds the link, and only what stands for it is remembered, as long as the room lasts.
    #[serde(default)]
    holder: Option<String>,
}

/// A ticket.
#[derive(Serialize, ToSchema)]
pub(super) struct TicketAnswer {
    /// To be said as the first word on the socket, once and within 30 seconds.
    ticket: String,
    /// From when on the room is open.
    #[schema(value_type = String, format = DateTime)]
    opens: Timestamp,
    /// When it closes by itself.
    #[schema(value_type = String, format = DateTime)]
    closes: Timestamp,
}

/// Gives a ticket for a right to enter a conversation. It opens one socket.
#[utoipa::path(
    post, path = "/api/v1/talk/tickets", tag = "talk",
    request_body = TicketRequest,
    responses(
        (status = 201, description = "A ticket.", body = TicketAnswer),
        (status = 400, description = "The body is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "This right was not given out here.", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The time of the room is over, or its appointment was cancelled or moved.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long.", body = Problem, content_type = "application/problem+json"),
        (status = 425, description = "The room is not open yet; `detail` says when it opens.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many at the same moment from your network; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No more fit at the moment, or the node with the room cannot be reached; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn post(State(chat): State<Chat>, request: Request) -> Result<Response, Problem> {
    let client = request.extensions().get::<Client>().copied();
    let body = to_bytes(request.into_body(), LONGEST).await;
    let body = body.map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))?;
    let TicketRequest { entry: text, holder } = json::read(&body)?;
    let entry = chat.entry(&text).map_err(no_entry)?;
    if holder.as_ref().is_some_and(|value| !is_chance(value)) {
        return Err(no_holder());
    }
    let holder = holder.filter(|_| entry.once.is_some()).map(|value| chat.holder(&value));
    if let Some(why) = chat.rooms().refuses(&entry) {
        return Err(refused(why));
    }
    let (opens, closes) = (second(entry.opens), second(entry.closes));
    let ticket = chat.ticket(&text, Comer { entry, holder }, client).await.map_err(|why| match why {
        NoTicket::TooMany => too_many(),
        NoTicket::Refused(why) => refused(why),
        NoTicket::Full | NoTicket::Unreachable => unavailable(),
    })?;
    let answer = TicketAnswer { ticket: ticket.0, opens, closes };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// Whether it can be a value made by chance, as long and as written as pages make it.
fn is_chance(value: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (16..=64).contains(&value.len()) && value.bytes().all(is_letter)
}

fn second(second: i64) -> Timestamp {
    let far = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(second).unwrap_or(far)
}
