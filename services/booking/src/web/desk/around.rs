//! What all pages about a centre's appointments have in common.

use std::collections::BTreeMap;

use axum::{
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::{Centre, Offer},
};
use fluent_bundle::FluentArgs;
use jiff::{Timestamp, civil::Date};
use serde::{Serialize, de::DeserializeOwned};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, TeamSession, path_in, render},
};

use super::{
    say::Say,
    words::{self, StateView},
};
use crate::{
    BookingError,
    appointment::{Appointment, State},
    availability::{is_day_of_ours, local_date},
    service::Signature,
    store::{Resource, ResourceKind, Revised},
    web::AppState,
};

/// A centre with its people and rooms.
pub(crate) struct House {
    pub(crate) centre: Centre,
    resources: BTreeMap<String, Revised<Resource>>,
}

impl House {
    /// The centre that the address names and the person works at, also when it is no longer in the directory.
    pub(crate) async fn of(app: &AppState, centre: &str) -> Result<Self, PageError> {
        let store = app.booking().store();
        let centre = store.kept_centre(centre).await.map_err(unreadable)?.ok_or(PageError::NotFound)?;
        let resources = store.resources(&centre.id).await.map_err(unreadable)?;
        let resources = resources.into_iter().map(|one| (one.value.id.clone(), one)).collect();
        Ok(Self { centre, resources })
    }

    /// Its counsellors, by name.
    pub(crate) fn counsellors(&self) -> Vec<&Revised<Resource>> {
        self.by_name(|kind| matches!(kind, ResourceKind::Counsellor(_)))
    }

    /// Its rooms, by name.
    pub(crate) fn rooms(&self) -> Vec<&Revised<Resource>> {
        self.by_name(|kind| matches!(kind, ResourceKind::Room))
    }

    fn by_name(&self, is: impl Fn(&ResourceKind) -> bool) -> Vec<&Revised<Resource>> {
        let mut found: Vec<_> = self.resources.values().filter(|one| is(&one.value.kind)).collect();
        found.sort_by_key(|one| (one.value.name.to_lowercase(), one.value.id.clone()));
        found
    }

    /// A counsellor or a room.
    pub(super) fn resource(&self, id: &str) -> Option<&Revised<Resource>> {
        self.resources.get(id)
    }

    /// The person herself, as a counsellor who can be booked.
    pub(crate) fn own(&self, member: &impl Member) -> Option<&Revised<Resource>> {
        let person = ResourceKind::Counsellor(member.identity().person_id.clone());
        self.resources.values().find(|one| one.value.kind == person)
    }

    /// One of its offers.
    pub(crate) fn offer(&self, id: &str) -> Option<&Offer> {
        self.centre.offers.iter().find(|offer| offer.id == id)
    }

    /// The name of a counsellor or a room.
    fn name_of(&self, resource: &str) -> String {
        self.resource(resource).map(|one| one.value.name.clone()).unwrap_or_default()
    }

    /// An appointment for a list.
    pub(super) fn row(&self, appointment: &Appointment, visit: &Visit, now: Timestamp) -> Row {
        let offer = self.offer(&appointment.offer_id).map(|offer| offer.name.clone());
        Row {
            day: words::day(local_date(appointment.span.from)),
            from: words::clock(appointment.span.from),
            to: words::clock(appointment.span.to),
            offer,
            mode: words::mode(appointment.mode),
            counsellor: self.name_of(&appointment.resource_id),
            room: appointment.room_id.as_deref().map(|room| self.name_of(room)),
            state: words::state(appointment, now),
            contact: appointment.contact.is_some(),
            cancelled: matches!(appointment.state, State::Cancelled { .. }),
            href: path_in(visit, &path(&self.centre.id, &segment(&appointment.id))),
        }
    }
}

/// An appointment in a line.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    day: Say,
    from: Say,
    to: Say,
    offer: Option<String>,
    mode: &'static str,
    counsellor: String,
    room: Option<String>,
    state: StateView,
    contact: bool,
    cancelled: bool,
    href: String,
}

/// Something to choose in a list.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) text: String,
}

/// The weekdays to choose from, by their number from 1.
pub(super) fn weekdays(app: &AppState, visit: &Visit) -> Vec<Choice> {
    let text = |number: usize| {
        let mut args = FluentArgs::new();
        args.set("weekday", number);
        app.pages().catalogue().text(visit.lang, "desk-booking-weekday", &args).unwrap_or_default()
    };
    (1..=7).map(|number| Choice { value: number.to_string(), text: text(number) }).collect()
}

/// A box to tick, with a text of the centre's own.
#[derive(Debug, Serialize)]
pub(super) struct Tick {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) hint: Option<String>,
    pub(super) checked: bool,
}

/// The part of a page that says whose it is and where else to go.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    name: String,
    place: String,
    href: String,
    tabs: Vec<Tab>,
}

#[derive(Debug, Serialize)]
struct Tab {
    href: String,
    text: String,
    current: bool,
    count: Option<usize>,
}

/// The pages of a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    List,
    Talks,
    Phone,
    Hours,
    Calendar,
    Numbers,
    Settings,
}

impl Head {
    pub(super) fn new(app: &AppState, visit: &Visit, team: &TeamSession, house: &House, part: Part) -> Self {
        let id = &house.centre.id;
        let parts = [
            (Part::List, "desk-booking-nav", ""),
            (Part::Talks, "desk-talk-tab", "gespraeche"),
            (Part::Phone, "desk-booking-phone-tab", "neu"),
            (Part::Hours, "desk-booking-hours-tab", "zeiten"),
            (Part::Calendar, "desk-calendar-tab", "kalender"),
            (Part::Numbers, "desk-booking-numbers-tab", "zahlen"),
            (Part::Settings, "desk-booking-settings-tab", "einstellungen"),
        ];
        let seen = parts.into_iter().filter(|(part, ..)| *part != Part::Settings || team.manager().is_some());
        let address = &house.centre.address;
        Self {
            name: house.centre.name.clone(),
            place: format!("{} {}", address.postcode, address.city),
            href: path_in(visit, &path(id, "")),
            tabs: seen
                .map(|(one, text, tail)| Tab {
                    href: path_in(visit, &path(id, tail)),
                    text: app.pages().catalogue().plain(visit.lang, text),
                    current: one == part,
                    count: None,
                })
                .collect(),
        }
    }
}

/// The address of a page about a centre's appointments, without the language's prefix.
pub(super) fn path(centre: &str, tail: &str) -> String {
    let separator = if tail.is_empty() { "" } else { "/" };
    format!("/arbeitsplatz/termine/{}{separator}{tail}", segment(centre))
}

/// An id as it stands in an address.
pub(super) fn segment(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    id.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The query of an address; what it does not say or says wrongly is as if it were empty.
pub(super) fn asked<T: DeserializeOwned + Default>(uri: &Uri) -> T {
    serde_html_form::from_str(uri.query().unwrap_or_default()).unwrap_or_default()
}

/// A day in an address or a form.
pub(super) fn date(text: &str) -> Option<Date> {
    let whole = text.len() == 10 && text.is_ascii();
    text.parse().ok().filter(|date: &Date| whole && is_day_of_ours(*date))
}

/// An instant in an address or a form: seconds since 1970.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().and_then(|second| Timestamp::from_second(second).ok())
}

/// A failure that no form can mend.
pub(in crate::web) fn unreadable(error: BookingError) -> PageError {
    match error {
        BookingError::NotFound => PageError::NotFound,
        BookingError::Store(storekit::StoreError::Unavailable { .. }) => PageError::Unavailable,
        other => PageError::internal(other),
    }
}

/// Who acts on an appointment, for the trail.
pub(crate) fn signature(app: &AppState, member: &impl Member) -> Signature {
    Signature { actor: member.actor(), line: app.ids().next(app.clock()) }
}

/// A line for the trail.
pub(crate) fn trail(
    app: &AppState,
    member: &impl Member,
    action: &str,
    (kind, id, name): (&str, &str, &str),
    detail: &str,
) -> AuditEntry {
    AuditEntry {
        id: app.ids().next(app.clock()),
        at: app.clock().now(),
        actor: member.actor(),
        action: action.to_owned(),
        object: AuditObject { kind: kind.to_owned(), id: id.to_owned(), name: name.to_owned() },
        detail: detail.to_owned(),
    }
}

/// Back to a page of the centre, which says what was done.
pub(super) fn back(visit: &Visit, centre: &str, tail: &str, done: &str) -> Response {
    Redirect::to(&path_in(visit, &format!("{}?getan={done}", path(centre, tail)))).into_response()
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Somebody else saved the same setting meanwhile.
    Saved,
    /// The appointment changed meanwhile.
    Changed,
    /// The appointment has begun, is over or was cancelled.
    Closed,
    /// The time is taken.
    Taken,
    /// The colleague cannot be booked now.
    SwitchedOff,
    /// The appointment is forgotten.
    Gone,
    /// Nobody waits in the open consultation hour any more.
    NobodyWaits,
    /// The conversation is not handed over to her any more.
    Kept,
}

#[derive(Serialize)]
struct StopPage {
    head: Head,
    title: &'static str,
    text: &'static str,
    next: &'static str,
    next_href: String,
}

/// A page that says why nothing was done and where to go on.
pub(super) fn stop(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    house: &House,
    (stop, tail): (Stop, &str),
) -> Result<Response, PageError> {
    let (title, text, next, status) = match stop {
        Stop::Saved => (
            "desk-booking-stop-saved",
            "desk-booking-stop-saved-text",
            "desk-booking-stop-saved-next",
            StatusCode::CONFLICT,
        ),
        Stop::Changed => (
            "desk-booking-stop-changed",
            "desk-booking-stop-changed-text",
            "desk-booking-stop-appointment-next",
            StatusCode::CONFLICT,
        ),
        Stop::Closed => (
            "desk-booking-stop-closed",
            "desk-booking-stop-closed-text",
            "desk-booking-stop-appointment-next",
            StatusCode::CONFLICT,
        ),
        Stop::Taken => (
            "desk-booking-stop-taken",
            "desk-booking-stop-taken-text",
            "desk-booking-stop-taken-next",
            StatusCode::CONFLICT,
        ),
        Stop::SwitchedOff => (
            "desk-booking-stop-switched-off",
            "desk-booking-stop-switched-off-text",
            "desk-booking-stop-appointment-next",
            StatusCode::CONFLICT,
        ),
        Stop::Gone => (
            "desk-booking-stop-gone",
            "desk-booking-stop-gone-text",
            "desk-booking-stop-gone-next",
            StatusCode::NOT_FOUND,
        ),
        Stop::NobodyWaits => (
            "desk-talk-queue-nobody",
            "desk-talk-queue-nobody-text",
            "desk-talk-queue-nobody-next",
            StatusCode::CONFLICT,
        ),
        Stop::Kept => (
            "desk-talk-handover-kept",
            "desk-talk-handover-kept-text",
            "desk-talk-queue-nobody-next",
            StatusCode::CONFLICT,
        ),
    };
    let context = StopPage {
        head: Head::new(app, visit, team, house, Part::List),
        title,
        text,
        next,
        next_href: path_in(visit, &path(&house.centre.id, tail)),
    };
    Ok((status, render(app.pages(), visit, team, "booking/desk-stop.html", &context)?).into_response())
}
