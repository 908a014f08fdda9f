//! Errors of the API as problem details (RFC 9457).

use std::num::NonZeroU32;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem as the API tells it. It never repeats what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem, as an address relative to the API ("/api/problems/unknown-parameter").
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words, the same for every occurrence.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What is wrong here and what to do.
    pub detail: String,
    /// The parameter concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub parameter: Option<Box<str>>,
    /// Where in the body, as a JSON pointer (RFC 6901): "/rules/0/to".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub pointer: Option<Box<str>>,
    /// Number to name when reporting a fault of ours; it stands in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub reference: Option<Box<str>>,
    /// Seconds after which it is worth while to send it again; stands in the header `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<NonZeroU32>,
}

impl Problem {
    /// A problem of a kind named by a slug ("unknown-parameter").
    pub fn new(status: StatusCode, slug: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/api/problems/{slug}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            parameter: None,
            pointer: None,
            reference: None,
            retry_after: None,
        }
    }

    /// The same with the seconds to wait, one at least.
    #[must_use]
    pub fn after(mut self, seconds: i64) -> Self {
        self.retry_after = NonZeroU32::new(u32::try_from(seconds.max(1)).unwrap_or(u32::MAX));
        self
    }

    /// The same with the parameter concerned.
    #[must_use]
    pub fn about(mut self, parameter: impl Into<Box<str>>) -> Self {
        self.parameter = Some(parameter.into());
        self
    }

    /// The same with the place in the body.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<Box<str>>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The problem that stands for an HTTP status nobody explained better.
    pub fn of_status(status: StatusCode) -> Self {
        let (slug, detail) = match status {
            StatusCode::UNAUTHORIZED => (
                "sign-in-first",
                "Nobody is signed in, or the session has ended. Nothing was carried out: sign in and send it again.",
            ),
            StatusCode::FORBIDDEN => (
                "forbidden",
                "A change must come from this site itself: send Sec-Fetch-Site: same-origin, or an Origin that names this host.",
            ),
            StatusCode::NOT_FOUND => {
                ("not-found", "There is nothing at this address. /api/openapi.json lists all addresses.")
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method-not-allowed", "This address answers other methods; the header Allow names them.")
            }
            StatusCode::URI_TOO_LONG => {
                ("uri-too-long", "The address is longer than 8,192 bytes. Shorten the parameters.")
            }
            StatusCode::PAYLOAD_TOO_LARGE => ("payload-too-large", "The body is too large for this address."),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "unsupported-media-type",
                "Send the body as JSON, with the header Content-Type: application/json.",
            ),
            StatusCode::TOO_MANY_REQUESTS => (
                "too-many-requests",
                "Too many requests from your network. Wait for the seconds the header Retry-After names.",
            ),
            StatusCode::SERVICE_UNAVAILABLE => {
                ("unavailable", "The service is not ready or overloaded. Try again in a few seconds.")
            }
            status if status.is_server_error() => {
                ("internal", "This is a fault of ours. Name the reference when you report it.")
            }
            _ => ("bad-request", "The request cannot be understood."),
        };
        Self::new(status, slug, status.canonical_reason().unwrap_or("Error"), detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let content_type = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, content_type)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.get()));
        }
        response
    }
}
