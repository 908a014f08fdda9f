//! Where somebody is signed in, and ending it there.

use axum::{
    extract::{OriginalUri, Path, State},
    response::Response,
};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm, done},
};

use super::{
    super::{
        answer::{failed, to},
        say::Say,
        state::AppState,
        when::when,
    },
    overview::Button,
    page,
};
use crate::Owner;

const DONE: [(&str, &str); 2] =
    [("beendet", "accounts-done-session-ended"), ("andere", "accounts-done-others-ended")];

/// The context of `accounts/sessions.html`.
#[derive(Serialize)]
struct SessionsPage {
    done: Option<&'static str>,
    sessions: Vec<SessionRow>,
    others: bool,
}

/// A session in the list.
#[derive(Serialize)]
struct SessionRow {
    id: String,
    /// Codes that messages name: `accounts-browser-firefox`, `accounts-system-linux`.
    browser: &'static str,
    system: &'static str,
    created: Say,
    seen: Say,
    current: bool,
}

/// Lists them.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    person: SignedIn,
) -> Result<Response, PageError> {
    let sessions = app.accounts().sessions(&Owner::from(person.identity())).await.map_err(failed)?;
    let rows = sessions.into_iter().map(|session| SessionRow {
        id: session.id,
        browser: session.browser.browser,
        system: session.browser.system,
        created: when(session.created_at),
        seen: when(session.last_seen_at),
        current: session.current,
    });
    let sessions: Vec<_> = rows.collect();
    let others = sessions.iter().any(|session| !session.current);
    let context = SessionsPage { done: done(&uri, &DONE), sessions, others };
    page(&app, &visit, &person, "accounts/sessions.html", &[], &context)
}

/// Ends one.
pub(super) async fn post_end(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    Path(session): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    app.accounts().end_session(&Owner::from(person.identity()), &session).await.map_err(failed)?;
    Ok(to(&visit, "/mein-konto/sitzungen?getan=beendet"))
}

/// Ends all but this one.
pub(super) async fn post_others(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    app.accounts().end_other_sessions(&Owner::from(person.identity())).await.map_err(failed)?;
    Ok(to(&visit, "/mein-konto/sitzungen?getan=andere"))
}
