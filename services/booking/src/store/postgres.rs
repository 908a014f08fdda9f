//! Appointments in a PostgreSQL schema.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use storekit::StoreError;

use super::{
    Place,
    claims::{self, claims_on},
    row::session,
};
use crate::BookingError;

/// Appointments in a PostgreSQL schema.
#[derive(Debug, Clone)]
pub struct PostgresStore(PgPool);

impl PostgresStore {
    /// The appointments behind a pool whose connections see the schema of booking.
    pub fn on(pool: PgPool) -> Self {
        Self(pool)
    }

    pub(super) fn readers(&self) -> &PgPool {
        &self.0
    }

    pub(super) async fn begin(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.0.begin().await?)
    }
}

/// Two people who join a group at once choose their seats one after the other.
const LOCK_SESSION: &str =
    "SELECT tick FROM claim WHERE session = $1 AND seat = 0 ORDER BY resource_id, tick FOR UPDATE";

/// An array, because a statement per tick costs a journey to the server each.
const CLAIM_ALL: &str = "INSERT INTO claim (resource_id, tick, seat, appointment_id, session)
    SELECT $1, tick, $3, $4, $5 FROM unnest($2::bigint[]) AS tick ORDER BY tick";

/// Claims ticks of one resource.
async fn take(
    connection: &mut PgConnection,
    resource: &str,
    ticks: &[i64],
    seat: u32,
    appointment_id: &str,
    session: Option<&str>,
) -> Result<(), BookingError> {
    let claim = sqlx::query(CLAIM_ALL).bind(resource).bind(ticks).bind(i64::from(seat));
    claim.bind(appointment_id).bind(session).execute(&mut *connection).await.map_err(claims::taken)?;
    Ok(())
}

claims_on!(PgConnection);
