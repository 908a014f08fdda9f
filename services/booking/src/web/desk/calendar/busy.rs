//! Busy times out of her own calendar: connected, disconnected.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, StaffForm, TeamSession},
};

use super::{Shown, not_entered, show};
use crate::{
    calendar::{Trouble, fetch::CalendarAddress},
    service::ConnectError,
    store::ResourceKind,
    web::{
        AppState,
        desk::{
            around::{House, back, trail, unreadable},
            say::{Say, Wrong},
        },
    },
};

/// The form of a calendar to connect. What is typed is a secret and never shown again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Sent {
    adresse: String,
}

/// Whose calendar is disconnected.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Whose {
    wer: String,
}

/// Reads the calendar at the address and connects it, or says why not.
pub(in crate::web::desk) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let Some(own) = house.own(&team) else { return Ok(not_entered(&visit, &house)) };
    let own = &own.value;
    let line = trail(&app, &team, "booking.calendar-connected", ("counsellor", &own.id, &own.name), "");
    let connected = match address(&app, &sent.adresse) {
        Ok(address) => app.booking().connect_calendar(&own.id, &address, &line).await,
        Err(trouble) => Err(trouble.into()),
    };
    match connected {
        Ok(()) => Ok(back(&visit, &house.centre.id, "kalender", "verbunden")),
        Err(ConnectError::Trouble(trouble)) => {
            let mut wrong = Wrong::default();
            wrong.at("adresse", Say::new(trouble.message()));
            show(&app, &visit, (&team, &house), Shown { wrong, ..Shown::default() }).await
        }
        Err(ConnectError::Booking(error)) => Err(unreadable(error)),
    }
}

/// Disconnects her calendar, or a manager a colleague's. Asking twice changes nothing.
pub(in crate::web::desk) async fn post_removal(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(whose): StaffForm<Whose>,
) -> Result<Response, PageError> {
    if whose.wer.is_empty() {
        return Err(PageError::BadRequest);
    }
    let house = House::of(&app, team.centre_id()).await?;
    let resource = &house.resource(&whose.wer).ok_or(PageError::NotFound)?.value;
    let own = resource.kind == ResourceKind::Counsellor(team.identity().person_id.clone());
    if !own && team.manager().is_none() {
        return Err(PageError::NotFound);
    }
    let object = ("counsellor", resource.id.as_str(), resource.name.as_str());
    let line = trail(&app, &team, "booking.calendar-removed", object, "");
    app.booking().disconnect_calendar(&resource.id, &line).await.map_err(unreadable)?;
    Ok(back(&visit, &house.centre.id, "kalender", "getrennt"))
}

/// The address as it is typed. One that leads back here would make her busy by her own appointments.
fn address(app: &AppState, typed: &str) -> Result<CalendarAddress, Trouble> {
    let address = CalendarAddress::parse(typed)?;
    if address.is_at_host_of(app.base_url()) { Err(Trouble::Ours) } else { Ok(address) }
}
