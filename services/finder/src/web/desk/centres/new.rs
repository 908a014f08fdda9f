//! `/arbeitsplatz/stellen/neu`: a centre that no list has.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use contracts::directory::Centre;
use serde::Serialize;
use serde_json::{Value, json};
use storekit::StoreError;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{AdminSession, Member, StaffForm, path_in, render},
};

use super::{
    around::{Around, unreadable},
    control::{Wrong, read},
    edit::topics,
    field_view::ErrorLine,
    head::path,
    sent::Sent,
};
use crate::{
    app::AppState,
    import::{Slugs, point_of},
    layers::{Field, Part, SourceRecord},
    store::Stamp,
    web::say::Say,
};

/// The fields asked for at first.
const FIELDS: [Field; 6] =
    [Field::Name, Field::Carrier, Field::Address, Field::Phone, Field::Email, Field::Website];
/// Inputs of one text.
const TEXTS: [&str; 10] =
    ["name", "carrier", "street", "extra", "postcode", "city", "phone", "email", "website", "offer"];

/// The context of `desk/centre-new.html`.
#[derive(Serialize)]
struct NewPage<'a> {
    action: String,
    list: String,
    key: &'a str,
    errors: Vec<ErrorLine>,
    wrong: BTreeMap<&'static str, Say>,
    text: BTreeMap<&'a str, &'a str>,
    changed: bool,
    topics: Value,
}

/// Shows an empty form.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: AdminSession,
) -> Result<Response, PageError> {
    let mut sent = Sent::default();
    sent.put("schluessel", app.ids().next(app.clock()));
    show(&app, &visit, &person, sent, &[])
}

/// Makes the centre.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: AdminSession,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let around = Around::new(&app, visit.lang);
    // The id is made with the form, so that sending it twice makes one centre.
    let id = sent.one("schluessel").parse::<uuid::Uuid>().map_err(|_| PageError::BadRequest)?.to_string();
    let centre = match read_centre(&id, &app, &sent, &around) {
        Ok(centre) => centre,
        Err(wrong) => return show(&app, &visit, &person, sent, &wrong),
    };
    let mut centre: Centre = serde_json::from_value(centre).map_err(PageError::internal)?;
    let taken = app.store().slugs().await.map_err(unreadable)?;
    centre.slug = Slugs::new(taken).take(&centre.name, &centre.address.city);
    centre.coordinates = point_of(&around.places, centre.address.postcode);
    let stamp = Stamp::new(person.actor(), app.ids(), app.clock());
    match app.store().create_centre(&centre, &stamp).await {
        Ok(_) => {}
        Err(StoreError::NotUnique { .. }) if is_there(&app, &id).await? => {}
        Err(error) => return Err(unreadable(error)),
    }
    let overview = format!("{}?getan=angelegt", path(&id, ""));
    Ok(Redirect::to(&path_in(&visit, &overview)).into_response())
}

async fn is_there(app: &AppState, id: &str) -> Result<bool, PageError> {
    Ok(app.store().layers(id).await.map_err(unreadable)?.is_some())
}

fn read_centre(id: &str, app: &AppState, sent: &Sent, around: &Around<'_>) -> Result<Value, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut get = |field: &Field, sent: &Sent| {
        read(field, sent, &Value::Null, around).unwrap_or_else(|found| {
            wrong.extend(found);
            Value::Null
        })
    };
    let [name, carrier, address, phone, email, website] = FIELDS.each_ref().map(|field| get(field, sent));
    // The page has the centre's name, too: the offer's goes by another.
    let mut renamed = Sent::default();
    renamed.put("name", sent.one("offer"));
    let offer = read(&Part::Name.of(id), &renamed, &Value::Null, around);
    let offer = offer.unwrap_or_else(|found| {
        wrong.extend(found.into_iter().map(|found| Wrong::new("offer", found.say)));
        Value::Null
    });
    let topics = read(&Part::Topics.of(id), sent, &Value::Null, around).unwrap_or_default();
    if topics.is_null() {
        wrong.push(Wrong::new("topic", Say::new("desk-centre-topic-missing")));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let offer = json!({ "id": app.ids().next(app.clock()), "name": offer, "topics": topics });
    Ok(json!({
        "id": id, "source": SourceRecord::MANUAL, "external_id": id, "slug": "", "name": name, "carrier": carrier,
        "address": address, "contacts": { "phone": phone, "email": email, "website": website },
        "offers": [offer],
    }))
}

fn show(
    app: &AppState,
    visit: &Visit,
    person: &AdminSession,
    mut sent: Sent,
    wrong: &[Wrong],
) -> Result<Response, PageError> {
    let around = Around::new(app, visit.lang);
    for name in TEXTS {
        if sent.all(name).next().is_none() {
            sent.put(name, "");
        }
    }
    let context = NewPage {
        action: path_in(visit, "/arbeitsplatz/stellen/neu"),
        list: path_in(visit, "/arbeitsplatz/stellen"),
        key: sent.one("schluessel"),
        errors: wrong.iter().map(|wrong| ErrorLine::at(wrong.at, wrong.say.clone())).collect(),
        wrong: wrong.iter().rev().map(|wrong| (wrong.at, wrong.say.clone())).collect(),
        text: sent.texts(),
        changed: !wrong.is_empty(),
        topics: topics(&around, &sent),
    };
    let html = render(app.pages(), visit, person, "desk/centre-new.html", &context)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}
