//! The counsellors and rooms of a centre: named, switched on and off.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession, path_in, render},
};

use super::{
    around::{Head, House, Part, Stop, back, path, segment, stop, trail, unreadable},
    one::InPath,
    say::{Say, Wrong},
    settings::{Shown, show},
};
use crate::{
    BookingError,
    setting::Hours,
    store::{Resource, ResourceKind, Revised},
    web::AppState,
};

/// Longest name of a room or counsellor, in characters.
const LONGEST_NAME: usize = 100;

/// A counsellor or a room in a list.
#[derive(Serialize)]
pub(super) struct ResourceLine {
    name: String,
    active: bool,
    edit_href: String,
    hours_href: String,
}

impl ResourceLine {
    pub(super) fn of(resource: &Revised<Resource>, visit: &Visit, centre: &str) -> Self {
        let id = segment(&resource.value.id);
        Self {
            name: resource.value.name.clone(),
            active: resource.value.active,
            edit_href: path_in(visit, &path(centre, &format!("einstellungen/buchbar/{id}"))),
            hours_href: path_in(visit, &path(centre, &format!("zeiten/{id}"))),
        }
    }
}

/// The resource in an address.
#[derive(Deserialize)]
pub(crate) struct ResourcePath {
    pub(super) resource: String,
}

/// The form of a new room.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SentRoom {
    raum: String,
}

/// The form of one that exists.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    stand: i64,
    name: String,
    aktiv: String,
}

#[derive(Serialize)]
struct ResourcePage<'a> {
    head: Head,
    settings_href: String,
    action: String,
    room: bool,
    text: &'a Sent,
    wrong: &'a Wrong,
}

/// Adds a room.
pub(super) async fn post_room(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(room): StaffForm<SentRoom>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let mut wrong = Wrong::default();
    let Some(name) = wrong.take("raum", name(&room.raum)) else {
        return show(&app, &visit, (&team, &house), Shown { room, wrong, ..Shown::default() }).await;
    };
    let value = Resource {
        id: app.ids().next(app.clock()),
        centre_id: house.centre.id.clone(),
        kind: ResourceKind::Room,
        name,
        active: true,
        body: String::new(),
    };
    let line = trail(&app, &manager, "booking.room-added", ("room", &value.id, &value.name), "");
    let room = Revised { revision: 0, value };
    app.booking().save_resource(room, Some(&Hours::default()), &line).await.map_err(unreadable)?;
    Ok(back(&visit, &house.centre.id, "einstellungen", "raum"))
}

/// Shows one.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    (team, _manager): (TeamSession, CentreSession),
    resource: InPath<ResourcePath>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let resource = named(&house, resource)?;
    let sent = Sent {
        stand: resource.revision,
        name: resource.value.name.clone(),
        aktiv: String::from(if resource.value.active { "1" } else { "" }),
    };
    show_one(&app, &visit, (&team, &house, resource), (&sent, &Wrong::default()))
}

/// Saves its name and whether it can be booked.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    resource: InPath<ResourcePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let resource = named(&house, resource)?;
    let mut wrong = Wrong::default();
    let Some(name) = wrong.take("name", name(&sent.name)) else {
        return show_one(&app, &visit, (&team, &house, resource), (&sent, &wrong));
    };
    let active = !sent.aktiv.is_empty();
    let value = Resource { name, active, ..resource.value.clone() };
    let kind = kind(&value);
    let action = if active { "booking.resource-set" } else { "booking.resource-switched-off" };
    let line = trail(&app, &manager, action, (kind, &value.id, &value.name), "");
    let tail = format!("einstellungen/buchbar/{}", segment(&value.id));
    match app.booking().save_resource(Revised { revision: sent.stand, value }, None, &line).await {
        Ok(()) => Ok(back(&visit, &house.centre.id, "einstellungen", "buchbar")),
        Err(BookingError::Changed) => stop(&app, &visit, &team, &house, (Stop::Saved, &tail)),
        Err(error) => Err(unreadable(error)),
    }
}

/// What a resource is called in the trail.
pub(crate) const fn kind(resource: &Resource) -> &'static str {
    match resource.kind {
        ResourceKind::Counsellor(_) => "counsellor",
        ResourceKind::Room => "room",
    }
}

fn named(house: &House, path: InPath<ResourcePath>) -> Result<&Revised<Resource>, PageError> {
    let Ok(Path(ResourcePath { resource })) = path else { return Err(PageError::NotFound) };
    house.resource(&resource).ok_or(PageError::NotFound)
}

fn name(typed: &str) -> Result<String, Say> {
    let name: String = typed.chars().filter(|character| !character.is_control()).collect();
    let name = name.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    fits.then(|| name.to_owned()).ok_or_else(|| Say::new("desk-booking-wrong-name"))
}

fn show_one(
    app: &AppState,
    visit: &Visit,
    (team, house, resource): (&TeamSession, &House, &Revised<Resource>),
    (sent, wrong): (&Sent, &Wrong),
) -> Result<Response, PageError> {
    let id = segment(&resource.value.id);
    let context = ResourcePage {
        head: Head::new(app, visit, team, house, Part::Settings),
        settings_href: path_in(visit, &path(&house.centre.id, "einstellungen")),
        action: path_in(visit, &path(&house.centre.id, &format!("einstellungen/buchbar/{id}"))),
        room: resource.value.kind == ResourceKind::Room,
        text: sent,
        wrong,
    };
    let html = render(app.pages(), visit, team, "booking/desk-resource.html", &context)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}
