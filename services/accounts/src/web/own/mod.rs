//! `/mein-konto`: what somebody changes about her own account.

mod app;
mod mail;
mod overview;
mod passkeys;
mod password;
mod profile;
mod recovery;
mod sessions;

use axum::response::{IntoResponse, Response};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Fresh, Need, SignedIn, StaffRoutes, render},
};

use super::{
    answer::{status, to, with_wish},
    say::FieldError,
    state::AppState,
};

/// The pages of the own account.
pub(super) fn routes() -> StaffRoutes<AppState> {
    use Need::SignedIn;
    StaffRoutes::new()
        .get("/mein-konto", SignedIn, overview::get)
        .post("/mein-konto/sso/trennen", SignedIn, overview::post_unlink)
        .get("/mein-konto/angaben", SignedIn, profile::get)
        .post("/mein-konto/angaben", SignedIn, profile::post)
        .get("/mein-konto/passwort", SignedIn, password::get)
        .post("/mein-konto/passwort", SignedIn, password::post)
        .get("/mein-konto/passkeys", SignedIn, passkeys::get)
        .post("/mein-konto/passkeys", SignedIn, passkeys::post)
        .post("/mein-konto/passkeys/beginn", SignedIn, passkeys::begin)
        .post("/mein-konto/passkeys/{passkey}/name", SignedIn, passkeys::post_name)
        .post("/mein-konto/passkeys/{passkey}/entfernen", SignedIn, passkeys::post_removal)
        .get("/mein-konto/app", SignedIn, app::get)
        .post("/mein-konto/app", SignedIn, app::post)
        .post("/mein-konto/app/entfernen", SignedIn, app::post_removal)
        .get("/mein-konto/wiederherstellung", SignedIn, recovery::get)
        .post("/mein-konto/wiederherstellung", SignedIn, recovery::post)
        .get("/mein-konto/sitzungen", SignedIn, sessions::get)
        .post("/mein-konto/sitzungen/andere/beenden", SignedIn, sessions::post_others)
        .post("/mein-konto/sitzungen/{session}/beenden", SignedIn, sessions::post_end)
        .get("/mein-konto/adresse", SignedIn, mail::get)
        .post("/mein-konto/adresse", SignedIn, mail::post)
}

/// Keys and the mail address are changed only soon after a proof of who one is: whoever comes later is asked first, and
/// led back to `path`.
fn fresh(app: &AppState, visit: &Visit, person: &SignedIn, path: &str) -> Result<Fresh, Box<Response>> {
    let back = || {
        let back = format!("{}{path}", visit.lang.path_prefix());
        Box::new(to(visit, &with_wish("/anmelden/bestaetigen", &back)))
    };
    person.fresh(app.now()).ok_or_else(back)
}

/// A page with its form; with errors it answers 422.
fn page<C: Serialize>(
    app: &AppState,
    visit: &Visit,
    person: &SignedIn,
    template: &str,
    errors: &[FieldError],
    context: &C,
) -> Result<Response, PageError> {
    let html = render(app.pages(), visit, person, template, context)?;
    Ok((status(errors), html).into_response())
}
