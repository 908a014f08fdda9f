//! `/warteliste`: the entry behind the link of a mail: seeing, confirming, leaving.

use axum::{extract::State, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};
use zeroize::Zeroize;

use super::super::{
    answer::{failed, page},
    form::{Sent, secret_in},
    moment, own,
    own::Told,
    say::{FieldError, Say},
    view::CentreView,
};
use crate::{
    BookingError,
    service::{Bookable, NoEntry},
    waiting::{Entry, Stage},
    web::AppState,
};

/// She said that it was her.
const CONFIRMED: Told = Told { kind: "success", text: "seek-wait-told-confirmed" };
/// The centre keeps no list any more.
const NO_LIST: Told = Told { kind: "warning", text: "seek-wait-told-none" };

/// What somebody shows.
#[derive(Default, Deserialize, Zeroize)]
#[serde(default)]
pub(super) struct Linked {
    /// The secret of the link, or the whole link.
    geheimnis: String,
}

/// The context of `booking/seek-waiting-enter.html`.
#[derive(Serialize)]
struct EnterPage<'a> {
    errors: &'a [FieldError],
}

/// The context of `booking/seek-waiting.html`.
#[derive(Serialize)]
struct EntryPage<'a> {
    told: Option<Told>,
    centre: Option<CentreView>,
    offer: Option<&'a str>,
    /// Where the free times are, while the offer can be booked.
    offer_id: Option<&'a str>,
    confirmed: bool,
    /// Whether the button is there that confirms: the centre still keeps a list.
    confirmable: bool,
    /// She wants a time before this.
    before: Say,
    /// The first free time, if it is before that.
    first: Option<Say>,
    /// Notices that may still come.
    left: u8,
    forgotten: Say,
    secret: &'a str,
}

/// Asks for the link; a script takes it from the address.
pub(super) async fn get(State(app): State<AppState>, visit: Visit) -> Result<Response, PageError> {
    page(&app, &visit, StatusCode::OK, "booking/seek-waiting-enter.html", &EnterPage { errors: &[] })
}

/// Shows the entry. Changes nothing.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    Sent(linked): Sent<Linked>,
) -> Result<Response, PageError> {
    match opened(&app, &visit, linked.expose()).await? {
        Ok(entry) => show(&app, &visit, &entry, linked.expose(), (StatusCode::OK, None)).await,
        Err(response) => Ok(response),
    }
}

/// She says that it was her who typed the address. Saying it again changes nothing.
pub(super) async fn confirm(
    State(app): State<AppState>,
    visit: Visit,
    Sent(linked): Sent<Linked>,
) -> Result<Response, PageError> {
    let linked = linked.expose();
    let entry = match opened(&app, &visit, linked).await? {
        Ok(entry) => entry,
        Err(response) => return Ok(response),
    };
    match app.booking().confirm_waiting(&entry).await {
        Ok(()) => {}
        Err(BookingError::NotFound) => {
            return show(&app, &visit, &entry, linked, (StatusCode::CONFLICT, Some(NO_LIST))).await;
        }
        Err(BookingError::Closed) => return unknown(&app, &visit),
        Err(error) => return Err(failed(error)),
    }
    match opened(&app, &visit, linked).await? {
        Ok(entry) => show(&app, &visit, &entry, linked, (StatusCode::OK, Some(CONFIRMED))).await,
        Err(response) => Ok(response),
    }
}

/// Takes her off the list.
pub(super) async fn leave(
    State(app): State<AppState>,
    visit: Visit,
    Sent(linked): Sent<Linked>,
) -> Result<Response, PageError> {
    let entry = match opened(&app, &visit, linked.expose()).await? {
        Ok(entry) => entry,
        Err(response) => return Ok(response),
    };
    app.booking().leave_waiting(&entry).await.map_err(failed)?;
    own::ended(&app, &visit, StatusCode::OK, "wait-left", Some(&entry.offer_id))
}

/// The entry that what was shown opens, or the page that says why it does not.
async fn opened(
    app: &AppState,
    visit: &Visit,
    linked: &Linked,
) -> Result<Result<Entry, Response>, PageError> {
    match app.booking().waiting_entry(&secret_in(&linked.geheimnis)).await {
        Ok(entry) => Ok(Ok(entry)),
        Err(NoEntry::Over) => own::ended(app, visit, StatusCode::GONE, "wait-over", None).map(Err),
        Err(NoEntry::Unknown) => unknown(app, visit).map(Err),
        Err(NoEntry::Booking(error)) => Err(failed(error)),
    }
}

fn unknown(app: &AppState, visit: &Visit) -> Result<Response, PageError> {
    let errors = [FieldError::new("link", "seek-wait-error-link")];
    let context = EnterPage { errors: &errors };
    page(app, visit, StatusCode::UNPROCESSABLE_ENTITY, "booking/seek-waiting-enter.html", &context)
}

async fn show(
    app: &AppState,
    visit: &Visit,
    entry: &Entry,
    linked: &Linked,
    (status, told): (StatusCode, Option<Told>),
) -> Result<Response, PageError> {
    let bookable = match app.booking().bookable(&entry.offer_id).await {
        Ok(bookable) => Some(bookable),
        Err(BookingError::NotFound) => None,
        Err(error) => return Err(failed(error)),
    };
    let confirmed = matches!(entry.stage, Stage::Waiting { .. });
    let first = match &bookable {
        Some(bookable) if confirmed => first_before(app, bookable, entry).await.map_err(failed)?,
        _ => None,
    };
    // whom to call also while nothing can be booked
    let kept = match &bookable {
        Some(_) => None,
        None => app.booking().store().kept_centre_of_offer(&entry.offer_id).await.map_err(failed)?,
    };
    let centre = bookable.as_ref().map(|bookable| &bookable.centre).or(kept.as_ref());
    let offer = centre.and_then(|centre| centre.offers.iter().find(|one| one.id == entry.offer_id));
    let secret = secret_in(&linked.geheimnis);
    let context = EntryPage {
        told,
        offer: offer.map(|offer| offer.name.as_str()),
        centre: centre.map(|centre| CentreView::of(centre, visit.lang)),
        offer_id: bookable.as_ref().map(|bookable| bookable.offer.id.as_str()),
        confirmed,
        confirmable: !confirmed && bookable.as_ref().is_some_and(|bookable| bookable.setting.waiting_list),
        before: moment::day_and_clock(entry.before),
        first,
        left: entry.notices_left(),
        forgotten: moment::day_and_clock(entry.forget_at),
        secret: secret.expose(),
    };
    page(app, visit, status, "booking/seek-waiting.html", &context)
}

async fn first_before(
    app: &AppState,
    bookable: &Bookable,
    entry: &Entry,
) -> Result<Option<Say>, BookingError> {
    let until = crate::availability::local_date(entry.before);
    let first = app.booking().first_free(bookable, until).await?;
    let first = first.filter(|first| first.span.from < entry.before);
    Ok(first.map(|first| moment::day_and_clock(first.span.from)))
}
