//! The listener for nodes: a socket that another node brings here, because its room is here. It is never the public one.

use axum::{
    Router,
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};

use super::bridge::PASS;
use crate::{Chat, api::as_ours, socket};

/// Where a node brings sockets.
pub(super) const PATH: &str = "/talk/bridge";

/// What other nodes ask for.
pub fn routes(chat: Chat) -> Router {
    Router::new().route(PATH, get(bridge)).with_state(chat)
}

/// Only who knows the installation's key gets further than this; who does not learns nothing.
async fn bridge(
    State(chat): State<Chat>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let pass = headers.get(PASS).and_then(|pass| pass.to_str().ok());
    let network =
        chat.node().zip(pass).and_then(|(node, pass)| node.seal.check(pass, &node.me, node.clock.now()));
    let (Some(network), Ok(upgrade)) = (network, upgrade) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(place) = chat.place_of(network) else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    as_ours(upgrade).on_upgrade(async move |socket| socket::serve_brought(socket, chat, place))
}
