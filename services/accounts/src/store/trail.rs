//! The trail, and what is removed with time.

use async_trait::async_trait;
use contracts::audit::AuditEntry;
use jiff::Timestamp;

use super::{Cutoffs, PostgresStore, Removed, SqliteStore, row};
use crate::AccountsError;

/// The part of the store that remembers and forgets.
#[async_trait]
pub trait TrailStore: Send + Sync {
    /// Whether the database answers.
    async fn ping(&self) -> Result<(), AccountsError>;

    /// Up to `limit` lines of the trail before the one with this time and id, newest first.
    async fn audit_entries(
        &self,
        before: Option<(Timestamp, &str)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, AccountsError>;

    /// Removes what has ended, run out or is too old.
    async fn remove_outdated(&self, cutoffs: &Cutoffs) -> Result<Removed, AccountsError>;

    /// Closes the connections; later calls fail.
    async fn close(&self);
}

const PING: &str = "SELECT 1";

const AUDIT_BEFORE: &str =
    "SELECT id, at, actor_id, actor_name, action, object_kind, object_id, object_name, detail
    FROM audit WHERE at < $1 OR (at = $1 AND id < $2) ORDER BY at DESC, id DESC LIMIT $3";

const REMOVE_SESSIONS: &str =
    "DELETE FROM session WHERE ended_at IS NOT NULL OR created_at <= $1 OR last_seen_at <= $2";

/// One that ran out stays for a while, so that it can be seen and sent again.
const REMOVE_INVITATIONS: &str =
    "DELETE FROM invitation WHERE accepted_at IS NOT NULL OR withdrawn_at IS NOT NULL OR expires_at <= $1";

const REMOVE_NEVER_ACCEPTED: &str = "DELETE FROM person WHERE state = 'invited'
    AND NOT EXISTS (SELECT 1 FROM invitation WHERE invitation.person_id = person.id)";

const REMOVE_RESETS: &str = "DELETE FROM password_reset WHERE used_at IS NOT NULL OR expires_at <= $1";

/// Both addresses are needed until the notices are sent or given up.
const REMOVE_MAIL_CHANGES: &str = "DELETE FROM mail_change WHERE expires_at <= $1";

const REMOVE_SETUP: &str = "DELETE FROM setup WHERE used_at IS NOT NULL";

const REMOVE_DEVICES: &str = "DELETE FROM known_device WHERE last_seen_at <= $1";

const REMOVE_AUDIT: &str = "DELETE FROM audit WHERE at <= $1";

macro_rules! trail_store {
    ($store:ty) => {
        #[async_trait]
        impl TrailStore for $store {
            async fn ping(&self) -> Result<(), AccountsError> {
                sqlx::query(PING).execute(self.readers()).await?;
                Ok(())
            }

            async fn audit_entries(
                &self,
                before: Option<(Timestamp, &str)>,
                limit: u32,
            ) -> Result<Vec<AuditEntry>, AccountsError> {
                let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.as_microsecond(), id));
                let query = sqlx::query_as(AUDIT_BEFORE).bind(at).bind(id).bind(i64::from(limit));
                let rows: Vec<row::AuditColumns> = query.fetch_all(self.readers()).await?;
                Ok(rows.into_iter().map(row::audit).collect::<Result<_, _>>()?)
            }

            async fn remove_outdated(&self, cutoffs: &Cutoffs) -> Result<Removed, AccountsError> {
                let (now, links) = (cutoffs.now.as_microsecond(), cutoffs.links.as_microsecond());
                let mut transaction = self.begin().await?;
                let sessions = sqlx::query(REMOVE_SESSIONS)
                    .bind(cutoffs.sessions.created.as_microsecond())
                    .bind(cutoffs.sessions.seen.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                let invitations = sqlx::query(REMOVE_INVITATIONS)
                    .bind(cutoffs.invitations.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                let people = sqlx::query(REMOVE_NEVER_ACCEPTED).execute(&mut *transaction).await?;
                let resets = sqlx::query(REMOVE_RESETS).bind(now).execute(&mut *transaction).await?;
                let changes = sqlx::query(REMOVE_MAIL_CHANGES).bind(links).execute(&mut *transaction).await?;
                sqlx::query(REMOVE_SETUP).execute(&mut *transaction).await?;
                let devices = sqlx::query(REMOVE_DEVICES)
                    .bind(cutoffs.devices.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                let audit = sqlx::query(REMOVE_AUDIT)
                    .bind(cutoffs.audit.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
                Ok(Removed {
                    sessions: sessions.rows_affected(),
                    invitations: invitations.rows_affected(),
                    people: people.rows_affected(),
                    links: resets.rows_affected() + changes.rows_affected(),
                    devices: devices.rows_affected(),
                    audit: audit.rows_affected(),
                })
            }

            async fn close(&self) {
                self.close_connections().await;
            }
        }
    };
}

trail_store!(SqliteStore);
trail_store!(PostgresStore);
