//! `GET /api/v1/centres/{id}`: a centre whole.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use contracts::directory::Centre;
use webkit::{problem::Problem, query::StrictQuery};

use super::NoParams;
use crate::{app::AppState, store::StoreError};

/// Shows a centre with all its offers, as it stands in the directory.
#[utoipa::path(
    get, path = "/api/v1/centres/{id}", tag = "finder",
    params(("id" = String, Path, description = "Our id of the centre, `centre_id` of a hit.")),
    responses(
        (status = 200, description = "The centre.", body = serde_json::Value),
        (status = 404, description = "There is no such centre.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    Path(id): Path<String>,
    StrictQuery(NoParams {}): StrictQuery<NoParams>,
) -> Result<Json<Centre>, Problem> {
    match app.store().centre_by_id(&id).await {
        Ok(Some(centre)) => Ok(Json(centre)),
        Ok(None) => Err(Problem::new(
            StatusCode::NOT_FOUND,
            "no-such-centre",
            "No such centre",
            "No centre has this id. It may have been taken off the list.",
        )),
        Err(StoreError::Unavailable { .. }) => Err(Problem::of_status(StatusCode::SERVICE_UNAVAILABLE)),
        Err(error) => Err(super::fault(&error)),
    }
}
