//! The pages of seekers: choose a time, say what is needed, get a receipt; see, move and cancel; wait for an earlier time.
//!
//! Everything works without script, cookie and account. What was chosen and typed travels in the bodies of pages and
//! forms; an address names an offer and, while nothing is typed, a way and a day. Whoever opens the address of a form
//! is led to the first step.

mod answer;
mod book;
mod choose;
mod contact;
mod elsewhere;
pub(crate) mod form;
mod give_up;
mod hold;
mod moment;
mod own;
mod say;
mod stopped;
mod taken;
mod times;
mod view;
mod wait;
mod walk_in;

#[cfg(test)]
pub(crate) mod tests;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use webkit::pages::Visit;

pub(crate) use own::link;
pub(super) use view::{Link, web_link};

use super::AppState;

/// The pages, without a language prefix; the same addresses serve every language.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/termin/{offer}", get(choose::get))
        .route("/termin/{offer}/zeiten", get(times::get).post(times::post))
        .route("/termin/{offer}/halten", post(hold::post).get(first_step))
        .route("/termin/{offer}/pruefen", post(book::check).get(first_step))
        .route("/termin/{offer}/buchen", post(book::post).get(first_step))
        .route("/termin/{offer}/abbrechen", post(give_up::post).get(first_step))
        .route("/sprechen/{centre}", get(walk_in::get).post(walk_in::post))
        .merge(own::routes())
        .merge(wait::routes())
}

async fn first_step(visit: Visit) -> Response {
    answer::first_step(&visit)
}
