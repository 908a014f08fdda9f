//! Finding who wants to sign in. Whether the person exists changes neither the way nor the work.

use kernel::Secret;

use crate::{
    Accounts, AccountsError,
    audit::Action,
    mail::MailKind,
    person::{Person, PersonState, fold_mail},
    service::actor,
    session::Owner,
    store::{Passkey, SignInRecord, TotpRecord},
};

fn active(person: Option<Person>) -> Option<Person> {
    person.filter(|person| person.state == PersonState::Active)
}

impl Accounts {
    /// The person with this address, if she can sign in.
    pub async fn sign_in_record(&self, mail: &str) -> Result<Option<SignInRecord>, AccountsError> {
        self.store().sign_in_record(&fold_mail(mail)).await
    }

    /// The id of the person with this account at an identity provider, if she can sign in.
    pub async fn person_by_oidc(&self, issuer: &str, subject: &str) -> Result<Option<String>, AccountsError> {
        Ok(active(self.store().person_by_oidc(issuer, subject).await?).map(|person| person.id))
    }

    /// Links an account at an identity provider to the person with an address that the provider verified, and answers
    /// her id; `None` when there is no such person or another account of hers is linked.
    ///
    /// # Errors
    /// [`AccountsError::CredentialTaken`].
    pub async fn link_oidc_by_verified_mail(
        &self,
        verified_mail: &str,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<String>, AccountsError> {
        let person = active(self.store().person_by_mail(&fold_mail(verified_mail)).await?);
        let Some(person) = person else { return Ok(None) };
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(&actor(&person), Action::OidcLinked, object, "verified mail", now);
        let notice = self.intent(MailKind::FactorChanged, &person.id, person.lang, now);
        trace.mails.push(notice.with_detail(Action::OidcLinked.code()));
        match self.store().set_oidc(&person.id, Some((issuer, subject)), now, &trace).await {
            Ok(()) => {
                self.wake_mailer();
                Ok(Some(person.id))
            }
            Err(AccountsError::FactorExists | AccountsError::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The passkey with this credential, if its owner can sign in.
    pub async fn passkey_by_credential(
        &self,
        credential_id: &[u8],
    ) -> Result<Option<Passkey>, AccountsError> {
        self.store().passkey_by_credential(credential_id).await
    }

    /// The passkeys of a person, the oldest first.
    pub async fn passkeys(&self, person_id: &str) -> Result<Vec<Passkey>, AccountsError> {
        self.store().passkeys(person_id).await
    }

    /// Notes that a passkey was used, with the credential, sealed, as it is after that.
    pub async fn passkey_used(&self, id: &str, body: &[u8]) -> Result<(), AccountsError> {
        self.store().passkey_used(id, body, self.now()).await
    }

    /// The authenticator app of a person who can sign in.
    pub async fn totp(&self, person_id: &str) -> Result<Option<TotpRecord>, AccountsError> {
        self.store().totp(person_id).await
    }

    /// Uses up the step of a code that was right. `false`: it or a later one was used before, so the code does not
    /// count.
    pub async fn take_totp_step(&self, person_id: &str, step: u64) -> Result<bool, AccountsError> {
        self.store().take_totp_step(person_id, step).await
    }

    /// Uses up a recovery code; `false` when it is none of hers or was used before. She is told by mail.
    pub async fn use_recovery_code(
        &self,
        person_id: &str,
        code: &Secret<String>,
    ) -> Result<bool, AccountsError> {
        let Some(person) = active(self.store().person(person_id).await?) else { return Ok(false) };
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(&actor(&person), Action::RecoveryUsed, object, "", now);
        let notice = self.intent(MailKind::FactorChanged, &person.id, person.lang, now);
        trace.mails.push(notice.with_detail(Action::RecoveryUsed.code()));
        let hash = self.tokens().recovery(person_id, code);
        let used = self.store().use_recovery_code(person_id, hash, now, &trace).await?;
        self.wake_mailer();
        Ok(used)
    }

    /// The hash of her password, to prove once more who she is.
    pub async fn password_hash(&self, owner: &Owner) -> Result<Option<Secret<String>>, AccountsError> {
        Ok(self.own(owner).await?.password_hash)
    }

    /// The person behind an owner, as she is now.
    pub(crate) async fn own(&self, owner: &Owner) -> Result<Person, AccountsError> {
        active(self.store().person(owner.person_id()).await?).ok_or(AccountsError::SessionEnded)
    }
}
