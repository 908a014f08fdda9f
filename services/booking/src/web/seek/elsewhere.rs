//! Finding the offer, and where to go when it cannot be booked here.

use axum::{extract::Path, extract::rejection::PathRejection, http::StatusCode, response::Response};
use serde::Serialize;
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::{failed, page},
    view::{CentreView, Link, web_link},
};
use crate::{BookingError, service::Bookable, web::AppState};

/// The path of an offer; what is no text is no offer's.
pub(super) type OfferPath = Result<Path<String>, PathRejection>;

/// The context of `booking/seek-elsewhere.html`.
#[derive(Serialize)]
struct ElsewherePage {
    centre: CentreView,
    offer: String,
    /// The centre's own page for appointments.
    link: Option<Link>,
    /// The offer can be booked, but the centre takes no bookings online for now.
    paused: bool,
}

/// What an address leads to.
pub(super) enum Offered {
    /// An offer that can be booked here.
    Here(Box<Bookable>),
    /// A page that says how to get an appointment otherwise.
    Elsewhere(Response),
}

/// The offer of a path.
pub(super) async fn offered(app: &AppState, visit: &Visit, path: OfferPath) -> Result<Offered, PageError> {
    let Path(id) = path.map_err(|_| PageError::NotFound)?;
    if id.contains('\0') {
        // PostgreSQL refuses NUL in text; no id has one.
        return Err(PageError::NotFound);
    }
    match app.booking().bookable(&id).await {
        Ok(bookable) => Ok(Offered::Here(Box::new(bookable))),
        Err(BookingError::NotFound) => elsewhere(app, visit, &id).await.map(Offered::Elsewhere),
        Err(error) => Err(failed(error)),
    }
}

async fn elsewhere(app: &AppState, visit: &Visit, id: &str) -> Result<Response, PageError> {
    let centre = app.booking().store().centre_of_offer(id).await.map_err(failed)?;
    let centre = centre.ok_or(PageError::NotFound)?;
    let offer = centre.offers.iter().find(|offer| offer.id == id).ok_or(PageError::NotFound)?;
    let paused = match app.booking().kept_open(id).await {
        Ok(_) => true,
        Err(BookingError::NotFound) => false,
        Err(error) => return Err(failed(error)),
    };
    let context = ElsewherePage {
        centre: CentreView::of(&centre, visit.lang),
        offer: offer.name.clone(),
        link: offer.link.as_deref().and_then(web_link),
        paused,
    };
    page(app, visit, StatusCode::OK, "booking/seek-elsewhere.html", &context)
}
