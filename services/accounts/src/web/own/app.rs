//! The authenticator app: set up, replaced, removed.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm},
};

use super::{
    super::{
        answer::{failed, to},
        enter::{Offer, accepted_offer, hand_out_codes, offer},
        say::FieldError,
        state::AppState,
    },
    fresh,
    overview::Button,
    page,
};
use crate::{AccountsError, Owner};

const HERE: &str = "/mein-konto/app";

/// The context of `accounts/own-app.html`.
#[derive(Serialize)]
struct AppPage<'a> {
    errors: &'a [FieldError],
    present: bool,
    totp: Offer,
}

/// The app's first code.
#[derive(Deserialize)]
pub(super) struct AppForm {
    #[serde(default)]
    angebot: String,
    #[serde(default)]
    code: String,
}

/// Offers a secret.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    show(&app, &visit, &person, None, &[]).await
}

/// Takes the first code. The first app brings recovery codes along.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(form): StaffForm<AppForm>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    let owner = Owner::from(person.identity());
    let Some((sealed, step)) = accepted_offer(&app, owner.person_id(), &form.angebot, &form.code)? else {
        let errors = [FieldError::new("code", "accounts-code-wrong")];
        return show(&app, &visit, &person, Some(&form.angebot), &errors).await;
    };
    app.accounts().set_totp(&owner, sealed, step).await.map_err(failed)?;
    if app.accounts().account(&owner).await.map_err(failed)?.factors.recovery_left == 0 {
        return hand_out_codes(&app, &visit, person.identity(), "/mein-konto?getan=app").await;
    }
    Ok(to(&visit, "/mein-konto?getan=app"))
}

/// Removes the app, unless it is the last second factor of somebody who needs one.
pub(super) async fn post_removal(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, HERE) {
        return Ok(*ask);
    }
    match app.accounts().remove_totp(&Owner::from(person.identity())).await {
        Ok(()) => Ok(to(&visit, "/mein-konto?getan=app-entfernt")),
        Err(AccountsError::LastSecondFactor) => {
            let errors = [FieldError::new("remove-app", "accounts-last-factor")];
            show(&app, &visit, &person, None, &errors).await
        }
        Err(error) => Err(failed(error)),
    }
}

async fn show(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    earlier: Option<&str>,
    errors: &[FieldError],
) -> Result<Response, PageError> {
    let account = app.accounts().account(&Owner::from(person.identity())).await.map_err(failed)?;
    let totp = offer(app, &account.id, &account.mail, earlier)?;
    let context = AppPage { errors, present: account.factors.totp, totp };
    page(app, visit, person, "accounts/own-app.html", errors, &context)
}
