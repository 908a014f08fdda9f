//! Another mail address: asked for here, confirmed by a link to it.

use axum::{extract::State, response::Response};
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm},
};

use super::{
    super::{
        answer::{failed, to},
        enter::mail_error,
        say::FieldError,
        state::AppState,
    },
    fresh, page,
};
use crate::{AccountsError, Owner};

const HERE: &str = "/mein-konto/adresse";

/// The context of `accounts/own-mail.html`.
#[derive(Serialize)]
struct MailPage<'a> {
    errors: &'a [FieldError],
    current: &'a str,
    pending: Option<&'a str>,
    mail: &'a str,
}

/// The new address.
#[derive(Deserialize)]
pub(super) struct MailForm {
    #[serde(default)]
    mail: String,
}

/// Shows the form.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    show(&app, &visit, &person, "", &[]).await
}

/// Sends the link.
///
/// An address that somebody else has is answered the same: the mail there says so.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(form): StaffForm<MailForm>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    let Ok(mail) = MailAddress::parse(form.mail.trim()) else {
        return show(&app, &visit, &person, &form.mail, &[mail_error()]).await;
    };
    match app.accounts().request_mail_change(&Owner::from(person.identity()), &mail).await {
        Ok(()) | Err(AccountsError::MailTaken) => Ok(to(&visit, "/mein-konto?getan=adresse")),
        Err(error) => Err(failed(error)),
    }
}

async fn show(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    mail: &str,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let context = MailPage { errors, current: &account.mail, pending: account.pending_mail.as_deref(), mail };
    page(app, visit, person, "accounts/own-mail.html", errors, &context)
}
