//! `/arbeitsplatz`: good day, and what needs attention.

use axum::response::IntoResponse;
use axum::{extract::State, response::Response};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, SignedIn, path_in, render},
};

use super::{
    super::{answer::failed, state::AppState},
    GrantView,
};
use crate::Owner;

/// With this many recovery codes or fewer somebody is reminded to make new ones.
const FEW_CODES: u32 = 3;

/// The context of `accounts/start.html`.
#[derive(Serialize)]
struct StartPage<'a> {
    name: &'a str,
    attention: Vec<Waiting>,
    grants: Vec<GrantView>,
    profile_empty: bool,
}

/// Something that waits.
#[derive(Serialize)]
struct Waiting {
    href: String,
    text: &'static str,
    count: u64,
}

/// Shows it.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
) -> Result<Response, PageError> {
    let identity = person.identity();
    let account = app.accounts().account(&Owner::from(identity)).await.map_err(failed)?;
    let mut attention = Vec::new();
    for source in app.attention() {
        let waiting = source.for_person(identity).await.into_iter().filter(|waiting| waiting.count > 0);
        attention.extend(waiting.map(|waiting| Waiting {
            href: path_in(&visit, &waiting.href),
            text: waiting.text,
            count: waiting.count,
        }));
    }
    let factors = &account.factors;
    if (factors.totp || !factors.passkeys.is_empty()) && factors.recovery_left <= FEW_CODES {
        attention.push(Waiting {
            href: path_in(&visit, "/mein-konto/wiederherstellung"),
            text: "accounts-attention-recovery",
            count: u64::from(factors.recovery_left),
        });
    }
    let context = StartPage {
        name: &identity.name,
        attention,
        grants: GrantView::all(&app, &identity.grants).await,
        profile_empty: account.languages.is_empty() && account.topics.is_empty(),
    };
    Ok(render(app.pages(), &visit, &person, "accounts/start.html", &context)?.into_response())
}
