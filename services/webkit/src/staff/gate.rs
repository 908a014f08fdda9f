//! Before any staff page: where the request comes from, and who sends it.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contracts::staff::{StaffIdentity, StaffSessions};
use kernel::Secret;

use super::{NavItem, SignedIn, origin};
use crate::error::PageError;

/// The cookie a staff session lives in. Browsers accept the prefix only with `Secure`, `Path=/` and no domain; they treat
/// `localhost` as secure.
pub const SESSION_COOKIE: &str = "__Host-session";

/// What staff pages are guarded with. Cheap to clone.
#[derive(Clone)]
pub struct Gate {
    sessions: Arc<dyn StaffSessions>,
    nav: Arc<[NavItem]>,
}

/// What the guard found out, for the extractors.
#[derive(Clone)]
pub(super) enum Visitor {
    /// Somebody with a session.
    Known(SignedIn),
    /// Nobody with a session.
    Unknown,
    /// The accounts service does not answer.
    Unsure,
}

impl Gate {
    /// A gate that asks `sessions` and shows `nav` on every page.
    pub fn new(sessions: Arc<dyn StaffSessions>, nav: Vec<NavItem>) -> Self {
        Self { sessions, nav: nav.into() }
    }

    async fn visitor(&self, headers: &HeaderMap) -> Visitor {
        let Some(value) = cookie(headers, SESSION_COOKIE) else { return Visitor::Unknown };
        match self.sessions.identify(&value).await {
            Ok(Some(identity)) => Visitor::Known(self.signed_in(identity)),
            Ok(None) => Visitor::Unknown,
            Err(_) => Visitor::Unsure,
        }
    }

    fn signed_in(&self, identity: StaffIdentity) -> SignedIn {
        SignedIn::new(Arc::new(identity), self.nav.clone())
    }
}

/// The value of a cookie, if it was sent.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<Secret<String>> {
    headers.get_all(header::COOKIE).iter().filter_map(|list| list.to_str().ok()).find_map(|list| {
        list.split(';').find_map(|pair| {
            let (found, value) = pair.trim().split_once('=')?;
            (found == name).then(|| Secret::new(value.to_owned()))
        })
    })
}

/// Middleware of all staff routes: refuses changes from elsewhere, recognises the session, keeps answers out of caches.
pub async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    if !request.method().is_safe() && !origin::is_own(request.headers()) {
        return hardened(PageError::Forbidden.into_response());
    }
    let visitor = gate.visitor(request.headers()).await;
    request.extensions_mut().insert(visitor);
    hardened(next.run(request).await)
}

/// Browsers send `Origin: null` under `no-referrer`, so that staff pages allow their own origin as referrer.
fn hardened(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
