//! Chat's part of the OpenAPI document, made from the handlers themselves.

use utoipa::OpenApi;

use super::{socket, ticket};

#[derive(OpenApi)]
#[openapi(
    paths(ticket::post, socket::get),
    tags((name = "talk", description = "Conversations. What is said is sealed by browsers for each other; this server orders it, \
        keeps nothing and cannot read it."))
)]
struct Document;

/// Chat's part of the document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
