//! `/anmelden`: mail address and password, or a passkey, or the provider.

use axum::{
    extract::{OriginalUri, State},
    http::HeaderMap,
    response::Response,
};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit, staff::done};

use super::{
    super::{
        answer::{bare_page, failed, not_hashed, onward, wait_error, waiting},
        passkey,
        say::FieldError,
        state::{AppState, Ceremony},
        visitor::{Asked, From, OpenForm},
    },
    session::{begin, one},
};
use crate::{
    Standing,
    person::fold_mail,
    throttle::{Door, Trying},
};

/// What a sign-in with a password costs for an account that does not exist is asked of this id.
const NOBODY: &str = "nobody";

const DONE: [(&str, &str); 3] = [
    ("abgemeldet", "accounts-done-signed-out"),
    ("passwort", "accounts-done-password-reset"),
    ("mail", "accounts-done-mail-changed"),
];

/// The context of `accounts/sign-in.html`.
#[derive(Serialize)]
struct SignInPage<'a> {
    mail: &'a str,
    wanted: &'a str,
    single: Option<&'a str>,
    done: Option<&'static str>,
}

/// `?weiter=…`: where to go afterwards.
#[derive(Default, Deserialize)]
pub(in crate::web) struct Wish {
    #[serde(default)]
    pub(in crate::web) weiter: String,
}

/// Mail address and password.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    mail: String,
    #[serde(default)]
    passwort: String,
    #[serde(default)]
    weiter: String,
}

/// The answer of a passkey, put into the form by the browser's script.
#[derive(Deserialize)]
pub(in crate::web) struct PasskeyForm {
    #[serde(default)]
    pub(in crate::web) antwort: String,
    #[serde(default)]
    pub(in crate::web) weiter: String,
}

/// Shows the form; whoever is signed in goes on.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    from: From,
    Asked(wish): Asked<Wish>,
) -> Result<Response, PageError> {
    let wanted = wish.weiter;
    if let Some(session) = &from.session
        && let Some(Standing::Complete(_)) = app.accounts().standing(session).await.map_err(failed)?
    {
        return Ok(onward(&visit, &wanted));
    }
    page(&app, &visit, "", &wanted, done(&uri, &DONE), &[])
}

/// Checks mail address and password.
///
/// Unknown and known accounts take the same way: the same questions to the database, the same work, the same answer.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(form): OpenForm<SignInForm>,
) -> Result<Response, PageError> {
    let password = Secret::new(form.passwort);
    let mail = fold_mail(&form.mail);
    let record = app.accounts().sign_in_record(&mail).await.map_err(failed)?;
    let person = record.as_ref().map_or(NOBODY, |record| &record.person_id);
    let known_device = known_device(&app, &from, person).await?;
    let trying = Trying { account: &mail, network: from.network, known_device };
    let admitted = match app.throttle().admit(Door::Password, &trying) {
        Ok(admitted) => admitted,
        Err(wait) => {
            let errors = [wait_error("sign-in-mail", wait)];
            let page = page(&app, &visit, &form.mail, &form.weiter, None, &errors)?;
            return Ok(waiting(page, wait));
        }
    };
    let stored = record.as_ref().and_then(|record| record.password_hash.as_ref());
    let stored = stored.map(|hash| hash.expose().as_str());
    if !app.passwords().verify(&password, stored).await.map_err(not_hashed)? {
        admitted.failed();
        let errors = one("sign-in-mail", "accounts-sign-in-wrong");
        return page(&app, &visit, &form.mail, &form.weiter, None, &errors);
    }
    admitted.succeeded();
    begin(&app, &visit, &from, person, false, &form.weiter).await
}

/// The browser's mark, if it is one of this person's browsers.
pub(super) async fn known_device<'a>(
    app: &AppState,
    from: &'a From,
    person: &str,
) -> Result<Option<&'a Secret<String>>, PageError> {
    let Some(device) = &from.device else { return Ok(None) };
    let known = app.accounts().knows_device(person, device).await.map_err(failed)?;
    Ok(known.then_some(device))
}

/// Begins a sign-in with a passkey.
pub(super) async fn begin_passkey(State(app): State<AppState>) -> Result<Response, PageError> {
    let asking = app.passkeys().begin_asking().map_err(PageError::internal)?;
    Ok(passkey::begun(&app, asking.options, Ceremony::SignIn(asking.kept)))
}

/// Ends it. A passkey is both factors.
pub(super) async fn post_passkey(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    headers: HeaderMap,
    OpenForm(form): OpenForm<PasskeyForm>,
) -> Result<Response, PageError> {
    let person = passkey::end_sign_in(&app, &headers, &form.antwort).await?;
    let response = match person {
        Some(person) => begin(&app, &visit, &from, &person, true, &form.weiter).await?,
        None => {
            let errors = one("sign-in-passkey", "accounts-passkey-failed");
            page(&app, &visit, "", &form.weiter, None, &errors)?
        }
    };
    Ok(passkey::over(response))
}

fn page(
    app: &AppState,
    visit: &Visit,
    mail: &str,
    wanted: &str,
    done: Option<&'static str>,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let single = app.oidc().map(crate::oidc::Oidc::name);
    bare_page(app, visit, "accounts/sign-in.html", errors, &SignInPage { mail, wanted, single, done })
}
