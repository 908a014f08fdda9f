//! Booking's JSON API under `/api/v1`, and the part of the document that describes it.
//!
//! The same promises as the pages: no account, nothing a person says stands in an address, and sending something twice
//! is doing it once. An address does name the code of an appointment. That is no secret: it is what one says on the
//! phone, it opens nothing alone, and it is forgotten with the appointment. The PIN stands in `Authorization`, which
//! proxies and caches know to keep to themselves, under a scheme of its own (`PIN 1234`): `Basic` would make browsers ask
//! for a password, and the PIN is no bearer token, for it is worth nothing without the code.
//!
//! The staff side lies in `staff`.

mod answer;
mod book;
mod document;
mod own;
mod proof;
mod slots;
mod staff;
#[cfg(test)]
mod tests;
mod view;

use axum::{
    Router,
    routing::{get, post},
};

pub use self::{document::openapi, staff::routes as staff_routes};
use crate::web::AppState;

/// The API's routes for seekers and for programs that book for them.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/offers/{id}/slots", get(slots::get))
        .route("/api/v1/bookings", post(book::post))
        .route("/api/v1/bookings/{code}", get(own::get).patch(own::patch).delete(own::delete))
}
