//! `POST /mein-termin/absagen`: asks once more, then cancels and forgets.

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{failed, page},
        form::{Sent, Shown},
        view::Meeting,
    },
    CHANGED, CLOSED, Own,
    enter::{cancelled, opened, show},
};
use crate::{
    BookingError,
    appointment::State as Stage,
    service::By,
    web::{AppState, caller::Caller},
};

/// The context of `booking/seek-cancel.html`.
#[derive(Serialize)]
struct CancelPage<'a> {
    meeting: Meeting,
    request: bool,
    shown: &'a Shown,
}

/// Asks, then cancels. Whoever sends it again reads that it is cancelled.
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
    if matches!(own.appointment.state, Stage::Cancelled { .. }) {
        return own.show(&app, &visit, shown, StatusCode::OK, None);
    }
    if !own.appointment.is_open(app.booking().now()) {
        return own.show(&app, &visit, shown, StatusCode::CONFLICT, Some(CLOSED));
    }
    if !shown.is_sure() {
        let context =
            CancelPage { meeting: own.meeting(), request: own.appointment.state == Stage::Requested, shown };
        return page(&app, &visit, StatusCode::OK, "booking/seek-cancel.html", &context);
    }
    match app.booking().cancel(&own.appointment, By::Seeker, None).await {
        Ok(_) => cancelled(&app, &visit, (&own.appointment.offer_id, own.meeting()), None),
        Err(BookingError::Changed) => {
            show(&app, &visit, caller, shown, StatusCode::CONFLICT, Some(CHANGED)).await
        }
        Err(BookingError::Closed) => {
            show(&app, &visit, caller, shown, StatusCode::CONFLICT, Some(CLOSED)).await
        }
        Err(error) => Err(failed(error)),
    }
}
