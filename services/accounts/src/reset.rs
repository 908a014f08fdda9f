//! A new password by a mailed link. Asking for one never tells whether the address is known.

use contracts::staff::Actor;
use jiff::SignedDuration;
use kernel::{Lang, Secret};

use crate::{
    Accounts, AccountsError,
    audit::Action,
    mail::MailKind,
    person::{Person, fold_mail},
    service::actor,
    token::{self, Link},
};

/// How long the link works.
pub const RESET_LASTS: SignedDuration = SignedDuration::from_hours(1);

impl Accounts {
    /// Sends a link for a new password to this address, if somebody who can sign in by password has it. The same rows
    /// are written either way; the mailer finds out that there is nobody to write to.
    pub async fn request_password_reset(&self, mail: &str, lang: Lang) -> Result<(), AccountsError> {
        let now = self.now();
        let link = self.new_link(Link::Reset, now, RESET_LASTS);
        let intent = self.intent(MailKind::PasswordReset, &link.id, lang, now).until(link.expires_at);
        self.store().request_reset(&fold_mail(mail), &link, &intent).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Whether a link for a new password works.
    pub async fn look_up_reset(&self, token: &Secret<String>) -> Result<bool, AccountsError> {
        Ok(self.person_of_reset(token).await?.is_some())
    }

    /// Sets a new password by a link, once, and answers whose it is. All her sessions end; second factors stay and are
    /// asked for at the next sign-in.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`].
    pub async fn complete_reset(
        &self,
        token: &Secret<String>,
        password_hash: &Secret<String>,
    ) -> Result<String, AccountsError> {
        let person = self.person_of_reset(token).await?.ok_or(AccountsError::LinkInvalid)?;
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(&actor(&person), Action::PasswordReset, object, "", now);
        trace.mails.push(self.intent(MailKind::PasswordChanged, &person.id, person.lang, now));
        let (hash, store) = (token::hash(token), self.store());
        store.complete_reset(hash, &person.id, password_hash.expose(), now, &trace).await?;
        self.wake_mailer();
        Ok(person.id)
    }

    /// For the command line, when somebody lost everything she signs in with and nobody else can help: takes her second
    /// factors away, ends her sessions and answers a link for a new password, which she gets by mail as well. `None`
    /// when nobody with this address signs in by password.
    pub async fn rescue(&self, mail: &str) -> Result<Option<Secret<String>>, AccountsError> {
        let person = self.store().person_by_mail(&fold_mail(mail)).await?;
        let Some(person) = person.filter(Person::may_reset_password) else { return Ok(None) };
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(&Actor::console(), Action::FactorsRemoved, object, "", now);
        let notice = self.intent(MailKind::FactorChanged, &person.id, person.lang, now);
        trace.mails.push(notice.with_detail(Action::FactorsRemoved.code()));
        self.store().remove_factors(&person.id, now, &trace).await?;

        let link = self.new_link(Link::Reset, now, RESET_LASTS);
        let intent = self.intent(MailKind::PasswordReset, &link.id, person.lang, now);
        self.store().request_reset(&person.mail, &link, &intent.until(link.expires_at)).await?;
        self.wake_mailer();
        let token = self.tokens().link(Link::Reset, &link.id);
        let (base, prefix) = (&self.settings().base_url, person.lang.path_prefix());
        Ok(Some(Secret::new(format!("{base}{prefix}/anmelden/neu#{}", token.expose()))))
    }

    async fn person_of_reset(&self, token: &Secret<String>) -> Result<Option<Person>, AccountsError> {
        let reset = self.store().reset_by_token(token::hash(token)).await?;
        let reset = reset.filter(|reset| reset.is_open(self.now()));
        let Some(id) = reset.and_then(|reset| reset.person_id) else { return Ok(None) };
        Ok(self.store().person(&id).await?.filter(Person::may_reset_password))
    }
}
