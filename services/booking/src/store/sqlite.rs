//! Appointments in a SQLite file.

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use storekit::{SqliteDatabase, StoreError};

use super::{
    Place,
    claims::{self, claims_on},
    row::session,
};
use crate::BookingError;

/// Appointments in a SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteStore(SqliteDatabase);

impl SqliteStore {
    /// The appointments in an open file.
    pub fn on(file: SqliteDatabase) -> Self {
        Self(file)
    }

    pub(super) fn readers(&self) -> &SqlitePool {
        self.0.readers()
    }

    pub(super) fn file(&self) -> &SqliteDatabase {
        &self.0
    }

    pub(super) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.0.begin().await
    }
}

/// BEGIN IMMEDIATE locked the whole file already.
const LOCK_SESSION: &str = "SELECT tick FROM claim WHERE session = $1 ORDER BY resource_id, tick LIMIT 1";

/// Claims ticks of one resource.
async fn take(
    connection: &mut SqliteConnection,
    resource: &str,
    ticks: &[i64],
    seat: u32,
    appointment_id: &str,
    session: Option<&str>,
) -> Result<(), BookingError> {
    for tick in ticks {
        let claim = sqlx::query(claims::CLAIM).bind(resource).bind(tick).bind(i64::from(seat));
        claim.bind(appointment_id).bind(session).execute(&mut *connection).await.map_err(claims::taken)?;
    }
    Ok(())
}

claims_on!(SqliteConnection);
