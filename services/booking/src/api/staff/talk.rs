//! `/api/v1/staff/talk/…`: what a counsellor's page asks for in a conversation: a link for somebody who was invited into it,
//! and to hand it over to a colleague. It shows the counsellor's own right to the room, which only she has.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use webkit::{
    problem::Problem,
    staff::{Member, Need, SignedIn, StaffJson, StaffRejection},
};

use super::answer::{Refused, RefusedBody, unusable};
use crate::{
    service::GuestLink,
    store::{Resource, ResourceKind},
    web::{AppState, desk::around::House},
};

/// Somebody who works at a centre. What she sends is looked at afterwards.
pub(super) struct AtWork(SignedIn);

impl<S: Send + Sync> FromRequestParts<S> for AtWork {
    type Rejection = StaffRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, StaffRejection> {
        let person = SignedIn::from_request_parts(parts, state).await?;
        if person.meets(Need::Team) { Ok(Self(person)) } else { Err(StaffRejection::NotAllowed) }
    }
}

/// The right of the one who asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnRight {
    /// Her signed right to the room, as her page has it.
    entry: String,
}

/// A link that is to end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GuestWithdrawal {
    /// Her signed right to the room.
    entry: String,
    /// The signed right in the link.
    guest: String,
}

/// Whom a conversation is handed over to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HandoverRequest {
    /// Her signed right to the room.
    entry: String,
    /// The colleague, by the id of the list.
    colleague: String,
}

/// A link for one person.
#[derive(Serialize, ToSchema)]
pub(super) struct GuestAnswer {
    /// The address. What stands behind its `#` opens the room, and browsers keep it to themselves.
    link: String,
    /// Until when the first browser may come with it. That one comes back until the room closes; no other one comes in.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
    /// When the room closes.
    #[schema(value_type = String, format = DateTime)]
    closes: Timestamp,
}

/// A counsellor of a centre at which the one who asks works, too.
#[derive(Serialize, ToSchema)]
pub(super) struct Colleague {
    id: String,
    /// The name as colleagues see it.
    name: String,
    /// The name of the centre.
    centre: String,
}

/// Makes a link for somebody who was invited into a conversation. The first browser that comes with it holds it.
#[utoipa::path(
    post, path = "/api/v1/staff/talk/guests", tag = "staff", operation_id = "staff_talk_guest", security(("session" = [])),
    request_body = OwnRight,
    responses((status = 201, description = "The link, this once.", body = GuestAnswer), RefusedBody)
)]
pub(super) async fn invite(
    State(app): State<AppState>,
    AtWork(person): AtWork,
    StaffJson(OwnRight { entry }): StaffJson<OwnRight>,
) -> Result<Response, Problem> {
    let link = app.booking().guest_link(&entry, &person.identity().person_id).ok_or_else(no_right)?;
    let GuestLink { invitation, until, closes } = link;
    let link = format!("{}/gespraech#{}", app.base_url(), invitation.fragment().expose());
    Ok((StatusCode::CREATED, Json(GuestAnswer { link, until, closes })).into_response())
}

/// Ends a link for somebody who was invited, also when she has come by it.
#[utoipa::path(
    post, path = "/api/v1/staff/talk/guests/withdrawal", tag = "staff", operation_id = "staff_talk_guest_withdrawal",
    security(("session" = [])), request_body = GuestWithdrawal,
    responses((status = 204, description = "It opens nothing any more."), RefusedBody)
)]
pub(super) async fn withdraw(
    State(app): State<AppState>,
    AtWork(person): AtWork,
    StaffJson(GuestWithdrawal { entry, guest }): StaffJson<GuestWithdrawal>,
) -> Result<StatusCode, Problem> {
    let is_done = app.booking().withdraw_guest(&entry, &guest, &person.identity().person_id).await;
    if is_done { Ok(StatusCode::NO_CONTENT) } else { Err(no_right()) }
}

/// Lists the counsellors of her centres to whom she can hand a conversation over, by name.
#[utoipa::path(
    get, path = "/api/v1/staff/talk/colleagues", tag = "staff", operation_id = "staff_talk_colleagues",
    security(("session" = [])),
    responses((status = 200, description = "Without herself.", body = Vec<Colleague>), Refused)
)]
pub(super) async fn colleagues(
    State(app): State<AppState>,
    AtWork(person): AtWork,
) -> Result<Json<Vec<Colleague>>, Problem> {
    let mut list = Vec::new();
    for house in houses(&app, &person).await? {
        list.extend(others(&house, &person).into_iter().map(|(one, _)| Colleague {
            id: one.id.clone(),
            name: one.name.clone(),
            centre: house.centre.name.clone(),
        }));
    }
    list.sort_by_key(|one| (one.name.to_lowercase(), one.id.clone()));
    Ok(Json(list))
}

/// Hands a conversation over: the colleague finds it among hers and comes in as a host. The appointment stays whose it is.
#[utoipa::path(
    post, path = "/api/v1/staff/talk/handovers", tag = "staff", operation_id = "staff_talk_handover",
    security(("session" = [])), request_body = HandoverRequest,
    responses(
        (status = 204, description = "The colleague sees it on her page."),
        (status = 422, description = "There is no such colleague.", body = Problem, content_type = "application/problem+json"),
        RefusedBody
    )
)]
pub(super) async fn hand_over(
    State(app): State<AppState>,
    AtWork(person): AtWork,
    StaffJson(HandoverRequest { entry, colleague }): StaffJson<HandoverRequest>,
) -> Result<StatusCode, Problem> {
    for house in houses(&app, &person).await? {
        let found = others(&house, &person).into_iter().find(|(one, _)| one.id == colleague);
        let Some((_, to)) = found else { continue };
        let is_hers = app.booking().pass_on(&entry, &person.actor(), &house.centre.id, to);
        return if is_hers { Ok(StatusCode::NO_CONTENT) } else { Err(no_right()) };
    }
    Err(unusable("/colleague", "Expected a counsellor of the same centre who can be booked."))
}

/// Takes back that a conversation is handed over.
#[utoipa::path(
    post, path = "/api/v1/staff/talk/handovers/withdrawal", tag = "staff", operation_id = "staff_talk_handover_withdrawal",
    security(("session" = [])), request_body = OwnRight,
    responses((status = 204, description = "The colleague does not see it any more."), RefusedBody)
)]
pub(super) async fn keep(
    State(app): State<AppState>,
    AtWork(person): AtWork,
    StaffJson(OwnRight { entry }): StaffJson<OwnRight>,
) -> Result<StatusCode, Problem> {
    let is_hers = app.booking().keep_talk(&entry, &person.identity().person_id);
    if is_hers { Ok(StatusCode::NO_CONTENT) } else { Err(no_right()) }
}

/// The centres she works at. One that the directory has never named here has nobody.
async fn houses(app: &AppState, person: &SignedIn) -> Result<Vec<House>, Problem> {
    let mut houses = Vec::new();
    for centre in person.own_centres() {
        match House::of(app, &centre).await {
            Ok(house) => houses.push(house),
            Err(webkit::error::PageError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(houses)
}

/// The counsellors of a centre who are at work, without herself, with the ids of their persons.
fn others<'a>(house: &'a House, person: &SignedIn) -> Vec<(&'a Resource, &'a str)> {
    let own = &person.identity().person_id;
    let all = house.counsellors().into_iter().filter(|one| one.value.active);
    all.filter_map(|one| match &one.value.kind {
        ResourceKind::Counsellor(to) if to != own => Some((&one.value, to.as_str())),
        _ => None,
    })
    .collect()
}

fn no_right() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "not-her-room",
        "Not her room",
        "This right opens no room in which the person who asks is a host, or does not hold any more.",
    )
    .at("/entry")
}
