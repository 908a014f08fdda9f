//! `/anmelden/oidc`: single sign-on, there and back.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{FRESH_FOR, cookie, path_in},
};

use super::{
    super::{
        answer::{bare_page, failed, onward, to, with_wish},
        cookie::{SINGLE_SIGN_ON, remove, set_session, set_ticket},
        state::AppState,
        visitor::{Asked, From},
    },
    first::mail_language,
    session::{begin, renewed},
};
use crate::{
    Acceptance, AccountsError, Authority, Credential, Owner, Standing,
    oidc::{Answer, Identity, Oidc, OidcError, Proof},
    person::PersonName,
};

/// How long ago somebody who proves herself again may have done so at the provider.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(5);

/// What the round trip is for.
#[derive(Default, Deserialize)]
pub(super) struct Purpose {
    #[serde(default)]
    weiter: String,
    #[serde(default)]
    zweck: String,
}

/// The context of `accounts/single-refused.html`.
#[derive(Serialize)]
struct RefusedPage<'a> {
    provider: &'a str,
    reason: &'static str,
}

/// Sends the browser to the provider.
///
/// A link and not a form: browsers hold a form's redirects to the page's own origin (CSP `form-action`). Nothing is
/// changed by it but a note in memory that this browser may come back.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    headers: HeaderMap,
    Asked(purpose): Asked<Purpose>,
) -> Result<Response, PageError> {
    let oidc = app.oidc().ok_or(PageError::NotFound)?;
    let proof = match purpose.zweck.as_str() {
        "" => Proof::SignIn,
        "bestaetigen" | "verbinden" => {
            if !is_from_here(&headers) {
                return Err(PageError::Forbidden);
            }
            let Some(Standing::Complete(person)) = standing(&app, &from).await? else {
                return Ok(to(&visit, "/anmelden"));
            };
            let session = person.session_id;
            if purpose.zweck == "bestaetigen" {
                Proof::Again { session }
            } else if app.now().duration_since(person.authenticated_at) > FRESH_FOR {
                let back = path_in(&visit, "/anmelden/oidc?zweck=verbinden");
                return Ok(to(&visit, &with_wish("/anmelden/bestaetigen", &back)));
            } else {
                Proof::Link { session }
            }
        }
        _ => return Err(PageError::NotFound),
    };
    match oidc.begin(proof, &purpose.weiter).await {
        Ok(begun) => {
            let mut response = Redirect::to(&begun.href).into_response();
            set_ticket(response.headers_mut(), SINGLE_SIGN_ON, &begun.ticket);
            Ok(response)
        }
        Err(error) => refused(&app, &visit, oidc, &error),
    }
}

/// Takes what the browser brings back.
pub(super) async fn get_answer(
    State(app): State<AppState>,
    visit: Visit,
    from: From,
    headers: HeaderMap,
    Asked(answer): Asked<Answer>,
) -> Result<Response, PageError> {
    let oidc = app.oidc().ok_or(PageError::NotFound)?;
    let ticket = cookie(&headers, SINGLE_SIGN_ON);
    let mut response = match oidc.end(ticket.as_ref(), &answer).await {
        Ok(identity) => came_back(&app, &visit, &from, oidc, identity).await?,
        Err(error) => refused(&app, &visit, oidc, &error)?,
    };
    remove(response.headers_mut(), SINGLE_SIGN_ON);
    Ok(response)
}

async fn came_back(
    app: &AppState,
    visit: &Visit,
    from: &From,
    oidc: &Oidc,
    identity: Identity,
) -> Result<Response, PageError> {
    match &identity.proof {
        Proof::SignIn => sign_in(app, visit, from, oidc, &identity).await,
        Proof::Again { session } => {
            let just_now =
                identity.authenticated_at.is_some_and(|at| app.now().duration_since(at).abs() <= JUST_NOW);
            let known = app.accounts().person_by_oidc(&identity.issuer, &identity.subject).await;
            let person = person_of(app, from, session).await?;
            if !just_now || person.is_none() || known.map_err(failed)? != person {
                return stranger(app, visit, oidc);
            }
            let cookie = renewed(app, session, true).await?;
            let mut response = onward(visit, &identity.wanted);
            set_session(response.headers_mut(), &cookie);
            Ok(response)
        }
        Proof::Link { session } => {
            let standing = standing(app, from).await?;
            let Some(Standing::Complete(person)) = standing.filter(|standing| is_session(standing, session))
            else {
                return Ok(to(visit, "/anmelden"));
            };
            let owner = Owner::from(&person);
            match app.accounts().link_oidc(&owner, &identity.issuer, &identity.subject).await {
                Ok(()) => Ok(to(visit, "/mein-konto?getan=verbunden")),
                Err(AccountsError::CredentialTaken | AccountsError::FactorExists) => {
                    page(app, visit, oidc, "accounts-single-taken")
                }
                Err(error) => Err(failed(error)),
            }
        }
    }
}

/// Finds the person: by her account there, by her verified address where that is allowed, or by an invitation to it.
async fn sign_in(
    app: &AppState,
    visit: &Visit,
    from: &From,
    oidc: &Oidc,
    identity: &Identity,
) -> Result<Response, PageError> {
    let accounts = app.accounts();
    let (issuer, subject) = (&identity.issuer, &identity.subject);
    let mut person = accounts.person_by_oidc(issuer, subject).await.map_err(failed)?;
    if let (None, Some(mail)) = (&person, &identity.verified_mail) {
        if oidc.links_by_verified_mail() {
            person = accounts.link_oidc_by_verified_mail(mail, issuer, subject).await.map_err(failed)?;
        }
        if person.is_none() {
            let name = identity.name.as_deref().unwrap_or(mail);
            let name = PersonName::parse(name).or_else(|_| PersonName::parse(mail));
            let name = name.map_err(|_| PageError::BadRequest)?;
            let credential = Credential::Oidc { issuer: issuer.clone(), subject: subject.clone() };
            let acceptance = Acceptance { name, lang: mail_language(visit.lang), credential };
            person = match accounts.accept_invitation_by_mail(mail, acceptance).await {
                Ok(person) => Some(person),
                Err(AccountsError::LinkInvalid | AccountsError::NotFound) => None,
                Err(error) => return Err(failed(error)),
            };
        }
    }
    let Some(person) = person else { return stranger(app, visit, oidc) };
    apply_grants(app, oidc, identity, &person).await?;
    begin(app, visit, from, &person, oidc.counts_as_second_factor(), &identity.wanted).await
}

async fn apply_grants(
    app: &AppState,
    oidc: &Oidc,
    identity: &Identity,
    person: &str,
) -> Result<(), PageError> {
    let Some(mapping) = oidc.grants() else { return Ok(()) };
    let program = Authority::program();
    let held = app.accounts().person(&program, person).await.map_err(failed)?.grants;
    let wanted = mapping.apply(&identity.claims, &held);
    if wanted == held {
        return Ok(());
    }
    match app.accounts().set_grants(&program, person, &wanted).await {
        // Somebody has to be able to mend the mapping.
        Ok(()) | Err(AccountsError::LastAdministrator) => Ok(()),
        Err(AccountsError::NotAllowed) => {
            tracing::warn!("a person came by single sign-on without any right; she keeps those she had");
            Ok(())
        }
        Err(error) => Err(failed(error)),
    }
}

/// Whether one of our own pages leads here.
///
/// Another site could sign somebody's browser in at the provider under the attacker's name and then have her connect her
/// account with that one.
fn is_from_here(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(referer), Some(host)) = (text(header::REFERER), text(header::HOST)) else { return false };
    referer
        .parse::<Uri>()
        .is_ok_and(|uri| uri.authority().is_some_and(|authority| authority.as_str() == host))
}

async fn person_of(app: &AppState, from: &From, session: &str) -> Result<Option<String>, PageError> {
    Ok(match standing(app, from).await? {
        Some(Standing::Complete(identity)) if identity.session_id == session => Some(identity.person_id),
        _ => None,
    })
}

fn is_session(standing: &Standing, session: &str) -> bool {
    matches!(standing, Standing::Complete(identity) if identity.session_id == session)
}

async fn standing(app: &AppState, from: &From) -> Result<Option<Standing>, PageError> {
    match &from.session {
        Some(session) => app.accounts().standing(session).await.map_err(failed),
        None => Ok(None),
    }
}

fn stranger(app: &AppState, visit: &Visit, oidc: &Oidc) -> Result<Response, PageError> {
    page(app, visit, oidc, "accounts-single-unknown")
}

fn refused(app: &AppState, visit: &Visit, oidc: &Oidc, error: &OidcError) -> Result<Response, PageError> {
    let reason = match error {
        OidcError::Stopped => "accounts-single-stopped",
        OidcError::Stray => "accounts-single-stray",
        OidcError::Provider(_) => {
            tracing::warn!(error.cause = %error, "single sign-on: the provider does not answer as it should");
            "accounts-single-unavailable"
        }
        OidcError::Token(_) => {
            tracing::error!(error.cause = %error, "single sign-on: a token was refused");
            "accounts-single-unavailable"
        }
    };
    page(app, visit, oidc, reason)
}

fn page(app: &AppState, visit: &Visit, oidc: &Oidc, reason: &'static str) -> Result<Response, PageError> {
    let context = RefusedPage { provider: oidc.name(), reason };
    let mut response = bare_page(app, visit, "accounts/single-refused.html", &[], &context)?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_lead_to_the_provider_for_a_session() {
        let here = |pairs: &[(&'static str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            is_from_here(&pairs.collect())
        };
        assert!(here(&[("sec-fetch-site", "same-origin")]));
        assert!(here(&[("referer", "https://hilfe.example/mein-konto"), ("host", "hilfe.example")]));
        assert!(!here(&[("referer", "https://hilfe.example.evil.example/"), ("host", "hilfe.example")]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!here(&[("sec-fetch-site", site), ("referer", "https://a/"), ("host", "a")]), "{site}");
        }
        assert!(!here(&[]));
    }
}
