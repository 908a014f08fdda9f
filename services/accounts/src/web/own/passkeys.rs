//! The own passkeys: list, add, rename, remove.

use axum::{
    extract::{OriginalUri, Path, State},
    http::HeaderMap,
    response::Response,
};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::Passkey;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm, done},
};

use super::{
    super::{
        answer::{failed, to},
        passkey,
        say::{FieldError, Say},
        state::AppState,
        when::when,
    },
    fresh,
    overview::Button,
    page,
};
use crate::{AccountsError, Owner};

const HERE: &str = "/mein-konto/passkeys";
const DONE: [(&str, &str); 3] = [
    ("neu", "accounts-done-passkey-added"),
    ("name", "accounts-done-saved"),
    ("entfernt", "accounts-done-passkey-removed"),
];

/// The context of `accounts/passkeys.html`.
#[derive(Serialize)]
struct PasskeysPage<'a> {
    errors: &'a [FieldError],
    done: Option<&'static str>,
    passkeys: Vec<PasskeyView>,
}

/// A passkey in the list.
#[derive(Serialize)]
struct PasskeyView {
    id: String,
    name: String,
    created: Say,
    used: Option<Say>,
}

/// A new passkey.
#[derive(Deserialize)]
pub(super) struct NewForm {
    #[serde(default)]
    antwort: String,
    #[serde(default)]
    name: String,
}

/// Another name.
#[derive(Deserialize)]
pub(super) struct NameForm {
    #[serde(default)]
    name: String,
}

/// Lists them.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    person: SignedIn,
) -> Result<Response, PageError> {
    show(&app, &visit, &person, done(&uri, &DONE), &[]).await
}

/// Begins making one.
pub(super) async fn begin(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let existing: Vec<Passkey> =
        passkey::of_person(&app, &account.id).await?.into_iter().map(|(_, passkey)| passkey).collect();
    passkey::begin_making(&app, &account.id, &account.mail, &account.name, &existing)
}

/// Takes it.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    headers: HeaderMap,
    StaffForm(form): StaffForm<NewForm>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    let owner = Owner::from(person.identity());
    let usual = app.pages().catalogue().plain(visit.lang, "accounts-passkey-default");
    let name = passkey::name_or(&form.name, usual);
    let made = passkey::end_making(&app, &headers, owner.person_id(), &form.antwort, &name)?;
    let added = match made {
        Some(made) => app.accounts().add_passkey(&owner, made).await,
        None => Err(AccountsError::CredentialTaken),
    };
    let response = match added {
        Ok(_) => to(&visit, "/mein-konto/passkeys?getan=neu"),
        Err(AccountsError::CredentialTaken) => {
            let errors = [FieldError::new("new-passkey", "accounts-passkey-failed")];
            show(&app, &visit, &person, None, &errors).await?
        }
        Err(error) => return Err(failed(error)),
    };
    Ok(passkey::over(response))
}

/// Renames one.
pub(super) async fn post_name(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    Path(id): Path<String>,
    StaffForm(form): StaffForm<NameForm>,
) -> Result<Response, PageError> {
    let usual = app.pages().catalogue().plain(visit.lang, "accounts-passkey-default");
    let name = passkey::name_or(&form.name, usual);
    app.accounts().rename_passkey(&Owner::from(person.identity()), &id, &name).await.map_err(failed)?;
    Ok(to(&visit, "/mein-konto/passkeys?getan=name"))
}

/// Removes one.
pub(super) async fn post_removal(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    Path(id): Path<String>,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    match app.accounts().remove_passkey(&Owner::from(person.identity()), &id).await {
        Ok(()) => Ok(to(&visit, "/mein-konto/passkeys?getan=entfernt")),
        Err(AccountsError::LastSecondFactor) => {
            let errors = [FieldError::new("new-passkey", "accounts-last-factor")];
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
    let stored = app.accounts().passkeys(&person.identity().person_id).await.map_err(failed)?;
    let passkeys = stored.into_iter().map(|passkey| PasskeyView {
        created: when(passkey.created_at),
        used: passkey.last_used_at.map(when),
        id: passkey.id,
        name: passkey.name,
    });
    let context = PasskeysPage { errors, done, passkeys: passkeys.collect() };
    page(app, visit, person, "accounts/passkeys.html", errors, &context)
}
