//! What is done to an entry with one button: confirm it, take edits back, take it off the list, put it back.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{AdminSession, CentreSession, Member, StaffForm, path_in},
};

use super::{
    around::{Around, layers_of, unreadable},
    head::path,
    section::Sheet,
    sent::Sent,
};
use crate::{app::AppState, layers::Field, store::Stamp};

/// Notes that everything is right today.
pub(super) async fn post_confirmation(
    State(app): State<AppState>,
    visit: Visit,
    session: CentreSession,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let today = Around::new(&app, visit.lang).today();
    let confirmed = app.store().confirm_centre(&layers.centre_id, today, &stamp(&app, &session)).await;
    confirmed.map_err(unreadable)?;
    Ok(back(&visit, &session, "", "bestaetigt"))
}

/// Lets the lists' value show again.
pub(super) async fn post_reversal(
    State(app): State<AppState>,
    visit: Visit,
    session: CentreSession,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let field: Field = sent.one("feld").parse().map_err(|_| PageError::BadRequest)?;
    let stamp = stamp(&app, &session);
    app.store()
        .revert_edits(&layers.centre_id, std::slice::from_ref(&field), &stamp)
        .await
        .map_err(unreadable)?;
    Ok(back(&visit, &session, &Sheet::tail_of(&field), "zurueck"))
}

/// Takes the centre off the list.
pub(super) async fn post_withdrawal(
    State(app): State<AppState>,
    visit: Visit,
    _administrator: AdminSession,
    session: CentreSession,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let done = app.store().withdraw_centre(&layers.centre_id, &stamp(&app, &session)).await;
    done.map_err(unreadable)?;
    Ok(back(&visit, &session, "", "herausgenommen"))
}

/// Puts it back.
pub(super) async fn post_restoration(
    State(app): State<AppState>,
    visit: Visit,
    _administrator: AdminSession,
    session: CentreSession,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let done = app.store().restore_centre(&layers.centre_id, &stamp(&app, &session)).await;
    done.map_err(unreadable)?;
    Ok(back(&visit, &session, "", "aufgenommen"))
}

/// Who changes the entry, and when.
pub(super) fn stamp(app: &AppState, session: &CentreSession) -> Stamp {
    Stamp::new(session.actor(), app.ids(), app.clock())
}

/// Back to a page of the centre, which says what was done.
pub(super) fn back(visit: &Visit, session: &CentreSession, tail: &str, done: &str) -> Response {
    let path = path(session.centre_id(), tail);
    Redirect::to(&path_in(visit, &format!("{path}?getan={done}"))).into_response()
}
