//! Sessions, and the browsers people signed in with.

use async_trait::async_trait;
use jiff::Timestamp;
use mailkit::Intent;

use super::{
    DeviceOutcome, EndReason, NewSession, OpenSession, PostgresStore, SessionLimits, SessionRecord,
    SqliteStore, Trace, postgres, row, sqlite, steps,
};
use crate::{AccountsError, authority::Reach, token::Hash};

/// The part of the store that knows sessions.
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// Begins a session of an active person. `notice` is sent when she has not signed in with this browser before,
    /// except at her very first sign-in.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] for anybody who cannot sign in.
    async fn start_session(
        &self,
        session: &NewSession,
        trace: &Trace,
        notice: &Intent,
    ) -> Result<DeviceOutcome, AccountsError>;

    /// The session with this cookie, ended or not, and the person behind it as she is now.
    async fn session_by_token(&self, token_hash: Hash) -> Result<Option<SessionRecord>, AccountsError>;

    /// The session with this id, likewise.
    async fn session(&self, id: &str) -> Result<Option<SessionRecord>, AccountsError>;

    /// Notes that a session was active.
    async fn touch_session(&self, id: &str, at: Timestamp) -> Result<(), AccountsError>;

    /// Gives a session that has not ended a new cookie after its owner proved who she is.
    ///
    /// # Errors
    /// [`AccountsError::SessionEnded`].
    async fn renew_session(
        &self,
        id: &str,
        token_hash: Hash,
        second_factor: bool,
        limits: SessionLimits,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// The sessions of a person that have not ended and are within the limits, the last active first.
    async fn open_sessions(
        &self,
        person_id: &str,
        limits: SessionLimits,
    ) -> Result<Vec<OpenSession>, AccountsError>;

    /// Ends one session of a person.
    ///
    /// # Errors
    /// [`AccountsError::NotFound`] when it is not hers or has ended.
    async fn end_session(
        &self,
        person_id: &str,
        id: &str,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<(), AccountsError>;

    /// Ends the sessions of a person except one, and answers how many there were.
    async fn end_other_sessions(
        &self,
        person_id: &str,
        except: &str,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<u64, AccountsError>;

    /// Ends all sessions of a person who is governed.
    async fn end_sessions_of(
        &self,
        person_id: &str,
        reach: &Reach,
        at: Timestamp,
        trace: &Trace,
    ) -> Result<u64, AccountsError>;

    /// Whether the person signed in with this browser before.
    async fn knows_device(&self, person_id: &str, device: Hash) -> Result<bool, AccountsError>;
}

const INSERT_SESSION: &str = "INSERT INTO session
        (id, person_id, token_hash, created_at, last_seen_at, authenticated_at, second_factor, browser)
    VALUES ($1, $2, $3, $4, $4, $4, $5, $6)";

const SEE_DEVICE: &str =
    "UPDATE known_device SET last_seen_at = $3 WHERE person_id = $1 AND device_hash = $2";

const DEVICE_OF_ANYBODY: &str = "SELECT count(*) FROM known_device WHERE device_hash = $1";

const DEVICES_OF: &str = "SELECT count(*) FROM known_device WHERE person_id = $1";

const ADD_DEVICE: &str = "INSERT INTO known_device (person_id, device_hash, first_seen_at, last_seen_at)
    VALUES ($1, $2, $3, $3)";

const KNOWS_DEVICE: &str = "SELECT count(*) FROM known_device WHERE person_id = $1 AND device_hash = $2";

const SESSION_BY_TOKEN: &str = "SELECT id, person_id, created_at, last_seen_at, authenticated_at,
        second_factor, browser, ended_at
    FROM session WHERE token_hash = $1";

const SESSION_BY_ID: &str = "SELECT id, person_id, created_at, last_seen_at, authenticated_at,
        second_factor, browser, ended_at
    FROM session WHERE id = $1";

const TOUCH_SESSION: &str =
    "UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2 AND ended_at IS NULL";

const RENEW_SESSION: &str = "UPDATE session SET token_hash = $2, authenticated_at = $3, last_seen_at = $3,
        second_factor = CASE WHEN $4 = 1 THEN 1 ELSE second_factor END
    WHERE id = $1 AND ended_at IS NULL AND created_at > $5 AND last_seen_at > $6
        AND EXISTS (SELECT 1 FROM person
            WHERE person.id = session.person_id AND person.state = 'active')";

const OPEN_SESSIONS: &str = "SELECT id, created_at, last_seen_at, browser FROM session
    WHERE person_id = $1 AND ended_at IS NULL AND created_at > $2 AND last_seen_at > $3
    ORDER BY last_seen_at DESC, id DESC";

const END_SESSION: &str = "UPDATE session SET ended_at = $3, end_reason = $4
    WHERE id = $2 AND person_id = $1 AND ended_at IS NULL";

macro_rules! session_store {
    ($store:ty, $engine:ident) => {
        #[async_trait]
        impl SessionStore for $store {
            async fn start_session(
                &self,
                session: &NewSession,
                trace: &Trace,
                notice: &Intent,
            ) -> Result<DeviceOutcome, AccountsError> {
                let person_id = &session.person_id;
                let at = session.at.as_microsecond();
                let mut transaction = self.begin().await?;
                $engine::locked_active(&mut transaction, person_id).await?;
                sqlx::query(INSERT_SESSION)
                    .bind(&session.id)
                    .bind(person_id)
                    .bind(session.token_hash.as_slice())
                    .bind(at)
                    .bind(i64::from(session.second_factor))
                    .bind(&session.browser)
                    .execute(&mut *transaction)
                    .await?;

                let mut outcome = DeviceOutcome { new_to_person: true, fresh: true };
                let mut device = session.fresh_device;
                if let Some(offered) = session.device {
                    let seen = sqlx::query(SEE_DEVICE).bind(person_id).bind(offered.as_slice()).bind(at);
                    if seen.execute(&mut *transaction).await?.rows_affected() == 1 {
                        outcome = DeviceOutcome { new_to_person: false, fresh: false };
                    } else {
                        // A browser that several people share keeps its cookie; a value that is nobody's is not taken.
                        let known: i64 = sqlx::query_scalar(DEVICE_OF_ANYBODY)
                            .bind(offered.as_slice())
                            .fetch_one(&mut *transaction)
                            .await?;
                        if known > 0 {
                            (device, outcome.fresh) = (offered, false);
                        }
                    }
                }
                let mut trace = trace.clone();
                if outcome.new_to_person {
                    let others: i64 =
                        sqlx::query_scalar(DEVICES_OF).bind(person_id).fetch_one(&mut *transaction).await?;
                    let add = sqlx::query(ADD_DEVICE).bind(person_id).bind(device.as_slice()).bind(at);
                    add.execute(&mut *transaction).await?;
                    if others > 0 {
                        trace.mails.push(notice.clone());
                    }
                }
                $engine::record(&mut transaction, &trace).await?;
                transaction.commit().await?;
                Ok(outcome)
            }

            async fn session_by_token(
                &self,
                token_hash: Hash,
            ) -> Result<Option<SessionRecord>, AccountsError> {
                let query = sqlx::query_as(SESSION_BY_TOKEN).bind(token_hash.as_slice());
                let row = query.fetch_optional(self.readers()).await?;
                self.with_its_person(row).await
            }

            async fn session(&self, id: &str) -> Result<Option<SessionRecord>, AccountsError> {
                let query = sqlx::query_as(SESSION_BY_ID).bind(id);
                let row = query.fetch_optional(self.readers()).await?;
                self.with_its_person(row).await
            }

            async fn touch_session(&self, id: &str, at: Timestamp) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let touch = sqlx::query(TOUCH_SESSION).bind(id).bind(at.as_microsecond());
                touch.execute(&mut *transaction).await?;
                Ok(transaction.commit().await?)
            }

            async fn renew_session(
                &self,
                id: &str,
                token_hash: Hash,
                second_factor: bool,
                limits: SessionLimits,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let renewed = sqlx::query(RENEW_SESSION)
                    .bind(id)
                    .bind(token_hash.as_slice())
                    .bind(at.as_microsecond())
                    .bind(i64::from(second_factor))
                    .bind(limits.created.as_microsecond())
                    .bind(limits.seen.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if renewed.rows_affected() != 1 {
                    return Err(AccountsError::SessionEnded);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn open_sessions(
                &self,
                person_id: &str,
                limits: SessionLimits,
            ) -> Result<Vec<OpenSession>, AccountsError> {
                let rows: Vec<row::OpenSessionColumns> = sqlx::query_as(OPEN_SESSIONS)
                    .bind(person_id)
                    .bind(limits.created.as_microsecond())
                    .bind(limits.seen.as_microsecond())
                    .fetch_all(self.readers())
                    .await?;
                Ok(rows.into_iter().map(row::open_session).collect::<Result<_, _>>()?)
            }

            async fn end_session(
                &self,
                person_id: &str,
                id: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<(), AccountsError> {
                let mut transaction = self.begin().await?;
                let ended = sqlx::query(END_SESSION)
                    .bind(person_id)
                    .bind(id)
                    .bind(at.as_microsecond())
                    .bind(EndReason::SignedOut.code())
                    .execute(&mut *transaction)
                    .await?;
                if ended.rows_affected() != 1 {
                    return Err(AccountsError::NotFound);
                }
                $engine::record(&mut transaction, trace).await?;
                Ok(transaction.commit().await?)
            }

            async fn end_other_sessions(
                &self,
                person_id: &str,
                except: &str,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<u64, AccountsError> {
                let mut transaction = self.begin().await?;
                let (except, reason) = (Some(except), EndReason::SignedOut);
                let ended = $engine::end_sessions_of(&mut transaction, person_id, except, reason, at).await?;
                $engine::record(&mut transaction, trace).await?;
                transaction.commit().await?;
                Ok(ended)
            }

            async fn end_sessions_of(
                &self,
                person_id: &str,
                reach: &Reach,
                at: Timestamp,
                trace: &Trace,
            ) -> Result<u64, AccountsError> {
                let mut transaction = self.begin().await?;
                $engine::locked_governed(&mut transaction, person_id, reach).await?;
                let reason = EndReason::Administration;
                let ended = $engine::end_sessions_of(&mut transaction, person_id, None, reason, at).await?;
                $engine::record(&mut transaction, trace).await?;
                transaction.commit().await?;
                Ok(ended)
            }

            async fn knows_device(&self, person_id: &str, device: Hash) -> Result<bool, AccountsError> {
                let query = sqlx::query_scalar(KNOWS_DEVICE).bind(person_id).bind(device.as_slice());
                let known: i64 = query.fetch_one(self.readers()).await?;
                Ok(known > 0)
            }
        }

        impl $store {
            /// The person is read after the session: whoever was disabled in between is disabled.
            async fn with_its_person(
                &self,
                row: Option<row::SessionColumns>,
            ) -> Result<Option<SessionRecord>, AccountsError> {
                let Some(row) = row else { return Ok(None) };
                let mut connection = self.readers().acquire().await?;
                let person = $engine::person_by(&mut connection, steps::PERSON_BY_ID, &row.1).await?;
                Ok(person.map(|person| row::session(row, person)).transpose()?)
            }
        }
    };
}

session_store!(SqliteStore, sqlite);
session_store!(PostgresStore, postgres);
