//! `/sprechen/{centre}`: talking to a centre at once, without an appointment, while its open consultation hour is on.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use contracts::directory::Centre;
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, page},
    moment,
    say::Say,
    stopped::came_too_often,
    view::CentreView,
};
use crate::{
    availability::OpenNow,
    service::Bookable,
    web::{AppState, caller::Caller},
};

/// The path of a centre; what is no text is no centre's.
type CentrePath = Result<Path<String>, PathRejection>;

/// The context of `booking/seek-walk-in.html`.
#[derive(Serialize)]
struct WalkInPage {
    centre: CentreView,
    action: String,
    /// Until when it is open; nothing while it is closed.
    until: Option<Say>,
    /// When it opens next.
    next: Option<NextHour>,
}

#[derive(Serialize)]
struct NextHour {
    day: Say,
    time: Say,
}

/// Says what it is and leads in, or when it opens.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    centre: CentrePath,
) -> Result<Response, PageError> {
    let (centre, open) = app.booking().open_hour(&id(centre)?).await.map_err(failed)?;
    show(&app, &visit, StatusCode::OK, (&centre, open))
}

/// Leads into a room of her own. What opens it stands behind `#`, where browsers keep it to themselves.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    caller: Caller,
    centre: CentrePath,
) -> Result<Response, PageError> {
    let (centre, open) = app.booking().open_hour(&id(centre)?).await.map_err(failed)?;
    if let OpenNow::No { .. } = open {
        return show(&app, &visit, StatusCode::CONFLICT, (&centre, open));
    }
    if let Err(limited) = app.guard().walk_in(caller.0) {
        return came_too_often(&app, &visit, limited, &centre);
    }
    match app.booking().walk_in(&centre.id).await.map_err(failed)? {
        Some(invitation) => {
            let room = format!("{}/gespraech#{}", visit.lang.path_prefix(), invitation.fragment().expose());
            Ok(Redirect::to(&room).into_response())
        }
        // it closed in this moment
        None => {
            let here = format!("{}{}", visit.lang.path_prefix(), path(&centre.id));
            Ok(Redirect::to(&here).into_response())
        }
    }
}

/// Its address, without a language.
pub(super) fn path(centre_id: &str) -> String {
    format!("/sprechen/{centre_id}")
}

/// The way there from a page about an appointment, while the hour is open.
pub(super) fn link(app: &AppState, bookable: &Bookable) -> Option<String> {
    app.booking().is_open_now(&bookable.centre_setting).then(|| path(&bookable.centre.id))
}

fn show(
    app: &AppState,
    visit: &Visit,
    status: StatusCode,
    (centre, open): (&Centre, OpenNow),
) -> Result<Response, PageError> {
    let (until, next) = match open {
        OpenNow::Yes { until } => (Some(moment::clock(until)), None),
        OpenNow::No { next } => (None, next),
    };
    let context = WalkInPage {
        centre: CentreView::of(centre, visit.lang),
        action: path(&centre.id),
        until,
        next: next.map(|next| NextHour { day: moment::day_of(next.from), time: moment::span(next) }),
    };
    page(app, visit, status, "booking/seek-walk-in.html", &context)
}

fn id(path: CentrePath) -> Result<String, PageError> {
    let Path(id) = path.map_err(|_| PageError::NotFound)?;
    // PostgreSQL refuses NUL in text; no id has one.
    if id.contains('\0') { Err(PageError::NotFound) } else { Ok(id) }
}
