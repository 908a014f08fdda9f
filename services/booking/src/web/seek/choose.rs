//! `GET /termin/{offer}`: the offer, and the way to be counselled.

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, page},
    elsewhere::{OfferPath, Offered, offered},
    form::Carried,
    moment,
    say::Say,
    times,
    view::{CentreView, mode_name},
    walk_in,
};
use crate::web::AppState;

/// The context of `booking/seek-modes.html`.
#[derive(Serialize)]
struct ModesPage {
    centre: CentreView,
    offer: String,
    offer_id: String,
    modes: Vec<ModeView>,
    /// Whether nothing is free and one can wait for it.
    waits: bool,
    /// Where one can talk to the centre at once, while that is possible.
    walk_in: Option<String>,
}

#[derive(Serialize)]
struct ModeView {
    code: &'static str,
    name: Say,
    /// The next free time.
    next: Option<Say>,
}

/// Shows the ways there are; where there is one, its free times.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    offer: OfferPath,
) -> Result<Response, PageError> {
    let bookable = match offered(&app, &visit, offer).await? {
        Offered::Here(bookable) => bookable,
        Offered::Elsewhere(response) => return Ok(response),
    };
    let modes: Vec<_> = bookable.setting.times.modes.iter().collect();
    if let [only] = modes[..] {
        return times::show(&app, &visit, &bookable, only, &Carried::default()).await;
    }
    let mut views = Vec::new();
    for mode in modes {
        let next = app.booking().times(&bookable, Some(mode), None, 1).await.map_err(failed)?;
        let next = next.days.first().and_then(|day| day.times.first());
        views.push(ModeView {
            code: mode.code(),
            name: mode_name(mode),
            next: next.map(|free| moment::day_and_clock(free.span.from)),
        });
    }
    let context = ModesPage {
        walk_in: walk_in::link(&app, &bookable),
        centre: CentreView::of(&bookable.centre, visit.lang),
        offer: bookable.offer.name.clone(),
        offer_id: bookable.offer.id.clone(),
        waits: bookable.setting.waiting_list && views.iter().all(|view| view.next.is_none()),
        modes: views,
    };
    page(&app, &visit, StatusCode::OK, "booking/seek-modes.html", &context)
}
