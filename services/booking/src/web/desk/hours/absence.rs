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
            around::{Head, back},
            closures::SentClosure,
            look::{Look, Step, Wanted, status},
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
    let typed =
        SentClosure { von: &sent.von, bis: &sent.bis, von_zeit: &sent.von_zeit, bis_zeit: &sent.bis_zeit };
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
    new.absences.push(Absence { id, range: range.clone() });
    let look = kept.look((&app, &visit), &new).await?;
    let mark = look.mark(&range)?;
    let wanted = Wanted { save: &sent.speichern, seen: &sent.gesehen, revision: sent.stand };
    if let Step::Look(remark) = wanted.step(&mark, kept.resource.revision) {
        let seen = Sent { gesehen: mark, stand: kept.resource.revision, ..sent };
        return show(&app, &visit, &team, &kept, (&seen, &Wrong::default(), Some(look.with(remark))));
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
    let status = status(wrong, look.as_ref());
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
    Ok((status, html).into_response())
}
