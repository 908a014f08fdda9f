//! `/einladung`: somebody who was invited looks at the invitation and accepts it.

use axum::{extract::State, http::HeaderMap, response::Response};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{bare_page, failed},
        desk::GrantView,
        passkey,
        say::{FieldError, Say},
        state::AppState,
        visitor::{From, OpenForm},
        when::when,
    },
    first::{Link, LinkForm, admitted_link, link_page, mail_language, name_error},
    password::{Checked, check_new},
    session::{begin, one},
};
use crate::{Acceptance, AccountsError, Credential, InvitationView, person::PersonName};

const LINK: Link = Link { kind: "invitation", action: "/einladung" };

/// The context of `accounts/invitation.html`.
#[derive(Serialize)]
struct InvitationPage<'a> {
    secret: &'a str,
    name: &'a str,
    mail: &'a str,
    invited_by: &'a str,
    expires: Say,
    grants: Vec<GrantView>,
    single: Option<&'a str>,
}

/// The invitation's secret, the name to be shown, and a password.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    geheimnis: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    passwort: String,
}

/// The same with a passkey.
#[derive(Deserialize)]
pub(super) struct InvitedPasskeyForm {
    #[serde(default)]
    geheimnis: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    antwort: String,
}

/// Takes the secret out of the link.
pub(super) async fn get(State(app): State<AppState>, visit: Visit) -> Result<Response, PageError> {
    link_page(&app, &visit, &LINK, &[])
}

/// Looks the invitation up. Changes nothing.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(form): OpenForm<LinkForm>,
) -> Result<Response, PageError> {
    let admitted = match admitted_link(&app, &visit, &from, &LINK) {
        Ok(admitted) => admitted,
        Err(answer) => return answer,
    };
    let secret = form.secret();
    let Some(invitation) = look_up(&app, &secret).await? else {
        admitted.failed();
        return invalid(&app, &visit);
    };
    admitted.succeeded();
    page(&app, &visit, &secret, &invitation, &invitation.name, &[]).await
}

/// Accepts it with a password. The second factor follows.
pub(super) async fn post_password(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(form): OpenForm<PasswordForm>,
) -> Result<Response, PageError> {
    let (secret, password) = (Secret::new(form.geheimnis), Secret::new(form.passwort));
    let Some(invitation) = look_up(&app, &secret).await? else { return invalid(&app, &visit) };
    let mut errors = Vec::new();
    let name = PersonName::parse(&form.name).map_err(|_| errors.push(name_error())).ok();
    let hash = match check_new(&app, &password, &[&form.name, &invitation.mail]).await? {
        Checked::Good(hash) => Some(hash),
        Checked::Refused(error) => {
            errors.push(error);
            None
        }
    };
    let (Some(name), Some(hash)) = (name, hash) else {
        return page(&app, &visit, &secret, &invitation, &form.name, &errors).await;
    };
    accept(&app, &visit, &from, &secret, name, Credential::Password(hash)).await
}

/// Begins making a passkey for somebody who is invited.
pub(super) async fn begin_passkey(
    State(app): State<AppState>,
    OpenForm(form): OpenForm<InvitedPasskeyForm>,
) -> Result<Response, PageError> {
    let secret = Secret::new(form.geheimnis);
    let invitation = look_up(&app, &secret).await?.ok_or(PageError::NotFound)?;
    let name = PersonName::parse(&form.name).map_or(invitation.name, |name| name.as_str().to_owned());
    passkey::begin_making(&app, &invitation.person_id, &invitation.mail, &name, &[])
}

/// Accepts with it: that is both factors.
pub(super) async fn post_passkey(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    headers: HeaderMap,
    OpenForm(form): OpenForm<InvitedPasskeyForm>,
) -> Result<Response, PageError> {
    let secret = Secret::new(form.geheimnis);
    let Some(invitation) = look_up(&app, &secret).await? else { return invalid(&app, &visit) };
    let Ok(name) = PersonName::parse(&form.name) else {
        return page(&app, &visit, &secret, &invitation, &form.name, &[name_error()]).await;
    };
    let called = app.pages().catalogue().plain(visit.lang, "accounts-passkey-default");
    let made = passkey::end_making(&app, &headers, &invitation.person_id, &form.antwort, &called)?;
    let Some(made) = made else {
        let errors = one("invitation-passkey", "accounts-passkey-failed");
        return page(&app, &visit, &secret, &invitation, &form.name, &errors).await.map(passkey::over);
    };
    accept(&app, &visit, &from, &secret, name, Credential::Passkey(made)).await.map(passkey::over)
}

async fn accept(
    app: &AppState,
    visit: &Visit,
    from: &From,
    secret: &Secret<String>,
    name: PersonName,
    credential: Credential,
) -> Result<Response, PageError> {
    let second_factor = matches!(credential, Credential::Passkey(_));
    let acceptance = Acceptance { name, lang: mail_language(visit.lang), credential };
    match app.accounts().accept_invitation(secret, acceptance).await {
        // Without recovery codes a lost passkey is a lost account; the start page reminds of them.
        Ok(person) => begin(app, visit, from, &person, second_factor, "").await,
        Err(AccountsError::LinkInvalid) => invalid(app, visit),
        Err(error) => Err(failed(error)),
    }
}

async fn look_up(app: &AppState, secret: &Secret<String>) -> Result<Option<InvitationView>, PageError> {
    match app.accounts().look_up_invitation(secret).await {
        Ok(invitation) => Ok(Some(invitation)),
        Err(AccountsError::LinkInvalid) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

fn invalid(app: &AppState, visit: &Visit) -> Result<Response, PageError> {
    link_page(app, visit, &LINK, &one("secret", "accounts-link-invitation-invalid"))
}

async fn page(
    app: &AppState,
    visit: &Visit,
    secret: &Secret<String>,
    invitation: &InvitationView,
    name: &str,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let context = InvitationPage {
        secret: secret.expose(),
        name,
        mail: &invitation.mail,
        invited_by: &invitation.invited_by,
        expires: when(invitation.expires_at),
        grants: GrantView::all(app, &invitation.grants).await,
        single: app.oidc().map(crate::oidc::Oidc::name),
    };
    bare_page(app, visit, "accounts/invitation.html", errors, &context)
}
