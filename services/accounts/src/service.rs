//! The accounts service as the rest of the program holds it, and what all its use cases share.

use std::sync::{Arc, OnceLock};

use contracts::{
    audit::{AuditEntry, AuditObject},
    staff::Actor,
};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, Ids, Lang, ServerKey};
use mailkit::{Intent, Waker};

use crate::{
    audit::Action,
    mail::MailKind,
    person::Person,
    store::{NewLink, Store, Trace},
    token::{self, Link, Tokens},
};

/// What the operator decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address of the installation without a slash at its end: links in mails begin with it.
    pub base_url: String,
    /// How many days the trail is kept.
    pub audit_days: u32,
}

/// What the service needs from outside.
pub struct Parts<'a> {
    /// The installation's key.
    pub key: &'a ServerKey,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn Ids>,
    /// What the operator decides.
    pub settings: Settings,
}

/// People, sign-in, sessions. Cheap to clone.
#[derive(Clone)]
pub struct Accounts(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    tokens: Tokens,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    settings: Settings,
    mailer: OnceLock<Waker>,
}

impl Accounts {
    /// The service on a store.
    pub fn new(store: Arc<dyn Store>, parts: Parts<'_>) -> Self {
        let Parts { key, clock, ids, settings } = parts;
        let tokens = Tokens::new(key);
        Self(Arc::new(Inner { store, tokens, clock, ids, settings, mailer: OnceLock::new() }))
    }

    /// Says whom to call when a mail was queued; without, it waits until the mailer looks by itself. Only the first call
    /// counts.
    pub fn call_mailer(&self, waker: Waker) {
        // a second mailer on the same queue finds its mails by looking
        let _ = self.0.mailer.set(waker);
    }

    /// What the operator decided.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn new_id(&self) -> String {
        self.0.ids.next(self.0.clock.as_ref())
    }

    /// To be called after a commit that queued mails.
    pub(crate) fn wake_mailer(&self) {
        if let Some(waker) = self.0.mailer.get() {
            waker.wake();
        }
    }

    /// A new link of this kind.
    pub(crate) fn new_link(&self, link: Link, now: Timestamp, lifetime: SignedDuration) -> NewLink {
        let id = self.new_id();
        let token_hash = token::hash(&self.tokens().link(link, &id));
        NewLink { id, token_hash, created_at: now, expires_at: now + lifetime }
    }

    /// A mail about something, due at once.
    pub(crate) fn intent(&self, kind: MailKind, object_id: &str, lang: Lang, now: Timestamp) -> Intent {
        Intent::now(self.new_id(), kind.code(), object_id, lang, now)
    }

    /// The trail's line about something done to a person.
    pub(crate) fn trace(
        &self,
        actor: &Actor,
        action: Action,
        person: (&str, &str),
        detail: impl Into<String>,
        now: Timestamp,
    ) -> Trace {
        let (id, name) = person;
        let object = AuditObject { kind: String::from("person"), id: id.to_owned(), name: name.to_owned() };
        let audit = AuditEntry {
            id: self.new_id(),
            at: now,
            actor: actor.clone(),
            action: action.code().to_owned(),
            object,
            detail: detail.into(),
        };
        Trace { audit: Some(audit), mails: Vec::new() }
    }
}

/// A person as the author of a change of her own.
pub(crate) fn actor(person: &Person) -> Actor {
    Actor { person_id: person.id.clone(), name: person.name.clone() }
}
