//! An appointment: what is known of it, and what the seeker said, on request.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::Uri,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, done, path_in, render},
};

use super::{
    around::{Choice, Head, House, Part, Row, Stop, path, segment, signature, stop, unreadable},
    change::Sent,
    talks::Door,
};
use crate::{
    BookingError,
    appointment::{Appointment, Attendance, State as Stage},
    contact::Contact,
    web::AppState,
};

/// What a change can have done.
const DONE: [(&str, &str); 5] = [
    ("bestaetigt", "desk-booking-done-confirmed"),
    ("abgesagt", "desk-booking-done-cancelled"),
    ("verschoben", "desk-booking-done-moved"),
    ("uebergeben", "desk-booking-done-handed-over"),
    ("notiert", "desk-booking-done-noted"),
];

/// The appointment in an address.
#[derive(Deserialize)]
pub(super) struct OnePath {
    pub(super) appointment: String,
}

/// The path of an address; one that cannot be read names nothing.
pub(crate) type InPath<T> = Result<Path<T>, PathRejection>;

/// An appointment with the centre it is at.
pub(super) struct Found {
    pub(super) house: House,
    pub(super) appointment: Appointment,
}

/// The appointment that an address names, or the page that says that it is not there any more.
pub(super) async fn found(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    path: InPath<OnePath>,
) -> Result<Result<Found, Response>, PageError> {
    let Ok(Path(OnePath { appointment })) = path else { return Err(PageError::NotFound) };
    let house = House::of(app, team.centre_id()).await?;
    match app.booking().appointment_at(&house.centre.id, &appointment).await {
        Ok(appointment) => Ok(Ok(Found { house, appointment })),
        Err(BookingError::NotFound) => Ok(Err(stop(app, visit, team, &house, (Stop::Gone, ""))?)),
        Err(error) => Err(unreadable(error)),
    }
}

#[derive(Serialize)]
struct OnePage<'a> {
    head: Head,
    done: Option<&'static str>,
    row: Row,
    stand: u32,
    here: String,
    own_words: bool,
    contact: Option<Said<'a>>,
    confirm: bool,
    decline: bool,
    open: bool,
    attend: bool,
    kept: bool,
    missed: bool,
    colleagues: Vec<Choice>,
    door: Option<Door>,
    door_href: String,
}

/// What she said, for this one answer.
#[derive(Serialize)]
struct Said<'a> {
    name: &'a str,
    mail: &'a str,
    phone: &'a str,
    note: &'a str,
}

/// Shows the appointment, without what she said.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
    path: InPath<OnePath>,
) -> Result<Response, PageError> {
    match found(&app, &visit, &team, path).await? {
        Ok(found) => show(&app, &visit, &team, &found, (done(&uri, &DONE), None)),
        Err(gone) => Ok(gone),
    }
}

/// Shows what she said. That it was read is written down before.
pub(super) async fn post_contact(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let found = match found(&app, &visit, &team, path).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let contact = app.booking().read_contact(&found.appointment, &signature(&app, &team)).await;
    let contact = contact.map_err(unreadable)?;
    show(&app, &visit, &team, &found, (None, contact.as_ref().map(kernel::Personal::expose)))
}

fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    found: &Found,
    (done, contact): (Option<&'static str>, Option<&Contact>),
) -> Result<Response, PageError> {
    let Found { house, appointment } = found;
    let now = app.clock().now();
    let is_requested = appointment.state == Stage::Requested;
    let open = appointment.is_open(now);
    let colleagues = house
        .counsellors()
        .into_iter()
        .filter(|one| one.value.active && one.value.id != appointment.resource_id)
        .map(|one| Choice { value: one.value.id.clone(), text: one.value.name.clone() });
    let context = OnePage {
        head: Head::new(app, visit, team, house, Part::List),
        done,
        row: house.row(appointment, visit, now),
        stand: appointment.version,
        here: path_in(visit, &path(&house.centre.id, &segment(&appointment.id))),
        own_words: appointment.contact.is_some(),
        contact: contact.map(|contact| Said {
            name: &contact.name,
            mail: &contact.mail,
            phone: &contact.phone,
            note: &contact.note,
        }),
        confirm: open && is_requested,
        decline: is_requested,
        open,
        attend: appointment.state == Stage::Confirmed && appointment.span.from <= now,
        kept: appointment.attendance == Some(Attendance::Kept),
        missed: appointment.attendance == Some(Attendance::Missed),
        colleagues: if open { colleagues.collect() } else { Vec::new() },
        door: Door::of(app, house, team, appointment),
        door_href: path_in(
            visit,
            &path(&house.centre.id, &format!("gespraeche/{}", segment(&appointment.id))),
        ),
    };
    Ok(render(app.pages(), visit, team, "booking/desk-one.html", &context)?.into_response())
}
