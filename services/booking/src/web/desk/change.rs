//! What is done to an appointment: agreed to, cancelled, moved, handed over, and whether the person came.

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use contracts::directory::Mode;
use jiff::Timestamp;
use kernel::Personal;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, path_in, render},
};
use zeroize::Zeroize;

use super::{
    around::{
        Choice, Head, House, Part, Row, Stop, asked, back, date, instant, path, segment, signature, stop,
        unreadable,
    },
    one::{Found, InPath, OnePath, found},
    say::{Say, Wrong},
    words::{self, DayTimes},
};
use crate::{
    BookingError,
    appointment::{Appointment, Attendance},
    contact::{LONGEST_CANCEL_NOTE, Note},
    service::{Bookable, Booking, By, Signature, Times},
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

/// What the form of a cancellation sends. The note is wiped when it is done.
#[derive(Default, Deserialize, Zeroize)]
#[serde(default)]
pub(super) struct SentCancellation {
    stand: u32,
    nachricht: String,
}

/// What is to be done.
enum Deed {
    Confirm,
    Cancel(Option<Personal<Note>>),
    Move { mode: Option<Mode>, start: Timestamp },
    HandOver { to: String },
    Attend(Attendance),
}

impl Deed {
    /// How the page afterwards is told what was done.
    const fn done(&self) -> &'static str {
        match self {
            Self::Confirm => "bestaetigt",
            Self::Cancel(_) => "abgesagt",
            Self::Move { .. } => "verschoben",
            Self::HandOver { .. } => "uebergeben",
            Self::Attend(_) => "notiert",
        }
    }
}

/// Does what could be read of the form and leads back to the appointment's page, or says why nothing was done.
async fn carry_out(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    (path, stand): (InPath<OnePath>, u32),
    deed: Option<Deed>,
) -> Result<Response, PageError> {
    let found = match found(app, visit, team, path).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    match attempt(app, visit, team, (&found, stand), deed).await? {
        Ok(done) => Ok(done),
        Err(why) => stop(app, visit, team, &found.house, (why, &segment(&found.appointment.id))),
    }
}

/// Does it to the appointment as it was on the screen.
async fn attempt(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    (Found { house, appointment }, stand): (&Found, u32),
    deed: Option<Deed>,
) -> Result<Result<Response, Stop>, PageError> {
    if appointment.version != stand {
        return Ok(Err(Stop::Changed));
    }
    // judged last: a form that makes no sense says nothing about an appointment that is not hers
    let deed = deed.ok_or(PageError::BadRequest)?;
    if let Deed::HandOver { to } = &deed {
        let colleague = house.counsellors().into_iter().find(|one| one.value.id == *to);
        if !colleague.ok_or(PageError::BadRequest)?.value.active {
            return Ok(Err(Stop::SwitchedOff));
        }
    }
    let done = deed.done();
    Ok(Err(match act(app.booking(), appointment, deed, &signature(app, team)).await {
        Ok(()) => return Ok(Ok(back(visit, &house.centre.id, &segment(&appointment.id), done))),
        Err(BookingError::Changed) => Stop::Changed,
        Err(BookingError::Closed) => Stop::Closed,
        Err(BookingError::Taken) => Stop::Taken,
        Err(BookingError::NotFound) => Stop::Gone,
        Err(error) => return Err(unreadable(error)),
    }))
}

async fn act(
    booking: &Booking,
    appointment: &Appointment,
    deed: Deed,
    by: &Signature,
) -> Result<(), BookingError> {
    match deed {
        Deed::Cancel(note) => {
            booking.cancel(appointment, By::Staff(by), note.as_ref()).await?;
        }
        Deed::Attend(attendance) => booking.attend(appointment, attendance, by).await?,
        Deed::Confirm => {
            booking.confirm(&booking.offer_at_the_desk(appointment).await?, appointment, by).await?;
        }
        Deed::Move { mode, start } => {
            let bookable = booking.offer_at_the_desk(appointment).await?;
            let mode = mode.unwrap_or(appointment.mode);
            booking.move_to(&bookable, appointment, mode, start, By::Staff(by)).await?;
        }
        Deed::HandOver { to } => {
            let bookable = booking.offer_at_the_desk(appointment).await?;
            booking.hand_over(&bookable, appointment, &to, by).await?;
        }
    }
    Ok(())
}

/// Agrees to a request.
pub(super) async fn post_confirmation(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    carry_out(&app, &visit, &team, (path, sent.stand), Some(Deed::Confirm)).await
}

/// Moves it.
pub(super) async fn post_move(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let deed = instant(&sent.zeit).map(|start| Deed::Move { mode: Mode::from_code(&sent.art), start });
    carry_out(&app, &visit, &team, (path, sent.stand), deed).await
}

/// Hands it to a colleague.
pub(super) async fn post_hand_over(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    carry_out(&app, &visit, &team, (path, sent.stand), Some(Deed::HandOver { to: sent.an })).await
}

/// Notes whether the person came.
pub(super) async fn post_attendance(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let deed = Attendance::from_code(&sent.anwesenheit).map(Deed::Attend);
    carry_out(&app, &visit, &team, (path, sent.stand), deed).await
}

/// Cancels it.
pub(super) async fn post_cancellation(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
    StaffForm(sent): StaffForm<SentCancellation>,
) -> Result<Response, PageError> {
    let sent = Personal::new(sent);
    let sent = sent.expose();
    let mut found = match found(&app, &visit, &team, path).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let mut written = Written { note: &sent.nachricht, ..Written::default() };
    match Note::check(&sent.nachricht) {
        Ok(note) => {
            let deed = Some(Deed::Cancel(note));
            let why = match attempt(&app, &visit, &team, (&found, sent.stand), deed).await? {
                Ok(done) => return Ok(done),
                Err(why) => why,
            };
            let id = &found.appointment.id;
            match app.booking().appointment_at(&found.house.centre.id, id).await {
                // what was written is not lost: it is asked once more, about the appointment as it is now
                Ok(appointment) if why == Stop::Changed => found.appointment = appointment,
                _ => return stop(&app, &visit, &team, &found.house, (why, &segment(id))),
            }
            written.changed = true;
        }
        Err(_) => {
            let most = i64::try_from(LONGEST_CANCEL_NOTE).unwrap_or(i64::MAX);
            written.wrong.at("nachricht", Say::new("desk-booking-wrong-text").number("most", most));
        }
    }
    show_cancellation(&app, &visit, &team, &found, &written)
}

/// What somebody wrote to the person, and why it is asked about once more.
#[derive(Default)]
struct Written<'a> {
    note: &'a str,
    wrong: Wrong,
    /// The appointment changed since she looked at it.
    changed: bool,
}

#[derive(Serialize)]
struct CancelPage<'a> {
    head: Head,
    row: Row,
    stand: u32,
    here: String,
    action: String,
    told: bool,
    declines: bool,
    note: &'a str,
    most: usize,
    wrong: &'a Wrong,
    changed: bool,
}

/// Asks before it is cancelled.
pub(super) async fn get_cancellation(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    path: InPath<OnePath>,
) -> Result<Response, PageError> {
    match found(&app, &visit, &team, path).await? {
        Ok(found) => show_cancellation(&app, &visit, &team, &found, &Written::default()),
        Err(page) => Ok(page),
    }
}

fn show_cancellation(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    Found { house, appointment }: &Found,
    Written { note, wrong, changed }: &Written<'_>,
) -> Result<Response, PageError> {
    let now = app.clock().now();
    if !appointment.is_open(now) {
        return stop(app, visit, team, house, (Stop::Closed, &segment(&appointment.id)));
    }
    let context = CancelPage {
        head: Head::new(app, visit, team, house, Part::List),
        row: house.row(appointment, visit, now),
        stand: appointment.version,
        action: path_to(visit, house, appointment, "/absage"),
        here: path_to(visit, house, appointment, ""),
        told: appointment.notify.is_some(),
        declines: appointment.state == crate::appointment::State::Requested,
        note,
        most: LONGEST_CANCEL_NOTE,
        wrong,
        changed: *changed,
    };
    let html = render(app.pages(), visit, team, "booking/desk-cancel.html", &context)?;
    let status = match wrong.is_empty() {
        false => StatusCode::UNPROCESSABLE_ENTITY,
        true if *changed => StatusCode::CONFLICT,
        true => StatusCode::OK,
    };
    Ok((status, html).into_response())
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
    let bookable = match app.booking().offer_at_the_desk(appointment).await {
        Ok(bookable) if appointment.is_open(now) => bookable,
        Ok(_) | Err(BookingError::Closed) => {
            return stop(&app, &visit, &team, house, (Stop::Closed, &segment(&appointment.id)));
        }
        Err(error) => return Err(unreadable(error)),
    };
    let wanted: Wanted = asked(&uri);
    let mode = Mode::from_code(&wanted.art).unwrap_or(appointment.mode);
    let times = app.booking().times_to_move(&bookable, appointment, mode, date(&wanted.ab), DAYS).await;
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

fn path_to(visit: &Visit, house: &House, appointment: &Appointment, tail: &str) -> String {
    path_in(visit, &path(&house.centre.id, &format!("{}{tail}", segment(&appointment.id))))
}
