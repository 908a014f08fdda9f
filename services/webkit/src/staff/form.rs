//! Forms of staff pages: read strictly, and only from a page of the same session.

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use serde::de::DeserializeOwned;

use super::{Member, SignedIn, StaffRejection, fields};

/// Longest form that is read, in bytes: a centre with all its offers and areas fits many times.
const LONGEST: usize = 256 * 1024;

/// The fields of a form as a type; a field can repeat where the type has a list. The session's token is checked and
/// taken out first.
#[derive(Debug)]
pub struct StaffForm<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for StaffForm<T> {
    type Rejection = StaffRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let person = SignedIn::from_request_parts(&mut parts, state).await?;
        let body = to_bytes(body, LONGEST).await.map_err(|_| StaffRejection::TooLarge)?;
        let mut pairs: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&body).map_err(|_| StaffRejection::Malformed)?;
        let token = pairs.iter().position(|(name, _)| name == fields::TOKEN);
        let (_, token) = pairs.remove(token.ok_or(StaffRejection::NotFromHere)?);
        if !fields::is_token_of(person.identity(), &token) {
            return Err(StaffRejection::NotFromHere);
        }
        let rest = serde_urlencoded::to_string(&pairs).map_err(|_| StaffRejection::Malformed)?;
        serde_html_form::from_str(&rest).map(Self).map_err(|_| StaffRejection::Malformed)
    }
}
