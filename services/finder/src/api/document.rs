//! `GET /api/openapi.json`: the API described, made from the handlers themselves.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use utoipa::OpenApi;

use crate::app::AppState;

use super::{centre, health, search, suggest, topics};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Anlaufstelle",
        description = "Finds free counselling centres by need and place. Nothing that is asked is kept. Addresses may be \
                       at most 8,192 bytes long; unknown parameters are refused; errors are problem details (RFC 9457).",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    paths(search::get, suggest::get, centre::get, topics::get, get, health::alive, health::ready),
    tags((name = "finder", description = "Finding centres"), (name = "operation", description = "For proxies and supervisors"))
)]
struct Document;

/// The finder's part of the document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "operation", responses((status = 200, description = "OpenAPI 3.1 document.")))]
pub(super) async fn get(State(app): State<AppState>) -> Response {
    Json(app.api()).into_response()
}
