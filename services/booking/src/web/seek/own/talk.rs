//! `POST /mein-termin/gespraech`: to the conversation, while its room is open.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::form::{Sent, Shown},
    Own, TALK_CLOSED,
    enter::opened,
    failed,
};
use crate::{
    service::Comer,
    web::{AppState, caller::Caller},
};

/// Leads to the room. What opens it stands behind `#`, where browsers keep it to themselves.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    caller: Caller,
    Sent(shown): Sent<Shown>,
) -> Result<Response, PageError> {
    let shown = shown.expose();
    let appointment = match opened(&app, &visit, caller, shown).await? {
        Ok(appointment) => appointment,
        Err(response) => return Ok(response),
    };
    let phone = app.booking().phone_of(&appointment.centre_id).await.map_err(failed)?;
    match app.booking().invite(&appointment, Comer::Seeker, phone) {
        Some(invitation) => {
            let room = format!("{}/gespraech#{}", visit.lang.path_prefix(), invitation.fragment().expose());
            Ok(Redirect::to(&room).into_response())
        }
        None => {
            let own = Own::of(&app, &visit, appointment).await?;
            own.show(&app, &visit, shown, StatusCode::CONFLICT, Some(TALK_CLOSED))
        }
    }
}
