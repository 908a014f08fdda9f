//! Conversations that a colleague hands over while they go on: the one who was named finds them among hers.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, StaffForm, TeamSession, path_in},
};

use super::{
    around::{House, Stop, segment, stop},
    change::Sent,
    one::InPath,
    say::Say,
    talks::minutes,
    words,
};
use crate::web::AppState;

/// One of them on the page with conversations.
#[derive(Serialize)]
pub(super) struct HandoverView {
    /// Who hands it over.
    from: String,
    /// Since when.
    since: Say,
    /// When the room closes.
    until: Say,
    action: String,
}

/// Which of them.
#[derive(Deserialize)]
pub(super) struct HandoverPath {
    handover: String,
}

impl HandoverView {
    /// Those handed over to the person.
    pub(super) fn all(app: &AppState, team: &TeamSession, here: &str) -> Vec<Self> {
        let now = app.booking().now();
        let hers = app.booking().handovers(team.centre_id(), &team.identity().person_id);
        let view = |one: crate::service::Handover| Self {
            since: minutes(one.since, now),
            until: words::clock(one.closes),
            action: format!("{here}/uebergaben/{}", segment(&one.id)),
            from: one.from,
        };
        hers.into_iter().map(view).collect()
    }
}

/// Leads into the room.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    address: InPath<HandoverPath>,
    StaffForm(_): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let person = &team.identity().person_id;
    let named = address.ok().map(|address| address.0.handover);
    let way = named.and_then(|id| app.booking().take_over(&house.centre.id, person, &id));
    match way {
        Some(invitation) => {
            let room = format!("/arbeitsplatz/gespraech#{}", invitation.fragment().expose());
            Ok(Redirect::to(&path_in(&visit, &room)).into_response())
        }
        None => stop(&app, &visit, &team, &house, (Stop::Kept, "gespraeche")),
    }
}
