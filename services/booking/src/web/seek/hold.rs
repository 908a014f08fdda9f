//! `POST /termin/{offer}/halten`: keeps a time free and asks what the centre needs.

use axum::{extract::State, http::StatusCode, response::Response};
use contracts::directory::Mode;
use jiff::Timestamp;
use kernel::{Lang, Secret};
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::first_step,
    book, contact,
    elsewhere::{OfferPath, Offered, offered},
    form::{Carried, Sent},
    stopped::{At, Stopped},
};
use crate::{
    BookingError,
    appointment::{Appointment, State as Stage},
    receipt::hash,
    service::Bookable,
    web::{AppState, caller::Caller},
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
    caller: Caller,
    Sent(form): Sent<Carried>,
) -> Result<Response, PageError> {
    let bookable = match offered(&app, &visit, offer).await? {
        Offered::Here(bookable) => bookable,
        Offered::Elsewhere(response) => return Ok(response),
    };
    let form = form.expose();
    let Some(wish) = Wish::of(form, &bookable)? else { return Ok(first_step(&visit)) };
    let at = At { bookable: &bookable, wish: &wish, form, step: "halten" };
    match keep(&app, caller, &at, visit.lang).await {
        Ok(kept) if matches!(kept.state, Stage::Held { .. }) => {
            contact::show(&app, &visit, &bookable, &kept, form, &[], StatusCode::OK)
        }
        Ok(_) => book::again(&app, &visit, &bookable, &wish).await,
        Err(stopped) => stopped.show(&app, &visit, &at).await,
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

/// Keeps a time free, or finds what became of the form already. What it holds at another time, or too long, does not stand
/// in its own way, and is given back only when the new time is hers.
pub(super) async fn keep(
    app: &AppState,
    caller: Caller,
    at: &At<'_>,
    lang: Lang,
) -> Result<Appointment, Stopped> {
    let (booking, guard) = (app.booking(), app.guard());
    let At { bookable, wish, .. } = at;
    let offer = &bookable.offer.id;
    let earlier = booking.store().by_form(hash(&wish.key)).await?;
    if let Some(earlier) = &earlier {
        if earlier.offer_id != *offer {
            return Err(BookingError::NotFound.into());
        }
        let as_wished = earlier.span.from == wish.start && earlier.mode == wish.mode;
        if !matches!(earlier.state, Stage::Held { .. }) || (as_wished && earlier.is_held(booking.now())) {
            return Ok(earlier.clone());
        }
    }
    let holds = earlier.as_ref().is_some_and(|earlier| earlier.is_held(booking.now()));
    guard.hold(caller.0, &wish.key, offer, at.form.paid_with())?;
    let held = booking.hold(bookable, &wish.key, wish.mode, wish.start, lang, earlier.as_ref()).await;
    held.map_err(|error| {
        if !holds {
            guard.not_held(&wish.key, offer);
        }
        error.into()
    })
}
