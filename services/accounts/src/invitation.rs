//! Invitations: a link by mail that works once and for seven days.
//!
//! An invited person exists from the moment she is invited, in the state `invited`; so her grants, her place in the list
//! and her handle for passkeys are the same before and after. An invitation that is taken back takes her with it.

use contracts::staff::Grant;
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Secret};
use mailkit::MailAddress;

use crate::{
    Accounts, AccountsError,
    audit::Action,
    authority::Authority,
    mail::MailKind,
    people::in_words,
    person::{Person, PersonName, PersonState, fold_mail},
    service::actor,
    store::{AcceptedInvitation, Credential, Invitation, NewPerson},
    token::{self, Link},
};

/// How long an invitation can be accepted.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Whom to invite, and to what.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Her address.
    pub mail: MailAddress,
    /// Her name, until she says herself how she wants to be seen.
    pub name: PersonName,
    /// The language of the mail.
    pub lang: Lang,
    /// What she may do; at least one grant.
    pub grants: Vec<Grant>,
}

/// What an invitation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// She is invited by mail.
    Sent {
        /// Her id.
        person_id: String,
    },
    /// She was known already: the grants were added, and she is told by mail.
    Added {
        /// Her id.
        person_id: String,
    },
}

/// An invitation as the invited person sees it.
#[derive(Debug, Clone)]
pub struct InvitationView {
    /// Its id.
    pub id: String,
    /// Her id; also her handle for passkeys.
    pub person_id: String,
    /// Her name so far.
    pub name: String,
    /// Her address.
    pub mail: String,
    /// Her language.
    pub lang: Lang,
    /// What she may do.
    pub grants: Vec<Grant>,
    /// Who invited her.
    pub invited_by: String,
    /// Until when she can accept.
    pub expires_at: Timestamp,
}

/// What an invited person says when she accepts.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// The name she wants to be seen by.
    pub name: PersonName,
    /// Her language.
    pub lang: Lang,
    /// How she will sign in.
    pub credential: Credential,
}

impl Accounts {
    /// Invites somebody by mail. Who has an account already gets the grants added.
    ///
    /// # Errors
    /// [`AccountsError::NotAllowed`] for a grant out of reach or none, [`AccountsError::MailTaken`] when the account is
    /// disabled.
    pub async fn invite(
        &self,
        authority: &Authority,
        invitation: NewInvitation,
    ) -> Result<Invited, AccountsError> {
        let grants = &invitation.grants;
        if grants.is_empty() || !grants.iter().all(|grant| authority.covers(grant)) {
            return Err(AccountsError::NotAllowed);
        }
        let now = self.now();
        let mail = fold_mail(invitation.mail.as_str());
        if let Some(person) = self.store().person_by_mail(&mail).await? {
            return self.add_grants(authority, &person, grants).await;
        }
        let person = NewPerson {
            id: self.new_id(),
            name: invitation.name.as_str().to_owned(),
            mail,
            lang: invitation.lang,
            grants: invitation.grants,
        };
        let link = self.new_link(Link::Invitation, now, INVITATION_LASTS);
        let object = (person.id.as_str(), person.name.as_str());
        let grants = in_words(&person.grants);
        let mut trace = self.trace(authority.actor(), Action::PersonInvited, object, grants, now);
        trace.mails.push(self.intent(MailKind::Invitation, &link.id, person.lang, now));
        self.store().invite(&person, &link, authority.actor(), &trace).await?;
        self.wake_mailer();
        Ok(Invited::Sent { person_id: person.id })
    }

    async fn add_grants(
        &self,
        authority: &Authority,
        person: &Person,
        grants: &[Grant],
    ) -> Result<Invited, AccountsError> {
        if person.state == PersonState::Disabled {
            return Err(AccountsError::MailTaken);
        }
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(authority.actor(), Action::GrantsChanged, object, in_words(grants), now);
        // who is only invited so far sees her grants when she accepts
        if person.state == PersonState::Active {
            trace.mails.push(self.intent(MailKind::GrantsAdded, &person.id, person.lang, now));
        }
        self.store().add_grants(&person.id, grants, now, &trace).await?;
        self.wake_mailer();
        Ok(Invited::Added { person_id: person.id.clone() })
    }

    /// Sends a new link to somebody who has not accepted yet; the earlier one stops working.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn resend_invitation(
        &self,
        authority: &Authority,
        person_id: &str,
    ) -> Result<(), AccountsError> {
        let person = self.governed(authority, person_id).await?;
        let now = self.now();
        let link = self.new_link(Link::Invitation, now, INVITATION_LASTS);
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(authority.actor(), Action::InvitationRenewed, object, "", now);
        trace.mails.push(self.intent(MailKind::Invitation, &link.id, person.lang, now));
        let store = self.store();
        store.renew_invitation(person_id, authority.reach(), &link, authority.actor(), &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// Takes an invitation back; a mail that was not sent yet never leaves.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn withdraw_invitation(
        &self,
        authority: &Authority,
        person_id: &str,
    ) -> Result<(), AccountsError> {
        let person = self.governed(authority, person_id).await?;
        let object = (person.id.as_str(), person.name.as_str());
        let trace = self.trace(authority.actor(), Action::InvitationWithdrawn, object, "", self.now());
        self.store().withdraw_invitation(person_id, authority.reach(), &trace).await
    }

    /// The invitation behind a link.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`].
    pub async fn look_up_invitation(&self, token: &Secret<String>) -> Result<InvitationView, AccountsError> {
        let (invitation, person) = self.open_invitation(token).await?;
        Ok(InvitationView {
            id: invitation.id,
            person_id: person.id,
            name: person.name,
            mail: person.mail,
            lang: person.lang,
            grants: person.grants,
            invited_by: invitation.invited_by,
            expires_at: invitation.expires_at,
        })
    }

    /// Lets an invited person in, and answers her id. The link is used up.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`], [`AccountsError::CredentialTaken`].
    pub async fn accept_invitation(
        &self,
        token: &Secret<String>,
        acceptance: Acceptance,
    ) -> Result<String, AccountsError> {
        let (invitation, person) = self.open_invitation(token).await?;
        self.accept(&invitation, &person, acceptance).await
    }

    /// Lets in a person whose address somebody trustworthy verified, if she is invited.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`] when nobody with this address is invited, [`AccountsError::CredentialTaken`].
    pub async fn accept_invitation_by_mail(
        &self,
        verified_mail: &str,
        acceptance: Acceptance,
    ) -> Result<String, AccountsError> {
        let found = self.store().open_invitation_of(&fold_mail(verified_mail)).await?;
        let (invitation, person) = self.still_open(found)?;
        self.accept(&invitation, &person, acceptance).await
    }

    async fn open_invitation(&self, token: &Secret<String>) -> Result<(Invitation, Person), AccountsError> {
        let found = self.store().invitation_by_token(token::hash(token)).await?;
        self.still_open(found)
    }

    fn still_open(&self, found: Option<(Invitation, Person)>) -> Result<(Invitation, Person), AccountsError> {
        found
            .filter(|(invitation, person)| {
                invitation.is_open(self.now()) && person.state == PersonState::Invited
            })
            .ok_or(AccountsError::LinkInvalid)
    }

    async fn accept(
        &self,
        invitation: &Invitation,
        person: &Person,
        acceptance: Acceptance,
    ) -> Result<String, AccountsError> {
        let now = self.now();
        let accepted = AcceptedInvitation {
            name: acceptance.name.as_str().to_owned(),
            lang: acceptance.lang.tag(),
            credential: acceptance.credential,
            passkey_id: self.new_id(),
        };
        let mut by = actor(person);
        by.name.clone_from(&accepted.name);
        let trace = self.trace(&by, Action::InvitationAccepted, (&person.id, &accepted.name), "", now);
        self.store().accept_invitation(invitation, &accepted, now, &trace).await?;
        Ok(person.id.clone())
    }
}
