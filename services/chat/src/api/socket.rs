//! `GET /api/v1/talk/socket`: the socket of a conversation.

use axum::{
    Extension,
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode},
    response::Response,
};
use webkit::{limits::Client, problem::Problem};

use super::{
    origin,
    problem::{too_many, unavailable},
};
use crate::{Chat, places::NoPlace, socket};

/// Opens the socket of a conversation (RFC 6455; JSON texts, described in `services/chat/src/protocol.rs`). The first word is
/// a ticket. Where rooms are on several nodes, a ticket has the name of its node before its first dot: a proxy that knows nodes
/// may lead `/api/v1/talk/socket/{node}` there. Any other node leads the socket on.
#[utoipa::path(
    get, path = "/api/v1/talk/socket", tag = "talk",
    responses(
        (status = 101, description = "The socket is open."),
        (status = 403, description = "The page is not of this site.", body = Problem, content_type = "application/problem+json"),
        (status = 426, description = "This address speaks WebSocket only.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many sockets from your network; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No more fit at the moment; `Retry-After` says how long to wait.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    State(chat): State<Chat>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !origin::is_own(&headers, chat.base_url()) {
        let detail = "Sockets are opened by pages of this site only.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign-page", "Not from this site", detail));
    }
    let Ok(upgrade) = upgrade else {
        let detail = "This address speaks WebSocket only.";
        return Err(Problem::new(StatusCode::UPGRADE_REQUIRED, "no-socket", "Not a socket", detail));
    };
    let place = chat.place(client.map(|Extension(client)| client)).map_err(|why| match why {
        NoPlace::TooMany => too_many(),
        NoPlace::Full => unavailable(),
    })?;
    Ok(as_ours(upgrade).on_upgrade(async move |socket| socket::serve(socket, chat, place)))
}

/// The limits of every socket of a conversation.
pub(crate) fn as_ours(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(socket::READ)
        .write_buffer_size(0)
        .max_write_buffer_size(socket::WRITE)
        .max_message_size(socket::LARGEST)
        .max_frame_size(socket::LARGEST)
}
