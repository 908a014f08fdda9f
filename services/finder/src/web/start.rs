//! `GET /`: what do you need help with, and where are you?

use axum::extract::State;
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
};

use super::view::{TopicLink, featured_topics};
use crate::app::AppState;

/// The context of `start.html`.
#[derive(Serialize)]
pub(super) struct StartPage {
    pub(super) topics: Vec<TopicLink>,
}

/// Shows the start page.
pub(super) async fn get(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    let page = StartPage { topics: featured_topics(app.live().lexicon(), visit.lang) };
    Ok(Html(app.pages().render(&visit, "start.html", &page)?))
}
