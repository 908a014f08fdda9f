//! `POST /termin/{offer}/pruefen` and `/buchen`: everything once more, then the receipt.
//!
//! Sending the same form again shows the same receipt; there is no redirect, because an address must not name it.

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, first_step, page},
    contact::{self, Checked, held_until},
    elsewhere::{OfferPath, Offered, offered},
    form::{Carried, Sent},
    hold::{Wish, keep},
    moment, own,
    say::Say,
    stopped::{At, Stopped},
    view::{Meeting, Texts},
};
use crate::{
    appointment::State as Stage,
    service::{Bookable, NewBooking, Reserved},
    setting::Agreement,
    web::{AppState, caller::Caller},
};

/// The context of `booking/seek-check.html`.
#[derive(Serialize)]
struct CheckPage<'a> {
    meeting: Meeting,
    offer_id: &'a str,
    request: bool,
    until: Option<Say>,
    forgotten: Say,
    said: Vec<SaidView<'a>>,
    form: &'a Carried,
}

/// Something she said, with the message that names it.
#[derive(Serialize)]
struct SaidView<'a> {
    label: &'static str,
    value: &'a str,
}

/// The context of `booking/seek-receipt.html`.
#[derive(Serialize)]
struct ReceiptPage<'a> {
    meeting: Meeting,
    offer_id: &'a str,
    request: bool,
    /// The form was sent before, for another time than the one that was chosen now.
    already: bool,
    code: &'a str,
    pin: &'a str,
    link: String,
    /// The link's secret, for the calendar file.
    secret: &'a str,
    texts: Texts<'a>,
    mails: bool,
    forgotten: Say,
}

/// Shows everything before it is sent off.
pub(super) async fn check(
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
    let at = At { bookable: &bookable, wish: &wish, form, step: "pruefen" };
    let kept = match keep(&app, caller, &at, visit.lang).await {
        Ok(kept) if matches!(kept.state, Stage::Held { .. }) => kept,
        Ok(_) => return again(&app, &visit, &bookable, &wish).await,
        Err(stopped) => return stopped.show(&app, &visit, &at).await,
    };
    let checked = match contact::check(form, bookable.setting.asks) {
        Ok(checked) => checked,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return contact::show(&app, &visit, &bookable, &kept, form, &errors, status);
        }
    };
    let context = CheckPage {
        meeting: Meeting::at(&bookable, kept.span, kept.mode, visit.lang),
        offer_id: &bookable.offer.id,
        request: bookable.setting.agreement == Agreement::Centre,
        until: held_until(&kept),
        forgotten: moment::day_and_clock(kept.forget_at),
        said: said(&checked),
        form,
    };
    page(&app, &visit, StatusCode::OK, "booking/seek-check.html", &context)
}

/// Books.
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
    let at = At { bookable: &bookable, wish: &wish, form, step: "buchen" };
    let kept = match keep(&app, caller, &at, visit.lang).await {
        Ok(kept) if matches!(kept.state, Stage::Held { .. }) => kept,
        Ok(_) => return again(&app, &visit, &bookable, &wish).await,
        Err(stopped) => return stopped.show(&app, &visit, &at).await,
    };
    let checked = match contact::check(form, bookable.setting.asks) {
        Ok(checked) => checked,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return contact::show(&app, &visit, &bookable, &kept, form, &errors, status);
        }
    };
    if let Err(limited) = app.guard().book(caller.0) {
        return Stopped::from(limited).show(&app, &visit, &at).await;
    }
    let booking = NewBooking {
        form: wish.key.clone(),
        mode: wish.mode,
        start: wish.start,
        lang: visit.lang,
        contact: Some(checked.contact),
        remind: checked.remind,
    };
    match app.booking().book(&bookable, booking).await {
        Ok(reserved) => {
            app.guard().booked(&wish.key, &bookable.offer.id);
            receipt(&app, &visit, &bookable, &wish, &reserved)
        }
        Err(error) => {
            app.guard().not_booked(caller.0);
            Stopped::from(error).show(&app, &visit, &at).await
        }
    }
}

/// What became of a form that was sent off already.
pub(super) async fn again(
    app: &AppState,
    visit: &Visit,
    bookable: &Bookable,
    wish: &Wish,
) -> Result<Response, PageError> {
    let booking = NewBooking {
        form: wish.key.clone(),
        mode: wish.mode,
        start: wish.start,
        lang: visit.lang,
        contact: None,
        remind: None,
    };
    let reserved = app.booking().book(bookable, booking).await.map_err(failed)?;
    receipt(app, visit, bookable, wish, &reserved)
}

fn receipt(
    app: &AppState,
    visit: &Visit,
    bookable: &Bookable,
    wish: &Wish,
    reserved: &Reserved,
) -> Result<Response, PageError> {
    let appointment = &reserved.appointment;
    if matches!(appointment.state, Stage::Cancelled { .. }) {
        return own::ended(app, visit, StatusCode::OK, "cancelled", Some(&bookable.offer.id));
    }
    let (code, secret) = (reserved.receipt.code.shown(), &reserved.receipt.link);
    let context = ReceiptPage {
        meeting: Meeting::at(bookable, appointment.span, appointment.mode, visit.lang),
        offer_id: &bookable.offer.id,
        request: appointment.state == Stage::Requested,
        already: appointment.span.from != wish.start,
        code: code.expose(),
        pin: reserved.receipt.pin.shown().expose(),
        link: own::link(app, visit.lang, secret),
        secret: secret.expose(),
        texts: Texts::of(&bookable.setting),
        mails: appointment.notify.is_some(),
        forgotten: moment::day_and_clock(appointment.forget_at),
    };
    page(app, visit, StatusCode::OK, "booking/seek-receipt.html", &context)
}

fn said(checked: &Checked) -> Vec<SaidView<'_>> {
    let contact = checked.contact.expose();
    let remind = checked.remind.as_ref().map_or("", |mail| mail.expose().as_str());
    [
        ("seek-said-name", contact.name.as_str()),
        ("seek-said-mail", &contact.mail),
        ("seek-said-phone", &contact.phone),
        ("seek-said-note", &contact.note),
        ("seek-said-remind", remind),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| SaidView { label, value })
    .collect()
}
