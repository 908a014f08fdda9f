//! Claiming time within a transaction, stamped out for each engine.
//!
//! Ticks are inserted in ascending order, the counsellor's before the room's, so that two transactions that want the same
//! ones meet at the first of them. Whoever comes second fails on the primary key; nothing is asked beforehand.

use storekit::StoreError;

use crate::BookingError;

/// A claim of one person: seat 0 belongs to her appointment.
pub(super) const CLAIM: &str =
    "INSERT INTO claim (resource_id, tick, seat, appointment_id, session) VALUES ($1, $2, $3, $4, $5)";

/// A group's own claim: the first of its people makes it, the others find it.
pub(super) const OPEN_SESSION: &str = "INSERT INTO claim (resource_id, tick, seat, appointment_id, session)
    VALUES ($1, $2, 0, NULL, $3) ON CONFLICT (resource_id, tick, seat) DO NOTHING";

pub(super) const TICKS_OF_SESSION: &str = "SELECT count(*) FROM claim
    WHERE session = $1 AND resource_id = $2 AND tick >= $3 AND tick <= $4 AND seat = 0";

pub(super) const ROOM_OF_SESSION: &str = "SELECT resource_id FROM claim
    WHERE session = $1 AND seat = 0 AND resource_id <> $2 ORDER BY resource_id LIMIT 1";

pub(super) const SEATS_OF_SESSION: &str =
    "SELECT DISTINCT seat FROM claim WHERE session = $1 AND resource_id = $2 AND seat > 0 ORDER BY seat";

pub(super) const GIVE_BACK: &str = "DELETE FROM claim WHERE appointment_id = $1";

/// A group that nobody belongs to any more.
pub(super) const CLOSE_EMPTY_SESSIONS: &str = "DELETE FROM claim WHERE session IS NOT NULL AND seat = 0
    AND NOT EXISTS (SELECT 1 FROM claim AS person WHERE person.session = claim.session AND person.seat > 0)";

pub(super) const DROP_HOLDS: &str = "DELETE FROM appointment WHERE state = 'held' AND hold_until <= $1";

pub(super) const RELEASE_CANCELLED: &str = "DELETE FROM claim WHERE appointment_id IN
    (SELECT id FROM appointment WHERE release_at IS NOT NULL AND release_at <= $1)";

pub(super) const MARK_RELEASED: &str =
    "UPDATE appointment SET release_at = NULL WHERE release_at IS NOT NULL AND release_at <= $1";

/// What a refused insert means here.
pub(super) fn taken(error: sqlx::Error) -> BookingError {
    match StoreError::from(error) {
        StoreError::NotUnique { .. } => BookingError::Taken,
        other => BookingError::Store(other),
    }
}

macro_rules! claims_on {
    ($connection:ty) => {
        /// Claims what the place needs for an appointment, and answers the seat and the room it got.
        pub(super) async fn claim(
            connection: &mut $connection,
            appointment_id: &str,
            offer_id: &str,
            place: &Place,
        ) -> Result<(u32, Option<String>), BookingError> {
            let ticks: Vec<i64> = place.claimed.ticks().map(|tick| tick.0).collect();
            if place.capacity <= 1 {
                let rooms = place.room_id.as_deref();
                for resource in std::iter::once(place.resource_id.as_str()).chain(rooms) {
                    take(connection, resource, &ticks, 0, appointment_id, None).await?;
                }
                return Ok((0, place.room_id.clone()));
            }
            let session = session(offer_id, place.span.from);
            join(connection, &session, &place.resource_id, &ticks).await?;
            sqlx::query(LOCK_SESSION).bind(&session).fetch_all(&mut *connection).await?;
            let room: Option<String> = sqlx::query_scalar(claims::ROOM_OF_SESSION)
                .bind(&session)
                .bind(&place.resource_id)
                .fetch_optional(&mut *connection)
                .await?;
            let room = match (room, &place.room_id) {
                (Some(room), _) => Some(room),
                (None, Some(room)) => {
                    join(connection, &session, room, &ticks).await?;
                    Some(room.clone())
                }
                (None, None) => None,
            };
            let seats: Vec<i64> = sqlx::query_scalar(claims::SEATS_OF_SESSION)
                .bind(&session)
                .bind(&place.resource_id)
                .fetch_all(&mut *connection)
                .await?;
            let seat = (1..=place.capacity).find(|seat| !seats.contains(&i64::from(*seat)));
            let seat = seat.ok_or(BookingError::Taken)?;
            take(connection, &place.resource_id, &ticks, seat, appointment_id, Some(&session)).await?;
            Ok((seat, room))
        }

        /// Makes the group's own claim, or finds it made.
        async fn join(
            connection: &mut $connection,
            session: &str,
            resource: &str,
            ticks: &[i64],
        ) -> Result<(), BookingError> {
            for tick in ticks {
                let open = sqlx::query(claims::OPEN_SESSION).bind(resource).bind(tick).bind(session);
                open.execute(&mut *connection).await?;
            }
            let (first, last) = (ticks.first().copied().unwrap_or(0), ticks.last().copied().unwrap_or(-1));
            let ours: i64 = sqlx::query_scalar(claims::TICKS_OF_SESSION)
                .bind(session)
                .bind(resource)
                .bind(first)
                .bind(last)
                .fetch_one(&mut *connection)
                .await?;
            if usize::try_from(ours) == Ok(ticks.len()) { Ok(()) } else { Err(BookingError::Taken) }
        }

        /// Gives the time of an appointment back.
        pub(super) async fn give_back(
            connection: &mut $connection,
            appointment_id: &str,
        ) -> Result<(), BookingError> {
            sqlx::query(claims::GIVE_BACK).bind(appointment_id).execute(&mut *connection).await?;
            sqlx::query(claims::CLOSE_EMPTY_SESSIONS).execute(&mut *connection).await?;
            Ok(())
        }

        /// Frees what was held too long and what was cancelled long enough ago.
        pub(super) async fn sweep(connection: &mut $connection, now: i64) -> Result<(), BookingError> {
            let dropped = sqlx::query(claims::DROP_HOLDS).bind(now).execute(&mut *connection).await?;
            let released = sqlx::query(claims::MARK_RELEASED);
            let given = sqlx::query(claims::RELEASE_CANCELLED).bind(now).execute(&mut *connection).await?;
            released.bind(now).execute(&mut *connection).await?;
            if dropped.rows_affected() + given.rows_affected() > 0 {
                sqlx::query(claims::CLOSE_EMPTY_SESSIONS).execute(&mut *connection).await?;
            }
            Ok(())
        }
    };
}

pub(super) use claims_on;
