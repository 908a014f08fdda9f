//! `POST /mein-termin/verschieben`: other times, the change once more, then the change itself.

use axum::{extract::State, http::StatusCode, response::Response};
use jiff::Timestamp;
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{failed, page},
        form::{Sent, Shown},
        stopped::moved_too_often,
        times::{DAYS, first_day},
        view::{DayView, Meeting},
    },
    CHANGED, CLOSED, MOVED, Own,
    enter::{opened, show},
};
use crate::{
    BookingError, Span,
    service::Bookable,
    web::{
        AppState,
        caller::Caller,
        own::{MoveError, move_own},
    },
};

/// The context of `booking/seek-move.html`.
#[derive(Serialize)]
struct MovePage<'a> {
    meeting: Meeting,
    days: Vec<DayView>,
    next: Option<String>,
    earliest: bool,
    /// The time that was chosen belongs to somebody else by now.
    taken: bool,
    shown: &'a Shown,
}

/// The context of `booking/seek-move-check.html`.
#[derive(Serialize)]
struct MoveCheckPage<'a> {
    meeting: Meeting,
    new: Meeting,
    start: &'a str,
    shown: &'a Shown,
}

/// Shows times while none is chosen, asks once more, moves.
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
    let Some(bookable) = own.bookable.as_ref().filter(|_| own.appointment.is_open(app.booking().now()))
    else {
        return own.show(&app, &visit, shown, StatusCode::CONFLICT, Some(CLOSED));
    };
    match shown.start() {
        None => times(&app, &visit, &own, bookable, shown, false).await,
        Some(start) if !shown.is_sure() => ask(&app, &visit, &own, bookable, shown, start),
        Some(start) => match move_own(&app, bookable, &own.appointment, own.appointment.mode, start).await {
            // she is in already: opening it once more would count as another try
            Ok(moved) => {
                Own::of(&app, &visit, moved).await?.show(&app, &visit, shown, StatusCode::OK, Some(MOVED))
            }
            Err(MoveError::Limited(limited)) => {
                moved_too_often(&app, &visit, limited, (own.meeting(), own.centre.clone()), shown)
            }
            Err(MoveError::Booking(BookingError::Taken)) => {
                times(&app, &visit, &own, bookable, shown, true).await
            }
            Err(MoveError::Booking(BookingError::Changed)) => {
                show(&app, &visit, caller, shown, StatusCode::CONFLICT, Some(CHANGED)).await
            }
            Err(MoveError::Booking(BookingError::Closed)) => {
                show(&app, &visit, caller, shown, StatusCode::CONFLICT, Some(CLOSED)).await
            }
            Err(MoveError::Booking(error)) => Err(failed(error)),
        },
    }
}

async fn times(
    app: &AppState,
    visit: &Visit,
    own: &Own,
    bookable: &Bookable,
    shown: &Shown,
    taken: bool,
) -> Result<Response, PageError> {
    let from = first_day(&shown.ab, app);
    let (appointment, mode) = (&own.appointment, own.appointment.mode);
    let times = app.booking().times_to_move(bookable, appointment, mode, from, DAYS).await;
    let times = times.map_err(failed)?;
    let context = MovePage {
        meeting: own.meeting(),
        days: DayView::all(&times.days),
        next: times.next.map(|day| day.to_string()),
        earliest: from.is_none(),
        taken,
        shown,
    };
    let status = if taken { StatusCode::CONFLICT } else { StatusCode::OK };
    page(app, visit, status, "booking/seek-move.html", &context)
}

fn ask(
    app: &AppState,
    visit: &Visit,
    own: &Own,
    bookable: &Bookable,
    shown: &Shown,
    start: Timestamp,
) -> Result<Response, PageError> {
    let span = Span::lasting(start, bookable.setting.times.length.duration());
    let context = MoveCheckPage {
        meeting: own.meeting(),
        new: Meeting::at(bookable, span, own.appointment.mode, visit.lang),
        start: &shown.beginn,
        shown,
    };
    page(app, visit, StatusCode::OK, "booking/seek-move-check.html", &context)
}
