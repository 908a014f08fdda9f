//! Beginning a session, completing it, and where it leads.

use axum::response::Response;
use contracts::staff::StaffIdentity;
use kernel::Secret;
use webkit::{error::PageError, pages::Visit};

use super::super::{
    answer::{failed, onward, to, with_wish},
    cookie::{set_device, set_session},
    say::FieldError,
    state::{AppState, FreshCodes},
    visitor::From,
};
use crate::{Owner, PendingNeed, SignIn, Standing, factor::recovery};

/// Begins a session for somebody who proved who she is, and leads on: to what is still owed, or to where she wanted.
///
/// A session the browser had before ends, whoever's it was.
pub(super) async fn begin(
    app: &AppState,
    visit: &Visit,
    from: &From,
    person: &str,
    second_factor: bool,
    wanted: &str,
) -> Result<Response, PageError> {
    if let Some(earlier) = &from.session {
        app.accounts().sign_out(earlier).await.map_err(failed)?;
    }
    let sign_in = SignIn { second_factor, browser: from.browser, device: from.device.clone() };
    let started = app.accounts().start_session(person, sign_in).await.map_err(failed)?;
    let mut response = lead_on(app, visit, &started.cookie, wanted).await?;
    set_session(response.headers_mut(), &started.cookie);
    if let Some(device) = &started.device {
        set_device(response.headers_mut(), device);
    }
    Ok(response)
}

/// Where a session with this cookie belongs.
pub(super) async fn lead_on(
    app: &AppState,
    visit: &Visit,
    cookie: &Secret<String>,
    wanted: &str,
) -> Result<Response, PageError> {
    Ok(match app.accounts().standing(cookie).await.map_err(failed)? {
        Some(Standing::Complete(_)) => onward(visit, wanted),
        Some(Standing::Pending(pending)) => match pending.need {
            PendingNeed::Prove { .. } => to(visit, &with_wish("/anmelden/code", wanted)),
            PendingNeed::SetUp => to(visit, &with_wish("/anmelden/einrichten", wanted)),
        },
        None => to(visit, "/anmelden"),
    })
}

/// A session after a proof: with a new cookie, so that a copy of the old one is worth nothing.
pub(in crate::web) async fn renewed(
    app: &AppState,
    session: &str,
    second_factor: bool,
) -> Result<Secret<String>, PageError> {
    app.accounts().renew_session(session, second_factor).await.map_err(failed)
}

/// Makes new recovery codes and leads to the page that shows them once.
pub(in crate::web) async fn hand_out_codes(
    app: &AppState,
    visit: &Visit,
    identity: &StaffIdentity,
    wanted: &str,
) -> Result<Response, PageError> {
    let codes = recovery::fresh();
    app.accounts().replace_recovery_codes(&Owner::from(identity), &codes).await.map_err(failed)?;
    let fresh = FreshCodes { session: identity.session_id.clone(), codes };
    // The ticket is good once and for this session only: it may stand in an address.
    let ticket = app.fresh_codes().keep(fresh, app.now());
    let separator = with_wish("/mein-konto/wiederherstellung", wanted);
    let separator = if separator.contains('?') { format!("{separator}&") } else { format!("{separator}?") };
    Ok(to(visit, &format!("{separator}blatt={}", ticket.expose())))
}

/// A second factor was set up in a session that owed it: the session is complete, and there are recovery codes.
pub(super) async fn completed(
    app: &AppState,
    visit: &Visit,
    session: &str,
    wanted: &str,
) -> Result<Response, PageError> {
    let cookie = renewed(app, session, true).await?;
    let mut response = match app.accounts().standing(&cookie).await.map_err(failed)? {
        Some(Standing::Complete(identity)) => hand_out_codes(app, visit, &identity, wanted).await?,
        _ => to(visit, "/anmelden"),
    };
    set_session(response.headers_mut(), &cookie);
    Ok(response)
}

/// One error at one field.
pub(super) fn one(field: &'static str, message: &'static str) -> Vec<FieldError> {
    vec![FieldError::new(field, message)]
}
