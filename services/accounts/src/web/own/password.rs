//! A new password. All other sessions end.

use axum::{extract::State, response::Response};
use kernel::Secret;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm},
};

use super::{
    super::{
        answer::{failed, to},
        enter::{Checked, check_new},
        say::FieldError,
        state::AppState,
    },
    fresh, page,
};
use crate::Owner;

const HERE: &str = "/mein-konto/passwort";

/// The context of `accounts/own-password.html`.
#[derive(Serialize)]
struct PasswordPage<'a> {
    errors: &'a [FieldError],
    mail: &'a str,
}

/// The new password.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    passwort: String,
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
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let context = PasswordPage { errors: &[], mail: &account.mail };
    page(&app, &visit, &person, "accounts/own-password.html", &[], &context)
}

/// Sets it.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(form): StaffForm<PasswordForm>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    let owner = Owner::from(person.identity());
    let account = app.accounts().account(&owner).await.map_err(failed)?;
    match check_new(&app, &Secret::new(form.passwort), &[&account.name, &account.mail]).await? {
        Checked::Good(hash) => {
            app.accounts().set_password(&owner, &hash).await.map_err(failed)?;
            Ok(to(&visit, "/mein-konto?getan=passwort"))
        }
        Checked::Refused(error) => {
            let errors = [error];
            let context = PasswordPage { errors: &errors, mail: &account.mail };
            page(&app, &visit, &person, "accounts/own-password.html", &errors, &context)
        }
    }
}
