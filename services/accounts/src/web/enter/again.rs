//! `/anmelden/bestaetigen`: proving again who one is, before keys or the mail address are changed.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm, render},
};

use super::{
    super::{
        answer::{failed, not_hashed, onward, status, wait_error, waiting},
        cookie::set_session,
        passkey,
        say::FieldError,
        state::AppState,
        visitor::{Asked, From},
    },
    session::{one, renewed},
    sign_in::{PasskeyForm, Wish},
};
use crate::{
    Owner,
    oidc::Oidc,
    throttle::{Door, Trying},
};

/// The context of `accounts/again.html`.
#[derive(Serialize)]
struct AgainPage<'a> {
    errors: &'a [FieldError],
    password: bool,
    passkey: bool,
    single: Option<&'a str>,
    wanted: &'a str,
}

/// The password again.
#[derive(Deserialize)]
pub(super) struct AgainForm {
    #[serde(default)]
    passwort: String,
    #[serde(default)]
    weiter: String,
}

/// Asks.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    Asked(wish): Asked<Wish>,
) -> Result<Response, PageError> {
    let wanted = wish.weiter;
    page(&app, &visit, &person, &wanted, &[]).await
}

/// Takes the password.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    from: From,
    StaffForm(form): StaffForm<AgainForm>,
) -> Result<Response, PageError> {
    let identity = person.identity();
    let password = Secret::new(form.passwort);
    // Counted per session: whoever holds a stolen one uses up its tries and not the owner's.
    let trying = Trying { account: &identity.session_id, network: from.network, known_device: None };
    let admitted = match app.throttle().admit(Door::Again, &trying) {
        Ok(admitted) => admitted,
        Err(wait) => {
            let errors = [wait_error("password", wait)];
            return Ok(waiting(page(&app, &visit, &person, &form.weiter, &errors).await?, wait));
        }
    };
    let stored = app.accounts().password_hash(&Owner::from(identity)).await.map_err(failed)?;
    let stored = stored.as_ref().map(|hash| hash.expose().as_str());
    if !app.passwords().verify(&password, stored).await.map_err(not_hashed)? {
        admitted.failed();
        let errors = one("password", "accounts-again-wrong");
        return page(&app, &visit, &person, &form.weiter, &errors).await;
    }
    admitted.succeeded();
    proven(&app, &visit, &person, &form.weiter).await
}

/// Begins asking for a passkey.
pub(super) async fn begin_passkey(
    State(app): State<AppState>,
    person: SignedIn,
    StaffForm(_): StaffForm<PasskeyForm>,
) -> Result<Response, PageError> {
    let identity = person.identity();
    passkey::begin_proof(&app, &identity.person_id, &identity.session_id).await
}

/// Takes it.
pub(super) async fn post_passkey(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    headers: HeaderMap,
    StaffForm(form): StaffForm<PasskeyForm>,
) -> Result<Response, PageError> {
    let identity = person.identity();
    let (id, session) = (&identity.person_id, &identity.session_id);
    let response = if passkey::end_proof(&app, &headers, id, session, &form.antwort).await? {
        proven(&app, &visit, &person, &form.weiter).await?
    } else {
        let errors = one("again-passkey", "accounts-passkey-failed");
        page(&app, &visit, &person, &form.weiter, &errors).await?
    };
    Ok(passkey::over(response))
}

async fn proven(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    wanted: &str,
) -> Result<Response, PageError> {
    let cookie = renewed(app, &person.identity().session_id, true).await?;
    let mut response = onward(visit, wanted);
    set_session(response.headers_mut(), &cookie);
    Ok(response)
}

async fn page(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    wanted: &str,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let factors = account.factors;
    let context = AgainPage {
        errors,
        password: factors.password,
        passkey: !factors.passkeys.is_empty(),
        single: app.oidc().filter(|_| factors.oidc).map(Oidc::name),
        wanted,
    };
    let html = render(app.pages(), visit, person, "accounts/again.html", &context)?;
    Ok((status(errors), html).into_response())
}
