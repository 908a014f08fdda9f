//! `GET /thema/{id}`: one topic; only the place is still asked for.

use axum::extract::{Path, State};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
};

use super::view::{TopicLink, narrower_topics};
use crate::app::AppState;

/// The context of `topic.html`.
#[derive(Serialize)]
pub(super) struct TopicPage {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) narrower: Vec<TopicLink>,
}

/// Shows a topic.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Html, PageError> {
    let Path(id) = id.map_err(|_| PageError::NotFound)?;
    let lexicon = app.live().lexicon();
    let topic = lexicon.topic(&id).ok_or(PageError::NotFound)?;
    let title = topic.problem_in(visit.lang.tag()).to_owned();
    let narrower = narrower_topics(lexicon, &id, visit.lang);
    Ok(Html(app.pages().render(&visit, "topic.html", &TopicPage { id, title, narrower })?))
}
