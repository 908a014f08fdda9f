//! Appointments in a SQLite file.

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use storekit::{SqliteDatabase, StoreError};

use super::{
    Place, ResourceKind,
    claims::{self, claims_on},
    row::{select_appointment, session},
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
const LOCK_SESSION: &str =
    "SELECT resource_id, tick FROM claim WHERE session = $1 AND seat = 0 ORDER BY resource_id, tick";

/// BEGIN IMMEDIATE locked the whole file already.
pub(super) const LOCK_FORM: &str = select_appointment!("WHERE form_hash = $1");

/// BEGIN IMMEDIATE lets one change happen after the other.
#[expect(clippy::unused_async, reason = "the other engine asks its server")]
pub(super) async fn take_turns(_: &mut SqliteConnection, _: &str) -> Result<(), BookingError> {
    Ok(())
}

/// BEGIN IMMEDIATE keeps everybody else out.
#[expect(clippy::unused_async, reason = "the other engine asks its server")]
pub(super) async fn nobody_books(_: &mut SqliteConnection, _: &ResourceKind) -> Result<(), BookingError> {
    Ok(())
}

/// See [`nobody_books`].
#[expect(clippy::unused_async, reason = "the other engine asks its server")]
async fn books(_: &mut SqliteConnection, _: &str) -> Result<(), BookingError> {
    Ok(())
}

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

const OPEN_SESSION: &str = "INSERT INTO claim (resource_id, tick, seat, appointment_id, session)
    VALUES ($1, $2, 0, NULL, $3) ON CONFLICT (resource_id, tick, seat) DO NOTHING";

/// A group's own claim: the first of its people makes it, the others find it.
async fn open(
    connection: &mut SqliteConnection,
    session: &str,
    resource: &str,
    ticks: &[i64],
) -> Result<(), BookingError> {
    for tick in ticks {
        let open = sqlx::query(OPEN_SESSION).bind(resource).bind(tick).bind(session);
        open.execute(&mut *connection).await?;
    }
    Ok(())
}

claims_on!(SqliteConnection);
