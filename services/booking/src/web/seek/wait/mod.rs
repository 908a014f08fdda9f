//! The waiting list: asking for a place on it, and confirming or leaving with the link of a mail.
//!
//! The link's secret stands behind `#`, as that of an appointment does. Looking changes nothing; only buttons do, because
//! programs that look through mails follow links.

mod entry;
mod join;

use axum::{
    Router,
    routing::{get, post},
};

use super::{AppState, first_step};

pub(super) use join::{Wished, show};

/// The pages of somebody who wants an earlier time.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/termin/{offer}/warteliste", get(join::get).post(join::post))
        .route("/warteliste", get(entry::get).post(entry::post))
        .route("/warteliste/bestaetigen", post(entry::confirm).get(first_step))
        .route("/warteliste/austragen", post(entry::leave).get(first_step))
}
