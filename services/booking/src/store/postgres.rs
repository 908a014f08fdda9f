//! Appointments in a PostgreSQL schema.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use storekit::StoreError;

use super::{
    Place, ResourceKind,
    claims::{self, claims_on},
    row::{select_appointment, session},
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
    "SELECT resource_id, tick FROM claim WHERE session = $1 AND seat = 0 ORDER BY resource_id, tick
    FOR UPDATE";

/// What a form holds is not swept away between the look at it and the booking.
pub(super) const LOCK_FORM: &str = select_appointment!("WHERE form_hash = $1 FOR UPDATE");

/// Lets transactions that name the same thing happen one after the other.
pub(super) async fn take_turns(connection: &mut PgConnection, what: &str) -> Result<(), BookingError> {
    let turn = sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind(what);
    turn.execute(&mut *connection).await?;
    Ok(())
}

/// Nobody books a person while she gets an entry at another centre: her claims are copied there.
pub(super) async fn nobody_books(
    connection: &mut PgConnection,
    kind: &ResourceKind,
) -> Result<(), BookingError> {
    if let ResourceKind::Counsellor(person) = kind {
        let alone = sqlx::query("SELECT id FROM resource WHERE person_id = $1 ORDER BY id FOR UPDATE");
        alone.bind(person).fetch_all(&mut *connection).await?;
    }
    Ok(())
}

/// Many book a person at the same time; see [`nobody_books`].
async fn books(connection: &mut PgConnection, resource_id: &str) -> Result<(), BookingError> {
    let shared = sqlx::query("SELECT id FROM resource WHERE id = $1 FOR KEY SHARE").bind(resource_id);
    shared.fetch_all(&mut *connection).await?;
    Ok(())
}

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

const OPEN_SESSION: &str = "INSERT INTO claim (resource_id, tick, seat, appointment_id, session)
    SELECT $1, tick, 0, NULL, $3 FROM unnest($2::bigint[]) AS tick ORDER BY tick
    ON CONFLICT (resource_id, tick, seat) DO NOTHING";

/// A group's own claim: the first of its people makes it, the others find it.
async fn open(
    connection: &mut PgConnection,
    session: &str,
    resource: &str,
    ticks: &[i64],
) -> Result<(), BookingError> {
    let open = sqlx::query(OPEN_SESSION).bind(resource).bind(ticks).bind(session);
    open.execute(&mut *connection).await?;
    Ok(())
}

claims_on!(PgConnection);
