//! `…/zeiten/{resource}/abwesenheit`: when a counsellor is away or a room is blocked, looked at before it is saved.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, render},
};

use super::{Kept, key};
use crate::{
    availability::Absence,
    web::{
        AppState,
        desk::{
            around::{Head, Stop, back, stop},
            closures::SentClosure,
            look::{Look, status},
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
    /// Which preview was seen.
    gesehen: String,
    schluessel: String,
    von: String,
    bis: String,
    von_zeit: String,
    bis_zeit: String,
}

#[derive(Serialize)]
struct AbsencePage<'a> {
    head: Head,
    name: &'a str,
    room: bool,
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
    let schluessel = app.ids().next(app.clock());
    let sent = Sent { stand: kept.resource.revision, schluessel, ..Sent::default() };
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
        ..SentClosure::default()
    };
    let range = match typed.read() {
        Ok(range) => range,
        Err(wrong) => return show(&app, &visit, &team, &kept, (&sent, &wrong, None)),
    };
    let id = key(&sent.schluessel)?;
    let mut new = kept.hours.clone();
    if new.absences.iter().any(|one| one.id == id) {
        // the form was sent twice
        return Ok(back(&visit, &kept.house.centre.id, &kept.tail(""), kept.done(false)));
    }
    if sent.stand != kept.resource.revision {
        return stop(&app, &visit, &team, &kept.house, (Stop::Saved, &kept.tail("")));
    }
    new.absences.push(Absence { id, range });
    if let Some(look) = kept.unseen((&app, &visit), &new, (&sent.speichern, &sent.gesehen)).await? {
        return show(&app, &visit, &team, &kept, (&sent, &Wrong::default(), Some(look)));
    }
    let change = ("booking.absence-added", "", kept.done(false));
    kept.save((&app, &visit, &team), (sent.stand, &new), change).await
}

fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    kept: &Kept,
    (sent, wrong, look): (&Sent, &Wrong, Option<Look>),
) -> Result<Response, PageError> {
    let changed = look.as_ref().is_some_and(|look| look.changed);
    let context = AbsencePage {
        head: Head::new(app, visit, team, &kept.house, kept.part()),
        name: &kept.resource.value.name,
        room: kept.is_room(),
        here: kept.href(visit, ""),
        action: kept.href(visit, "abwesenheit"),
        text: sent,
        wrong,
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-absence.html", &context)?;
    Ok((status(wrong, changed), html).into_response())
}
