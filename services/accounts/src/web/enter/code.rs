//! `/anmelden/code`: the second factor after the password.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{broken, failed, to, token_page, wait_error, waiting, with_wish},
        cookie::set_session,
        passkey,
        say::FieldError,
        state::AppState,
        visitor::{Asked, From, Pending, PendingForm},
    },
    session::{lead_on, one, renewed},
    sign_in::{PasskeyForm, Wish, known_device},
};
use crate::{
    PendingNeed, PendingSession,
    factor::{recovery, totp::TotpSecret},
    throttle::{Door, Trying},
};

/// The context of `accounts/code.html`.
#[derive(Serialize)]
struct CodePage<'a> {
    name: &'a str,
    totp: bool,
    passkey: bool,
    recovery: bool,
    /// The recovery part is open, because somebody tried it.
    trying_recovery: bool,
    wanted: &'a str,
}

/// A code of the app, or a recovery code.
#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    wiederherstellung: String,
    #[serde(default)]
    weiter: String,
}

/// Asks for the second factor.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    Pending(session): Pending,
    Asked(wish): Asked<Wish>,
) -> Result<Response, PageError> {
    let wanted = wish.weiter;
    page(&app, &visit, &session, &wanted, false, &[])
}

/// Takes a code.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    sent: PendingForm<CodeForm>,
) -> Result<Response, PageError> {
    let PendingForm { session, form } = sent;
    let known_device = known_device(&app, &from, &session.person_id).await?;
    let trying = Trying { account: &session.person_id, network: from.network, known_device };
    let by_recovery = !form.wiederherstellung.trim().is_empty();
    let field = if by_recovery { "recovery-code" } else { "code" };
    let admitted = match app.throttle().admit(Door::Code, &trying) {
        Ok(admitted) => admitted,
        Err(wait) => {
            let errors = [wait_error(field, wait)];
            let page = page(&app, &visit, &session, &form.weiter, by_recovery, &errors)?;
            return Ok(waiting(page, wait));
        }
    };
    let right = if by_recovery {
        match recovery::read(&form.wiederherstellung) {
            Some(code) => {
                app.accounts().use_recovery_code(&session.person_id, &code).await.map_err(failed)?
            }
            None => false,
        }
    } else {
        is_right_code(&app, &session.person_id, &form.code).await?
    };
    if !right {
        admitted.failed();
        let message = if by_recovery { "accounts-recovery-wrong" } else { "accounts-code-wrong" };
        return page(&app, &visit, &session, &form.weiter, by_recovery, &one(field, message));
    }
    admitted.succeeded();
    proven(&app, &visit, &session, &form.weiter).await
}

/// Whether the code is the app's at this moment, and was not used before.
async fn is_right_code(app: &AppState, person: &str, code: &str) -> Result<bool, PageError> {
    let Some(record) = app.accounts().totp(person).await.map_err(failed)? else { return Ok(false) };
    let secret = app.totp_seal().open(person, &record.sealed).map_err(broken)?;
    match TotpSecret::new(secret).check(code, app.now(), Some(record.last_step)) {
        Some(step) => app.accounts().take_totp_step(person, step).await.map_err(failed),
        None => Ok(false),
    }
}

/// Begins asking for one of the person's passkeys.
pub(super) async fn begin_passkey(
    State(app): State<AppState>,
    sent: PendingForm<PasskeyForm>,
) -> Result<Response, PageError> {
    passkey::begin_proof(&app, &sent.session.person_id, &sent.session.session_id).await
}

/// Takes a passkey as the second factor.
pub(super) async fn post_passkey(
    State(app): State<AppState>,
    visit: Visit,
    headers: HeaderMap,
    sent: PendingForm<PasskeyForm>,
) -> Result<Response, PageError> {
    let PendingForm { session, form } = sent;
    let person = &session.person_id;
    let right = passkey::end_proof(&app, &headers, person, &session.session_id, &form.antwort).await?;
    let response = if right {
        proven(&app, &visit, &session, &form.weiter).await?
    } else {
        page(&app, &visit, &session, &form.weiter, false, &one("code-passkey", "accounts-passkey-failed"))?
    };
    Ok(passkey::over(response))
}

async fn proven(
    app: &AppState,
    visit: &Visit,
    session: &PendingSession,
    wanted: &str,
) -> Result<Response, PageError> {
    let cookie: Secret<String> = renewed(app, &session.session_id, true).await?;
    let mut response = lead_on(app, visit, &cookie, wanted).await?;
    set_session(response.headers_mut(), &cookie);
    Ok(response)
}

fn page(
    app: &AppState,
    visit: &Visit,
    session: &PendingSession,
    wanted: &str,
    trying_recovery: bool,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let PendingNeed::Prove { totp, passkey, recovery } = session.need else {
        return Ok(to(visit, &with_wish("/anmelden/einrichten", wanted)).into_response());
    };
    let context = CodePage { name: &session.name, totp, passkey, recovery, trying_recovery, wanted };
    token_page(app, visit, Some(&session.form_token), "accounts/code.html", errors, &context)
}
