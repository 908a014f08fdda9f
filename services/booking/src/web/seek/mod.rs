//! The pages of seekers: choose a time, say what is needed, get a receipt; see, move and cancel.

use axum::Router;

use super::AppState;

/// The pages, without a language prefix; the same addresses serve every language.
pub fn routes() -> Router<AppState> {
    Router::new()
}
