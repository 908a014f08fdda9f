//! How handlers answer.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
};

use crate::{BookingError, web::AppState};

/// A page; nothing of it is kept on its way or on the device.
pub(super) fn page<C: Serialize>(
    app: &AppState,
    visit: &Visit,
    status: StatusCode,
    template: &str,
    context: &C,
) -> Result<Response, PageError> {
    let html = app.pages().render(visit, template, context)?;
    let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok((status, [no_store], Html(html)).into_response())
}

/// Back to the first step, in the visitor's language: from an address that only a form leads to.
pub(super) fn first_step(visit: &Visit) -> Response {
    let above = visit.path.rsplit_once('/').map_or("/", |(above, _)| above);
    Redirect::to(&format!("{}{above}", visit.lang.path_prefix())).into_response()
}

/// Errors that no page explains better.
pub(super) fn failed(error: BookingError) -> PageError {
    match error {
        BookingError::NotFound => PageError::NotFound,
        BookingError::ForeignKeys | BookingError::Store(storekit::StoreError::Unavailable { .. }) => {
            PageError::Unavailable
        }
        BookingError::Store(other) => PageError::internal(other),
        BookingError::Taken | BookingError::Changed | BookingError::Closed => PageError::BadRequest,
    }
}
