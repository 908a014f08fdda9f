//! `…/zeiten/{resource}/entfernen`: takes a rule or an absence away, after showing what that would do.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, render},
};

use super::{AbsenceLine, Kept, RuleLine, absence_line, rule_line};
use crate::{
    setting::Hours,
    web::{
        AppState,
        desk::{
            around::{Head, asked, back},
            look::{Look, Step, Wanted},
            one::InPath,
            resources::ResourcePath,
        },
    },
};

/// Which one.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Which {
    stand: i64,
    /// The mark of what was looked at.
    gesehen: String,
    regel: String,
    abwesenheit: String,
}

#[derive(Serialize)]
struct RemovePage<'a> {
    head: Head,
    name: &'a str,
    room: bool,
    here: String,
    action: String,
    stand: i64,
    seen: String,
    which: &'a Which,
    rule: Option<RuleLine>,
    absence: Option<AbsenceLine>,
    look: Look,
}

impl Which {
    /// The hours without it.
    fn without(&self, hours: &Hours) -> Option<Hours> {
        let mut new = hours.clone();
        new.rules.retain(|rule| rule.id != self.regel);
        new.absences.retain(|absence| absence.id != self.abwesenheit);
        (new != *hours).then_some(new)
    }
}

/// Asks before it is taken away.
pub(in crate::web::desk) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
    resource: InPath<ResourcePath>,
) -> Result<Response, PageError> {
    let kept = Kept::of(&app, &team, resource).await?;
    let which: Which = asked(&uri);
    let new = which.without(&kept.hours).ok_or(PageError::NotFound)?;
    let look = kept.look((&app, &visit), &new).await?;
    let seen = look.mark(&new)?;
    show(&app, &visit, &team, &kept, (&which, look, seen))
}

/// Takes it away.
pub(in crate::web::desk) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    resource: InPath<ResourcePath>,
    StaffForm(which): StaffForm<Which>,
) -> Result<Response, PageError> {
    let kept = Kept::of(&app, &team, resource).await?;
    let change = if which.regel.is_empty() {
        ("booking.absence-removed", "", kept.done(true))
    } else {
        ("booking.rule-removed", "", "regel-entfernt")
    };
    let Some(new) = which.without(&kept.hours) else {
        // it is gone already: the form was sent twice
        return Ok(back(&visit, &kept.house.centre.id, &kept.tail(""), change.2));
    };
    let look = kept.look((&app, &visit), &new).await?;
    let wanted = Wanted { save: "1", seen: &which.gesehen, revision: which.stand };
    let mark = look.mark(&new)?;
    match wanted.step(&mark, kept.resource.revision) {
        Step::Save => kept.save((&app, &visit, &team), (which.stand, &new), change).await,
        Step::Look(remark) => show(&app, &visit, &team, &kept, (&which, look.with(remark), mark)),
    }
}

fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    kept: &Kept,
    (which, look, seen): (&Which, Look, String),
) -> Result<Response, PageError> {
    let rule = kept.hours.rules.iter().find(|rule| rule.id == which.regel);
    let absence = kept.hours.absences.iter().find(|absence| absence.id == which.abwesenheit);
    let status = look.status();
    let context = RemovePage {
        seen,
        head: Head::new(app, visit, team, &kept.house, kept.part()),
        name: &kept.resource.value.name,
        room: kept.is_room(),
        here: kept.href(visit, ""),
        action: kept.href(visit, "entfernen"),
        stand: kept.resource.revision,
        which,
        rule: rule.map(|rule| rule_line(rule, kept, visit)),
        absence: absence.map(|absence| absence_line(absence, kept, visit)),
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-remove.html", &context)?;
    Ok((status, html).into_response())
}
