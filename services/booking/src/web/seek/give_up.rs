//! `POST /termin/{offer}/abbrechen`: gives the time back; nothing was stored.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use webkit::{error::PageError, pages::Visit};

use super::{
    answer::failed,
    elsewhere::OfferPath,
    form::{Carried, Sent},
    own,
};
use crate::web::AppState;

/// Gives up.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    offer: OfferPath,
    Sent(form): Sent<Carried>,
) -> Result<Response, PageError> {
    let Path(offer) = offer.map_err(|_| PageError::NotFound)?;
    let key = form.expose().key()?;
    app.booking().release(&key).await.map_err(failed)?;
    app.guard().released(&key);
    own::ended(&app, &visit, StatusCode::OK, "given-up", Some(&offer))
}
