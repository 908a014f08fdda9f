//! `POST /mein-termin/warteliste`: she has an appointment and would like an earlier one.

use axum::{extract::State, http::StatusCode, response::Response};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        form::{Sent, Shown},
        wait::{self, Wished},
    },
    CLOSED, Own,
    enter::opened,
};
use crate::web::{AppState, caller::Caller};

/// Asks for an address. The list knows the time of her appointment and nothing else of it.
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
    let own = Own::of(&app, &visit, appointment).await?;
    match own.bookable.as_ref().filter(|_| own.can_wait(app.booking().now())) {
        Some(bookable) => {
            let wished = Wished::before(own.appointment.span.from);
            wait::show(&app, &visit, bookable, &wished, &[], StatusCode::OK)
        }
        None => own.show(&app, &visit, shown, StatusCode::CONFLICT, Some(CLOSED)),
    }
}
