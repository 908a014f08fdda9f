//! `/anmelden/einrichten`: the second factor that a session owes before it can be used.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{broken, failed, to, token_page, with_wish},
        passkey,
        say::FieldError,
        state::AppState,
        visitor::{Asked, Pending, PendingForm},
    },
    session::{completed, one},
    sign_in::Wish,
};
use crate::{
    AccountsError, PendingNeed, PendingSession,
    factor::{qr, totp::TotpSecret},
};

/// A secret that an app is offered: shown as picture and text, and carried sealed in the form until a code proves that
/// the app has it.
#[derive(Serialize)]
pub(in crate::web) struct Offer {
    picture: Option<String>,
    text: String,
    /// The sealed secret.
    offer: String,
}

/// Offers a secret to a person's app: a new one, or the one that was offered before.
pub(in crate::web) fn offer(
    app: &AppState,
    person: &str,
    account: &str,
    earlier: Option<&str>,
) -> Result<Offer, PageError> {
    let secret = earlier.and_then(|offer| offered(app, person, offer)).unwrap_or_else(TotpSecret::random);
    let sealed = app.totp_offer().seal(person, secret.expose()).map_err(broken)?;
    Ok(Offer {
        picture: qr::svg(&secret.address(app.name(), account)),
        text: secret.as_text(),
        offer: BASE64URL_NOPAD.encode(&sealed),
    })
}

/// The secret of an offer whose code is right, sealed for the database, with the step of that code.
pub(in crate::web) fn accepted_offer(
    app: &AppState,
    person: &str,
    offer: &str,
    code: &str,
) -> Result<Option<(Vec<u8>, u64)>, PageError> {
    let Some(secret) = offered(app, person, offer) else { return Ok(None) };
    let Some(step) = secret.check(code, app.now(), None) else { return Ok(None) };
    let sealed = app.totp_seal().seal(person, secret.expose()).map_err(broken)?;
    Ok(Some((sealed, step)))
}

fn offered(app: &AppState, person: &str, offer: &str) -> Option<TotpSecret> {
    let sealed = BASE64URL_NOPAD.decode(offer.as_bytes()).ok()?;
    app.totp_offer().open(person, &sealed).ok().map(TotpSecret::new)
}

/// The context of `accounts/set-up.html`.
#[derive(Serialize)]
struct SetUpPage<'a> {
    name: &'a str,
    totp: Offer,
    wanted: &'a str,
}

/// A code that proves that the app has the secret.
#[derive(Deserialize)]
pub(super) struct SetUpForm {
    #[serde(default)]
    angebot: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    weiter: String,
}

/// A new passkey.
#[derive(Deserialize)]
pub(super) struct NewPasskeyForm {
    #[serde(default)]
    antwort: String,
    #[serde(default)]
    weiter: String,
}

/// Offers an app or a passkey.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    Pending(session): Pending,
    Asked(wish): Asked<Wish>,
) -> Result<Response, PageError> {
    let wanted = wish.weiter;
    page(&app, &visit, &session, None, &wanted, &[])
}

/// Takes the app's first code.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    sent: PendingForm<SetUpForm>,
) -> Result<Response, PageError> {
    let PendingForm { session, form } = sent;
    let Some((sealed, step)) = accepted_offer(&app, &session.person_id, &form.angebot, &form.code)? else {
        let errors = one("code", "accounts-code-wrong");
        return page(&app, &visit, &session, Some(&form.angebot), &form.weiter, &errors);
    };
    match app.accounts().set_totp(&session.owner(), sealed, step).await {
        Ok(()) => completed(&app, &visit, &session.session_id, &form.weiter).await,
        Err(AccountsError::FactorExists) => Ok(to(&visit, &with_wish("/anmelden/code", &form.weiter))),
        Err(error) => Err(failed(error)),
    }
}

/// Begins making a passkey.
pub(super) async fn begin_passkey(
    State(app): State<AppState>,
    sent: PendingForm<NewPasskeyForm>,
) -> Result<Response, PageError> {
    let session = sent.session;
    // A session that is not complete learns nothing of the account, not even its address.
    passkey::begin_making(&app, &session.person_id, &session.name, &session.name, &[])
}

/// Takes it.
pub(super) async fn post_passkey(
    State(app): State<AppState>,
    visit: Visit,
    headers: HeaderMap,
    sent: PendingForm<NewPasskeyForm>,
) -> Result<Response, PageError> {
    let PendingForm { session, form } = sent;
    let name = app.pages().catalogue().plain(visit.lang, "accounts-passkey-default");
    let made = passkey::end_making(&app, &headers, &session.person_id, &form.antwort, &name)?;
    let Some(made) = made else {
        let errors = one("set-up-passkey", "accounts-passkey-failed");
        return page(&app, &visit, &session, None, &form.weiter, &errors).map(passkey::over);
    };
    let response = match app.accounts().add_passkey(&session.owner(), made).await {
        Ok(_) => completed(&app, &visit, &session.session_id, &form.weiter).await?,
        Err(AccountsError::FactorExists) => to(&visit, &with_wish("/anmelden/code", &form.weiter)),
        Err(error) => return Err(failed(error)),
    };
    Ok(passkey::over(response))
}

fn page(
    app: &AppState,
    visit: &Visit,
    session: &PendingSession,
    earlier: Option<&str>,
    wanted: &str,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    if session.need != PendingNeed::SetUp {
        return Ok(to(visit, &with_wish("/anmelden/code", wanted)).into_response());
    }
    let totp = offer(app, &session.person_id, &session.name, earlier)?;
    let token: &Secret<String> = &session.form_token;
    let context = SetUpPage { name: &session.name, totp, wanted };
    token_page(app, visit, Some(token), "accounts/set-up.html", errors, &context)
}
