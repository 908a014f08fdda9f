//! The finder's JSON API under `/api/v1`, and the document that describes it.

mod centre;
mod document;
mod health;
mod hit;
mod search;
mod suggest;
mod topics;

use axum::{Router, http::StatusCode, routing::get};
use serde::Deserialize;
use webkit::problem::Problem;

pub use self::document::openapi;
use crate::app::AppState;

/// The API's routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/search", get(search::get))
        .route("/api/v1/suggest", get(suggest::get))
        .route("/api/v1/centres/{id}", get(centre::get))
        .route("/api/v1/topics", get(topics::get))
        .route("/api/openapi.json", get(document::get))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
}

/// A number for JSON readers: one decimal of a kilometre is more than the data knows.
fn rounded_km(km: f64) -> f64 {
    (km * 10.0).round() / 10.0
}

/// The query of an address that takes no parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoParams {}

/// A fault of ours: logged once under the reference the problem names.
fn fault(cause: &dyn std::fmt::Display) -> Problem {
    let reference = format!("{:08x}", rand::random::<u32>());
    tracing::error!(error.reference = reference, error.cause = %cause, "an API request failed");
    Problem { reference: Some(reference.into()), ..Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR) }
}
