//! `GET /weg`: quick exit.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use webkit::error::PageError;

use crate::app::AppState;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Leads to the operator's neutral page at once and asks the browser to drop what it cached of us.
///
/// It cannot clear the history; the traces page says so.
pub(super) async fn get(State(app): State<AppState>) -> Result<Response, PageError> {
    let exit = HeaderValue::from_str(&app.site().exit_url).map_err(PageError::internal)?;
    let clear = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, exit), (CLEAR_SITE_DATA, clear)]).into_response())
}
