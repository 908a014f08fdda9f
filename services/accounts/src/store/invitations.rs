//! How people come in: the link of the first start, and invitations.

use async_trait::async_trait;
use contracts::staff::Actor;
use jiff::Timestamp;

use super::{
    Credential, Invitation, NewLink, NewPerson, PostgresStore, SqliteStore, Trace, postgres, row, sqlite,
    steps,
};
use crate::{
    AccountsError,
    authority::Reach,
    person::{Person, PersonState, search_text},
    token::Hash,
};

/// What an invited person says when she accepts.
#[derive(Debug, Clone)]
pub struct AcceptedInvitation {
    /// The name she wants to be seen by.
    pub name: String,
    /// Her language's tag.
    pub lang: &'static str,
    /// How she will sign in.
    pub credential: Credential,
    /// The id of her passkey, if it is one.
    pub passkey_id: String,
}

/// The part of the store that lets people in.
#[async_trait]
pub trait InvitationStore: Send + Sync {
    /// Sets the one link of the first start, in place of the earlier one. Answers `false`, and changes nothing, when
    /// somebody administrates already.
    async fn replace_setup(&self, id: &str, token_hash: Hash, at: Timestamp) -> Result<bool, AccountsError>;

    /// Whether this is the token of the link of the first start, and nobody used it.
    async fn setup_is_open(&self, token_hash: Hash) -> Result<bool, AccountsError>;

    /// Makes the first administrator.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`] when the link was used or replaced or somebody administrates already,
    /// [`AccountsError::MailTaken`].
    async fn complete_setup(
        &self,
        token_hash: Hash,
        person: &NewPerson,
        password_hash: &str,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Adds a person who is invited, and her invitation.
    ///
    /// # Errors
    /// [`AccountsError::MailTaken`].
    async fn invite(
        &self,
        person: &NewPerson,
        link: &NewLink,
        by: &Actor,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Invites again a person who has not accepted yet; the earlier link stops working.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] for a person who is not governed or not invited.
    async fn renew_invitation(
        &self,
        person_id: &str,
        reach: &Reach,
        link: &NewLink,
        by: &Actor,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Takes an invitation back, and the person who never accepted with it.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] for a person who is not governed or not invited.
    async fn withdraw_invitation(
        &self,
        person_id: &str,
        reach: &Reach,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// The invitation with this token, and who is invited.
    async fn invitation_by_token(
        &self,
        token_hash: Hash,
    ) -> Result<Option<(Invitation, Person)>, AccountsError>;

    /// The invitation with this id, and who is invited.
    async fn invitation(&self, id: &str) -> Result<Option<(Invitation, Person)>, AccountsError>;

    /// The invitation of the person with this folded address that nobody used or took back; it may have run out.
    async fn open_invitation_of(&self, mail: &str) -> Result<Option<(Invitation, Person)>, AccountsError>;

    /// Whether the mail with this invitation was given up.
    async fn invitation_mail_given_up(&self, id: &str) -> Result<bool, AccountsError>;

    /// Lets an invited person in, once.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`] when the invitation was accepted, withdrawn or ran out,
    /// [`AccountsError::CredentialTaken`].
    async fn accept_invitation(
        &self,
        invitation: &Invitation,
        accepted: &AcceptedInvitation,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;
}

const REPLACE_SETUP: &str = "INSERT INTO setup (one, id, token_hash, created_at, used_at)
    VALUES (1, $1, $2, $3, NULL)
    ON CONFLICT (one) DO UPDATE SET id = excluded.id, token_hash = excluded.token_hash,
        created_at = excluded.created_at, used_at = NULL";

const SETUP_IS_OPEN: &str =
    "SELECT count(*) FROM setup WHERE one = 1 AND token_hash = $1 AND used_at IS NULL";

const USE_SETUP: &str = "UPDATE setup SET used_at = $2 WHERE one = 1 AND token_hash = $1 AND used_at IS NULL";

const CLOSE_INVITATIONS: &str = "UPDATE invitation SET withdrawn_at = $2
    WHERE person_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL";

const REMOVE_PERSON: &str = "DELETE FROM person WHERE id = $1 AND state = 'invited'";

const INVITATION_BY_TOKEN: &str = "SELECT id, person_id, invited_by_id, invited_by_name, expires_at,
        COALESCE(accepted_at, withdrawn_at)
    FROM invitation WHERE token_hash = $1";

const INVITATION_BY_ID: &str = "SELECT id, person_id, invited_by_id, invited_by_name, expires_at,
        COALESCE(accepted_at, withdrawn_at)
    FROM invitation WHERE id = $1";

const OPEN_INVITATION_OF: &str = "SELECT i.id, i.person_id, i.invited_by_id, i.invited_by_name, i.expires_at,
        COALESCE(i.accepted_at, i.withdrawn_at)
    FROM invitation AS i JOIN person AS p ON p.id = i.person_id
    WHERE p.mail = $1 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1";

const ACCEPT_INVITATION: &str = "UPDATE invitation SET accepted_at = $2
    WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2";

const ACTIVATE_PERSON: &str =
    "UPDATE person SET state = 'active', display_name = $2, search = $3, lang = $4, password_hash = $5,
        oidc_issuer = $6, oidc_subject = $7, changed_at = $8
    WHERE id = $1 AND state = 'invited'";

macro_rules! invitation_store {
    ($store:ty, $engine:ident, $given_up:path) => {
        #[async_trait]
        impl InvitationStore for $store {
            async fn replace_setup(
                &self,
                id: &str,
                token_hash: Hash,
                at: Timestamp,
            ) -> Result<bool, AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::lock_administration(&mut transaction).await?;
                if $engine::administrators(&mut transaction).await? > 0 {
                    return Ok(false);
                }
                sqlx::query(REPLACE_SETUP)
                    .bind(id)
                    .bind(token_hash.as_slice())
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
                Ok(true)
            }

            async fn setup_is_open(&self, token_hash: Hash) -> Result<bool, AccountsError> {
                let query = sqlx::query_scalar(SETUP_IS_OPEN).bind(token_hash.as_slice());
                let open: i64 = query.fetch_one(self.readers()).await?;
                Ok(open > 0)
            }

            async fn complete_setup(
                &self,
                token_hash: Hash,
                person: &NewPerson,
                password_hash: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::lock_administration(&mut transaction).await?;
                let used = sqlx::query(USE_SETUP)
                    .bind(token_hash.as_slice())
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if used.rows_affected() != 1 || $engine::administrators(&mut transaction).await? > 0 {
                    return Err(AccountsError::LinkInvalid);
                }
                let state = PersonState::Active;
                $engine::insert_person(&mut transaction, person, state, Some(password_hash), at).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn invite(
                &self,
                person: &NewPerson,
                link: &NewLink,
                by: &Actor,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let (state, at) = (PersonState::Invited, link.created_at);
                $engine::insert_person(&mut transaction, person, state, None, at).await?;
                $engine::insert_invitation(&mut transaction, &person.id, link, by).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn renew_invitation(
                &self,
                person_id: &str,
                reach: &Reach,
                link: &NewLink,
                by: &Actor,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_governed(&mut transaction, person_id, reach).await?;
                if person.state != PersonState::Invited {
                    return Err(AccountsError::NotFound);
                }
                sqlx::query(CLOSE_INVITATIONS)
                    .bind(person_id)
                    .bind(link.created_at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                $engine::insert_invitation(&mut transaction, person_id, link, by).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn withdraw_invitation(
                &self,
                person_id: &str,
                reach: &Reach,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::locked_governed(&mut transaction, person_id, reach).await?;
                let removed = sqlx::query(REMOVE_PERSON).bind(person_id).execute(&mut *transaction).await?;
                if removed.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn invitation_by_token(
                &self,
                token_hash: Hash,
            ) -> Result<Option<(Invitation, Person)>, AccountsError> {
                let query = sqlx::query_as(INVITATION_BY_TOKEN).bind(token_hash.as_slice());
                let row: Option<row::InvitationColumns> = query.fetch_optional(self.readers()).await?;
                self.with_person(row).await
            }

            async fn invitation(&self, id: &str) -> Result<Option<(Invitation, Person)>, AccountsError> {
                let query = sqlx::query_as(INVITATION_BY_ID).bind(id);
                let row: Option<row::InvitationColumns> = query.fetch_optional(self.readers()).await?;
                self.with_person(row).await
            }

            async fn open_invitation_of(
                &self,
                mail: &str,
            ) -> Result<Option<(Invitation, Person)>, AccountsError> {
                let query = sqlx::query_as(OPEN_INVITATION_OF).bind(mail);
                let row: Option<row::InvitationColumns> = query.fetch_optional(self.readers()).await?;
                self.with_person(row).await
            }

            async fn invitation_mail_given_up(&self, id: &str) -> Result<bool, AccountsError> {
                let mut connection = self.readers().acquire().await?;
                Ok($given_up(&mut connection, id).await?)
            }

            async fn accept_invitation(
                &self,
                invitation: &Invitation,
                accepted: &AcceptedInvitation,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let id = &invitation.person_id;
                let (password, oidc, passkey) = match &accepted.credential {
                    Credential::Password(hash) => (Some(hash.expose().as_str()), None, None),
                    Credential::Oidc { issuer, subject } => (None, Some((issuer, subject)), None),
                    Credential::Passkey(passkey) => (None, None, Some(passkey)),
                };
                let mut transaction = self.begin().await?;
                let person = $engine::locked(&mut transaction, id).await;
                let person = person.map_err(|error| match error {
                    AccountsError::NotFound => AccountsError::LinkInvalid,
                    other => other,
                })?;
                let taken = sqlx::query(ACCEPT_INVITATION)
                    .bind(&invitation.id)
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if taken.rows_affected() != 1 {
                    return Err(AccountsError::LinkInvalid);
                }
                let activated = sqlx::query(ACTIVATE_PERSON)
                    .bind(id)
                    .bind(&accepted.name)
                    .bind(search_text(&accepted.name, &person.mail))
                    .bind(accepted.lang)
                    .bind(password)
                    .bind(oidc.map(|(issuer, _)| issuer))
                    .bind(oidc.map(|(_, subject)| subject))
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if activated.rows_affected() != 1 {
                    return Err(AccountsError::LinkInvalid);
                }
                if let Some(passkey) = passkey {
                    let passkey_id = &accepted.passkey_id;
                    $engine::insert_passkey(&mut transaction, passkey_id, id, passkey, at).await?;
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }
        }

        impl $store {
            async fn with_person(
                &self,
                row: Option<row::InvitationColumns>,
            ) -> Result<Option<(Invitation, Person)>, AccountsError> {
                let Some(row) = row else { return Ok(None) };
                let invitation = row::invitation(row)?;
                let mut connection = self.readers().acquire().await?;
                let id = &invitation.person_id;
                let person = $engine::person_by(&mut connection, steps::PERSON_BY_ID, id).await?;
                Ok(person.map(|person| (invitation, person)))
            }
        }
    };
}

invitation_store!(SqliteStore, sqlite, mailkit::is_given_up_sqlite);
invitation_store!(PostgresStore, postgres, mailkit::is_given_up_postgres);
