//! The queue of the open consultation hour, and the way to the one who waits longest: any counsellor of the centre may take it.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, StaffForm, TeamSession, path_in},
};

use super::{
    around::{House, Stop, stop, unreadable},
    change::Sent,
    say::Say,
    talks::minutes,
    words,
};
use crate::{BookingError, availability::OpenNow, web::AppState};

/// The queue on the page with conversations.
#[derive(Serialize)]
pub(super) struct QueueView {
    /// Until when the hour is on; nothing when it is over and somebody still waits.
    until: Option<Say>,
    waiting: u32,
    /// How many wait, in words.
    text: Say,
    /// How long the first one has waited.
    since: Option<Say>,
    action: String,
}

impl QueueView {
    /// The queue, while there is anything to see. Who looks at it attends to it.
    pub(super) async fn of(app: &AppState, house: &House, here: &str) -> Result<Option<Self>, PageError> {
        let until = match app.booking().open_hour(&house.centre.id).await {
            Ok((_, OpenNow::Yes { until })) => Some(words::clock(until)),
            Ok((_, OpenNow::No { .. })) => None,
            Err(BookingError::NotFound) => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        };
        let waiters = app.booking().walk_ins(&house.centre.id).await;
        if until.is_none() && waiters.is_empty() {
            return Ok(None);
        }
        let waiting = u32::try_from(waiters.len()).unwrap_or(u32::MAX);
        Ok(Some(Self {
            until,
            waiting,
            text: Say::new("desk-talk-queue").number("count", waiting),
            since: waiters.first().map(|first| minutes(first.since, app.booking().now())),
            action: format!("{here}/annehmen"),
        }))
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> u32 {
        self.waiting
    }
}

/// Takes the one who waits longest and leads into her room.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let person = &team.identity().person_id;
    match app.booking().take_next(&house.centre.id, person).await.map_err(unreadable)? {
        Some(invitation) => {
            let room = format!("/arbeitsplatz/gespraech#{}", invitation.fragment().expose());
            Ok(Redirect::to(&path_in(&visit, &room)).into_response())
        }
        None => stop(&app, &visit, &team, &house, (Stop::NobodyWaits, "gespraeche")),
    }
}
