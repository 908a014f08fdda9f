//! Passkeys between browser and database: opening what is stored, sealing what is new, the two halves of a ceremony.

use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::prelude::{Passkey, PublicKeyCredential, RegisterPublicKeyCredential};
use webkit::{error::PageError, staff::cookie};

use super::{
    answer::{broken, failed},
    cookie::{CEREMONY, remove, set_ticket},
    state::{AppState, Ceremony},
};
use crate::{NewPasskey, PersonName};

/// Longest name of a passkey.
const LONGEST_NAME: usize = 60;

/// The options for the browser, and the ticket for the second half.
pub(super) fn begun(app: &AppState, options: Value, ceremony: Ceremony) -> Response {
    let ticket = app.ceremonies().keep(ceremony, app.now());
    let mut response = Json(options).into_response();
    set_ticket(response.headers_mut(), CEREMONY, &ticket);
    response
}

/// The first half, if this browser began one that is not over.
pub(super) fn resumed(app: &AppState, headers: &HeaderMap) -> Option<Ceremony> {
    let ticket = cookie(headers, CEREMONY)?;
    app.ceremonies().take(ticket.expose(), app.now())
}

/// Takes the used ticket out of the browser.
pub(super) fn over(mut response: Response) -> Response {
    remove(response.headers_mut(), CEREMONY);
    response
}

/// A person's passkeys, opened.
pub(super) async fn of_person(app: &AppState, person: &str) -> Result<Vec<(String, Passkey)>, PageError> {
    let stored = app.accounts().passkeys(person).await.map_err(failed)?;
    stored.into_iter().map(|passkey| Ok((passkey.id, opened(app, person, &passkey.body)?))).collect()
}

fn opened(app: &AppState, person: &str, body: &[u8]) -> Result<Passkey, PageError> {
    let body = app.passkey_seal().open(person, body).map_err(broken)?;
    serde_json::from_slice(body.expose()).map_err(PageError::internal)
}

fn sealed(app: &AppState, person: &str, passkey: &Passkey) -> Result<Vec<u8>, PageError> {
    let body = serde_json::to_vec(passkey).map_err(PageError::internal)?;
    app.passkey_seal().seal(person, &body).map_err(broken)
}

/// Begins making a passkey.
pub(super) fn begin_making(
    app: &AppState,
    person: &str,
    mail: &str,
    name: &str,
    existing: &[Passkey],
) -> Result<Response, PageError> {
    let making = app.passkeys().begin_making(person, mail, name, existing).map_err(PageError::internal)?;
    let ceremony = Ceremony::Make { person: person.to_owned(), kept: making.kept };
    Ok(begun(app, making.options, ceremony))
}

/// Ends making one; `None` when the answer proves nothing or belongs to somebody else's ceremony.
pub(super) fn end_making(
    app: &AppState,
    headers: &HeaderMap,
    person: &str,
    answer: &str,
    name: &str,
) -> Result<Option<NewPasskey>, PageError> {
    let Some(Ceremony::Make { person: maker, kept }) = resumed(app, headers) else { return Ok(None) };
    let Some(answer) = read::<RegisterPublicKeyCredential>(answer) else { return Ok(None) };
    if maker != person {
        return Ok(None);
    }
    let Ok(passkey) = app.passkeys().end_making(&answer, &kept) else { return Ok(None) };
    Ok(Some(NewPasskey {
        name: name.to_owned(),
        credential_id: passkey.cred_id().to_vec(),
        body: sealed(app, person, &passkey)?,
    }))
}

/// The name somebody gave a passkey, or `fallback`.
pub(super) fn name_or(given: &str, fallback: String) -> String {
    let given: String = given.chars().take(LONGEST_NAME).collect();
    PersonName::parse(&given).map_or(fallback, |name| name.as_str().to_owned())
}

/// Ends a sign-in with any passkey: the person it belongs to.
pub(super) async fn end_sign_in(
    app: &AppState,
    headers: &HeaderMap,
    answer: &str,
) -> Result<Option<String>, PageError> {
    let Some(Ceremony::SignIn(kept)) = resumed(app, headers) else { return Ok(None) };
    let Some(answer) = read::<PublicKeyCredential>(answer) else { return Ok(None) };
    let Ok(named) = app.passkeys().named(&answer) else { return Ok(None) };
    let stored = app.accounts().passkey_by_credential(&named.credential).await.map_err(failed)?;
    let Some(stored) = stored.filter(|stored| stored.person_id == named.person) else { return Ok(None) };
    let passkey = opened(app, &stored.person_id, &stored.body)?;
    let Ok(changed) = app.passkeys().end_asking(&answer, kept, passkey) else { return Ok(None) };
    let body = match changed {
        Some(passkey) => sealed(app, &stored.person_id, &passkey)?,
        None => stored.body,
    };
    app.accounts().passkey_used(&stored.id, &body).await.map_err(failed)?;
    Ok(Some(stored.person_id))
}

/// Begins asking a person for one of her passkeys, in one session.
pub(super) async fn begin_proof(app: &AppState, person: &str, session: &str) -> Result<Response, PageError> {
    let passkeys: Vec<Passkey> =
        of_person(app, person).await?.into_iter().map(|(_, passkey)| passkey).collect();
    if passkeys.is_empty() {
        return Err(PageError::BadRequest);
    }
    let asking = app.passkeys().begin_asking_person(&passkeys).map_err(PageError::internal)?;
    Ok(begun(app, asking.options, Ceremony::Prove { session: session.to_owned(), kept: asking.kept }))
}

/// Ends it: whether she proved herself in that session.
pub(super) async fn end_proof(
    app: &AppState,
    headers: &HeaderMap,
    person: &str,
    session: &str,
    answer: &str,
) -> Result<bool, PageError> {
    let Some(Ceremony::Prove { session: began, kept }) = resumed(app, headers) else { return Ok(false) };
    let Some(answer) = read::<PublicKeyCredential>(answer) else { return Ok(false) };
    if began != session {
        return Ok(false);
    }
    let (ids, passkeys): (Vec<_>, Vec<_>) = of_person(app, person).await?.into_iter().unzip();
    let Ok(used) = app.passkeys().end_asking_person(&answer, &kept, passkeys.clone()) else {
        return Ok(false);
    };
    let at = passkeys.iter().position(|passkey| passkey.cred_id() == used.cred_id());
    if let Some(id) = at.and_then(|at| ids.get(at)) {
        let body = sealed(app, person, &used)?;
        app.accounts().passkey_used(id, &body).await.map_err(failed)?;
    }
    Ok(true)
}

fn read<T: DeserializeOwned>(answer: &str) -> Option<T> {
    serde_json::from_str(answer).ok()
}
