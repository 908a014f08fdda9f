//! Sessions: a random cookie, known here by its hash, that ends after 30 minutes without a click and after 10 hours in
//! any case.
//!
//! A session whose owner still owes a second factor is a [`PendingSession`]: another type, which no other service ever
//! sees.

use async_trait::async_trait;
use contracts::staff::{Actor, SessionsUnavailable, StaffIdentity, StaffSessions};
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Secret};

use crate::{
    Accounts, AccountsError,
    audit::Action,
    mail::MailKind,
    person::{Person, PersonState},
    store::{NewSession, SessionLimits, SessionRecord},
    token,
};

/// A session ends so long after the last click.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// A session ends so long after signing in, whatever happens.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(10);
/// So long a session may owe its second factor.
pub const PENDING: SignedDuration = SignedDuration::from_mins(30);
/// Activity is written down at most this often.
const TOUCH_AFTER: SignedDuration = SignedDuration::from_mins(1);
/// Characters of a cookie: 256 bits in base64url.
const COOKIE_LENGTH: usize = 43;

/// The family of a browser and of the system it runs on: codes that pages have messages for. Nothing finer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Browser {
    /// `firefox`, `chrome`, `safari`, `edge` or `other`.
    pub browser: &'static str,
    /// `linux`, `windows`, `macos`, `android`, `ios` or `other`.
    pub system: &'static str,
}

/// Marks in the header, in the order in which they decide: Edge calls itself Chrome too, and Chrome calls itself Safari.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "edge"),
    ("Firefox/", "firefox"),
    ("FxiOS/", "firefox"),
    ("CriOS/", "chrome"),
    ("Chrome/", "chrome"),
    ("Safari/", "safari"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("Android", "android"),
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Windows", "windows"),
    ("Mac OS X", "macos"),
    ("Linux", "linux"),
];
const OTHER: &str = "other";

impl Browser {
    /// What the header `User-Agent` tells.
    pub fn of(user_agent: &str) -> Self {
        let family = |marks: &[(&str, &'static str)]| {
            marks.iter().find(|(mark, _)| user_agent.contains(mark)).map_or(OTHER, |(_, code)| code)
        };
        Self { browser: family(BROWSERS), system: family(SYSTEMS) }
    }

    fn code(self) -> String {
        format!("{} {}", self.browser, self.system)
    }

    pub(crate) fn from_code(code: &str) -> Self {
        let (browser, system) = code.split_once(' ').unwrap_or_default();
        let known = |marks: &[(&str, &'static str)], code: &str| {
            marks.iter().find(|(_, known)| *known == code).map_or(OTHER, |(_, known)| known)
        };
        Self { browser: known(BROWSERS, browser), system: known(SYSTEMS, system) }
    }
}

/// How somebody signed in.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Whether a second factor was proven; a passkey that checked its user counts.
    pub second_factor: bool,
    /// The browser.
    pub browser: Browser,
    /// The value of the device cookie, if one came along.
    pub device: Option<Secret<String>>,
}

/// A session that began.
#[derive(Debug)]
pub struct Started {
    /// The value of the session's cookie.
    pub cookie: Secret<String>,
    /// The value of the device cookie to set, when the one that came along is missing or nobody's.
    pub device: Option<Secret<String>>,
}

/// Where a session stands.
#[derive(Debug)]
pub enum Standing {
    /// Everything was proven.
    Complete(StaffIdentity),
    /// A second factor is missing.
    Pending(PendingSession),
}

/// Somebody who is only half signed in.
#[derive(Debug, Clone)]
pub struct PendingSession {
    /// Her id.
    pub person_id: String,
    /// The session's id.
    pub session_id: String,
    /// Her name.
    pub name: String,
    /// Her language.
    pub lang: Lang,
    /// The token that forms of this session carry.
    pub form_token: Secret<String>,
    /// What is missing.
    pub need: PendingNeed,
}

/// What a pending session needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingNeed {
    /// To prove one of these.
    Prove {
        /// A code of the authenticator app.
        totp: bool,
        /// A passkey.
        passkey: bool,
        /// A recovery code.
        recovery: bool,
    },
    /// To set up a second factor: there is none yet.
    SetUp,
}

impl PendingSession {
    /// The person as the owner of her account. All she can do is to add her first second factor.
    pub fn owner(&self) -> Owner {
        Owner {
            person_id: self.person_id.clone(),
            session_id: self.session_id.clone(),
            name: self.name.clone(),
            complete: false,
        }
    }
}

/// Whose account is to be changed, and through which session.
#[derive(Debug, Clone)]
pub struct Owner {
    person_id: String,
    session_id: String,
    name: String,
    complete: bool,
}

impl From<&StaffIdentity> for Owner {
    fn from(identity: &StaffIdentity) -> Self {
        Self {
            person_id: identity.person_id.clone(),
            session_id: identity.session_id.clone(),
            name: identity.name.clone(),
            complete: true,
        }
    }
}

impl Owner {
    /// Her id.
    pub fn person_id(&self) -> &str {
        &self.person_id
    }

    pub(crate) fn session_id(&self) -> &str {
        &self.session_id
    }

    pub(crate) const fn is_complete(&self) -> bool {
        self.complete
    }

    pub(crate) fn object(&self) -> (&str, &str) {
        (&self.person_id, &self.name)
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor { person_id: self.person_id.clone(), name: self.name.clone() }
    }

    /// Whoever owes her second factor may not do this.
    pub(crate) const fn must_be_complete(&self) -> Result<(), AccountsError> {
        if self.complete { Ok(()) } else { Err(AccountsError::SessionEnded) }
    }
}

/// A session in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Its id.
    pub id: String,
    /// The browser.
    pub browser: Browser,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last active, to the minute.
    pub last_seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Where sessions run out at this time.
pub(crate) fn limits(now: Timestamp) -> SessionLimits {
    SessionLimits { created: now - ABSOLUTE, seen: now - IDLE }
}

/// Whether everything was proven that this person has to prove.
fn is_complete(session: &SessionRecord) -> bool {
    session.second_factor || !session.person.needs_second_factor()
}

/// Whether a session still counts.
fn is_alive(session: &SessionRecord, now: Timestamp) -> bool {
    let limits = limits(now);
    !session.ended
        && session.person.state == PersonState::Active
        && session.created_at > limits.created
        && session.last_seen_at > limits.seen
        && (is_complete(session) || session.created_at > now - PENDING)
}

fn need(person: &Person) -> PendingNeed {
    if person.has_second_factor() {
        let (totp, passkey) = (person.totp, person.passkeys > 0);
        PendingNeed::Prove { totp, passkey, recovery: person.recovery_left > 0 }
    } else {
        PendingNeed::SetUp
    }
}

impl Accounts {
    /// Begins a session of a person whose first factor was checked. When she has not used this browser before, she is
    /// told by mail.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] when she cannot sign in.
    pub async fn start_session(&self, person_id: &str, sign_in: SignIn) -> Result<Started, AccountsError> {
        let person = self.store().person(person_id).await?.ok_or(AccountsError::NotFound)?;
        let now = self.now();
        let (cookie, fresh_device) = (token::random(), token::random());
        let session = NewSession {
            id: self.new_id(),
            person_id: person.id.clone(),
            token_hash: token::hash(&cookie),
            second_factor: sign_in.second_factor,
            browser: sign_in.browser.code(),
            at: now,
            device: sign_in.device.as_ref().map(token::hash),
            fresh_device: token::hash(&fresh_device),
        };
        let actor = crate::service::actor(&person);
        let object = (person.id.as_str(), person.name.as_str());
        let trace = self.trace(&actor, Action::SessionStarted, object, sign_in.browser.code(), now);
        let notice = self.intent(MailKind::NewDevice, &person.id, person.lang, now);
        let notice = notice.with_detail(sign_in.browser.code());
        let device = self.store().start_session(&session, &trace, &notice).await?;
        self.wake_mailer();
        Ok(Started { cookie, device: device.fresh.then_some(fresh_device) })
    }

    /// Whether the person signed in with this browser before.
    pub async fn knows_device(
        &self,
        person_id: &str,
        device: &Secret<String>,
    ) -> Result<bool, AccountsError> {
        self.store().knows_device(person_id, token::hash(device)).await
    }

    /// Where the session behind a cookie stands; `None` when there is none that counts. Asking counts as activity.
    pub async fn standing(&self, cookie: &Secret<String>) -> Result<Option<Standing>, AccountsError> {
        if cookie.expose().len() != COOKIE_LENGTH {
            return Ok(None);
        }
        let now = self.now();
        let session = self.store().session_by_token(token::hash(cookie)).await?;
        let Some(session) = session.filter(|session| is_alive(session, now)) else { return Ok(None) };
        if now.duration_since(session.last_seen_at) >= TOUCH_AFTER
            && let Err(error) = self.store().touch_session(&session.id, now).await
        {
            // the session only ends earlier than it would have
            tracing::warn!(%error, "the activity of a session could not be noted");
        }
        let form_token = self.tokens().form(cookie);
        Ok(Some(if is_complete(&session) {
            Standing::Complete(StaffIdentity {
                person_id: session.person.id,
                session_id: session.id,
                name: session.person.name,
                grants: session.person.grants,
                authenticated_at: session.authenticated_at,
                form_token,
            })
        } else {
            Standing::Pending(PendingSession {
                need: need(&session.person),
                person_id: session.person.id,
                session_id: session.id,
                name: session.person.name,
                lang: session.person.lang,
                form_token,
            })
        }))
    }

    /// Gives a session a new cookie after its owner proved who she is: with a second factor, with one she just set up,
    /// or once more. The earlier cookie stops working.
    ///
    /// # Errors
    /// [`AccountsError::SessionEnded`].
    pub async fn renew_session(
        &self,
        session_id: &str,
        second_factor: bool,
    ) -> Result<Secret<String>, AccountsError> {
        let now = self.now();
        let session = self.store().session(session_id).await?;
        let session = session.filter(|session| is_alive(session, now)).ok_or(AccountsError::SessionEnded)?;
        let cookie = token::random();
        let person = &session.person;
        let actor = crate::service::actor(person);
        let trace = self.trace(&actor, Action::SessionRenewed, (&person.id, &person.name), "", now);
        let hash = token::hash(&cookie);
        self.store().renew_session(session_id, hash, second_factor, limits(now), now, &trace).await?;
        Ok(cookie)
    }

    /// Ends the session behind a cookie. One that does not count any more stays ended.
    pub async fn sign_out(&self, cookie: &Secret<String>) -> Result<(), AccountsError> {
        let session = self.store().session_by_token(token::hash(cookie)).await?;
        let Some(session) = session.filter(|session| !session.ended) else { return Ok(()) };
        let (person, now) = (&session.person, self.now());
        let actor = crate::service::actor(person);
        let trace = self.trace(&actor, Action::SessionEnded, (&person.id, &person.name), "", now);
        match self.store().end_session(&person.id, &session.id, now, &trace).await {
            // somebody else ended it in the same moment
            Err(AccountsError::NotFound) => Ok(()),
            other => other,
        }
    }

    /// The sessions of a person, the last active first.
    pub async fn sessions(&self, owner: &Owner) -> Result<Vec<SessionView>, AccountsError> {
        owner.must_be_complete()?;
        let sessions = self.store().open_sessions(owner.person_id(), limits(self.now())).await?;
        let view = |session: crate::store::OpenSession| SessionView {
            current: session.id == owner.session_id(),
            browser: Browser::from_code(&session.browser),
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            id: session.id,
        };
        Ok(sessions.into_iter().map(view).collect())
    }

    /// Ends one of her own sessions.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn end_session(&self, owner: &Owner, session_id: &str) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let now = self.now();
        let trace = self.trace(&owner.actor(), Action::SessionEnded, owner.object(), "", now);
        self.store().end_session(owner.person_id(), session_id, now, &trace).await
    }

    /// Ends all her sessions but this one, and answers how many there were.
    pub async fn end_other_sessions(&self, owner: &Owner) -> Result<u64, AccountsError> {
        owner.must_be_complete()?;
        let now = self.now();
        let trace = self.trace(&owner.actor(), Action::OthersEnded, owner.object(), "", now);
        self.store().end_other_sessions(owner.person_id(), owner.session_id(), now, &trace).await
    }
}

#[async_trait]
impl StaffSessions for Accounts {
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable> {
        match self.standing(cookie).await {
            Ok(Some(Standing::Complete(identity))) => Ok(Some(identity)),
            Ok(Some(Standing::Pending(_)) | None) => Ok(None),
            Err(error) => {
                tracing::error!(%error, "staff sessions cannot be checked");
                Err(SessionsUnavailable)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart_by_family() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ("firefox", "linux")),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                ("edge", "windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
                ("safari", "ios"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36",
                ("chrome", "android"),
            ),
            ("curl/8.0", ("other", "other")),
        ];
        for (header, (browser, system)) in cases {
            let found = Browser::of(header);
            assert_eq!((found.browser, found.system), (browser, system));
            assert_eq!(Browser::from_code(&found.code()), found);
        }
        assert_eq!(Browser::from_code("<script> x"), Browser { browser: OTHER, system: OTHER });
    }
}
