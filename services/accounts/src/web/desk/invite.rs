//! `/arbeitsplatz/personen/einladen`.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::Lang;
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{PeopleSession, StaffForm, render},
};

use super::{
    super::{
        answer::{failed, status, to},
        enter::{mail_error, name_error},
        say::FieldError,
        state::AppState,
    },
    grant::{GrantChoice, GrantForm, chosen},
    people::authority,
};
use crate::{AccountsError, Invited, NewInvitation, PersonName};

/// The context of `accounts/invite.html`.
#[derive(Serialize)]
struct InvitePage<'a> {
    errors: &'a [FieldError],
    name: &'a str,
    mail: &'a str,
    lang: &'a str,
    grant: GrantChoice,
}

/// Who is invited, and as what.
#[derive(Default, Deserialize)]
pub(super) struct InviteForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    mail: String,
    #[serde(default)]
    sprache: String,
    #[serde(default)]
    rolle: String,
    #[serde(default)]
    stelle: String,
    #[serde(default)]
    liste: String,
    #[serde(default)]
    stelle_suche: String,
    /// `suchen`: only look for the centre, keep the rest.
    #[serde(default)]
    aktion: String,
}

impl InviteForm {
    fn grant(&self) -> GrantForm {
        GrantForm {
            rolle: self.rolle.clone(),
            stelle: self.stelle.clone(),
            liste: self.liste.clone(),
            stelle_suche: self.stelle_suche.clone(),
        }
    }
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
) -> Result<Response, PageError> {
    show(&app, &visit, &person, &InviteForm::default(), &[]).await
}

/// Invites, or searches for a centre and shows the form again.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: PeopleSession,
    StaffForm(form): StaffForm<InviteForm>,
) -> Result<Response, PageError> {
    if form.aktion == "suchen" {
        return show(&app, &visit, &person, &form, &[]).await;
    }
    let mut errors = Vec::new();
    let name = PersonName::parse(&form.name).map_err(|_| errors.push(name_error())).ok();
    let mail = MailAddress::parse(form.mail.trim()).map_err(|_| errors.push(mail_error())).ok();
    let grant = chosen(&app, &person, &form.grant()).await.map_err(|error| errors.push(error)).ok();
    let (Some(name), Some(mail), Some(grant)) = (name, mail, grant) else {
        return show(&app, &visit, &person, &form, &errors).await;
    };
    let lang = Lang::SHIPPED.into_iter().find(|lang| lang.tag() == form.sprache).unwrap_or_default();
    let invitation = NewInvitation { mail, name, lang, grants: vec![grant] };
    match app.accounts().invite(&authority(&person)?, invitation).await {
        Ok(Invited::Sent { .. }) => Ok(to(&visit, "/arbeitsplatz/personen?getan=eingeladen")),
        Ok(Invited::Added { .. }) => Ok(to(&visit, "/arbeitsplatz/personen?getan=ergaenzt")),
        Err(AccountsError::NotAllowed) => {
            let errors = [FieldError::new("role", "accounts-grant-role-missing")];
            show(&app, &visit, &person, &form, &errors).await
        }
        Err(error) => Err(failed(error)),
    }
}

async fn show(
    app: &AppState,
    visit: &Visit,
    person: &PeopleSession,
    form: &InviteForm,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let grant = GrantChoice::new(app, person, &form.grant()).await;
    let lang = if form.sprache.is_empty() { Lang::De.tag() } else { &form.sprache };
    let context = InvitePage { errors, name: &form.name, mail: &form.mail, lang, grant };
    let html = render(app.pages(), visit, person, "accounts/invite.html", &context)?;
    let status: StatusCode = status(errors);
    Ok((status, html).into_response())
}
