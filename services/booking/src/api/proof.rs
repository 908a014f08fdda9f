//! Work that a program has to do before it gets a time, while much is going on.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use webkit::problem::Problem;

use crate::guard::Asked;

/// A problem with the challenge that solves it.
#[derive(Serialize, ToSchema)]
pub(super) struct ProofWanted {
    #[serde(flatten)]
    problem: Problem,
    /// A challenge by the ALTCHA protocol, version 2 (PBKDF2/SHA-256). It is good for ten minutes, for this key and this
    /// offer, once. Send Base64 of `{"challenge": …, "solution": {"counter": …, "derivedKey": …}}` as `altcha`.
    #[schema(value_type = Object)]
    challenge: serde_json::Value,
}

impl ProofWanted {
    pub(super) fn new(asked: &Asked) -> Self {
        let detail = if asked.tried {
            "The solution does not count: it is wrong, used, too old, or for another key or offer. Solve this challenge."
        } else {
            "Much is going on. Solve the challenge and send the same booking with the solution in `altcha`."
        };
        let status = StatusCode::PRECONDITION_REQUIRED;
        Self {
            problem: Problem::new(status, "proof-wanted", "Proof of work wanted", detail),
            challenge: serde_json::to_value(&asked.challenge).unwrap_or_default(),
        }
    }
}

impl IntoResponse for ProofWanted {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (StatusCode::PRECONDITION_REQUIRED, Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
