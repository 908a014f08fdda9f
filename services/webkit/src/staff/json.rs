//! Bodies that programs of staff send: read strictly, and only from this site.

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header},
};
use serde::de::DeserializeOwned;

use super::{SignedIn, StaffRejection};
use crate::{error::PageError, json, problem::Problem};

/// Longest body that is read, in bytes: the hours of a year, with every day excepted, fit many times.
const LONGEST: usize = 256 * 1024;

/// A body of JSON as a type.
///
/// The guard has looked where the request comes from. There is no token as in a form, because no page elsewhere can send
/// this: a form cannot name this type of content, and a script that does must ask first, which nobody answers.
#[derive(Debug)]
pub struct StaffJson<T>(pub T);

impl From<StaffRejection> for Problem {
    fn from(rejection: StaffRejection) -> Self {
        PageError::from(rejection).into()
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for StaffJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        SignedIn::from_request_parts(&mut parts, state).await?;
        if !is_json(&parts.headers) {
            return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = to_bytes(body, LONGEST).await.map_err(|_| StaffRejection::TooLarge)?;
        json::read(&body).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
