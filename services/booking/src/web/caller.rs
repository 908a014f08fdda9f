//! Where a request comes from, as far as limits need it.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use webkit::{limits::Client, networks::Network};

use super::AppState;

/// The network somebody asks from; none for the operator's own machine.
#[derive(Clone, Copy)]
pub(crate) struct Caller(pub(crate) Option<Network>);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Infallible> {
        let client = parts.extensions.get::<Client>().copied();
        Ok(Self(client.map(|client| app.guard().network(client))))
    }
}
