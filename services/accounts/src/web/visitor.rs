//! Who sends a request to a page before sign-in, and what was sent.

use std::net::IpAddr;

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::Secret;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;
use webkit::{
    error::PageError,
    limits::Client,
    pages::Visit,
    staff::{SESSION_COOKIE, cookie},
};

use super::{
    answer::{failed, onward, to},
    cookie::DEVICE,
    state::AppState,
};
use crate::{Browser, PendingSession, Standing};

/// Longest form before sign-in, in bytes: an answer of a passkey has some thousand.
const LONGEST: usize = 64 * 1024;

/// The browser that asks, as far as sign-in needs to know.
pub(super) struct From {
    /// Its network, for counting.
    pub(super) network: Option<IpAddr>,
    /// What it is called in lists of sessions.
    pub(super) browser: Browser,
    /// What marks it as known.
    pub(super) device: Option<Secret<String>>,
    /// The session it has, whatever that is worth.
    pub(super) session: Option<Secret<String>>,
}

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self {
            network: parts.extensions.get::<Client>().map(|client| client.0),
            browser: Browser::of(agent.unwrap_or_default()),
            device: cookie(&parts.headers, DEVICE),
            session: cookie(&parts.headers, SESSION_COOKIE),
        })
    }
}

/// What an address asks for behind its `?`. What cannot be read counts as not asked: links get mangled in mails.
pub(super) struct Asked<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequestParts<S> for Asked<T> {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default()))
    }
}

/// A form that somebody sends who is not signed in. It carries no token; the guard has checked where it comes from.
pub(super) struct OpenForm<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for OpenForm<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, PageError> {
        read(request.into_body()).await.map(|(form, _token)| Self(form))
    }
}

/// A session that still owes its second factor. Others are sent to where they belong.
pub(super) struct Pending(pub(super) PendingSession);

impl FromRequestParts<AppState> for Pending {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Response> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let Some(value) = cookie(&parts.headers, SESSION_COOKIE) else { return Err(to(&visit, "/anmelden")) };
        match app.accounts().standing(&value).await {
            Ok(Some(Standing::Pending(pending))) => Ok(Self(pending)),
            Ok(Some(Standing::Complete(_))) => Err(onward(&visit, "")),
            Ok(None) => Err(to(&visit, "/anmelden")),
            Err(error) => Err(failed(error).into_response()),
        }
    }
}

/// A form of such a session, with its token.
pub(super) struct PendingForm<T> {
    pub(super) session: PendingSession,
    pub(super) form: T,
}

impl<T: DeserializeOwned> FromRequest<AppState> for PendingForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Pending(session) = Pending::from_request_parts(&mut parts, app).await?;
        let (form, token) = read(body).await.map_err(IntoResponse::into_response)?;
        let own = session.form_token.expose().as_bytes();
        if bool::from(own.ct_eq(token.unwrap_or_default().as_bytes())) {
            Ok(Self { session, form })
        } else {
            Err(PageError::Forbidden.into_response())
        }
    }
}

async fn read<T: DeserializeOwned>(body: axum::body::Body) -> Result<(T, Option<String>), PageError> {
    let body = to_bytes(body, LONGEST).await.map_err(|_| PageError::TooLarge)?;
    let mut pairs: Vec<(String, String)> =
        serde_urlencoded::from_bytes(&body).map_err(|_| PageError::BadRequest)?;
    let token = pairs.iter().position(|(name, _)| name == "csrf").map(|at| pairs.remove(at).1);
    let rest = serde_urlencoded::to_string(&pairs).map_err(|_| PageError::BadRequest)?;
    let form = serde_urlencoded::from_str(&rest).map_err(|_| PageError::BadRequest)?;
    Ok((form, token))
}
