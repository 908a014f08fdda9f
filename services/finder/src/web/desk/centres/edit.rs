//! The forms of an entry: shown, checked, saved, or shown again with what was typed.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, Member, StaffForm, done, path_in, render},
};

use super::{
    around::{Around, layers_of, unreadable},
    control::{names, write},
    field_view::{ErrorLine, FieldView, Shown},
    head::{Head, path},
    section::{Section, Sheet},
    sent::Sent,
    weigh::{Weighed, doubts, weigh, with_edits},
};
use crate::{
    app::AppState,
    layers::{Composed, Layers, compose, derive_point},
    store::{EditChange, Saved, Stamp},
    web::say::Say,
};

mod extra;

pub(super) use self::extra::{languages, modes, topics};

/// What a form can have done.
pub(super) const DONE: [(&str, &str); 4] = [
    ("gespeichert", "desk-centre-done-saved"),
    ("unveraendert", "desk-centre-done-nothing"),
    ("zurueck", "desk-centre-done-reverted"),
    ("angebot", "desk-centre-done-offer"),
];

/// The context of the form templates.
#[derive(Serialize)]
struct EditPage<'a> {
    head: Head,
    done: Option<&'static str>,
    action: String,
    revert: String,
    errors: Vec<ErrorLine>,
    /// The first error of each element.
    wrong: std::collections::BTreeMap<&'static str, Say>,
    /// Inputs of one text.
    text: std::collections::BTreeMap<&'a str, &'a str>,
    fields: std::collections::BTreeMap<String, FieldView>,
    /// What may be a mistake and has to be agreed to.
    doubts: Vec<Say>,
    changed: bool,
    extra: serde_json::Value,
}

/// The offer in an address.
#[derive(Deserialize)]
pub(super) struct OfferPath {
    pub(super) offer: String,
}

/// How a form is shown: as it is stored, or as it was sent.
struct Showing<'a> {
    sent: Sent,
    weighed: Weighed,
    doubts: Vec<Say>,
    again: bool,
    done: Option<&'static str>,
    status: StatusCode,
    sheet: &'a Sheet,
}

macro_rules! section {
    ($get:ident, $post:ident, $sheet:ident) => {
        pub(super) async fn $get(
            State(app): State<AppState>,
            visit: Visit,
            uri: Uri,
            session: CentreSession,
        ) -> Result<Response, PageError> {
            get(&app, &visit, &uri, &session, &Sheet::$sheet()).await
        }

        pub(super) async fn $post(
            State(app): State<AppState>,
            visit: Visit,
            session: CentreSession,
            StaffForm(sent): StaffForm<Sent>,
        ) -> Result<Response, PageError> {
            post(&app, &visit, &session, sent, &Sheet::$sheet()).await
        }
    };
    ($get:ident, $post:ident, $sheet:ident of an offer) => {
        pub(super) async fn $get(
            State(app): State<AppState>,
            visit: Visit,
            uri: Uri,
            session: CentreSession,
            offer: Result<Path<OfferPath>, PathRejection>,
        ) -> Result<Response, PageError> {
            let Path(OfferPath { offer }) = offer.map_err(|_| PageError::NotFound)?;
            get(&app, &visit, &uri, &session, &Sheet::$sheet(&offer)).await
        }

        pub(super) async fn $post(
            State(app): State<AppState>,
            visit: Visit,
            session: CentreSession,
            offer: Result<Path<OfferPath>, PathRejection>,
            StaffForm(sent): StaffForm<Sent>,
        ) -> Result<Response, PageError> {
            let Path(OfferPath { offer }) = offer.map_err(|_| PageError::NotFound)?;
            post(&app, &visit, &session, sent, &Sheet::$sheet(&offer)).await
        }
    };
}

section!(get_basics, post_basics, basics);
section!(get_address, post_address, address);
section!(get_contact, post_contact, contact);
section!(get_hours, post_hours, hours);
section!(get_access, post_access, access);
section!(get_offer, post_offer, offer of an offer);
section!(get_areas, post_areas, areas of an offer);

async fn get(
    app: &AppState,
    visit: &Visit,
    uri: &Uri,
    session: &CentreSession,
    sheet: &Sheet,
) -> Result<Response, PageError> {
    let layers = layers_of(app, session).await?;
    let composed = composed(&layers, sheet)?;
    let mut sent = Sent::default();
    sheet.fields.iter().for_each(|field| sent.extend(write(field, &field.get(&composed.centre))));
    let around = Around::new(app, visit.lang);
    let showing = Showing {
        sent,
        weighed: Weighed::default(),
        doubts: if sheet.section == Section::Address {
            doubts(&composed.centre, &around)
        } else {
            Vec::new()
        },
        again: false,
        done: done(uri, &DONE),
        status: StatusCode::OK,
        sheet,
    };
    show(&around, visit, session, &layers, &composed, showing).await
}

async fn post(
    app: &AppState,
    visit: &Visit,
    session: &CentreSession,
    sent: Sent,
    sheet: &Sheet,
) -> Result<Response, PageError> {
    let layers = layers_of(app, session).await?;
    let now = composed(&layers, sheet)?;
    let around = Around::new(app, visit.lang);
    let mut showing = Showing {
        weighed: Weighed::default(),
        doubts: Vec::new(),
        again: true,
        done: None,
        status: StatusCode::OK,
        sent,
        sheet,
    };
    if !showing.sent.one("mehr").is_empty() {
        return show(&around, visit, session, &layers, &now, showing).await;
    }
    showing.status = StatusCode::UNPROCESSABLE_ENTITY;
    showing.weighed = weigh(&sheet.fields, &showing.sent, &now, &around);
    if !showing.weighed.is_clear() {
        return show(&around, visit, session, &layers, &now, showing).await;
    }
    let mut edits = showing.weighed.edits.clone();
    if edits.is_empty() {
        return Ok(back(visit, session, sheet, "unveraendert"));
    }
    derive_point(&mut edits, &now.centre, &layers, &around.places);
    if sheet.section == Section::Address && showing.sent.one("trotzdem") != "ja" {
        showing.doubts = doubts(&with_edits(&now.centre, &edits), &around);
        if !showing.doubts.is_empty() {
            return show(&around, visit, session, &layers, &now, showing).await;
        }
    }
    let change = EditChange { centre_id: session.centre_id().to_owned(), edits };
    let stamp = Stamp::new(session.actor(), app.ids(), app.clock());
    match app.store().save_edits(&change, &stamp).await.map_err(unreadable)? {
        Saved::Done { .. } => Ok(back(visit, session, sheet, "gespeichert")),
        Saved::Conflicts(_) => {
            // Somebody was quicker between our look and our writing: weigh again what is there now.
            let layers = layers_of(app, session).await?;
            let now = composed(&layers, sheet)?;
            showing.weighed = weigh(&sheet.fields, &showing.sent, &now, &around);
            show(&around, visit, session, &layers, &now, showing).await
        }
    }
}

/// The centre as it is; an offer that is not among its own is not there.
fn composed(layers: &Layers, sheet: &Sheet) -> Result<Composed, PageError> {
    let composed = compose(layers);
    let known = |id: &String| composed.centre.offers.iter().any(|offer| offer.id == *id);
    if sheet.offer.as_ref().is_some_and(|id| !known(id)) {
        return Err(PageError::NotFound);
    }
    Ok(composed)
}

fn back(visit: &Visit, session: &CentreSession, sheet: &Sheet, done: &str) -> Response {
    let path = path(session.centre_id(), &sheet.tail);
    Redirect::to(&path_in(visit, &format!("{path}?getan={done}"))).into_response()
}

async fn show(
    around: &Around<'_>,
    visit: &Visit,
    session: &CentreSession,
    layers: &Layers,
    now: &Composed,
    mut showing: Showing<'_>,
) -> Result<Response, PageError> {
    let sheet = showing.sheet;
    for name in sheet.fields.iter().flat_map(|field| names(field)) {
        // A template may ask for every input.
        if showing.sent.all(name).next().is_none() && !is_ticked(name) {
            showing.sent.put(name, "");
        }
    }
    let extra = extra::of(around, session, now, &showing.sent, sheet, showing.again).await?;
    let weighed = &showing.weighed;
    let shown =
        Shown { layers, now, sent: &showing.sent, conflicts: &weighed.conflicts, again: showing.again };
    let errors = weighed.wrong.iter().map(|wrong| ErrorLine::at(wrong.at, wrong.say.clone()));
    let mut errors: Vec<ErrorLine> = errors
        .chain(weighed.conflicts.iter().map(|conflict| ErrorLine::disputed(conflict, around)))
        .collect();
    let has_doubts = showing.again && !showing.doubts.is_empty();
    if has_doubts {
        errors.push(ErrorLine::at("trotzdem", Say::new("desk-centre-doubt-agree")));
    }
    let mut wrong = std::collections::BTreeMap::new();
    for error in &weighed.wrong {
        wrong.entry(error.at).or_insert_with(|| error.say.clone());
    }
    let context = EditPage {
        head: Head::new(session.centre_id(), now, Some(sheet.section), visit, around),
        done: showing.done,
        action: path_in(visit, &path(session.centre_id(), &sheet.tail)),
        revert: path_in(visit, &path(session.centre_id(), "zuruecknehmen")),
        errors,
        wrong,
        text: showing.sent.texts(),
        fields: shown.views(&sheet.fields, around),
        doubts: showing.doubts,
        changed: showing.again,
        extra,
    };
    let html = render(around.app.pages(), visit, session, sheet.template, &context)?;
    Ok((showing.status, html).into_response())
}

/// Inputs that are boxes to tick: an empty text would be a tick.
fn is_ticked(name: &str) -> bool {
    ["language", "topic", "mode", "gebiet", "wheelchair"].contains(&name)
}
