//! Administrating people: who there is, what they may do, who may sign in.

use contracts::staff::Grant;
use jiff::Timestamp;
use kernel::Lang;

pub use crate::store::PeopleQuery;
use crate::{
    Accounts, AccountsError,
    audit::Action,
    authority::Authority,
    mail::MailKind,
    person::{Person, PersonState},
    store::PersonEntry,
};

/// A person as somebody who administrates people sees her.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Her id.
    pub id: String,
    /// Her name.
    pub name: String,
    /// Her address.
    pub mail: String,
    /// Her language.
    pub lang: Lang,
    /// Where she stands.
    pub state: PersonState,
    /// What she may do, as far as the authority reaches.
    pub grants: Vec<Grant>,
    /// Whether all she may do lies within reach: only then can she be disabled, signed out and invited again.
    pub governed: bool,
    /// Whether a second factor is required of her, by her grants or besides.
    pub second_factor_required: bool,
    /// Whether she has one.
    pub second_factor: bool,
    /// Until when she can accept her invitation, or could.
    pub invitation_expires_at: Option<Timestamp>,
    /// Whether the mail with her invitation could not be delivered and is not tried any more. Only a look at one person
    /// finds out.
    pub invitation_given_up: bool,
    /// When she was invited.
    pub created_at: Timestamp,
}

/// One page of the list of people.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    /// The people.
    pub people: Vec<PersonView>,
    /// How many there are on all pages.
    pub total: u64,
}

/// Grants as they stand in the trail: codes and ids.
pub(crate) fn in_words(grants: &[Grant]) -> String {
    let word = |grant: &Grant| match grant.scope() {
        Some(scope) => format!("{}:{scope}", grant.role()),
        None => grant.role().to_owned(),
    };
    grants.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn view(authority: &Authority, entry: PersonEntry) -> PersonView {
    let PersonEntry { person, invitation_expires_at } = entry;
    let governed = authority.reach().governs(&person.grants);
    let second_factor_required = person.must_keep_second_factor();
    let second_factor = person.has_second_factor();
    let grants = person.grants.into_iter().filter(|grant| authority.covers(grant)).collect();
    PersonView {
        id: person.id,
        name: person.name,
        mail: person.mail,
        lang: person.lang,
        state: person.state,
        grants,
        governed,
        second_factor_required,
        second_factor,
        invitation_expires_at,
        invitation_given_up: false,
        created_at: person.created_at,
    }
}

impl Accounts {
    /// The people within reach that the query asks for, by name.
    pub async fn people(
        &self,
        authority: &Authority,
        query: &PeopleQuery,
    ) -> Result<PeoplePage, AccountsError> {
        let (people, total) = self.store().people(authority.reach(), query).await?;
        Ok(PeoplePage { people: people.into_iter().map(|entry| view(authority, entry)).collect(), total })
    }

    /// A person within reach.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn person(&self, authority: &Authority, person_id: &str) -> Result<PersonView, AccountsError> {
        let person = self.seen(authority, person_id).await?;
        let (mut expires_at, mut given_up) = (None, false);
        if person.state == PersonState::Invited
            && let Some((invitation, _)) = self.store().open_invitation_of(&person.mail).await?
        {
            expires_at = Some(invitation.expires_at);
            given_up = self.store().invitation_mail_given_up(&invitation.id).await?;
        }
        let seen = view(authority, PersonEntry { person, invitation_expires_at: expires_at });
        Ok(PersonView { invitation_given_up: given_up, ..seen })
    }

    /// Gives a person exactly these grants within reach; grants beyond it stay. It counts from her next click on.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`], [`AccountsError::NotAllowed`], [`AccountsError::LastAdministrator`].
    pub async fn set_grants(
        &self,
        authority: &Authority,
        person_id: &str,
        grants: &[Grant],
    ) -> Result<(), AccountsError> {
        let person = self.seen(authority, person_id).await?;
        if !grants.iter().all(|grant| authority.covers(grant)) {
            return Err(AccountsError::NotAllowed);
        }
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let trace = self.trace(authority.actor(), Action::GrantsChanged, object, in_words(grants), now);
        self.store().set_grants(person_id, authority.reach(), grants, now, &trace).await
    }

    /// Disables an account: all its sessions die at once.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`], [`AccountsError::LastAdministrator`].
    pub async fn disable(&self, authority: &Authority, person_id: &str) -> Result<(), AccountsError> {
        self.set_disabled(authority, person_id, Action::PersonDisabled).await
    }

    /// Enables a disabled account again.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn enable(&self, authority: &Authority, person_id: &str) -> Result<(), AccountsError> {
        self.set_disabled(authority, person_id, Action::PersonEnabled).await
    }

    async fn set_disabled(
        &self,
        authority: &Authority,
        person_id: &str,
        action: Action,
    ) -> Result<(), AccountsError> {
        let person = self.governed(authority, person_id).await?;
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let trace = self.trace(authority.actor(), action, object, "", now);
        let disabled = action == Action::PersonDisabled;
        self.store().set_disabled(person_id, authority.reach(), disabled, now, &trace).await
    }

    /// Ends all sessions of a person and answers how many there were.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn end_sessions_of(
        &self,
        authority: &Authority,
        person_id: &str,
    ) -> Result<u64, AccountsError> {
        let person = self.governed(authority, person_id).await?;
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let trace = self.trace(authority.actor(), Action::SessionsEnded, object, "", now);
        self.store().end_sessions_of(person_id, authority.reach(), now, &trace).await
    }

    /// Says whether a second factor is required of a person whose grants do not require one. Administrators only.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn set_second_factor_required(
        &self,
        authority: &Authority,
        person_id: &str,
        required: bool,
    ) -> Result<(), AccountsError> {
        let person = self.administrated(authority, person_id).await?;
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let detail = if required { "required" } else { "optional" };
        let trace = self.trace(authority.actor(), Action::SecondFactorRule, object, detail, now);
        self.store().set_second_factor_required(person_id, required, now, &trace).await
    }

    /// Takes all second factors of a person away, because she lost them: her sessions end, and where a second factor is
    /// required she sets up a new one when she next signs in. She is told by mail. Administrators only.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`].
    pub async fn remove_factors(&self, authority: &Authority, person_id: &str) -> Result<(), AccountsError> {
        let person = self.administrated(authority, person_id).await?;
        let now = self.now();
        let object = (person.id.as_str(), person.name.as_str());
        let mut trace = self.trace(authority.actor(), Action::FactorsRemoved, object, "", now);
        let notice = self.intent(MailKind::FactorChanged, &person.id, person.lang, now);
        trace.mails.push(notice.with_detail(Action::FactorsRemoved.code()));
        self.store().remove_factors(person_id, now, &trace).await?;
        self.wake_mailer();
        Ok(())
    }

    /// A person within reach.
    async fn seen(&self, authority: &Authority, person_id: &str) -> Result<Person, AccountsError> {
        let person = self.store().person(person_id).await?;
        person.filter(|person| authority.reach().sees(&person.grants)).ok_or(AccountsError::NotFound)
    }

    /// A person of whom everything lies within reach. The store checks it again in its transaction.
    pub(crate) async fn governed(
        &self,
        authority: &Authority,
        person_id: &str,
    ) -> Result<Person, AccountsError> {
        let person = self.store().person(person_id).await?;
        person.filter(|person| authority.reach().governs(&person.grants)).ok_or(AccountsError::NotFound)
    }

    /// A person, for somebody who administrates all.
    async fn administrated(&self, authority: &Authority, person_id: &str) -> Result<Person, AccountsError> {
        let person = self.store().person(person_id).await?;
        person.filter(|_| authority.is_unlimited()).ok_or(AccountsError::NotFound)
    }
}
