//! Somebody else was faster: the nearest other times, with everything typed kept.

use axum::{http::StatusCode, response::Response};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, page},
    form::Carried,
    hold::Wish,
    moment,
    say::Say,
    view::{CentreView, DayView, mode_name},
};
use crate::{
    availability::LONGEST_HORIZON,
    service::{Bookable, FreeDay, Times},
    web::AppState,
};

/// How many other times are named.
const NEAREST: usize = 6;

/// The context of `booking/seek-taken.html`.
#[derive(Serialize)]
struct TakenPage<'a> {
    centre: CentreView,
    offer: &'a str,
    offer_id: &'a str,
    mode: Say,
    /// The time that is gone.
    lost: Say,
    days: Vec<DayView>,
    /// Whether one can wait for an earlier time.
    waits: bool,
    form: Carried,
}

/// Names other times.
pub(super) async fn show(
    app: &AppState,
    visit: &Visit,
    bookable: &Bookable,
    wish: &Wish,
    form: &Carried,
) -> Result<Response, PageError> {
    let all = usize::from(LONGEST_HORIZON) + 1;
    let times = app.booking().times(bookable, Some(wish.mode), None, all).await.map_err(failed)?;
    let context = TakenPage {
        centre: CentreView::of(&bookable.centre, visit.lang),
        offer: &bookable.offer.name,
        offer_id: &bookable.offer.id,
        mode: mode_name(wish.mode),
        lost: moment::day_and_clock(wish.start),
        days: DayView::all(&nearest(&times, wish.start)),
        waits: bookable.setting.waiting_list,
        form: form.with_key(wish.mode),
    };
    page(app, visit, StatusCode::CONFLICT, "booking/seek-taken.html", &context)
}

/// The times nearest to the one that is gone, in order.
fn nearest(times: &Times, wanted: jiff::Timestamp) -> Vec<FreeDay> {
    let mut near: Vec<_> =
        times.days.iter().flat_map(|day| day.times.iter().map(|time| (day.date, time))).collect();
    near.sort_by_key(|(_, time)| (time.span.from.duration_since(wanted).abs(), time.span.from));
    near.truncate(NEAREST);
    near.sort_by_key(|(_, time)| time.span.from);
    near.chunk_by(|(one, _), (next, _)| one == next)
        .map(|day| FreeDay { date: day[0].0, times: day.iter().map(|(_, time)| (*time).clone()).collect() })
        .collect()
}
