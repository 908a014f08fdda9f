//! `/arbeitsplatz/termine/{centre}/gespraeche`: who waits for a conversation, and the way into it.
//!
//! Only she whose appointment it is enters the room; a colleague takes the appointment over first. Who waits in the open
//! consultation hour may be taken by everybody. The page is asked again
//! every few seconds by its island; it says how many wait and since when, never who.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use contracts::talk::RoomNews;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, StaffForm, TeamSession, path_in, render},
};

use super::{
    around::{Head, House, Part, Row, Stop, path, segment, stop, unreadable},
    change::Sent,
    handovers::HandoverView,
    one::{Found, InPath, OnePath, found},
    say::Say,
    walk_ins::QueueView,
    words,
};
use crate::{
    Span,
    appointment::Appointment,
    service::{Comer, Talk},
    store::ResourceKind,
    web::AppState,
};

/// How far ahead conversations are listed.
const AHEAD: SignedDuration = SignedDuration::from_hours(12);

#[derive(Serialize)]
struct TalksPage {
    head: Head,
    here: String,
    talks: Vec<TalkLine>,
    /// The open consultation hour, while it is on or somebody still waits.
    queue: Option<QueueView>,
    /// What a colleague hands over to her.
    handovers: Vec<HandoverView>,
    /// How many wait in all of them and in the queue, and how many are handed over.
    waiting: u32,
}

/// A conversation.
#[derive(Serialize)]
struct TalkLine {
    row: Row,
    enter: Option<String>,
    state: TalkState,
    since: Option<Say>,
}

/// How it stands, as a message and the mark in front of it.
#[derive(Serialize)]
struct TalkState {
    text: Say,
    kind: &'static str,
}

/// Where a conversation of this appointment is entered, for pages about the appointment.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Door {
    /// It is open.
    Open,
    /// It is not open yet.
    Later(Say),
    /// It is open for the colleague whose appointment it is.
    Colleague,
}

impl Door {
    pub(super) fn of(app: &AppState, house: &House, member: &impl Member, one: &Appointment) -> Option<Self> {
        match app.booking().talk(one) {
            Talk::Elsewhere | Talk::Over => None,
            _ if !is_own(house, member, one) => Some(Self::Colleague),
            Talk::Later { opens } => Some(Self::Later(words::clock(opens))),
            Talk::Open => Some(Self::Open),
        }
    }
}

/// Her conversations of the next hours.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let now = app.booking().now();
    let span = Span { from: now - crate::service::AFTER, to: now + AHEAD };
    let mut hers = app.booking().store().of_centre(&house.centre.id, span).await.map_err(unreadable)?;
    hers.retain(|one| {
        is_own(&house, &team, one) && !matches!(app.booking().talk(one), Talk::Elsewhere | Talk::Over)
    });
    let news = app.booking().talks(&hers.iter().collect::<Vec<_>>()).await;
    let here = path_in(&visit, &path(&house.centre.id, "gespraeche"));
    let queue = QueueView::of(&app, &house, &here).await?;
    let handovers = HandoverView::all(&app, &team, &here);
    let line = |one: &Appointment| {
        let known = news.get(&one.id);
        TalkLine {
            row: house.row(one, &visit, now),
            enter: (app.booking().talk(one) == Talk::Open).then(|| format!("{here}/{}", segment(&one.id))),
            state: state(app.booking().talk(one), known),
            since: known.and_then(|news| news.waiting_since).map(|since| minutes(since, now)),
        }
    };
    let context = TalksPage {
        head: Head::new(&app, &visit, &team, &house, Part::Talks),
        waiting: news.values().map(|news| news.waiting).sum::<u32>()
            + queue.as_ref().map_or(0, QueueView::waiting)
            + u32::try_from(handovers.len()).unwrap_or(u32::MAX),
        queue,
        handovers,
        talks: hers.iter().map(line).collect(),
        here: here.clone(),
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-talks.html", &context)?.into_response())
}

/// Leads into the room. What opens it stands behind `#`, where browsers keep it to themselves.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    address: InPath<OnePath>,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let Found { house, appointment } = match found(&app, &visit, &team, address).await? {
        Ok(found) => found,
        Err(gone) => return Ok(gone),
    };
    let person = team.identity().person_id.clone();
    let invitation = is_own(&house, &team, &appointment)
        .then(|| app.booking().invite(&appointment, Comer::Counsellor(&person), None))
        .flatten();
    match invitation {
        Some(invitation) => {
            let room = format!("/arbeitsplatz/gespraech#{}", invitation.fragment().expose());
            Ok(Redirect::to(&path_in(&visit, &room)).into_response())
        }
        None => stop(&app, &visit, &team, &house, (Stop::Closed, &segment(&appointment.id))),
    }
}

fn is_own(house: &House, member: &impl Member, appointment: &Appointment) -> bool {
    let person = &member.identity().person_id;
    house.resource(&appointment.resource_id).is_some_and(
        |one| matches!(&one.value.kind, ResourceKind::Counsellor(counsellor) if counsellor == person),
    )
}

fn state(talk: Talk, news: Option<&RoomNews>) -> TalkState {
    let news = news.copied().unwrap_or(RoomNews { waiting: 0, waiting_since: None, inside: 0 });
    match talk {
        Talk::Later { opens } => TalkState {
            text: Say::new("desk-talk-later").text("time", words::on_the_clock(opens)),
            kind: "off",
        },
        _ if news.waiting > 0 => {
            TalkState { text: Say::new("desk-talk-waiting").number("count", news.waiting), kind: "warn" }
        }
        _ if news.inside > 0 => TalkState { text: Say::new("desk-talk-talking"), kind: "good" },
        _ => TalkState { text: Say::new("desk-talk-nobody"), kind: "wait" },
    }
}

/// How long somebody has waited, in minutes.
pub(super) fn minutes(since: Timestamp, now: Timestamp) -> Say {
    Say::new("desk-talk-since").number("minutes", now.duration_since(since).as_mins().max(0))
}
