//! What people prove themselves with: passwords, authenticator apps, recovery codes, passkeys, identity providers.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    EndReason, NewPasskey, Passkey, PostgresStore, SqliteStore, TotpRecord, Trace, postgres, row, sqlite,
};
use crate::{AccountsError, person::Person, token::Hash};

/// The part of the store that knows factors.
///
/// A method for an owner answers [`AccountsError::NotFound`] when she cannot sign in (any more).
#[async_trait]
pub trait FactorStore: Send + Sync {
    /// Sets the password; all sessions but `keep` end.
    async fn set_password(
        &self,
        person_id: &str,
        hash: &str,
        keep: &str,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// The person's authenticator app.
    async fn totp(&self, person_id: &str) -> Result<Option<TotpRecord>, AccountsError>;

    /// Uses up a step, once: `false` when a code of this step or a later one was used before.
    async fn take_totp_step(&self, person_id: &str, step: u64) -> Result<bool, AccountsError>;

    /// Sets the authenticator app in place of the earlier one.
    ///
    /// # Errors
    /// [`AccountsError::FactorExists`] when it has to be the first second factor and is not.
    async fn set_totp(
        &self,
        person_id: &str,
        totp: &TotpRecord,
        only_first: bool,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Takes the authenticator app away.
    ///
    /// # Errors
    /// [`AccountsError::LastSecondFactor`].
    async fn remove_totp(&self, person_id: &str, at: Timestamp, trace: &Trace) -> Result<(), AccountsError>;

    /// Sets the recovery codes in place of the earlier ones.
    async fn replace_recovery_codes(
        &self,
        person_id: &str,
        hashes: &[Hash],
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Uses up a recovery code, once.
    async fn use_recovery_code(
        &self,
        person_id: &str,
        hash: Hash,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<bool, AccountsError>;

    /// The passkeys of a person, the oldest first.
    async fn passkeys(&self, person_id: &str) -> Result<Vec<Passkey>, AccountsError>;

    /// The passkey with this credential, if its owner can sign in.
    async fn passkey_by_credential(&self, credential_id: &[u8]) -> Result<Option<Passkey>, AccountsError>;

    /// Adds a passkey.
    ///
    /// # Errors
    /// [`AccountsError::FactorExists`] when it has to be the first second factor and is not,
    /// [`AccountsError::CredentialTaken`].
    async fn add_passkey(
        &self,
        person_id: &str,
        id: &str,
        passkey: &NewPasskey,
        only_first: bool,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Gives a passkey another name.
    async fn rename_passkey(
        &self,
        person_id: &str,
        id: &str,
        name: &str,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Removes a passkey.
    ///
    /// # Errors
    /// [`AccountsError::LastSecondFactor`] when it is the last factor needed, or the last way to sign in.
    async fn remove_passkey(&self, person_id: &str, id: &str, trace: &Trace) -> Result<(), AccountsError>;

    /// Notes that a passkey was used, and the credential as it is after that.
    async fn passkey_used(&self, id: &str, body: &[u8], at: Timestamp) -> Result<(), AccountsError>;

    /// Takes all second factors away and ends all sessions: for somebody who lost them.
    async fn remove_factors(
        &self,
        person_id: &str,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Links an account at an identity provider, or takes it away.
    ///
    /// # Errors
    /// [`AccountsError::FactorExists`] when another one is linked, [`AccountsError::CredentialTaken`] when it is
    /// linked to somebody else, [`AccountsError::LastSecondFactor`] when it is the last way to sign in.
    async fn set_oidc(
        &self,
        person_id: &str,
        oidc: Option<(&str, &str)>,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;
}

const SET_PASSWORD: &str = "UPDATE person SET password_hash = $2, changed_at = $3 WHERE id = $1";

const TOTP: &str = "SELECT totp_sealed, totp_last_step FROM person
    WHERE id = $1 AND totp_sealed IS NOT NULL AND state = 'active'";

const TAKE_TOTP_STEP: &str =
    "UPDATE person SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2 AND state = 'active'";

const SET_TOTP: &str =
    "UPDATE person SET totp_sealed = $2, totp_last_step = $3, changed_at = $4 WHERE id = $1";

const REMOVE_TOTP: &str =
    "UPDATE person SET totp_sealed = NULL, totp_last_step = NULL, changed_at = $2 WHERE id = $1";

const REMOVE_RECOVERY_CODES: &str = "DELETE FROM recovery_code WHERE person_id = $1";

const ADD_RECOVERY_CODE: &str =
    "INSERT INTO recovery_code (person_id, code_hash, created_at) VALUES ($1, $2, $3)";

const USE_RECOVERY_CODE: &str = "UPDATE recovery_code SET used_at = $3
    WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL
        AND EXISTS (SELECT 1 FROM person WHERE person.id = $1 AND person.state = 'active')";

const PASSKEYS: &str = "SELECT id, person_id, name, credential_id, body, created_at, last_used_at
    FROM passkey WHERE person_id = $1 ORDER BY created_at, id";

const PASSKEY_BY_CREDENTIAL: &str =
    "SELECT k.id, k.person_id, k.name, k.credential_id, k.body, k.created_at, k.last_used_at
    FROM passkey AS k JOIN person AS p ON p.id = k.person_id
    WHERE k.credential_id = $1 AND p.state = 'active'";

const RENAME_PASSKEY: &str = "UPDATE passkey SET name = $3 WHERE id = $2 AND person_id = $1";

const REMOVE_PASSKEY: &str = "DELETE FROM passkey WHERE id = $2 AND person_id = $1";

const REMOVE_PASSKEYS: &str = "DELETE FROM passkey WHERE person_id = $1";

const PASSKEY_USED: &str = "UPDATE passkey SET body = $2, last_used_at = $3 WHERE id = $1";

const SET_OIDC: &str = "UPDATE person SET oidc_issuer = $2, oidc_subject = $3, changed_at = $4 WHERE id = $1";

/// Whether a person may do without one second factor, given how many would be left.
fn may_lose_one(person: &Person, left: u32) -> Result<(), AccountsError> {
    if left == 0 && person.must_keep_second_factor() {
        return Err(AccountsError::LastSecondFactor);
    }
    Ok(())
}

/// A step as the database counts; it begins in 1970 and grows by one in 30 seconds.
fn step_number(step: u64) -> i64 {
    i64::try_from(step).unwrap_or(i64::MAX)
}

macro_rules! factor_store {
    ($store:ty, $engine:ident) => {
        #[async_trait]
        impl FactorStore for $store {
            async fn set_password(
                &self,
                person_id: &str,
                hash: &str,
                keep: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::locked_active(&mut transaction, person_id).await?;
                let set = sqlx::query(SET_PASSWORD).bind(person_id).bind(hash).bind(at.as_microsecond());
                set.execute(&mut *transaction).await?;
                let reason = EndReason::Password;
                $engine::end_sessions_of(&mut transaction, person_id, Some(keep), reason, at).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn totp(&self, person_id: &str) -> Result<Option<TotpRecord>, AccountsError> {
                let query = sqlx::query_as(TOTP).bind(person_id);
                let row: Option<(Vec<u8>, i64)> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(|(sealed, step)| TotpRecord { sealed, last_step: step.unsigned_abs() }))
            }

            async fn take_totp_step(&self, person_id: &str, step: u64) -> Result<bool, AccountsError> {
                let mut transaction = self.begin().await?;
                let take = sqlx::query(TAKE_TOTP_STEP).bind(person_id).bind(step_number(step));
                let taken = take.execute(&mut *transaction).await?.rows_affected() == 1;
                transaction.commit().await?;
                Ok(taken)
            }

            async fn set_totp(
                &self,
                person_id: &str,
                totp: &TotpRecord,
                only_first: bool,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await?;
                if only_first && person.has_second_factor() {
                    return Err(AccountsError::FactorExists);
                }
                sqlx::query(SET_TOTP)
                    .bind(person_id)
                    .bind(&totp.sealed)
                    .bind(step_number(totp.last_step))
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn remove_totp(
                &self,
                person_id: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await?;
                if !person.totp {
                    return Err(AccountsError::NotFound);
                }
                may_lose_one(&person, person.passkeys)?;
                let remove = sqlx::query(REMOVE_TOTP).bind(person_id).bind(at.as_microsecond());
                remove.execute(&mut *transaction).await?;
                if person.passkeys == 0 {
                    sqlx::query(REMOVE_RECOVERY_CODES).bind(person_id).execute(&mut *transaction).await?;
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn replace_recovery_codes(
                &self,
                person_id: &str,
                hashes: &[Hash],
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::locked_active(&mut transaction, person_id).await?;
                sqlx::query(REMOVE_RECOVERY_CODES).bind(person_id).execute(&mut *transaction).await?;
                for hash in hashes {
                    sqlx::query(ADD_RECOVERY_CODE)
                        .bind(person_id)
                        .bind(hash.as_slice())
                        .bind(at.as_microsecond())
                        .execute(&mut *transaction)
                        .await?;
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn use_recovery_code(
                &self,
                person_id: &str,
                hash: Hash,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<bool, AccountsError> {
                let mut transaction = self.begin().await?;
                let used = sqlx::query(USE_RECOVERY_CODE)
                    .bind(person_id)
                    .bind(hash.as_slice())
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if used.rows_affected() != 1 {
                    return Ok(false);
                }
                $engine::record(&mut transaction, trace).await?;
                transaction.commit().await?;
                Ok(true)
            }

            async fn passkeys(&self, person_id: &str) -> Result<Vec<Passkey>, AccountsError> {
                let query = sqlx::query_as(PASSKEYS).bind(person_id);
                let rows: Vec<row::PasskeyColumns> = query.fetch_all(self.readers()).await?;
                Ok(rows.into_iter().map(row::passkey).collect::<Result<_, _>>()?)
            }

            async fn passkey_by_credential(
                &self,
                credential_id: &[u8],
            ) -> Result<Option<Passkey>, AccountsError> {
                let query = sqlx::query_as(PASSKEY_BY_CREDENTIAL).bind(credential_id);
                let row: Option<row::PasskeyColumns> = query.fetch_optional(self.readers()).await?;
                Ok(row.map(row::passkey).transpose()?)
            }

            async fn add_passkey(
                &self,
                person_id: &str,
                id: &str,
                passkey: &NewPasskey,
                only_first: bool,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await?;
                if only_first && person.has_second_factor() {
                    return Err(AccountsError::FactorExists);
                }
                $engine::insert_passkey(&mut transaction, id, person_id, passkey, at).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn rename_passkey(
                &self,
                person_id: &str,
                id: &str,
                name: &str,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let rename = sqlx::query(RENAME_PASSKEY).bind(person_id).bind(id).bind(name);
                if rename.execute(&mut *transaction).await?.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn remove_passkey(
                &self,
                person_id: &str,
                id: &str,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await?;
                let remove = sqlx::query(REMOVE_PASSKEY).bind(person_id).bind(id);
                if remove.execute(&mut *transaction).await?.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                let left = person.passkeys.saturating_sub(1);
                may_lose_one(&person, left + u32::from(person.totp))?;
                if left == 0 && person.password_hash.is_none() && person.oidc.is_none() {
                    return Err(AccountsError::LastSecondFactor);
                }
                if left == 0 && !person.totp {
                    sqlx::query(REMOVE_RECOVERY_CODES).bind(person_id).execute(&mut *transaction).await?;
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn passkey_used(&self, id: &str, body: &[u8], at: Timestamp) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let used = sqlx::query(PASSKEY_USED).bind(id).bind(body).bind(at.as_microsecond());
                if used.execute(&mut *transaction).await?.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                Ok(transaction.commit().await?)
            }

            async fn remove_factors(
                &self,
                person_id: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::locked_active(&mut transaction, person_id).await?;
                let remove = sqlx::query(REMOVE_TOTP).bind(person_id).bind(at.as_microsecond());
                remove.execute(&mut *transaction).await?;
                sqlx::query(REMOVE_RECOVERY_CODES).bind(person_id).execute(&mut *transaction).await?;
                sqlx::query(REMOVE_PASSKEYS).bind(person_id).execute(&mut *transaction).await?;
                let reason = EndReason::Factors;
                $engine::end_sessions_of(&mut transaction, person_id, None, reason, at).await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn set_oidc(
                &self,
                person_id: &str,
                oidc: Option<(&str, &str)>,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let person = $engine::locked_active(&mut transaction, person_id).await?;
                match (oidc, &person.oidc) {
                    (Some(_), Some(_)) => return Err(AccountsError::FactorExists),
                    (None, None) => return Err(AccountsError::NotFound),
                    (None, Some(_)) if person.password_hash.is_none() && person.passkeys == 0 => {
                        return Err(AccountsError::LastSecondFactor);
                    }
                    _ => {}
                }
                sqlx::query(SET_OIDC)
                    .bind(person_id)
                    .bind(oidc.map(|(issuer, _)| issuer))
                    .bind(oidc.map(|(_, subject)| subject))
                    .bind(at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }
        }
    };
}

factor_store!(SqliteStore, sqlite);
factor_store!(PostgresStore, postgres);
