//! What the pages of this service work with.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::{
    audit::AuditTrail,
    staff::{CentreNames, StaffIdentity},
};
use jiff::Timestamp;
use kernel::{Clock, Lang, Secret, ServerKey};
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PasskeyRegistration};
use webkit::pages::Pages;

use crate::{
    Accounts,
    factor::{
        ceremony::Ceremonies,
        passkey::{PasskeyError, Passkeys},
        password::{HashError, Passwords},
        seal::Seal,
    },
    oidc::Oidc,
    throttle::Throttle,
};

/// Sign-ins in progress that are remembered at most; about 10 MB.
const MOST_CEREMONIES: usize = 20_000;

/// The accounts pages while they run. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

/// What the pages are put together from.
pub struct Parts {
    /// People and sessions.
    pub accounts: Accounts,
    /// Templates and messages.
    pub pages: Pages,
    /// The installation's key.
    pub key: ServerKey,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The installation's address (`https://hilfe.example`); passkeys belong to its host.
    pub base_url: String,
    /// The installation's name, as authenticator apps and passkey dialogs show it.
    pub name: String,
    /// The names of centres and lists.
    pub centres: Arc<dyn CentreNames>,
    /// The trails of all services, this one's included.
    pub trails: Vec<Arc<dyn AuditTrail>>,
    /// What the services ask staff to look at.
    pub attention: Vec<Arc<dyn AttentionSource>>,
    /// What a counsellor can choose in her profile.
    pub choices: Arc<dyn ProfileChoices>,
    /// Single sign-on, where it is configured.
    pub oidc: Option<Oidc>,
}

/// The pages cannot be served with this configuration.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address does not do for passkeys.
    #[error(transparent)]
    Passkeys(#[from] PasskeyError),
    /// Passwords cannot be hashed on this machine.
    #[error(transparent)]
    Passwords(#[from] HashError),
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// Where it is done; without the language's prefix.
    pub href: String,
    /// The message that names it; it gets `count`.
    pub text: &'static str,
    /// How many; nothing is shown for none.
    pub count: u64,
}

/// A service that knows what waits for a person. One that fails gives nothing: the start page opens anyway.
#[async_trait]
pub trait AttentionSource: Send + Sync {
    /// What waits for this person, most urgent first.
    async fn for_person(&self, person: &StaffIdentity) -> Vec<Attention>;
}

/// What can be chosen in a profile, named in the page's language.
pub trait ProfileChoices: Send + Sync {
    /// Topics as (code, name).
    fn topics(&self, lang: Lang) -> Vec<(String, String)>;
    /// Languages counselled in as (BCP 47 tag, name).
    fn languages(&self, lang: Lang) -> Vec<(String, String)>;
}

/// What waits between the two requests of one browser.
pub(super) enum Ceremony {
    /// Somebody signs in with a passkey.
    SignIn(DiscoverableAuthentication),
    /// A known person proves herself with one of hers; for this session only.
    Prove { session: String, kept: PasskeyAuthentication },
    /// A person makes one.
    Make { person: String, kept: PasskeyRegistration },
}

/// Recovery codes that were made a moment ago, to be shown once.
pub(super) struct FreshCodes {
    pub(super) session: String,
    pub(super) codes: Vec<Secret<String>>,
}

struct Inner {
    parts: Parts,
    passwords: Passwords,
    passkeys: Passkeys,
    throttle: Throttle,
    ceremonies: Ceremonies<Ceremony>,
    fresh_codes: Ceremonies<FreshCodes>,
    totp_seal: Seal,
    totp_offer: Seal,
    passkey_seal: Seal,
}

impl AppState {
    /// Puts the pages together.
    pub fn new(parts: Parts) -> Result<Self, StartError> {
        Ok(Self::with(parts, Passwords::new()?)?)
    }

    pub(crate) fn with(parts: Parts, passwords: Passwords) -> Result<Self, PasskeyError> {
        Ok(Self {
            inner: Arc::new(Inner {
                passwords,
                passkeys: Passkeys::new(&parts.base_url, &parts.name)?,
                throttle: Throttle::new(parts.clock.clone()),
                ceremonies: Ceremonies::new(MOST_CEREMONIES),
                fresh_codes: Ceremonies::new(MOST_CEREMONIES),
                totp_seal: Seal::new(&parts.key, "totp"),
                totp_offer: Seal::new(&parts.key, "totp-offer"),
                passkey_seal: Seal::new(&parts.key, "passkey"),
                parts,
            }),
        })
    }

    /// Forgets counts of failed sign-ins that have drained. Called every minute.
    pub fn forget_quiet(&self) {
        self.inner.throttle.forget_quiet();
    }

    pub(super) fn accounts(&self) -> &Accounts {
        &self.inner.parts.accounts
    }

    pub(super) fn pages(&self) -> &Pages {
        &self.inner.parts.pages
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.parts.clock.now()
    }

    pub(super) fn name(&self) -> &str {
        &self.inner.parts.name
    }

    pub(super) fn centres(&self) -> &dyn CentreNames {
        self.inner.parts.centres.as_ref()
    }

    pub(super) fn trails(&self) -> &[Arc<dyn AuditTrail>] {
        &self.inner.parts.trails
    }

    pub(super) fn attention(&self) -> &[Arc<dyn AttentionSource>] {
        &self.inner.parts.attention
    }

    pub(super) fn choices(&self) -> &dyn ProfileChoices {
        self.inner.parts.choices.as_ref()
    }

    pub(super) fn oidc(&self) -> Option<&Oidc> {
        self.inner.parts.oidc.as_ref()
    }

    pub(super) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    pub(super) fn passkeys(&self) -> &Passkeys {
        &self.inner.passkeys
    }

    pub(super) fn throttle(&self) -> &Throttle {
        &self.inner.throttle
    }

    pub(super) fn ceremonies(&self) -> &Ceremonies<Ceremony> {
        &self.inner.ceremonies
    }

    pub(super) fn fresh_codes(&self) -> &Ceremonies<FreshCodes> {
        &self.inner.fresh_codes
    }

    /// Seals the secrets of authenticator apps in the database.
    pub(super) fn totp_seal(&self) -> &Seal {
        &self.inner.totp_seal
    }

    /// Seals a secret that was offered and not accepted yet, inside its form.
    pub(super) fn totp_offer(&self) -> &Seal {
        &self.inner.totp_offer
    }

    /// Seals passkeys in the database.
    pub(super) fn passkey_seal(&self) -> &Seal {
        &self.inner.passkey_seal
    }
}
