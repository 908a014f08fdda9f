//! `/arbeitsplatz/personen/{person}`: what one person may do, and ending it.

use axum::{
    extract::{OriginalUri, Path, State},
    response::{IntoResponse, Response},
};
use contracts::staff::Grant;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{AdminSession, Member, PeopleSession, StaffForm, done, path_in, render},
};

use super::{
    super::{
        answer::{failed, status, to},
        say::{FieldError, Say},
        state::AppState,
        when::when,
    },
    grant::{GrantChoice, GrantForm, GrantView, chosen},
    people::authority,
};
use crate::{AccountsError, Authority, PersonState};

const DONE: [(&str, &str); 8] = [
    ("recht", "accounts-done-grant-added"),
    ("entzogen", "accounts-done-grant-withdrawn"),
    ("gesperrt", "accounts-done-disabled"),
    ("entsperrt", "accounts-done-enabled"),
    ("sitzungen", "accounts-done-sessions-ended"),
    ("erneut", "accounts-done-resent"),
    ("faktoren", "accounts-done-saved"),
    ("ohne-faktoren", "accounts-done-factors-removed"),
];

/// The context of `accounts/person.html`.
#[derive(Serialize)]
struct PersonPage<'a> {
    errors: &'a [FieldError],
    done: Option<&'static str>,
    id: &'a str,
    name: &'a str,
    mail: &'a str,
    language: &'static str,
    state: &'static str,
    /// Whether this visitor may end sessions, disable and so on.
    governed: bool,
    administrator: bool,
    own: bool,
    grants: Vec<GrantView>,
    grant: GrantChoice,
    second_factor: bool,
    second_factor_required: bool,
    created: Say,
    invited_until: Option<Say>,
    /// The mail with the invitation did not arrive.
    mail_given_up: bool,
    trail_href: String,
}

/// A right to give, or a search for its centre.
#[derive(Default, Deserialize)]
pub(super) struct NewGrantForm {
    #[serde(default)]
    rolle: String,
    #[serde(default)]
    stelle: String,
    #[serde(default)]
    liste: String,
    #[serde(default)]
    stelle_suche: String,
    #[serde(default)]
    aktion: String,
}

/// A right to take.
#[derive(Deserialize)]
pub(super) struct WithdrawalForm {
    #[serde(default)]
    rolle: String,
    #[serde(default)]
    bereich: String,
}

/// Whether a second factor is asked for.
#[derive(Deserialize)]
pub(super) struct FactorsForm {
    #[serde(default)]
    pflicht: String,
}

/// A button and nothing else.
#[derive(Deserialize)]
pub(super) struct Button {}

/// Shows the person.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    person: PeopleSession,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    show(&app, &visit, &person, &id, &GrantForm::default(), done(&uri, &DONE), &[]).await
}

/// Gives a right.
pub(super) async fn post_grant(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(form): StaffForm<NewGrantForm>,
) -> Result<Response, PageError> {
    let NewGrantForm { rolle, stelle, liste, stelle_suche, aktion } = form;
    let form = GrantForm { rolle, stelle, liste, stelle_suche };
    if aktion == "suchen" {
        return show(&app, &visit, &person, &id, &form, None, &[]).await;
    }
    let grant = match chosen(&app, &person, &form).await {
        Ok(grant) => grant,
        Err(error) => return show(&app, &visit, &person, &id, &form, None, &[error]).await,
    };
    let authority = authority(&person)?;
    let mut wanted = within_reach(&app, &person, &authority, &id).await?;
    if !wanted.contains(&grant) {
        wanted.push(grant);
    }
    changed(&app, &visit, &person, &id, app.accounts().set_grants(&authority, &id, &wanted).await, "recht")
        .await
}

/// Takes a right.
pub(super) async fn post_withdrawal(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(form): StaffForm<WithdrawalForm>,
) -> Result<Response, PageError> {
    let authority = authority(&person)?;
    let mut wanted = within_reach(&app, &person, &authority, &id).await?;
    let scope = (!form.bereich.is_empty()).then_some(form.bereich.as_str());
    let grant = Grant::from_parts(&form.rolle, scope).ok_or(PageError::BadRequest)?;
    wanted.retain(|held| *held != grant);
    let result = app.accounts().set_grants(&authority, &id, &wanted).await;
    if result.is_ok() && !person.is_administrator() && wanted.is_empty() {
        // A manager who took the last right no longer sees the person.
        return Ok(to(&visit, "/arbeitsplatz/personen"));
    }
    changed(&app, &visit, &person, &id, result, "entzogen").await
}

/// Disables the account; all its sessions end at once.
pub(super) async fn post_disable(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    let result = app.accounts().disable(&authority(&person)?, &id).await;
    changed(&app, &visit, &person, &id, result, "gesperrt").await
}

/// Enables it again.
pub(super) async fn post_enable(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    let result = app.accounts().enable(&authority(&person)?, &id).await;
    changed(&app, &visit, &person, &id, result, "entsperrt").await
}

/// Ends all sessions of the person.
pub(super) async fn post_end_sessions(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    let result = app.accounts().end_sessions_of(&authority(&person)?, &id).await.map(|_| ());
    changed(&app, &visit, &person, &id, result, "sitzungen").await
}

/// Sends the invitation again, with a new link.
pub(super) async fn post_resend(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    let result = app.accounts().resend_invitation(&authority(&person)?, &id).await;
    changed(&app, &visit, &person, &id, result, "erneut").await
}

/// Takes the invitation back; the person is gone.
pub(super) async fn post_take_back(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    app.accounts().withdraw_invitation(&authority(&person)?, &id).await.map_err(failed)?;
    Ok(to(&visit, "/arbeitsplatz/personen?getan=zurueckgenommen"))
}

/// Says whether the person needs a second factor.
pub(super) async fn post_factors(
    State(app): State<AppState>,
    visit: Visit,
    _administrator: AdminSession,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(form): StaffForm<FactorsForm>,
) -> Result<Response, PageError> {
    let required = form.pflicht == "ja";
    let result = app.accounts().set_second_factor_required(&authority(&person)?, &id, required).await;
    changed(&app, &visit, &person, &id, result, "faktoren").await
}

/// Takes all second factors away from somebody who lost them; she sets up new ones at the next sign-in.
pub(super) async fn post_no_factors(
    State(app): State<AppState>,
    visit: Visit,
    _administrator: AdminSession,
    person: PeopleSession,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    let result = app.accounts().remove_factors(&authority(&person)?, &id).await;
    changed(&app, &visit, &person, &id, result, "ohne-faktoren").await
}

/// The rights this visitor may change.
async fn within_reach(
    app: &AppState,
    person: &PeopleSession,
    authority: &Authority,
    id: &str,
) -> Result<Vec<Grant>, PageError> {
    let view = app.accounts().person(authority, id).await.map_err(failed)?;
    Ok(view.grants.into_iter().filter(|grant| person.may_grant(grant)).collect())
}

async fn changed(
    app: &AppState,
    visit: &Visit,
    person: &PeopleSession,
    id: &str,
    result: Result<(), AccountsError>,
    code: &str,
) -> Result<Response, PageError> {
    match result {
        Ok(()) => Ok(to(visit, &format!("/arbeitsplatz/personen/{id}?getan={code}"))),
        Err(AccountsError::LastAdministrator) => {
            let errors = [FieldError::new("grants", "accounts-last-administrator")];
            show(app, visit, person, id, &GrantForm::default(), None, &errors).await
        }
        Err(AccountsError::NotAllowed) => {
            let errors = [FieldError::new("grants", "accounts-grant-role-missing")];
            show(app, visit, person, id, &GrantForm::default(), None, &errors).await
        }
        Err(error) => Err(failed(error)),
    }
}

async fn show(
    app: &AppState,
    visit: &Visit,
    person: &PeopleSession,
    id: &str,
    form: &GrantForm,
    done: Option<&'static str>,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let view = app.accounts().person(&authority(person)?, id).await.map_err(failed)?;
    let context = PersonPage {
        errors,
        done,
        id: &view.id,
        name: &view.name,
        mail: &view.mail,
        language: view.lang.own_name(),
        state: view.state.code(),
        governed: view.governed,
        administrator: person.is_administrator(),
        own: view.id == person.identity().person_id,
        grants: GrantView::all(app, &view.grants).await,
        grant: GrantChoice::new(app, person, form).await,
        second_factor: view.second_factor,
        second_factor_required: view.second_factor_required,
        created: when(view.created_at),
        invited_until: view.invitation_expires_at.filter(|_| view.state == PersonState::Invited).map(when),
        mail_given_up: view.invitation_given_up && view.state == PersonState::Invited,
        trail_href: path_in(visit, &format!("/arbeitsplatz/protokoll?person={}", view.id)),
    };
    let html = render(app.pages(), visit, person, "accounts/person.html", &context)?;
    Ok((status(errors), html).into_response())
}
