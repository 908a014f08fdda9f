//! Migrating a SQLite file.

use super::{APPLIED, MigrationError, RECORD, Service, pending};
use crate::{SqliteDatabase, StoreError};

const RECORDS: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    version INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    checksum TEXT NOT NULL
) STRICT";

impl Service {
    pub(crate) async fn migrate_sqlite(&self, database: &SqliteDatabase) -> Result<(), StoreError> {
        let mut transaction = database.begin().await?;
        sqlx::query(RECORDS).execute(&mut *transaction).await?;
        let applied = sqlx::query_as(APPLIED).fetch_all(&mut *transaction).await?;
        for migration in pending(self.sqlite, applied)? {
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
