//! The public pages: find a centre, read about it, leave without a trace.
//!
//! Owns page contexts, templates and texts of the finder. Every page works without script, cookie and account; what a
//! person typed goes into the answer and nowhere else.

mod centre;
pub mod choices;
pub mod desk;
mod files;
mod filter;
mod jsonld;
mod leave;
mod link;
mod query;
mod results;
mod robots;
mod say;
mod search;
mod start;
mod text;
mod topic;
mod vcard;
mod view;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

use axum::{Router, routing::get};

pub(crate) use self::desk::{Jobs, Surveyed};
pub use self::files::{messages, templates};
pub(crate) use self::view::is_known_language;
use crate::app::AppState;

/// What has one address whatever the language is.
pub fn root_routes() -> Router<AppState> {
    Router::new().route("/robots.txt", get(robots::get))
}

/// The pages, without a language prefix; the same addresses serve every language.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(start::get))
        .route("/suche", get(search::get))
        .route("/stelle/{slug}", get(centre::get))
        .route("/stelle/{slug}/kontakt.vcf", get(centre::get_vcard))
        .route("/thema/{id}", get(topic::get))
        .route("/weg", get(leave::get))
        .route("/krise", get(text::crisis))
        .route("/hilfe", get(text::help))
        .route("/spuren", get(text::traces))
        .route("/datenschutz", get(text::privacy))
        .route("/impressum", get(text::imprint))
        .route("/barrierefreiheit", get(text::accessibility))
}
