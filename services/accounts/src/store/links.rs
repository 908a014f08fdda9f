//! Links in mails to people who have an account: for a new password, for another address.

use async_trait::async_trait;
use jiff::Timestamp;
use mailkit::Intent;

use super::{
    EndReason, MailChange, NewLink, PasswordReset, PostgresStore, SqliteStore, Trace, postgres, row, sqlite,
};
use crate::{AccountsError, person::search_text, token::Hash};

/// The part of the store that knows these links.
#[async_trait]
pub trait LinkStore: Send + Sync {
    /// Notes that somebody asks for a new password, and queues the mail: the same rows for a known and an unknown
    /// address, so that neither the answer nor its time tells them apart.
    async fn request_reset(&self, mail: &str, link: &NewLink, intent: &Intent) -> Result<(), AccountsError>;

    /// The reset with this id.
    async fn reset(&self, id: &str) -> Result<Option<PasswordReset>, AccountsError>;

    /// The reset with this token.
    async fn reset_by_token(&self, token_hash: Hash) -> Result<Option<PasswordReset>, AccountsError>;

    /// Sets a new password, once; all sessions and all other resets of the person end.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`].
    async fn complete_reset(
        &self,
        token_hash: Hash,
        person_id: &str,
        password_hash: &str,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Notes the address somebody wants; an earlier wish of hers is forgotten.
    async fn request_mail_change(
        &self,
        person_id: &str,
        new_mail: &str,
        link: &NewLink,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// The change with this id.
    async fn mail_change(&self, id: &str) -> Result<Option<MailChange>, AccountsError>;

    /// The change with this token.
    async fn mail_change_by_token(&self, token_hash: Hash) -> Result<Option<MailChange>, AccountsError>;

    /// The change of this person that waits for its confirmation, or ran out waiting.
    async fn open_mail_change_of(&self, person_id: &str) -> Result<Option<MailChange>, AccountsError>;

    /// Changes the address, once. Links for a new password that went to the earlier address stop working.
    ///
    /// # Errors
    /// [`AccountsError::LinkInvalid`], [`AccountsError::MailTaken`].
    async fn confirm_mail_change(
        &self,
        change: &MailChange,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;
}

/// Found by the statement itself, so that an unknown address takes the same way.
const ADD_RESET: &str = "INSERT INTO password_reset (id, person_id, token_hash, created_at, expires_at)
    VALUES ($1, (SELECT id FROM person WHERE mail = $2 AND state = 'active'), $3, $4, $5)";

const RESET_BY_ID: &str = "SELECT id, person_id, expires_at, used_at FROM password_reset WHERE id = $1";

const RESET_BY_TOKEN: &str =
    "SELECT id, person_id, expires_at, used_at FROM password_reset WHERE token_hash = $1";

const USE_RESET: &str = "UPDATE password_reset SET used_at = $3
    WHERE token_hash = $1 AND person_id = $2 AND used_at IS NULL AND expires_at > $3";

const CLOSE_RESETS: &str = "UPDATE password_reset SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL";

const SET_PASSWORD: &str = "UPDATE person SET password_hash = $2, changed_at = $3 WHERE id = $1";

const CLOSE_MAIL_CHANGES: &str = "UPDATE mail_change SET withdrawn_at = $2
    WHERE person_id = $1 AND confirmed_at IS NULL AND withdrawn_at IS NULL";

const ADD_MAIL_CHANGE: &str = "INSERT INTO mail_change
        (id, person_id, old_mail, new_mail, token_hash, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

const MAIL_CHANGE_BY_ID: &str =
    "SELECT id, person_id, old_mail, new_mail, expires_at, confirmed_at, withdrawn_at
    FROM mail_change WHERE id = $1";

const MAIL_CHANGE_BY_TOKEN: &str =
    "SELECT id, person_id, old_mail, new_mail, expires_at, confirmed_at, withdrawn_at
    FROM mail_change WHERE token_hash = $1";

const OPEN_MAIL_CHANGE_OF: &str =
    "SELECT id, person_id, old_mail, new_mail, expires_at, confirmed_at, withdrawn_at
    FROM mail_change WHERE person_id = $1 AND confirmed_at IS NULL AND withdrawn_at IS NULL
    ORDER BY created_at DESC, id DESC LIMIT 1";

const CONFIRM_MAIL_CHANGE: &str = "UPDATE mail_change SET confirmed_at = $2
    WHERE id = $1 AND confirmed_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2";

const SET_MAIL: &str =
    "UPDATE person SET mail = $2, search = $3, changed_at = $4 WHERE id = $1 AND mail = $5";

/// Somebody who cannot sign in has no valid link either.
fn link_of_nobody(error: AccountsError) -> AccountsError {
    match error {
        AccountsError::NotFound => AccountsError::LinkInvalid,
        other => other,
    }
}

macro_rules! link_store {
    ($store:ty, $engine:ident) => {
        #[async_trait]
        impl LinkStore for $store {
            async fn request_reset(
                &self,
                mail: &str,
                link: &NewLink,
                intent: &Intent,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                sqlx::query(ADD_RESET)
                    .bind(&link.id)
                    .bind(mail)
                    .bind(link.token_hash.as_slice())
                    .bind(link.created_at.as_microsecond())
                    .bind(link.expires_at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                let trace = Trace { audit: None, mails: vec![intent.clone()] };
                $engine::record(&mut transaction, &trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn reset(&self, id: &str) -> Result<Option<PasswordReset>, AccountsError> {
                let query = sqlx::query_as(RESET_BY_ID).bind(id);
                let row: Option<row::ResetColumns> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(row::reset).transpose()?)
            }

            async fn reset_by_token(&self, token_hash: Hash) -> Result<Option<PasswordReset>, AccountsError> {
                let query = sqlx::query_as(RESET_BY_TOKEN).bind(token_hash.as_slice());
                let row: Option<row::ResetColumns> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(row::reset).transpose()?)
            }

            async fn complete_reset(
                &self,
                token_hash: Hash,
                person_id: &str,
                password_hash: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await;
                let person = person.map_err(link_of_nobody)?;
                let used = sqlx::query(USE_RESET)
                    .bind(token_hash.as_slice())
                    .bind(person_id)
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if used.rows_affected() != 1 || !person.may_reset_password() {
                    return Err(AccountsError::LinkInvalid);
                }
                let set = sqlx::query(SET_PASSWORD).bind(person_id).bind(password_hash);
                set.bind(at.as_microsecond()).execute(&mut *transaction).await?;
                let close = sqlx::query(CLOSE_RESETS).bind(person_id).bind(at.as_microsecond());
                close.execute(&mut *transaction).await?;
                let reason = EndReason::Password;
                $engine::end_sessions_of(&mut transaction, person_id, None, reason, at).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn request_mail_change(
                &self,
                person_id: &str,
                new_mail: &str,
                link: &NewLink,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let at = link.created_at.as_microsecond();
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await?;
                let close = sqlx::query(CLOSE_MAIL_CHANGES).bind(person_id).bind(at);
                close.execute(&mut *transaction).await?;
                sqlx::query(ADD_MAIL_CHANGE)
                    .bind(&link.id)
                    .bind(person_id)
                    .bind(&person.mail)
                    .bind(new_mail)
                    .bind(link.token_hash.as_slice())
                    .bind(at)
                    .bind(link.expires_at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn mail_change(&self, id: &str) -> Result<Option<MailChange>, AccountsError> {
                let query = sqlx::query_as(MAIL_CHANGE_BY_ID).bind(id);
                let row: Option<row::MailChangeColumns> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(row::mail_change).transpose()?)
            }

            async fn mail_change_by_token(
                &self,
                token_hash: Hash,
            ) -> Result<Option<MailChange>, AccountsError> {
                let query = sqlx::query_as(MAIL_CHANGE_BY_TOKEN).bind(token_hash.as_slice());
                let row: Option<row::MailChangeColumns> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(row::mail_change).transpose()?)
            }

            async fn open_mail_change_of(
                &self,
                person_id: &str,
            ) -> Result<Option<MailChange>, AccountsError> {
                let query = sqlx::query_as(OPEN_MAIL_CHANGE_OF).bind(person_id);
                let row: Option<row::MailChangeColumns> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(row::mail_change).transpose()?)
            }

            async fn confirm_mail_change(
                &self,
                change: &MailChange,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, &change.person_id).await;
                let person = person.map_err(link_of_nobody)?;
                let confirmed = sqlx::query(CONFIRM_MAIL_CHANGE)
                    .bind(&change.id)
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if confirmed.rows_affected() != 1 {
                    return Err(AccountsError::LinkInvalid);
                }
                let set = sqlx::query(SET_MAIL)
                    .bind(&person.id)
                    .bind(&change.new_mail)
                    .bind(search_text(&person.name, &change.new_mail))
                    .bind(at.as_microsecond())
                    .bind(&change.old_mail)
                    .execute(&mut *transaction)
                    .await?;
                if set.rows_affected() != 1 {
                    return Err(AccountsError::LinkInvalid);
                }
                let close = sqlx::query(CLOSE_RESETS).bind(&person.id).bind(at.as_microsecond());
                close.execute(&mut *transaction).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }
        }
    };
}

link_store!(SqliteStore, sqlite);
link_store!(PostgresStore, postgres);
