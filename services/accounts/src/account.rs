//! What people change about their own accounts: profile, password, second factors, passkeys.

use kernel::{Lang, Secret};

use crate::{
    Accounts, AccountsError,
    audit::Action,
    mail::MailKind,
    person::PersonName,
    session::Owner,
    store::{NewPasskey, Passkey, ProfileChange, TotpRecord, Trace},
};

/// An account as its owner sees it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Her id.
    pub id: String,
    /// Her name.
    pub name: String,
    /// Her address.
    pub mail: String,
    /// Her language.
    pub lang: Lang,
    /// The languages she counsels in.
    pub languages: Vec<String>,
    /// Her topics.
    pub topics: Vec<String>,
    /// How she signs in.
    pub factors: Factors,
    /// The address that waits for her confirmation.
    pub pending_mail: Option<String>,
}

/// How somebody signs in.
#[derive(Debug, Clone)]
pub struct Factors {
    /// Whether she has a password.
    pub password: bool,
    /// Whether she has an authenticator app.
    pub totp: bool,
    /// Her passkeys.
    pub passkeys: Vec<Passkey>,
    /// How many recovery codes are left.
    pub recovery_left: u32,
    /// Whether an account at an identity provider is linked.
    pub oidc: bool,
    /// Whether she may not be without a second factor.
    pub required: bool,
}

/// What somebody says about herself.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Her name as colleagues and seekers see it.
    pub name: PersonName,
    /// The language mails to her are written in.
    pub lang: Lang,
    /// The languages she counsels in, as BCP 47 tags.
    pub languages: Vec<String>,
    /// The codes of her topics.
    pub topics: Vec<String>,
}

/// The longest name of a passkey.
const PASSKEY_NAME: usize = 100;

/// A passkey's name on one line, cut where the database would refuse it.
fn passkey_name(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(PASSKEY_NAME).collect();
    if name.is_empty() { String::from("Passkey") } else { name }
}

/// Codes without blanks and repetitions, in the order given.
fn codes(mut codes: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    codes.retain(|code| {
        let usable = !code.is_empty() && !code.contains(char::is_whitespace) && !seen.contains(code);
        seen.push(code.clone());
        usable
    });
    codes
}

impl Accounts {
    /// Her own account.
    pub async fn account(&self, owner: &Owner) -> Result<Account, AccountsError> {
        owner.must_be_complete()?;
        let person = self.own(owner).await?;
        let passkeys = self.store().passkeys(&person.id).await?;
        let change = self.store().open_mail_change_of(&person.id).await?;
        let now = self.now();
        Ok(Account {
            factors: Factors {
                password: person.password_hash.is_some(),
                totp: person.totp,
                passkeys,
                recovery_left: person.recovery_left,
                oidc: person.oidc.is_some(),
                required: person.must_keep_second_factor(),
            },
            pending_mail: change.filter(|change| change.is_open(now)).map(|change| change.new_mail),
            id: person.id,
            name: person.name,
            mail: person.mail,
            lang: person.lang,
            languages: person.languages,
            topics: person.topics,
        })
    }

    /// Changes what she says about herself.
    pub async fn change_profile(&self, owner: &Owner, profile: Profile) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let now = self.now();
        let change = ProfileChange {
            name: profile.name.as_str().to_owned(),
            lang: profile.lang,
            languages: codes(profile.languages),
            topics: codes(profile.topics),
        };
        let trace = self.trace(&owner.actor(), Action::ProfileChanged, owner.object(), "", now);
        self.store().change_profile(owner.person_id(), &change, now, &trace).await
    }

    /// Sets her password: all her other sessions end, and she is told by mail.
    pub async fn set_password(&self, owner: &Owner, hash: &Secret<String>) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let person = self.own(owner).await?;
        let now = self.now();
        let mut trace = self.trace(&owner.actor(), Action::PasswordChanged, owner.object(), "", now);
        trace.mails.push(self.intent(MailKind::PasswordChanged, &person.id, person.lang, now));
        let keep = owner.session_id();
        self.store().set_password(&person.id, hash.expose(), keep, now, &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Sets her authenticator app after its first code was right; `step` is that code's, so it cannot be used again.
    ///
    /// # Errors
    /// [`AccountsError::FactorExists`] for a pending session when there is a second factor already.
    pub async fn set_totp(&self, owner: &Owner, sealed: Vec<u8>, step: u64) -> Result<(), AccountsError> {
        let trace = self.factor_trace(owner, Action::TotpSet, "").await?;
        let totp = TotpRecord { sealed, last_step: step };
        let first = !owner.is_complete();
        self.store().set_totp(owner.person_id(), &totp, first, self.now(), &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Takes her authenticator app away.
    ///
    /// # Errors
    /// [`AccountsError::LastSecondFactor`], [`AccountsError::NotFound`].
    pub async fn remove_totp(&self, owner: &Owner) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let trace = self.factor_trace(owner, Action::TotpRemoved, "").await?;
        self.store().remove_totp(owner.person_id(), self.now(), &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Sets her recovery codes in place of the earlier ones.
    pub async fn replace_recovery_codes(
        &self,
        owner: &Owner,
        codes: &[Secret<String>],
    ) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let trace = self.factor_trace(owner, Action::RecoveryRenewed, "").await?;
        let hash = |code| self.tokens().recovery(owner.person_id(), code);
        let hashes: Vec<_> = codes.iter().map(hash).collect();
        self.store().replace_recovery_codes(owner.person_id(), &hashes, self.now(), &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Adds a passkey and answers its id.
    ///
    /// # Errors
    /// [`AccountsError::FactorExists`] for a pending session when there is a second factor already,
    /// [`AccountsError::CredentialTaken`].
    pub async fn add_passkey(&self, owner: &Owner, passkey: NewPasskey) -> Result<String, AccountsError> {
        let passkey = NewPasskey { name: passkey_name(&passkey.name), ..passkey };
        let trace = self.factor_trace(owner, Action::PasskeyAdded, &passkey.name).await?;
        let (id, first) = (self.new_id(), !owner.is_complete());
        self.store().add_passkey(owner.person_id(), &id, &passkey, first, self.now(), &trace).await?;
        self.wake_mailer();
        Ok(id)
    }

    /// Gives one of her passkeys another name.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn rename_passkey(&self, owner: &Owner, id: &str, name: &str) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let name = passkey_name(name);
        let now = self.now();
        let trace = self.trace(&owner.actor(), Action::PasskeyRenamed, owner.object(), &name, now);
        self.store().rename_passkey(owner.person_id(), id, &name, &trace).await
    }

    /// Removes one of her passkeys.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`], [`AccountsError::LastSecondFactor`].
    pub async fn remove_passkey(&self, owner: &Owner, id: &str) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let trace = self.factor_trace(owner, Action::PasskeyRemoved, "").await?;
        self.store().remove_passkey(owner.person_id(), id, &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Links her account at an identity provider.
    ///
    /// # Errors
    /// [`AccountsError::FactorExists`] when one is linked, [`AccountsError::CredentialTaken`].
    pub async fn link_oidc(&self, owner: &Owner, issuer: &str, subject: &str) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let trace = self.factor_trace(owner, Action::OidcLinked, "").await?;
        let oidc = Some((issuer, subject));
        self.store().set_oidc(owner.person_id(), oidc, self.now(), &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Unlinks her account at the identity provider.
    ///
    /// # Errors
    /// [`AccountsError::LastSecondFactor`] when it is the last way to sign in, [`AccountsError::NotFound`].
    pub async fn unlink_oidc(&self, owner: &Owner) -> Result<(), AccountsError> {
        owner.must_be_complete()?;
        let trace = self.factor_trace(owner, Action::OidcUnlinked, "").await?;
        self.store().set_oidc(owner.person_id(), None, self.now(), &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// The trail's line about a factor, and the notice to its owner.
    async fn factor_trace(
        &self,
        owner: &Owner,
        action: Action,
        detail: &str,
    ) -> Result<Trace, AccountsError> {
        let person = self.own(owner).await?;
        let now = self.now();
        let mut trace = self.trace(&owner.actor(), action, owner.object(), detail, now);
        let notice = self.intent(MailKind::FactorChanged, &person.id, person.lang, now);
        trace.mails.push(notice.with_detail(action.code()));
        Ok(trace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_passkeys_are_one_line_that_fits() {
        assert_eq!(passkey_name("  my\n  phone "), "my phone");
        assert_eq!(passkey_name(" \u{0} "), "Passkey");
        assert_eq!(passkey_name(&"ä".repeat(300)).chars().count(), PASSKEY_NAME);
    }

    #[test]
    fn codes_are_kept_once_and_only_if_they_can_be_told_apart() {
        let given = ["de", "tr", "de", "", "a b"].map(String::from).to_vec();
        assert_eq!(codes(given), ["de", "tr"]);
    }
}
