//! Errors of pages: what happened, what it means for the person, what to do next.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    pages::{Html, Pages, Visit},
    problem::Problem,
    query::QueryError,
};

/// Why a page cannot be shown. The page itself is made by [`explain_errors`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// There is nothing at this address, or nothing this person may see.
    #[error("not found")]
    NotFound,
    /// The address cannot be understood.
    #[error("bad request")]
    BadRequest,
    /// The session has ended; what was sent was not carried out.
    #[error("sign in first")]
    SignInFirst,
    /// What was sent does not come from a page of this session.
    #[error("forbidden")]
    Forbidden,
    /// What was sent is larger than this address accepts.
    #[error("too large")]
    TooLarge,
    /// Something this page needs does not answer right now.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours; logged with the reference the page shows.
    #[error("internal error {reference}")]
    Internal {
        /// Number shown on the page and in the log.
        reference: String,
    },
}

impl PageError {
    /// Logs a fault once and gives it a reference number.
    ///
    /// `cause` is for our log: it must name our own parts only, never what a person sent.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let reference = format!("{:08x}", rand::random::<u32>());
        tracing::error!(error.reference = reference, error.cause = %cause, "a page could not be made");
        Self::Internal { reference }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<QueryError> for PageError {
    fn from(_: QueryError) -> Self {
        Self::BadRequest
    }
}

/// The same error as the API tells it.
impl From<PageError> for Problem {
    fn from(error: PageError) -> Self {
        let explained = Self::of_status(error.status());
        match error {
            PageError::Internal { reference } => Self { reference: Some(reference.into()), ..explained },
            _ => explained,
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What the template `error.html` gets.
#[derive(Debug, Serialize)]
pub struct ErrorContext {
    /// HTTP status; the template picks its messages by it: 400, 401, 403, 404, 405, 413, 414, 429, 500 or 503.
    pub status: u16,
    /// Number to name when reporting a fault of ours.
    pub reference: Option<String>,
}

/// Middleware: gives every error without a body the page, or under `/api/` the problem, that explains it.
pub async fn explain_errors(
    axum::extract::State(pages): axum::extract::State<Pages>,
    request: Request,
    next: Next,
) -> Response {
    let visit = Visit::to(request.uri());
    let is_api = visit.path.starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let explained = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        [&b"text/html"[..], b"application/"].iter().any(|known| kind.as_bytes().starts_with(known))
    });
    if explained || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let reference = match response.extensions().get::<PageError>() {
        Some(PageError::Internal { reference }) => Some(reference.clone()),
        _ => None,
    };
    let mut explanation = if is_api {
        Problem { reference: reference.map(Into::into), ..Problem::of_status(status) }.into_response()
    } else {
        let context = ErrorContext { status: known_status(status), reference };
        match pages.render(&visit, "error.html", &context) {
            Ok(html) => (status, Html(html)).into_response(),
            Err(_) => (status, "Es ist ein Fehler aufgetreten. / An error occurred.").into_response(),
        }
    };
    for name in [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = response.headers().get(&name) {
            explanation.headers_mut().insert(name, value.clone());
        }
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        explanation.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    explanation
}

fn known_status(status: StatusCode) -> u16 {
    match status.as_u16() {
        known @ (401 | 403 | 404 | 405 | 413 | 414 | 429 | 503) => known,
        other if other >= 500 => 500,
        _ => 400,
    }
}
