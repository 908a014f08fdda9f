//! The account at a glance.

use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm, done},
};

use super::{
    super::{
        answer::{failed, to},
        desk::GrantView,
        say::FieldError,
        state::AppState,
    },
    fresh, page,
};
use crate::{AccountsError, Owner, oidc::Oidc};

const DONE: [(&str, &str); 7] = [
    ("gespeichert", "accounts-done-saved"),
    ("passwort", "accounts-done-password"),
    ("app", "accounts-done-app"),
    ("app-entfernt", "accounts-done-app-removed"),
    ("verbunden", "accounts-done-linked"),
    ("getrennt", "accounts-done-unlinked"),
    ("adresse", "accounts-done-mail-asked"),
];

/// The context of `accounts/account.html`.
#[derive(Serialize)]
struct AccountPage<'a> {
    errors: &'a [FieldError],
    done: Option<&'static str>,
    name: &'a str,
    mail: &'a str,
    pending_mail: Option<&'a str>,
    language: &'static str,
    languages: Vec<String>,
    topics: Vec<String>,
    grants: Vec<GrantView>,
    password: bool,
    app: bool,
    passkeys: usize,
    recovery_left: u32,
    single: Option<&'a str>,
    linked: bool,
}

/// A button and nothing else.
#[derive(Deserialize)]
pub(super) struct Button {}

/// Shows the account.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    person: SignedIn,
) -> Result<Response, PageError> {
    show(&app, &visit, &person, done(&uri, &DONE), &[]).await
}

/// Disconnects the account at the provider.
pub(super) async fn post_unlink(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, "/mein-konto") {
        return Ok(*ask);
    }
    match app.accounts().unlink_oidc(&Owner::from(person.identity())).await {
        Ok(()) => Ok(to(&visit, "/mein-konto?getan=getrennt")),
        Err(AccountsError::LastSecondFactor) => {
            let errors = [FieldError::new("single", "accounts-last-factor")];
            show(&app, &visit, &person, None, &errors).await
        }
        Err(error) => Err(failed(error)),
    }
}

async fn show(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    done: Option<&'static str>,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let named = |chosen: &[String], choices: Vec<(String, String)>| -> Vec<String> {
        let chosen = choices.into_iter().filter(|(code, _)| chosen.contains(code));
        chosen.map(|(_, name)| name).collect()
    };
    let factors = &account.factors;
    let context = AccountPage {
        errors,
        done,
        name: &account.name,
        mail: &account.mail,
        pending_mail: account.pending_mail.as_deref(),
        language: account.lang.own_name(),
        languages: named(&account.languages, app.choices().languages(visit.lang)),
        topics: named(&account.topics, app.choices().topics(visit.lang)),
        grants: GrantView::all(app, &person.identity().grants).await,
        password: factors.password,
        app: factors.totp,
        passkeys: factors.passkeys.len(),
        recovery_left: factors.recovery_left,
        single: app.oidc().map(Oidc::name),
        linked: factors.oidc,
    };
    page(app, visit, person, "accounts/account.html", errors, &context)
}
