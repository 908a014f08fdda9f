//! The trail of what staff did.

use async_trait::async_trait;
use contracts::audit::AuditEntry;

use super::{PostgresStore, SqliteStore};
use crate::BookingError;

/// The part of the store that knows the trail. Changes write their line in their own transaction.
#[async_trait]
pub trait TrailStore: Send + Sync {
    /// Writes a line of the trail about something that changes nothing: what a seeker said was read.
    async fn note(&self, audit: &AuditEntry) -> Result<(), BookingError>;

    /// Up to `limit` lines of the trail before the one with this time and id, newest first.
    async fn audit_entries(
        &self,
        before: Option<(jiff::Timestamp, &str)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, BookingError>;

    /// Removes lines of the trail that are older.
    async fn prune_audit(&self, before: jiff::Timestamp) -> Result<u64, BookingError>;
}

const AUDIT: &str = "INSERT INTO audit
        (id, at, actor_id, actor_name, action, object_kind, object_id, object_name, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

const AUDIT_BEFORE: &str =
    "SELECT id, at, actor_id, actor_name, action, object_kind, object_id, object_name, detail
    FROM audit WHERE at < $1 OR (at = $1 AND id < $2) ORDER BY at DESC, id DESC LIMIT $3";

const PRUNE_AUDIT: &str = "DELETE FROM audit WHERE at <= $1";

type AuditColumns = (String, i64, String, String, String, String, String, String, String);

fn entry(columns: AuditColumns) -> Result<AuditEntry, BookingError> {
    let (id, at, person_id, name, action, kind, object_id, object_name, detail) = columns;
    Ok(AuditEntry {
        at: super::row::time("audit", "at", &id, at)?,
        id,
        actor: contracts::staff::Actor { person_id, name },
        action,
        object: contracts::audit::AuditObject { kind, id: object_id, name: object_name },
        detail,
    })
}

macro_rules! trail_store {
    ($store:ty, $connection:ty) => {
        const _: () = {
            impl $store {
                /// Writes a line of the trail.
                pub(super) async fn record(
                    connection: &mut $connection,
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    sqlx::query(AUDIT)
                        .bind(&audit.id)
                        .bind(audit.at.as_microsecond())
                        .bind(&audit.actor.person_id)
                        .bind(&audit.actor.name)
                        .bind(&audit.action)
                        .bind(&audit.object.kind)
                        .bind(&audit.object.id)
                        .bind(&audit.object.name)
                        .bind(&audit.detail)
                        .execute(connection)
                        .await?;
                    Ok(())
                }

                /// Writes the line of the trail, if the change was made.
                pub(super) async fn record_change(
                    connection: &mut $connection,
                    changed: u64,
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    if changed != 1 {
                        return Err(BookingError::Changed);
                    }
                    Self::record(connection, audit).await
                }
            }

            #[async_trait]
            impl TrailStore for $store {
                async fn note(&self, audit: &AuditEntry) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    Self::record(&mut transaction, audit).await?;
                    Ok(transaction.commit().await?)
                }

                async fn audit_entries(
                    &self,
                    before: Option<(jiff::Timestamp, &str)>,
                    limit: u32,
                ) -> Result<Vec<AuditEntry>, BookingError> {
                    let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.as_microsecond(), id));
                    let query = sqlx::query_as(AUDIT_BEFORE).bind(at).bind(id).bind(i64::from(limit));
                    let rows: Vec<AuditColumns> = query.fetch_all(self.readers()).await?;
                    rows.into_iter().map(entry).collect()
                }

                async fn prune_audit(&self, before: jiff::Timestamp) -> Result<u64, BookingError> {
                    let mut transaction = self.begin().await?;
                    let prune = sqlx::query(PRUNE_AUDIT).bind(before.as_microsecond());
                    let pruned = prune.execute(&mut *transaction).await?.rows_affected();
                    transaction.commit().await?;
                    Ok(pruned)
                }
            }
        };
    };
}

trail_store!(SqliteStore, sqlx::SqliteConnection);
trail_store!(PostgresStore, sqlx::PgConnection);
