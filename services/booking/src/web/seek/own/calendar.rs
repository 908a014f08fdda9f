//! `POST /mein-termin/kalender`: the appointment for her own calendar, in words that tell nothing.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use contracts::directory::Mode;
use webkit::{error::PageError, pages::Visit};

use super::{
    super::answer::failed,
    super::form::{Sent, Shown},
    enter::opened,
};
use crate::{
    appointment::State as Stage,
    calendar::{Entry, Status, seeker_file, street},
    web::{AppState, caller::Caller},
};

/// Hands out the file. It is called the same for every appointment: it may stay on a device that others use.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    caller: Caller,
    Sent(shown): Sent<Shown>,
) -> Result<Response, PageError> {
    let appointment = match opened(&app, &visit, caller, shown.expose()).await? {
        Ok(appointment) => appointment,
        Err(response) => return Ok(response),
    };
    let centre = app.booking().store().kept_centre(&appointment.centre_id).await.map_err(failed)?;
    let entry = Entry {
        uid: app.booking().calendar_uid(&appointment.id),
        sequence: appointment.version,
        span: appointment.span,
        stamp: app.clock().now(),
        summary: app.pages().catalogue().plain(visit.lang, "seek-calendar-summary"),
        description: None,
        location: centre
            .filter(|_| appointment.mode == Mode::InPerson)
            .and_then(|centre| street(&centre.address)),
        status: match appointment.state {
            Stage::Confirmed => Status::Confirmed,
            Stage::Held { .. } | Stage::Requested => Status::Tentative,
            Stage::Cancelled { .. } => Status::Cancelled,
        },
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"termin.ics\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, seeker_file(&entry).text).into_response())
}
