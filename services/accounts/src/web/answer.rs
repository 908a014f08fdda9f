//! How handlers answer: pages before sign-in, forms with their errors, redirects.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::Secret;
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    staff::{local_path, path_in},
};

use super::{
    say::{FieldError, Say},
    state::AppState,
};
use crate::{AccountsError, factor::password::HashError, factor::seal::Broken, throttle::Wait};

/// The account's own pages show who is signed in; these do not.
#[derive(Serialize)]
struct Bare<'a, C> {
    staff: BareStaff<'a>,
    errors: &'a [FieldError],
    #[serde(flatten)]
    own: &'a C,
}

/// What forms need of a session that is not complete yet.
#[derive(Serialize)]
struct BareStaff<'a> {
    csrf: &'a str,
}

/// A page before sign-in; with errors it answers 422, so that nobody takes it for done.
pub(super) fn bare_page<C: Serialize>(
    app: &AppState,
    visit: &Visit,
    template: &str,
    errors: &[FieldError],
    context: &C,
) -> Result<Response, PageError> {
    token_page(app, visit, None, template, errors, context)
}

/// The same for a session that still owes its second factor: forms get its token.
pub(super) fn token_page<C: Serialize>(
    app: &AppState,
    visit: &Visit,
    token: Option<&Secret<String>>,
    template: &str,
    errors: &[FieldError],
    context: &C,
) -> Result<Response, PageError> {
    let staff = BareStaff { csrf: token.map_or("", |token| token.expose()) };
    let html = app.pages().render(visit, template, &Bare { staff, errors, own: context })?;
    Ok((status(errors), Html(html)).into_response())
}

/// The status of a form that comes back.
pub(super) fn status(errors: &[FieldError]) -> StatusCode {
    if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// To an address of this site in the visitor's language.
pub(super) fn to(visit: &Visit, path: &str) -> Response {
    Redirect::to(&path_in(visit, path)).into_response()
}

/// Where somebody wanted to go, or to work. Never to another site.
pub(super) fn onward(visit: &Visit, wanted: &str) -> Response {
    match local_path(wanted) {
        Some(path) => Redirect::to(path).into_response(),
        None => to(visit, "/arbeitsplatz"),
    }
}

/// A path with the wish to go somewhere afterwards.
pub(super) fn with_wish(path: &str, wanted: &str) -> String {
    match local_path(wanted) {
        Some(wanted) => {
            let wanted = percent_encoding::utf8_percent_encode(wanted, percent_encoding::NON_ALPHANUMERIC);
            format!("{path}?weiter={wanted}")
        }
        None => path.to_owned(),
    }
}

/// The error of somebody who has to wait.
pub(super) fn wait_error(field: &'static str, wait: Wait) -> FieldError {
    FieldError { field, say: Say::new("accounts-wait").number("minutes", wait.minutes()) }
}

/// Says in the header, too, how long to wait.
pub(super) fn waiting(mut response: Response, wait: Wait) -> Response {
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.0.as_secs().max(1)));
    response
}

/// Errors of the domain that no form explains.
pub(super) fn failed(error: AccountsError) -> PageError {
    match error {
        AccountsError::NotFound | AccountsError::NotAllowed => PageError::NotFound,
        AccountsError::SessionEnded => PageError::SignInFirst,
        AccountsError::Store(error) if is_passing(&error) => PageError::Unavailable,
        AccountsError::LinkInvalid
        | AccountsError::FactorExists
        | AccountsError::LastSecondFactor
        | AccountsError::LastAdministrator
        | AccountsError::MailTaken
        | AccountsError::CredentialTaken => PageError::BadRequest,
        other => PageError::internal(other),
    }
}

fn is_passing(error: &storekit::StoreError) -> bool {
    matches!(error, storekit::StoreError::Unavailable { .. })
}

/// Passwords cannot be checked right now.
pub(super) fn not_hashed(error: HashError) -> PageError {
    match error {
        HashError::Busy => PageError::Unavailable,
        other => PageError::internal(other),
    }
}

/// A stored second factor cannot be opened.
pub(super) fn broken(error: Broken) -> PageError {
    PageError::internal(error)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop_oneof, proptest};

    use super::*;

    fn visit() -> Visit {
        Visit::to(&"/anmelden".parse().unwrap())
    }

    #[test]
    fn a_wish_to_leave_leads_to_work() {
        for wanted in
            ["https://evil.example", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", ""]
        {
            assert_eq!(onward(&visit(), wanted).headers()[header::LOCATION], "/arbeitsplatz", "{wanted}");
            assert_eq!(with_wish("/anmelden", wanted), "/anmelden");
        }
        assert_eq!(onward(&visit(), "/en/mein-konto?x=1").headers()[header::LOCATION], "/en/mein-konto?x=1");
        assert_eq!(with_wish("/anmelden", "/a?b=1&c"), "/anmelden?weiter=%2Fa%3Fb%3D1%26c");
    }

    proptest! {
        #[test]
        fn no_wish_ever_leaves_the_site(wanted in prop_oneof![
            any::<String>(),
            "[/\\\\\t\n@:?#.a-z]{0,24}",
            "(/|//|/\\\\|\\\\)[a-z:/@.\\\\]{0,16}".prop_map(|text| text),
        ]) {
            let response = onward(&visit(), &wanted);
            let location = response.headers()[header::LOCATION].to_str().unwrap();
            // As a browser reads it: relative to our own address.
            let base = webauthn_rs::prelude::Url::parse("https://hilfe.example/anmelden").unwrap();
            let reached = base.join(location).unwrap();
            assert_eq!(reached.origin(), base.origin(), "{wanted:?} leads to {reached}");
        }
    }
}
