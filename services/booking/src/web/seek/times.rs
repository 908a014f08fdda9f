//! `/termin/{offer}/zeiten`: days that have free times.
//!
//! A GET while nothing is typed. Who comes back from a later step to choose another time sends what she typed along; the
//! time she held is given back then, or it would be missing from the list.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use contracts::directory::Mode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, first_step, page},
    elsewhere::{OfferPath, Offered, offered},
    form::{Carried, Sent},
    say::Say,
    view::{CentreView, DayView, mode_name},
    walk_in,
};
use crate::{availability::local_date, service::Bookable, web::AppState};

/// Days on a page: every one has free times.
pub(super) const DAYS: usize = 10;

/// What the address says. What cannot be read counts as not said.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    art: String,
    ab: String,
}

/// The context of `booking/seek-times.html`.
#[derive(Serialize)]
struct TimesPage<'a> {
    centre: CentreView,
    offer: &'a str,
    offer_id: &'a str,
    mode: Say,
    mode_code: &'static str,
    /// The other ways, if there are any.
    others: Vec<OtherMode>,
    days: Vec<DayView>,
    /// The next page's first day.
    next: Option<String>,
    /// Whether these are the first days there are.
    earliest: bool,
    /// Whether anything typed is to be carried along.
    filled: bool,
    /// Whether one can wait for an earlier time.
    waits: bool,
    /// Where one can talk to the centre at once, while that is possible.
    walk_in: Option<String>,
    form: Carried,
}

#[derive(Serialize)]
struct OtherMode {
    code: &'static str,
    name: Say,
}

/// Shows times.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    offer: OfferPath,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, PageError> {
    let bookable = match offered(&app, &visit, offer).await? {
        Offered::Here(bookable) => bookable,
        Offered::Elsewhere(response) => return Ok(response),
    };
    let wanted = wanted.map(|Query(wanted)| wanted).unwrap_or_default();
    let mut form = Carried::default();
    (form.art, form.ab) = (wanted.art, wanted.ab);
    match mode(&bookable, &form) {
        Some(mode) => show(&app, &visit, &bookable, mode, &form).await,
        None => Ok(first_step(&visit)),
    }
}

/// Shows times to somebody who has typed something already.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    offer: OfferPath,
    Sent(form): Sent<Carried>,
) -> Result<Response, PageError> {
    let bookable = match offered(&app, &visit, offer).await? {
        Offered::Here(bookable) => bookable,
        Offered::Elsewhere(response) => return Ok(response),
    };
    let form = form.expose();
    let key = form.key()?;
    app.booking().release(&key).await.map_err(failed)?;
    app.guard().released(&key);
    match mode(&bookable, form) {
        Some(mode) => show(&app, &visit, &bookable, mode, form).await,
        None => Ok(first_step(&visit)),
    }
}

/// The way that was chosen, or the only one.
fn mode(bookable: &Bookable, form: &Carried) -> Option<Mode> {
    let modes = bookable.setting.times.modes;
    let mut all = modes.iter();
    match (all.next(), all.next()) {
        (Some(only), None) => Some(only),
        _ => form.mode().filter(|mode| modes.contains(*mode)),
    }
}

/// The page with times from `form.ab` on.
pub(super) async fn show(
    app: &AppState,
    visit: &Visit,
    bookable: &Bookable,
    mode: Mode,
    form: &Carried,
) -> Result<Response, PageError> {
    let from = first_day(&form.ab, app);
    let times = app.booking().times(bookable, Some(mode), from, DAYS).await.map_err(failed)?;
    let others = bookable.setting.times.modes.iter().filter(|other| *other != mode);
    let context = TimesPage {
        centre: CentreView::of(&bookable.centre, visit.lang),
        offer: &bookable.offer.name,
        offer_id: &bookable.offer.id,
        mode: mode_name(mode),
        mode_code: mode.code(),
        others: others.map(|mode| OtherMode { code: mode.code(), name: mode_name(mode) }).collect(),
        days: DayView::all(&times.days),
        next: times.next.map(|day| day.to_string()),
        earliest: from.is_none(),
        filled: form.is_filled(),
        waits: bookable.setting.waiting_list,
        walk_in: walk_in::link(app, bookable),
        form: form.with_key(mode),
    };
    page(app, visit, StatusCode::OK, "booking/seek-times.html", &context)
}

/// The first day somebody wants to see; `None` for today and for what is no day.
pub(super) fn first_day(ab: &str, app: &AppState) -> Option<Date> {
    ab.parse().ok().filter(|day| *day > local_date(app.clock().now()))
}
