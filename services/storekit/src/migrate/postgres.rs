//! Migrating a PostgreSQL schema.

use sqlx::PgPool;

use super::{APPLIED, MigrationError, RECORD, Service, pending};
use crate::StoreError;

/// One process at a time, per database and service; the lock goes with the transaction.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('migrations of ' || $1))";

/// A migration may take its time, other than statements of the running service.
const NO_HURRY: &str = "SET LOCAL statement_timeout = 0";

/// Every connection's search path is the service's schema, so the schema need not be pasted into a statement here.
const SCHEMA: &str =
    "DO $$ BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', current_setting('search_path')); END $$";

const RECORDS: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    version BIGINT PRIMARY KEY,
    reason TEXT NOT NULL,
    checksum TEXT NOT NULL
)";

impl Service {
    pub(crate) async fn migrate_postgres(&self, pool: &PgPool) -> Result<(), StoreError> {
        let mut transaction = pool.begin().await?;
        sqlx::query(LOCK).bind(self.name).execute(&mut *transaction).await?;
        for statement in [NO_HURRY, SCHEMA, RECORDS] {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        let applied = sqlx::query_as(APPLIED).fetch_all(&mut *transaction).await?;
        for migration in pending(self.postgres, applied)? {
            sqlx::raw_sql(migration.sql).execute(&mut *transaction).await.map_err(|error| {
                MigrationError::Failed {
                    version: migration.version,
                    problem: StoreError::from(error).to_string(),
                }
            })?;
            let record = sqlx::query(RECORD).bind(migration.version).bind(migration.reason);
            record.bind(migration.checksum()).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}
