//! Recovery codes: how many are left, a fresh set, shown once.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, StaffForm, local_path, path_in},
};

use super::{
    super::{answer::failed, enter::hand_out_codes, state::AppState, visitor::Asked},
    fresh,
    overview::Button,
    page,
};
use crate::{Owner, factor::recovery};

/// `?blatt=…`: the ticket of a fresh set; `weiter`: where to go afterwards.
#[derive(Default, Deserialize)]
pub(super) struct Sheet {
    #[serde(default)]
    blatt: String,
    #[serde(default)]
    weiter: String,
}

/// The context of `accounts/recovery.html`.
#[derive(Serialize)]
struct RecoveryPage {
    /// The fresh set, this once.
    codes: Vec<String>,
    left: u32,
    second_factor: bool,
    onward: String,
}

/// Shows a fresh set once; otherwise how many are left.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    Asked(sheet): Asked<Sheet>,
) -> Result<Response, PageError> {
    let identity = person.identity();
    let fresh_codes = app.fresh_codes().take(&sheet.blatt, app.now());
    let codes = fresh_codes.filter(|fresh| fresh.session == identity.session_id);
    let account = app.accounts().account(&Owner::from(identity)).await.map_err(failed)?;
    let context = RecoveryPage {
        codes: codes.map(|fresh| fresh.codes.iter().map(recovery::in_groups).collect()).unwrap_or_default(),
        left: account.factors.recovery_left,
        second_factor: account.factors.totp || !account.factors.passkeys.is_empty(),
        onward: local_path(&sheet.weiter).map_or_else(|| path_in(&visit, "/arbeitsplatz"), str::to_owned),
    };
    page(&app, &visit, &person, "accounts/recovery.html", &[], &context)
}

/// Makes a fresh set; the old one is worth nothing any more.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
    StaffForm(Button {}): StaffForm<Button>,
) -> Result<Response, PageError> {
    if let Err(ask) = fresh(&app, &visit, &person, "/mein-konto/wiederherstellung") {
        return Ok(*ask);
    }
    let back = path_in(&visit, "/mein-konto");
    hand_out_codes(&app, &visit, person.identity(), &back).await
}
