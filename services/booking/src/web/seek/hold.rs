//! `POST /termin/{offer}/halten`: keeps a time free and asks what the centre needs.

use axum::{extract::State, http::StatusCode, response::Response};
use contracts::directory::Mode;
use jiff::Timestamp;
use kernel::{Lang, Secret};
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, first_step},
    book, contact,
    elsewhere::{OfferPath, Offered, offered},
    form::{Carried, Sent},
    taken,
};
use crate::{
    BookingError,
    appointment::{Appointment, State as Stage},
    receipt::hash,
    service::Bookable,
    web::AppState,
};

/// A time that somebody wants, and the form she wants it with.
pub(super) struct Wish {
    pub(super) key: Secret<String>,
    pub(super) mode: Mode,
    pub(super) start: Timestamp,
}

/// Keeps the time.
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
    let Some(wish) = Wish::of(form, &bookable)? else { return Ok(first_step(&visit)) };
    match keep(&app, &bookable, &wish, visit.lang).await {
        Ok(kept) if matches!(kept.state, Stage::Held { .. }) => {
            contact::show(&app, &visit, &bookable, &kept, form, &[], StatusCode::OK)
        }
        Ok(_) => book::again(&app, &visit, &bookable, &wish).await,
        Err(BookingError::Taken) => taken::show(&app, &visit, &bookable, &wish, form).await,
        Err(error) => Err(failed(error)),
    }
}

impl Wish {
    /// What a form wants; `None` when it names no time or a way that is not offered.
    pub(super) fn of(form: &Carried, bookable: &Bookable) -> Result<Option<Self>, PageError> {
        let key = form.key()?;
        let mode = form.mode().filter(|mode| bookable.setting.times.modes.contains(*mode));
        Ok(mode.zip(form.start()).map(|(mode, start)| Self { key, mode, start }))
    }
}

/// Keeps a time free, or finds what became of the form already. What it held at another time, or too long, is given back
/// first: it must not stand in its own way.
pub(super) async fn keep(
    app: &AppState,
    bookable: &Bookable,
    wish: &Wish,
    lang: Lang,
) -> Result<Appointment, BookingError> {
    let booking = app.booking();
    if let Some(earlier) = booking.store().by_form(hash(&wish.key)).await? {
        if earlier.offer_id != bookable.offer.id {
            return Err(BookingError::NotFound);
        }
        match earlier.state {
            Stage::Held { until } => {
                let same = earlier.span.from == wish.start && earlier.mode == wish.mode;
                if !same || until <= booking.now() {
                    booking.release(&wish.key).await?;
                }
            }
            Stage::Requested | Stage::Confirmed | Stage::Cancelled { .. } => return Ok(earlier),
        }
    }
    booking.hold(bookable, &wish.key, wish.mode, wish.start, lang).await
}
