//! `/anmelden/vergessen` and `/anmelden/neu`: a new password by a link in a mail.

use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit, staff::done};

use super::{
    super::{
        answer::{bare_page, failed, to, wait_error, waiting},
        say::FieldError,
        state::AppState,
        visitor::{From, OpenForm},
    },
    first::{Link, LinkForm, admitted_link, link_page, mail_language},
    password::{Checked, check_new},
    session::one,
};
use crate::{
    AccountsError,
    person::fold_mail,
    throttle::{Door, Trying},
};

const LINK: Link = Link { kind: "reset", action: "/anmelden/neu" };

/// The context of `accounts/forgotten.html`.
#[derive(Serialize)]
struct ForgottenPage<'a> {
    mail: &'a str,
    sent: bool,
}

/// Whose password is forgotten.
#[derive(Deserialize)]
pub(super) struct ForgottenForm {
    #[serde(default)]
    mail: String,
}

/// The context of `accounts/new-password.html`.
#[derive(Serialize)]
struct NewPasswordPage<'a> {
    secret: &'a str,
}

/// The link's secret and the new password.
#[derive(Deserialize)]
pub(super) struct NewPasswordForm {
    #[serde(default)]
    geheimnis: String,
    #[serde(default)]
    passwort: String,
}

/// Asks for the mail address.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, PageError> {
    let sent = done(&uri, &[("geschickt", "")]).is_some();
    bare_page(&app, &visit, "accounts/forgotten.html", &[], &ForgottenPage { mail: "", sent })
}

/// Sends a link, if there is an account; the answer is the same either way.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    OpenForm(form): OpenForm<ForgottenForm>,
) -> Result<Response, PageError> {
    let mail = fold_mail(&form.mail);
    let page = |errors: &[FieldError]| {
        let context = ForgottenPage { mail: &form.mail, sent: false };
        bare_page(&app, &visit, "accounts/forgotten.html", errors, &context)
    };
    if !mail.contains('@') {
        return page(&one("mail", "accounts-mail-invalid"));
    }
    let trying = Trying { account: &mail, network: from.network, known_device: None };
    match app.throttle().admit(Door::ResetMail, &trying) {
        Ok(admitted) => admitted.failed(),
        Err(wait) => return Ok(waiting(page(&[wait_error("mail", wait)])?, wait)),
    }
    app.accounts().request_password_reset(&mail, mail_language(visit.lang)).await.map_err(failed)?;
    Ok(to(&visit, "/anmelden/vergessen?getan=geschickt"))
}

/// Takes the secret out of the link, by script or by hand.
pub(super) async fn get_link(State(app): State<AppState>, visit: Visit) -> Result<Response, PageError> {
    link_page(&app, &visit, &LINK, &[])
}

/// Looks the secret up and asks for the password. Changes nothing, so it may be sent twice.
pub(super) async fn post_link(
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
    if !app.accounts().look_up_reset(&secret).await.map_err(failed)? {
        admitted.failed();
        return link_page(&app, &visit, &LINK, &one("secret", "accounts-link-invalid"));
    }
    admitted.succeeded();
    password_page(&app, &visit, &secret, &[])
}

/// Sets the password. All sessions end; the second factor stays.
pub(super) async fn post_password(
    State(app): State<AppState>,
    visit: Visit,
    OpenForm(form): OpenForm<NewPasswordForm>,
) -> Result<Response, PageError> {
    let (secret, password) = (Secret::new(form.geheimnis), Secret::new(form.passwort));
    // A link that does not work must not make the server hash passwords.
    if !app.accounts().look_up_reset(&secret).await.map_err(failed)? {
        return link_page(&app, &visit, &LINK, &one("secret", "accounts-link-invalid"));
    }
    let hash = match check_new(&app, &password, &[]).await? {
        Checked::Good(hash) => hash,
        Checked::Refused(error) => return password_page(&app, &visit, &secret, &[error]),
    };
    match app.accounts().complete_reset(&secret, &hash).await {
        Ok(_) => Ok(to(&visit, "/anmelden?getan=passwort")),
        Err(AccountsError::LinkInvalid) => {
            link_page(&app, &visit, &LINK, &one("secret", "accounts-link-invalid"))
        }
        Err(error) => Err(failed(error)),
    }
}

fn password_page(
    app: &AppState,
    visit: &Visit,
    secret: &Secret<String>,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    bare_page(app, visit, "accounts/new-password.html", errors, &NewPasswordPage { secret: secret.expose() })
}
