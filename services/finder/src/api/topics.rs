//! `GET /api/v1/topics`: what a search can be narrowed to.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use webkit::{problem::Problem, query::StrictQuery};

use super::NoParams;
use crate::app::AppState;

/// A topic of the taxonomy.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Topic {
    /// Its id, as the parameter `topic` takes it.
    id: String,
    /// Its name by language.
    label: BTreeMap<String, String>,
    /// How a person would say it, by language ("Ich habe Schulden").
    problem: BTreeMap<String, String>,
    /// Whether the start page shows it.
    featured: bool,
}

/// Lists the topics.
#[utoipa::path(get, path = "/api/v1/topics", tag = "finder", responses((status = 200, body = Vec<Topic>)))]
pub(super) async fn get(
    State(app): State<AppState>,
    StrictQuery(NoParams {}): StrictQuery<NoParams>,
) -> Result<Json<Vec<Topic>>, Problem> {
    let topic = |topic: &search_index::search::Topic| Topic {
        id: topic.id.clone(),
        label: topic.label.clone(),
        problem: topic.problem.clone(),
        featured: topic.featured,
    };
    Ok(Json(app.live().lexicon().topics().iter().map(topic).collect()))
}
