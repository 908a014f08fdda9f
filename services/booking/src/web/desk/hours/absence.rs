//! `…/zeiten/{resource}/abwesenheit`: when a counsellor is away, looked at before it is saved.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, render},
};

use super::{Kept, look::Look};
use crate::{
    availability::Absence,
    web::{
        AppState,
        desk::{
            around::{Head, Part},
            closures::SentClosure,
            one::InPath,
            resources::ResourcePath,
            say::Wrong,
        },
    },
};

/// The form as it is typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Sent {
    stand: i64,
    speichern: String,
    von: String,
    bis: String,
    von_zeit: String,
    bis_zeit: String,
}

#[derive(Serialize)]
struct AbsencePage<'a> {
    head: Head,
    name: &'a str,
    here: String,
    action: String,
    text: &'a Sent,
    wrong: &'a Wrong,
    look: Option<Look>,
}

/// Shows an empty form.
pub(in crate::web::desk) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    resource: InPath<ResourcePath>,
) -> Result<Response, PageError> {
    let kept = Kept::of(&app, &team, resource).await?;
    let sent = Sent { stand: kept.resource.revision, ..Sent::default() };
    show(&app, &visit, &team, &kept, (&sent, &Wrong::default(), None))
}

/// Shows what it would do, or saves it.
pub(in crate::web::desk) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    resource: InPath<ResourcePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let kept = Kept::of(&app, &team, resource).await?;
    let typed = SentClosure {
        von: sent.von.clone(),
        bis: sent.bis.clone(),
        von_zeit: sent.von_zeit.clone(),
        bis_zeit: sent.bis_zeit.clone(),
    };
    let range = match typed.read() {
        Ok(range) => range,
        Err(wrong) => return show(&app, &visit, &team, &kept, (&sent, &wrong, None)),
    };
    let mut new = kept.hours.clone();
    if !new.absences.iter().any(|one| one.range == range) {
        new.absences.push(Absence { id: app.ids().next(app.clock()), range });
    }
    if sent.speichern.is_empty() {
        let look = Look::at(&app, &visit, &kept, &new).await?;
        return show(&app, &visit, &team, &kept, (&sent, &Wrong::default(), Some(look)));
    }
    kept.save((&app, &visit, &team), (sent.stand, &new), ("booking.absence-added", "", "abwesenheit")).await
}

fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    kept: &Kept,
    (sent, wrong, look): (&Sent, &Wrong, Option<Look>),
) -> Result<Response, PageError> {
    let context = AbsencePage {
        head: Head::new(app, visit, team, &kept.house, Part::Hours),
        name: &kept.resource.value.name,
        here: kept.href(visit, ""),
        action: kept.href(visit, "abwesenheit"),
        text: sent,
        wrong,
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-absence.html", &context)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}
