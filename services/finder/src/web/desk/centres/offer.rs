//! A new offer, and the end of one.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, path_in, render},
};

use super::{
    around::{Around, layers_of, unreadable},
    control::{Wrong, names, read},
    edit::{OfferPath, languages, modes, topics},
    field_view::ErrorLine,
    head::{Head, path},
    section::{Section, Sheet},
    sent::Sent,
    state::{back, stamp},
};
use crate::{
    app::AppState,
    layers::{Composed, Field, Part, compose},
    store::{EditChange, FieldEdit, Saved},
    web::say::Say,
};

/// The parts asked for at first; the rest can follow.
const PARTS: [Part; 7] = [
    Part::Name,
    Part::Description,
    Part::Topics,
    Part::TargetGroups,
    Part::Keywords,
    Part::Languages,
    Part::Modes,
];

/// The context of `desk/centre-offer-new.html`.
#[derive(Serialize)]
struct NewOfferPage<'a> {
    head: Head,
    action: String,
    cancel: String,
    /// Makes sending the same form twice one offer.
    key: &'a str,
    errors: Vec<ErrorLine>,
    wrong: BTreeMap<&'static str, Say>,
    text: BTreeMap<&'a str, &'a str>,
    changed: bool,
    extra: Value,
}

/// Shows an empty form.
pub(super) async fn get_new(
    State(app): State<AppState>,
    visit: Visit,
    session: CentreSession,
) -> Result<Response, PageError> {
    let composed = compose(&layers_of(&app, &session).await?);
    let mut sent = Sent::default();
    sent.put("schluessel", app.ids().next(app.clock()));
    show(&app, &visit, &session, &composed, sent, &[])
}

/// Adds the offer.
pub(super) async fn post_new(
    State(app): State<AppState>,
    visit: Visit,
    session: CentreSession,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let composed = compose(&layers);
    let around = Around::new(&app, visit.lang);
    let id = offer_id(&layers.centre_id, sent.one("schluessel"));
    let (value, wrong) = new_offer(&id, &sent, &around);
    if !wrong.is_empty() {
        return show(&app, &visit, &session, &composed, sent, &wrong);
    }
    let field = Field::Offer(id.clone());
    let edit = FieldEdit { base: Value::Null, value, field };
    let change = EditChange { centre_id: layers.centre_id.clone(), edits: vec![edit] };
    match app.store().save_edits(&change, &stamp(&app, &session)).await.map_err(unreadable)? {
        // Sent twice, and somebody has worked on it since the first time: it is there.
        Saved::Done { .. } | Saved::Conflicts(_) => {
            Ok(back(&visit, &session, &Sheet::areas(&id).tail, "angebot"))
        }
    }
}

/// Takes the offer away; one that a list brought can be brought back.
pub(super) async fn post_removal(
    State(app): State<AppState>,
    visit: Visit,
    session: CentreSession,
    offer: Result<Path<OfferPath>, PathRejection>,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let Path(OfferPath { offer }) = offer.map_err(|_| PageError::NotFound)?;
    let layers = layers_of(&app, &session).await?;
    let composed = compose(&layers);
    let field = Field::Offer(offer);
    let base = field.get(&composed.centre);
    if base.is_null() {
        return Err(PageError::NotFound);
    }
    if composed.centre.offers.len() < 2 {
        // A centre without an offer is not listed; the page does not show the button.
        return Err(PageError::BadRequest);
    }
    let edit = FieldEdit { base, value: Value::Null, field };
    let change = EditChange { centre_id: layers.centre_id.clone(), edits: vec![edit] };
    match app.store().save_edits(&change, &stamp(&app, &session)).await.map_err(unreadable)? {
        Saved::Done { .. } => Ok(back(&visit, &session, "angebote", "gespeichert")),
        // Somebody edits it at this moment: look at it first.
        Saved::Conflicts(_) => Ok(back(&visit, &session, "angebote", "unveraendert")),
    }
}

/// The offer's id from the form's key: the same form gives the same offer, and no form names another centre's.
fn offer_id(centre: &str, key: &str) -> String {
    let hash = Sha256::digest(format!("{centre}\u{1}{key}").as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn new_offer(id: &str, sent: &Sent, around: &Around<'_>) -> (Value, Vec<Wrong>) {
    let mut offer = json!({ "id": id });
    let mut wrong = Vec::new();
    for part in PARTS {
        match read(&part.of(id), sent, &Value::Null, around) {
            Ok(Value::Null) => {}
            Ok(value) => offer[part.code()] = value,
            Err(found) => wrong.extend(found),
        }
    }
    if offer["topics"].is_null() {
        wrong.push(Wrong::new("topic", Say::new("desk-centre-topic-missing")));
    }
    (offer, wrong)
}

fn show(
    app: &AppState,
    visit: &Visit,
    session: &CentreSession,
    composed: &Composed,
    mut sent: Sent,
    wrong: &[Wrong],
) -> Result<Response, PageError> {
    let around = Around::new(app, visit.lang);
    let id = session.centre_id();
    let extra = json!({
        "topics": topics(&around, &sent),
        "modes": modes(&around, &sent),
        "languages": languages(&around, &sent),
    });
    for part in PARTS {
        let name = names(&part.of("_"))[0];
        if sent.all(name).next().is_none() {
            sent.put(name, "");
        }
    }
    let context = NewOfferPage {
        head: Head::new(id, composed, Some(Section::Offers), visit, &around),
        action: path_in(visit, &path(id, "angebote/neu")),
        cancel: path_in(visit, &path(id, "angebote")),
        key: sent.one("schluessel"),
        errors: wrong.iter().map(|wrong| ErrorLine::at(wrong.at, wrong.say.clone())).collect(),
        wrong: wrong.iter().rev().map(|wrong| (wrong.at, wrong.say.clone())).collect(),
        text: sent.texts(),
        changed: !wrong.is_empty(),
        extra,
    };
    let html = render(app.pages(), visit, session, "desk/centre-offer-new.html", &context)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}
