//! What is asked for over HTTP: a ticket for a right, and the socket.

mod document;
mod origin;
mod problem;
mod socket;
mod ticket;

use axum::{
    Router,
    routing::{get, post},
};

pub use self::document::openapi;
pub(crate) use self::socket::as_ours;
use crate::Chat;

/// The routes of conversations.
pub fn routes<S: Clone + Send + Sync + 'static>(chat: Chat) -> Router<S> {
    Router::new()
        .route("/api/v1/talk/tickets", post(ticket::post))
        .route("/api/v1/talk/socket", get(socket::get))
        .route("/api/v1/talk/socket/{node}", get(socket::get))
        .with_state(chat)
}
