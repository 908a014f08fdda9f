//! `POST /abmelden`.

use axum::{
    extract::State,
    http::{HeaderValue, header::HeaderName},
    response::Response,
};
use serde::Deserialize;
use webkit::{error::PageError, pages::Visit, staff::SESSION_COOKIE};

use super::super::{
    answer::{failed, to},
    cookie::remove,
    state::AppState,
    visitor::{From, OpenForm},
};

/// The form has nothing but its token, which is not asked for: signing out must work when everything else fails, and the
/// guard has checked where the request comes from.
#[derive(Deserialize)]
pub(super) struct SignOutForm {}

/// Ends the session and has the browser forget what it cached.
///
/// Cookies are not cleared as a whole: the mark of a known browser stays, or every sign-in would be reported as new.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(SignOutForm {}): OpenForm<SignOutForm>,
) -> Result<Response, PageError> {
    if let Some(session) = &from.session {
        app.accounts().sign_out(session).await.map_err(failed)?;
    }
    let mut response = to(&visit, "/anmelden?getan=abgemeldet");
    let headers = response.headers_mut();
    remove(headers, SESSION_COOKIE);
    headers.insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}
