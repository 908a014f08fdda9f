//! What is done to an appointment: agreed to, cancelled, moved, handed over, and whether the person came.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::Mode;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, path_in, render},
};

use super::{
    around::{
        Choice, Head, House, Part, Row, Stop, asked, back, date, instant, path, segment, signature, stop,
        unreadable,
    },
    one::{Found, InPath, OnePath, found},
    say::Say,
    words::{self, DayTimes},
};
use crate::{
    BookingError,
    appointment::{Appointment, Attendance},
    service::{Bookable, By, Times},
    web::AppState,
};

/// Days with free times on a page.
pub(super) const DAYS: usize = 10;

/// What these forms send.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The version of the appointment that was on the screen.
    stand: u32,
    art: String,
    zeit: String,
    an: String,
    anwesenheit: String,
}

/// An appointment as it was on the screen, or the page that says why not.
async fn as_seen(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    (path, stand): (InPath<OnePath>, u32),
) -> Result<Result<Found, Response>, PageError> {
    match found(app, visit, team, path).await? {
        Ok(found) if found.appointment.version != stand => {
            let tail = segment(&found.appointment.id);
            Ok(Err(stop(app, visit, team, &found.house, (Stop::Changed, &tail))?))
        }
        other => Ok(other),
    }
}

/// Where to go after a change, or the page that says why there was none.
fn after<T>(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    (found, done): (&Found, &str),
    outcome: Result<T, BookingError>,
) -> Result<Response, PageError> {
    let tail = segment(&found.appointment.id);
    let why = match outcome {
        Ok(_) => return Ok(back(visit, &found.house.centre.id, &tail, done)),
        Err(BookingError::Changed) => Stop::Changed,
        Err(BookingError::Closed) => Stop::Closed,
        Err(BookingError::Taken) => Stop::Taken,
        Err(BookingError::NotFound) => Stop::Gone,
        Err(error) => return Err(unreadable(error)),
    };
    stop(app, visit, team, &found.house, (why, &tail))
}

/// The offer of an appointment, also when nobody new can book it; `None` when the centre does not have it any more.
async fn offer_of(app: &AppState, appointment: &Appointment) -> Result<Option<Bookable>, PageError> {
    match app.booking().offer_as_set(&appointment.offer_id).await {
        Ok(bookable) => Ok(Some(bookable)),
        Err(BookingError::NotFound) => Ok(None),
        Err(error) => Err(unreadable(error)),
    }
}

/// Agrees to a request.
pub(super) async fn post_confirmation(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let found = match as_seen(&app, &visit, &team, (path, sent.stand)).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let confirmed = match offer_of(&app, &found.appointment).await? {
        Some(bookable) => app.booking().confirm(&bookable, &found.appointment, &signature(&app, &team)).await,
        None => Err(BookingError::Closed),
    };
    after(&app, &visit, &team, (&found, "bestaetigt"), confirmed)
}

#[derive(Serialize)]
struct CancelPage {
    head: Head,
    row: Row,
    stand: u32,
    here: String,
    action: String,
    told: bool,
    declines: bool,
}

/// Asks before it is cancelled.
pub(super) async fn get_cancellation(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
) -> Result<Response, PageError> {
    let Found { house, appointment } = match found(&app, &visit, &team, path).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let now = app.clock().now();
    let here = path_to(&visit, &house, &appointment, "");
    if !appointment.is_open(now) {
        return stop(&app, &visit, &team, &house, (Stop::Closed, &segment(&appointment.id)));
    }
    let context = CancelPage {
        head: Head::new(&app, &visit, &team, &house, Part::List),
        row: house.row(&appointment, &visit, now),
        stand: appointment.version,
        action: path_to(&visit, &house, &appointment, "/absage"),
        here,
        told: appointment.notify.is_some(),
        declines: appointment.state == crate::appointment::State::Requested,
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-cancel.html", &context)?.into_response())
}

/// Cancels it.
pub(super) async fn post_cancellation(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let found = match as_seen(&app, &visit, &team, (path, sent.stand)).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let signature = signature(&app, &team);
    let cancelled = app.booking().cancel(&found.appointment, By::Staff(&signature), None).await;
    after(&app, &visit, &team, (&found, "abgesagt"), cancelled)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    art: String,
    ab: String,
}

#[derive(Serialize)]
struct MovePage {
    head: Head,
    row: Row,
    stand: u32,
    here: String,
    action: String,
    modes: Vec<Choice>,
    mode: &'static str,
    days: Vec<DayTimes<TimeChoice>>,
    next: Option<String>,
}

/// A free time to choose.
#[derive(Serialize)]
pub(super) struct TimeChoice {
    pub(super) value: String,
    pub(super) time: Say,
}

/// Free times on the days there are.
pub(super) fn time_choices(times: &Times) -> Vec<DayTimes<TimeChoice>> {
    words::by_day(times.days.iter().flat_map(|day| &day.times).map(|time| {
        let start = time.span.from;
        (start, TimeChoice { value: start.as_second().to_string(), time: words::clock(start) })
    }))
}

/// The modes of an offer, to choose one.
pub(super) fn mode_choices(app: &AppState, visit: &Visit, bookable: &Bookable) -> Vec<Choice> {
    let choice = |mode: Mode| Choice {
        value: mode.code().to_owned(),
        text: app.pages().catalogue().plain(visit.lang, words::mode(mode)),
    };
    bookable.setting.times.modes.iter().map(choice).collect()
}

/// Shows where it could be moved to.
pub(super) async fn get_move(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
    path: InPath<OnePath>,
) -> Result<Response, PageError> {
    let found = match found(&app, &visit, &team, path).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let Found { house, appointment } = &found;
    let now = app.clock().now();
    let bookable = match offer_of(&app, appointment).await? {
        Some(bookable) if appointment.is_open(now) => bookable,
        _ => return stop(&app, &visit, &team, house, (Stop::Closed, &segment(&appointment.id))),
    };
    let wanted: Wanted = asked(&uri);
    let mode = Mode::from_code(&wanted.art).unwrap_or(appointment.mode);
    let times = app.booking().times(&bookable, Some(mode), date(&wanted.ab), DAYS).await;
    let times = times.map_err(unreadable)?;
    let action = path_to(&visit, house, appointment, "/verschieben");
    let context = MovePage {
        head: Head::new(&app, &visit, &team, house, Part::List),
        row: house.row(appointment, &visit, now),
        stand: appointment.version,
        here: path_to(&visit, house, appointment, ""),
        modes: mode_choices(&app, &visit, &bookable),
        mode: mode.code(),
        days: time_choices(&times),
        next: times.next.map(|next| format!("{action}?art={}&ab={next}", mode.code())),
        action,
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-move.html", &context)?.into_response())
}

/// Moves it.
pub(super) async fn post_move(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let found = match as_seen(&app, &visit, &team, (path, sent.stand)).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let moved = match (offer_of(&app, &found.appointment).await?, instant(&sent.zeit)) {
        (Some(bookable), Some(start)) => {
            let mode = Mode::from_code(&sent.art).unwrap_or(found.appointment.mode);
            let by = signature(&app, &team);
            app.booking().move_to(&bookable, &found.appointment, mode, start, By::Staff(&by)).await
        }
        (None, _) => Err(BookingError::Closed),
        (_, None) => return Err(PageError::BadRequest),
    };
    after(&app, &visit, &team, (&found, "verschoben"), moved)
}

/// Hands it to a colleague.
pub(super) async fn post_hand_over(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let found = match as_seen(&app, &visit, &team, (path, sent.stand)).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let colleague = found.house.counsellors().into_iter().any(|one| one.value.id == sent.an);
    let handed = match offer_of(&app, &found.appointment).await? {
        _ if !colleague => return Err(PageError::BadRequest),
        Some(bookable) => {
            let by = signature(&app, &team);
            app.booking().hand_over(&bookable, &found.appointment, &sent.an, &by).await
        }
        None => Err(BookingError::Closed),
    };
    after(&app, &visit, &team, (&found, "uebergeben"), handed)
}

/// Notes whether the person came.
pub(super) async fn post_attendance(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let found = match as_seen(&app, &visit, &team, (path, sent.stand)).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let attendance = Attendance::from_code(&sent.anwesenheit).ok_or(PageError::BadRequest)?;
    let noted = app.booking().attend(&found.appointment, attendance, &signature(&app, &team)).await;
    after(&app, &visit, &team, (&found, "notiert"), noted)
}

fn path_to(visit: &Visit, house: &House, appointment: &Appointment, tail: &str) -> String {
    path_in(visit, &path(&house.centre.id, &format!("{}{tail}", segment(&appointment.id))))
}
