//! The feed: made, shown once, replaced, ended.

use axum::{extract::State, response::Response};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, StaffForm, TeamSession},
};

use super::{Moment, Shown, not_entered, show};
use crate::{
    store::{Feed, FeedKind},
    web::{
        AppState,
        desk::{
            around::{House, back, trail, unreadable},
            hours::Nothing,
        },
        feed,
    },
};

/// What a feed can tell, in the order of the form: code, name, explanation.
const KINDS: [(FeedKind, &str, &str, &str); 3] = [
    (FeedKind::Neutral, "neutral", "desk-calendar-kind-neutral", "desk-calendar-kind-neutral-hint"),
    (FeedKind::Detailed, "ausfuehrlich", "desk-calendar-kind-detailed", "desk-calendar-kind-detailed-hint"),
    (FeedKind::AddressAlone, "nur-adresse", "desk-calendar-kind-address", "desk-calendar-kind-address-hint"),
];

/// The form of a new one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Sent {
    art: String,
}

/// A feed that exists.
#[derive(Serialize)]
pub(super) struct FeedView {
    kind: &'static str,
    since: Moment,
}

/// Something to choose.
#[derive(Serialize)]
pub(super) struct KindChoice {
    value: &'static str,
    text: &'static str,
    hint: &'static str,
    checked: bool,
}

/// What she enters into her calendar program. Shown in the answer to her form, and never again.
#[derive(Serialize)]
pub(super) struct Told {
    address: String,
    user: Option<&'static str>,
    password: Option<String>,
}

impl FeedView {
    pub(super) fn of(feed: &Feed) -> Self {
        let kind = KINDS.iter().find(|(kind, ..)| *kind == feed.kind).map_or("", |(_, _, text, _)| *text);
        Self { kind, since: Moment::of(feed.created_at) }
    }
}

impl Told {
    fn of(base_url: &str, kind: FeedKind, secret: &Secret<String>) -> Self {
        match kind {
            FeedKind::Neutral | FeedKind::Detailed => Self {
                address: format!("{base_url}{}", feed::ADDRESS),
                user: Some(feed::USER),
                password: Some(secret.expose().clone()),
            },
            FeedKind::AddressAlone => Self {
                address: format!("{base_url}{}", feed::secret_address(secret)),
                user: None,
                password: None,
            },
        }
    }
}

/// The kinds to choose from; the one she has is chosen already.
pub(super) fn kinds(feed: Option<&Feed>) -> Vec<KindChoice> {
    let chosen = feed.map_or(FeedKind::Neutral, |feed| feed.kind);
    KINDS
        .iter()
        .map(|(kind, value, text, hint)| KindChoice { value, text, hint, checked: *kind == chosen })
        .collect()
}

/// Makes a feed and shows how it is entered. Sent again, it makes another one, and the one before ends.
pub(in crate::web::desk) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    if house.own(&team).is_none() {
        return Ok(not_entered(&visit, &house));
    }
    let kind = KINDS.iter().find(|(_, code, ..)| *code == sent.art).map(|(kind, ..)| *kind);
    let kind = kind.ok_or(PageError::BadRequest)?;
    let person = team.identity();
    let line = trail(&app, &team, "booking.feed-made", ("person", &person.person_id, &person.name), "");
    let id = app.ids().next(app.clock());
    let secret = app.booking().make_feed((&person.person_id, &id), kind, visit.lang, &line).await;
    let told = Told::of(app.base_url(), kind, &secret.map_err(unreadable)?);
    show(&app, &visit, (&team, &house), Shown { told: Some(told), ..Shown::default() }).await
}

/// Ends her feed. Asking twice changes nothing.
pub(in crate::web::desk) async fn post_end(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(Nothing {}): StaffForm<Nothing>,
) -> Result<Response, PageError> {
    let person = team.identity();
    let line = trail(&app, &team, "booking.feed-ended", ("person", &person.person_id, &person.name), "");
    app.booking().store().end_feed(&person.person_id, &line).await.map_err(unreadable)?;
    Ok(back(&visit, team.centre_id(), "kalender", "beendet"))
}
