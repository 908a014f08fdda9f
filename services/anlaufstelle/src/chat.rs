//! Puts chat together: rooms of this process, their pages and their sockets.

use std::sync::Arc;

use axum::Router;
use chat::{Calling, Chat, Limits, Parts, api, web};
use kernel::{Clock, ServerKey};
use webkit::{language, pages::Pages};

/// Conversations, of which there are none yet.
pub(crate) fn open(key: ServerKey, clock: Arc<dyn Clock>, base_url: &str, calling: Calling) -> Chat {
    Chat::new(Parts { key, clock, base_url: base_url.to_owned(), limits: Limits::default(), calling })
}

/// The page of seekers.
pub(crate) fn page(pages: &Pages) -> Router {
    language::below_prefixes(&web::routes(), pages.langs()).with_state(pages.clone())
}

/// Tickets and sockets.
pub(crate) fn public(chat: &Chat) -> Router {
    api::routes(chat.clone())
}
