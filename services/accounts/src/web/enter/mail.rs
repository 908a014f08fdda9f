//! `/mein-konto/mail`: a new mail address is confirmed by the link that was sent to it. Works signed out as well: the
//! mail may be read on another device.

use axum::{extract::State, response::Response};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{error::PageError, pages::Visit};

use super::{
    super::{
        answer::{bare_page, failed, to},
        state::AppState,
        visitor::{From, OpenForm},
    },
    first::{Link, LinkForm, admitted_link, link_page},
    session::one,
};
use crate::AccountsError;

const LINK: Link = Link { kind: "mail", action: "/mein-konto/mail" };

/// The context of `accounts/mail-change.html`.
#[derive(Serialize)]
struct MailChangePage<'a> {
    secret: &'a str,
    mail: &'a str,
}

/// The secret again, with the button pressed.
#[derive(Deserialize)]
pub(super) struct ConfirmedForm {
    #[serde(default)]
    geheimnis: String,
}

/// Takes the secret out of the link.
pub(super) async fn get(State(app): State<AppState>, visit: Visit) -> Result<Response, PageError> {
    link_page(&app, &visit, &LINK, &[])
}

/// Shows which address is to be confirmed. Changes nothing.
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
    let Some(mail) = app.accounts().look_up_mail_change(&secret).await.map_err(failed)? else {
        admitted.failed();
        return link_page(&app, &visit, &LINK, &one("secret", "accounts-link-invalid"));
    };
    admitted.succeeded();
    let context = MailChangePage { secret: secret.expose(), mail: &mail };
    bare_page(&app, &visit, "accounts/mail-change.html", &[], &context)
}

/// Changes the address.
pub(super) async fn post_confirmed(
    State(app): State<AppState>,
    visit: Visit,
    OpenForm(form): OpenForm<ConfirmedForm>,
) -> Result<Response, PageError> {
    match app.accounts().confirm_mail_change(&Secret::new(form.geheimnis)).await {
        Ok(()) => Ok(to(&visit, "/anmelden?getan=mail")),
        Err(AccountsError::LinkInvalid) => {
            link_page(&app, &visit, &LINK, &one("secret", "accounts-link-invalid"))
        }
        Err(AccountsError::MailTaken) => {
            link_page(&app, &visit, &LINK, &one("secret", "accounts-mail-taken"))
        }
        Err(error) => Err(failed(error)),
    }
}
