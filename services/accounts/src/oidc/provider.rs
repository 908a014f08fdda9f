//! The conversation with the provider.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, Secret};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    UserInfoClaims,
    core::{
        CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreJwsSigningAlgorithm,
        CoreProviderMetadata,
    },
    reqwest,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

use super::{ANSWER_PATH, GrantMapping, OidcSettings, SettingsError};
use crate::factor::ceremony::Ceremonies;

/// How long what the provider publishes about itself is believed.
const METADATA_FOR: SignedDuration = SignedDuration::from_hours(1);
/// How long a provider that did not answer is left alone: who waits for it keeps everybody else waiting.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);
const MOST: usize = 20_000;
/// Only signatures that the provider alone can make.
const SIGNATURES: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Single sign-on with one provider. `P` is what the caller wants back after the round trip.
pub struct Oidc {
    settings: OidcSettings,
    secret: Option<Secret<String>>,
    redirect: RedirectUrl,
    connections: reqwest::Client,
    known: Mutex<Known>,
    underway: Ceremonies<Underway>,
    clock: Arc<dyn Clock>,
}

/// What we know of the provider.
#[derive(Default)]
struct Known {
    metadata: Option<(Timestamp, Arc<CoreProviderMetadata>)>,
    failed_at: Option<Timestamp>,
}

/// What somebody proves herself for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// To sign in.
    SignIn,
    /// To prove again who she is, in this session. The provider is told to ask.
    Again {
        /// The session's id.
        session: String,
    },
    /// To connect her account here with the one there, in this session.
    Link {
        /// The session's id.
        session: String,
    },
}

struct Underway {
    proof: Proof,
    wanted: String,
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// The first half: the browser goes to the provider.
pub struct Begun {
    /// Where to.
    pub href: String,
    /// The half that the browser keeps, as a cookie.
    pub ticket: Secret<String>,
}

/// What the browser brings back.
#[derive(Default, Deserialize)]
pub struct Answer {
    /// The code that buys the tokens.
    pub code: Option<String>,
    /// What we sent along.
    pub state: Option<String>,
    /// What went wrong there.
    pub error: Option<String>,
}

/// The second half: who it is.
pub struct Identity {
    /// What it was for.
    pub proof: Proof,
    /// Where the person wanted to go.
    pub wanted: String,
    /// The provider.
    pub issuer: String,
    /// The person there.
    pub subject: String,
    /// Her mail address, only if the provider says it is verified.
    pub verified_mail: Option<String>,
    /// Her name there.
    pub name: Option<String>,
    /// When she last proved who she is there.
    pub authenticated_at: Option<Timestamp>,
    /// All claims, for the mapping of rights.
    pub claims: Value,
}

/// A single sign-on did not come to a good end.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider does not answer, or not as it should.
    #[error("the identity provider cannot be used at the moment: {0}")]
    Provider(String),
    /// The answer does not belong to a sign-in of this browser, or came too late.
    #[error("the answer belongs to no sign-in of this browser")]
    Stray,
    /// The person or the provider stopped it.
    #[error("the sign-in was stopped at the identity provider")]
    Stopped,
    /// A token is not what it should be. Somebody should look: a clock, a key, or an attack.
    #[error("the identity provider's token is refused: {0}")]
    Token(String),
}

/// Everything the provider says beyond the standard.
#[derive(Debug, Serialize, Deserialize)]
struct Rest {
    #[serde(flatten)]
    claims: Map<String, Value>,
}

impl AdditionalClaims for Rest {}

impl Oidc {
    /// Single sign-on after these settings, for the installation at `base_url`. The provider is asked at the first
    /// sign-in, so that the installation starts without it.
    pub fn new(settings: OidcSettings, base_url: &str, clock: Arc<dyn Clock>) -> Result<Self, SettingsError> {
        settings.check()?;
        let redirect =
            RedirectUrl::new(format!("{base_url}{ANSWER_PATH}")).map_err(|_| SettingsError::BaseUrl)?;
        Ok(Self {
            secret: settings.secret()?,
            connections: settings.connections()?,
            redirect,
            known: Mutex::default(),
            underway: Ceremonies::new(MOST),
            clock,
            settings,
        })
    }

    /// What people know the provider by.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Whether an account is found by its verified mail address.
    pub const fn links_by_verified_mail(&self) -> bool {
        self.settings.link_by_verified_mail
    }

    /// Whether a sign-in there is enough.
    pub const fn counts_as_second_factor(&self) -> bool {
        self.settings.counts_as_second_factor
    }

    /// Rights that the provider gives.
    pub const fn grants(&self) -> Option<&GrantMapping> {
        self.settings.grants.as_ref()
    }

    /// Sends somebody to the provider.
    pub async fn begin(&self, proof: Proof, wanted: &str) -> Result<Begun, OidcError> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            metadata.as_ref().clone(),
            ClientId::new(self.settings.client_id.clone()),
            None,
        )
        .set_redirect_uri(self.redirect.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.into())))
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        if matches!(proof, Proof::Again { .. }) {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(std::time::Duration::ZERO);
        }
        let (href, state, nonce) = request.url();
        let underway = Underway { proof, wanted: wanted.to_owned(), state, nonce, verifier };
        let ticket = self.underway.keep(underway, self.clock.now());
        Ok(Begun { href: href.to_string(), ticket })
    }

    /// Takes the answer of the browser with this ticket, and asks the provider who it is.
    pub async fn end(&self, ticket: Option<&Secret<String>>, answer: &Answer) -> Result<Identity, OidcError> {
        let underway = ticket.and_then(|ticket| self.underway.take(ticket.expose(), self.clock.now()));
        let underway = underway.ok_or(OidcError::Stray)?;
        let state = answer.state.as_deref().unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(underway.state.secret().as_bytes())) {
            return Err(OidcError::Stray);
        }
        let code = match (&answer.code, &answer.error) {
            (Some(code), None) => AuthorizationCode::new(code.clone()),
            _ => return Err(OidcError::Stopped),
        };
        let result = self.redeem(code, underway).await;
        if matches!(result, Err(OidcError::Token(_))) {
            // The provider may have changed its keys since we read them.
            self.known.lock().await.metadata = None;
        }
        result
    }

    async fn redeem(&self, code: AuthorizationCode, underway: Underway) -> Result<Identity, OidcError> {
        let metadata = self.metadata().await?;
        let secret = self.secret.as_ref().map(|secret| ClientSecret::new(secret.expose().clone()));
        let client = CoreClient::from_provider_metadata(
            metadata.as_ref().clone(),
            ClientId::new(self.settings.client_id.clone()),
            secret,
        )
        .set_redirect_uri(self.redirect.clone());
        let tokens = client
            .exchange_code(code)
            .map_err(unusable)?
            .set_pkce_verifier(underway.verifier)
            .request_async(&self.connections)
            .await
            .map_err(unusable)?;
        let id_token = tokens.id_token().ok_or_else(|| OidcError::Token("there is no id token".into()))?;
        let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES);
        // Signature, issuer, audience, times, nonce.
        let claims = id_token.claims(&verifier, &underway.nonce).map_err(refused)?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = id_token.signing_alg().map_err(refused)?;
            let key = id_token.signing_key(&verifier).map_err(refused)?;
            let actual =
                AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(refused)?;
            if actual != *expected {
                return Err(OidcError::Token("the access token belongs to another id token".into()));
            }
        }
        let mut all = payload(&id_token.to_string())?;
        if claims.email().is_none() {
            // The standard lets providers keep these claims for a second question.
            let asked = client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()));
            if let Ok(asked) = asked {
                let more: UserInfoClaims<Rest, CoreGenderClaim> =
                    asked.request_async(&self.connections).await.map_err(unusable)?;
                let more = serde_json::to_value(&more).unwrap_or_default();
                for (name, value) in more.as_object().into_iter().flatten() {
                    // What is signed wins.
                    all.entry(name).or_insert_with(|| value.clone());
                }
            }
        }
        let text = |name: &str| all.get(name).and_then(Value::as_str).map(str::to_owned);
        let verified = all.get("email_verified") == Some(&Value::Bool(true));
        Ok(Identity {
            proof: underway.proof,
            wanted: underway.wanted,
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            verified_mail: text("email").filter(|_| verified),
            name: text("name"),
            authenticated_at: claims.auth_time().and_then(|at| Timestamp::from_second(at.timestamp()).ok()),
            claims: Value::Object(all),
        })
    }

    async fn metadata(&self) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        let now = self.clock.now();
        let mut known = self.known.lock().await;
        if let Some((read, metadata)) = &known.metadata
            && now.duration_since(*read) < METADATA_FOR
        {
            return Ok(metadata.clone());
        }
        if known.failed_at.is_some_and(|at| now.duration_since(at).abs() < PAUSE) {
            return Err(OidcError::Provider(String::from("it did not answer a moment ago")));
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(unusable)?;
        let asked = CoreProviderMetadata::discover_async(issuer, &self.connections).await;
        known.failed_at = asked.is_err().then_some(now);
        let metadata = Arc::new(asked.map_err(unusable)?);
        known.metadata = Some((now, metadata.clone()));
        Ok(metadata)
    }
}

/// What the signed part of a checked token says.
fn payload(token: &str) -> Result<Map<String, Value>, OidcError> {
    let part = token.split('.').nth(1).unwrap_or_default();
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).map_err(refused)?;
    serde_json::from_slice(&bytes).map_err(refused)
}

// What the crate says in its errors is about addresses, keys and forms, not about the person.
fn unusable(error: impl std::fmt::Display) -> OidcError {
    OidcError::Provider(error.to_string())
}

fn refused(error: impl std::fmt::Display) -> OidcError {
    OidcError::Token(error.to_string())
}
