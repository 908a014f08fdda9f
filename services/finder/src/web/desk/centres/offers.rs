//! `GET /arbeitsplatz/stellen/{centre}/angebote`: what the centre offers, and what was taken away by hand.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::Offer;
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, done, path_in, render},
};

use super::{
    around::{Around, layers_of},
    edit::DONE,
    head::{Head, path},
    section::{Section, Sheet},
    words,
};
use crate::{
    app::AppState,
    layers::{Composed, Field, compose},
};

/// The context of `desk/centre-offers.html`.
#[derive(Serialize)]
struct OffersPage {
    head: Head,
    done: Option<&'static str>,
    new_href: String,
    revert: String,
    offers: Vec<OfferLine>,
    removed: Vec<Removed>,
}

/// An offer in short.
#[derive(Serialize)]
struct OfferLine {
    name: String,
    topics: String,
    modes: String,
    areas: String,
    origin: Option<String>,
    href: String,
    areas_href: String,
}

/// An offer of a list that somebody took away.
#[derive(Serialize)]
struct Removed {
    field: String,
    name: String,
    by: Option<String>,
}

/// Shows the offers.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    session: CentreSession,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let composed = compose(&layers);
    let around = Around::new(&app, visit.lang);
    let id = session.centre_id();
    let own = &composed.centre.offers;
    let listed = layers.without_edits().centre.offers;
    let removed = listed.into_iter().filter(|offer| !own.iter().any(|kept| kept.id == offer.id));
    let removed = removed.map(|offer| {
        let field = Field::Offer(offer.id);
        let edit = layers.edit(&field);
        let by = edit.map(|edit| {
            let by = crate::layers::Origin::Person { actor: edit.actor.clone(), at: edit.at };
            words::origin(&by, &around)
        });
        Removed { field: field.to_string(), name: offer.name, by }
    });
    let context = OffersPage {
        head: Head::new(id, &composed, Some(Section::Offers), &visit, &around),
        done: done(&uri, &DONE),
        new_href: path_in(&visit, &path(id, "angebote/neu")),
        revert: path_in(&visit, &path(id, "zuruecknehmen")),
        offers: own.iter().map(|offer| line(offer, id, &composed, &visit, &around)).collect(),
        removed: removed.collect(),
    };
    Ok(render(app.pages(), &visit, &session, "desk/centre-offers.html", &context)?.into_response())
}

fn line(offer: &Offer, id: &str, composed: &Composed, visit: &Visit, around: &Around<'_>) -> OfferLine {
    let origin = composed.provenance.of(&Field::Offer(offer.id.clone()));
    OfferLine {
        name: offer.name.clone(),
        topics: words::topics(&offer.topics, around),
        modes: words::modes(&offer.modes, around),
        areas: words::areas(&offer.areas, around),
        origin: origin.map(|origin| words::origin(origin, around)),
        href: path_in(visit, &path(id, &Sheet::offer(&offer.id).tail)),
        areas_href: path_in(visit, &path(id, &Sheet::areas(&offer.id).tail)),
    }
}
