//! `GET /healthz` and `GET /readyz`: for proxies and supervisors.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::AppState;

/// Whether each thing the finder needs is there.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Readiness {
    /// Whether the database answers.
    database: bool,
    /// Whether an index is being searched.
    index: bool,
    /// How many centres it holds.
    centres: usize,
}

/// The process runs.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, description = "The process runs.")))]
pub(super) async fn alive() -> StatusCode {
    StatusCode::OK
}

/// The finder can answer searches. A database that is away alone does not stop it: the index goes on answering.
#[utoipa::path(
    get, path = "/readyz", tag = "operation",
    responses((status = 200, body = Readiness), (status = 503, description = "No index yet.", body = Readiness))
)]
pub(super) async fn ready(State(app): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let snapshot = app.live().snapshot();
    let readiness = Readiness {
        database: app.store().ping().await.is_ok(),
        index: snapshot.is_some(),
        centres: snapshot.map_or(0, |snapshot| snapshot.index.len_centres()),
    };
    let status = if readiness.index { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}
