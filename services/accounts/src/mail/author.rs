//! Writing a mail at the moment it leaves.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::{Clock, Lang, ServerKey};
use mailkit::{Author, AuthorError, Intent, Mail, MailAddress};
use webkit::catalogue::CatalogueError;

use super::{
    MailKind,
    letter::{Letters, Words},
};
use crate::{
    AccountsError,
    audit::Action,
    person::{Person, PersonState},
    session::Browser,
    store::Store,
    token::{Link, Tokens},
};

/// Writes the mails of accounts.
pub struct StaffMails {
    store: Arc<dyn Store>,
    tokens: Tokens,
    clock: Arc<dyn Clock>,
    base_url: String,
    letters: Letters,
}

/// What is written to whom.
struct Draft<'a> {
    to: &'a str,
    lang: Lang,
    words: Words<'a>,
}

impl StaffMails {
    /// The author of an installation at this address (without a slash at its end).
    ///
    /// # Errors
    /// [`CatalogueError`] when the messages in the program cannot be read.
    pub fn new(
        store: Arc<dyn Store>,
        key: &ServerKey,
        clock: Arc<dyn Clock>,
        base_url: &str,
    ) -> Result<Self, CatalogueError> {
        let (tokens, base_url) = (Tokens::new(key), base_url.to_owned());
        Ok(Self { store, tokens, clock, base_url, letters: Letters::new()? })
    }

    fn link(&self, lang: Lang, path: &str, link: Link, id: &str) -> String {
        let token = self.tokens.link(link, id);
        format!("{}{}{path}#{}", self.base_url, lang.path_prefix(), token.expose())
    }

    fn finish(&self, kind: MailKind, draft: &Draft<'_>) -> Result<Option<Mail>, AuthorError> {
        let broken = |reason: &str| AuthorError::Broken { reason: reason.to_owned() };
        let letter = self.letters.write(kind, draft.lang, &draft.words);
        let letter = letter.ok_or_else(|| broken("a message or an argument of it is missing"))?;
        let to = MailAddress::parse(draft.to).map_err(|_| broken("the stored address is none"))?;
        let mail = Mail::new(to, &letter.subject, &letter.body);
        Ok(Some(mail.map_err(|_| broken("a name or a message cannot stand in a mail"))?))
    }

    async fn invitation(&self, id: &str, now: Timestamp) -> Result<Option<Mail>, Failure> {
        let Some((invitation, person)) = self.store.invitation(id).await? else { return Ok(None) };
        if !invitation.is_open(now) || person.state != PersonState::Invited {
            return Ok(None);
        }
        let link = Some(self.link(person.lang, "/einladung", Link::Invitation, id));
        let by = Some(invitation.invited_by.as_str());
        let words = Words { name: &person.name, link, by, ..Words::default() };
        let draft = Draft { to: &person.mail, lang: person.lang, words };
        Ok(self.finish(MailKind::Invitation, &draft)?)
    }

    async fn password_reset(&self, id: &str, now: Timestamp) -> Result<Option<Mail>, Failure> {
        let reset = self.store.reset(id).await?.filter(|reset| reset.is_open(now));
        let Some(person_id) = reset.and_then(|reset| reset.person_id) else { return Ok(None) };
        let person = self.store.person(&person_id).await?.filter(Person::may_reset_password);
        let Some(person) = person else { return Ok(None) };
        let link = Some(self.link(person.lang, "/anmelden/neu", Link::Reset, id));
        let words = Words { name: &person.name, link, ..Words::default() };
        let draft = Draft { to: &person.mail, lang: person.lang, words };
        Ok(self.finish(MailKind::PasswordReset, &draft)?)
    }

    async fn mail_change(&self, kind: MailKind, id: &str, now: Timestamp) -> Result<Option<Mail>, Failure> {
        let Some(change) = self.store.mail_change(id).await? else { return Ok(None) };
        let Some(person) = self.active(&change.person_id).await? else { return Ok(None) };
        let (to, link) = match kind {
            MailKind::MailChangeConfirm => {
                // whoever else has the address is not bothered, and the person who asked does not learn of it
                let taken = self.store.person_by_mail(&change.new_mail).await?.is_some();
                if taken || !change.is_open(now) {
                    return Ok(None);
                }
                let link = self.link(person.lang, "/mein-konto/mail", Link::MailChange, id);
                (&change.new_mail, Some(link))
            }
            MailKind::MailChanged if !change.confirmed => return Ok(None),
            _ => (&change.old_mail, None),
        };
        let words = Words { name: &person.name, link, ..Words::default() };
        let draft = Draft { to, lang: person.lang, words };
        Ok(self.finish(kind, &draft)?)
    }

    async fn notice(&self, kind: MailKind, intent: &Intent) -> Result<Option<Mail>, Failure> {
        let Some(person) = self.active(&intent.object_id).await? else { return Ok(None) };
        let detail = intent.detail.as_deref().unwrap_or_default();
        let said = match kind {
            MailKind::NewDevice => {
                let Browser { browser, system } = Browser::from_code(detail);
                let message = |sort: &str, code: &str| format!("mail-{sort}-{code}");
                vec![("browser", message("browser", browser)), ("system", message("system", system))]
            }
            MailKind::FactorChanged => vec![("what", factor_message(detail)?)],
            _ => Vec::new(),
        };
        let words = Words { name: &person.name, said, ..Words::default() };
        let draft = Draft { to: &person.mail, lang: person.lang, words };
        Ok(self.finish(kind, &draft)?)
    }

    async fn active(&self, person_id: &str) -> Result<Option<Person>, Failure> {
        let person = self.store.person(person_id).await?;
        Ok(person.filter(|person| person.state == PersonState::Active))
    }
}

/// The changes of factors that people are told of.
pub(super) const FACTOR_CHANGES: &[Action] = &[
    Action::TotpSet,
    Action::TotpRemoved,
    Action::RecoveryRenewed,
    Action::RecoveryUsed,
    Action::PasskeyAdded,
    Action::PasskeyRemoved,
    Action::FactorsRemoved,
    Action::OidcLinked,
    Action::OidcUnlinked,
];

fn factor_message(code: &str) -> Result<String, AuthorError> {
    let action = FACTOR_CHANGES.iter().find(|action| action.code() == code);
    let broken = || AuthorError::Broken { reason: String::from("a change of factors that is not known") };
    Ok(format!("mail-factor-{}", action.ok_or_else(broken)?.code().replace('.', "-")))
}

/// Reading failed, or writing.
enum Failure {
    Read(AccountsError),
    Write(AuthorError),
}

impl From<AccountsError> for Failure {
    fn from(error: AccountsError) -> Self {
        Self::Read(error)
    }
}

impl From<AuthorError> for Failure {
    fn from(error: AuthorError) -> Self {
        Self::Write(error)
    }
}

#[async_trait]
impl Author for StaffMails {
    async fn write(&self, intent: &Intent) -> Result<Option<Mail>, AuthorError> {
        let now = self.clock.now();
        let Some(kind) = MailKind::from_code(&intent.kind) else {
            return Err(AuthorError::Broken { reason: String::from("a kind of mail that is not known") });
        };
        let written = match kind {
            MailKind::Invitation => self.invitation(&intent.object_id, now).await,
            MailKind::PasswordReset => self.password_reset(&intent.object_id, now).await,
            MailKind::MailChangeConfirm | MailKind::MailChangeRequested | MailKind::MailChanged => {
                self.mail_change(kind, &intent.object_id, now).await
            }
            MailKind::GrantsAdded
            | MailKind::NewDevice
            | MailKind::PasswordChanged
            | MailKind::FactorChanged => self.notice(kind, intent).await,
        };
        written.map_err(|failure| match failure {
            Failure::Write(error) => error,
            // its text names tables and codes, never a value
            Failure::Read(error) => AuthorError::Unavailable { reason: error.to_string() },
        })
    }
}
