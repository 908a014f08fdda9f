//! Claiming time within a transaction, stamped out for each engine.
//!
//! Ticks are inserted in ascending order, the counsellor's before the room's, so that two transactions that want the same
//! ones meet at the first of them. Whoever comes second fails on the primary key; nothing is asked beforehand. A person who
//! works at several centres is one person: her time is claimed at all of them.

use storekit::StoreError;

use crate::BookingError;

/// A claim of one person: seat 0 belongs to her appointment.
pub(super) const CLAIM: &str =
    "INSERT INTO claim (resource_id, tick, seat, appointment_id, session) VALUES ($1, $2, $3, $4, $5)";

pub(super) const ROOM_OF_SESSION: &str = "SELECT claim.resource_id FROM claim
    JOIN resource ON resource.id = claim.resource_id AND resource.kind = 'room'
    WHERE claim.session = $1 AND claim.seat = 0 ORDER BY claim.resource_id LIMIT 1";

pub(super) const SEATS_OF_SESSION: &str =
    "SELECT DISTINCT seat FROM claim WHERE session = $1 AND resource_id = $2 AND seat > 0 ORDER BY seat";

pub(super) const GIVE_BACK: &str = "DELETE FROM claim WHERE appointment_id = $1";

/// The groups that an appointment has a seat in: one, or none.
pub(super) const SESSIONS_OF: &str =
    "SELECT DISTINCT session FROM claim WHERE appointment_id = $1 AND session IS NOT NULL ORDER BY session";

/// Groups that nobody belongs to any more.
pub(super) const EMPTY_SESSIONS: &str =
    "SELECT DISTINCT session FROM claim WHERE session IS NOT NULL AND seat = 0
    AND NOT EXISTS (SELECT 1 FROM claim AS person WHERE person.session = claim.session AND person.seat > 0)
    ORDER BY session";

/// Ends a group if nobody belongs to it. Its claims are locked before, so that nobody joins meanwhile.
pub(super) const CLOSE_SESSION: &str = "DELETE FROM claim WHERE session = $1 AND seat = 0
    AND NOT EXISTS (SELECT 1 FROM claim AS person WHERE person.session = $1 AND person.seat > 0)";

/// The same person at other centres: whoever is here is not there.
pub(super) const ELSEWHERE: &str = "SELECT other.id FROM resource AS own
    JOIN resource AS other ON other.person_id = own.person_id AND other.id <> own.id
    WHERE own.id = $1 ORDER BY other.id";

/// What a person has claimed already, for her new entry at another centre.
pub(super) const COPY_CLAIMS: &str = "INSERT INTO claim (resource_id, tick, seat, appointment_id, session)
    SELECT $1, claim.tick, 0, claim.appointment_id, claim.session FROM claim
    JOIN resource ON resource.id = claim.resource_id
    WHERE resource.person_id = (SELECT person_id FROM resource WHERE id = $1) AND resource.id <> $1 AND claim.seat = 0
    ON CONFLICT (resource_id, tick, seat) DO NOTHING";

/// Appointments of an offer on a day besides this one.
pub(super) const OF_OFFER_THAT_DAY: &str = "SELECT count(*) FROM appointment WHERE centre_id =
        (SELECT centre_id FROM resource WHERE id = $1)
    AND starts_at >= $2 AND starts_at < $3 AND offer_id = $4 AND id <> $5 AND state <> 'cancelled'";

/// Other meetings of a counsellor on a day; the people of a group are one meeting.
pub(super) const OF_COUNSELLOR_THAT_DAY: &str =
    "SELECT count(*) FROM (SELECT DISTINCT offer_id, starts_at FROM appointment
    WHERE resource_id = $1 AND starts_at >= $2 AND starts_at < $3 AND state <> 'cancelled'
        AND NOT (offer_id = $4 AND starts_at = $6) AND id <> $5) AS meeting";

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
            keep_limits(connection, appointment_id, offer_id, place).await?;
            let ticks: Vec<i64> = place.claimed.ticks().map(|tick| tick.0).collect();
            books(connection, &place.resource_id).await?;
            let mut person: Vec<String> = sqlx::query_scalar(claims::ELSEWHERE)
                .bind(&place.resource_id)
                .fetch_all(&mut *connection)
                .await?;
            person.push(place.resource_id.clone());
            person.sort_unstable();
            if place.capacity <= 1 {
                for resource in person.iter().chain(&place.room_id) {
                    take(connection, resource, &ticks, 0, appointment_id, None).await?;
                }
                return Ok((0, place.room_id.clone()));
            }
            let session = session(offer_id, &place.resource_id, place.span.from);
            for resource in &person {
                join(connection, &session, resource, &ticks).await?;
            }
            let room: Option<String> = sqlx::query_scalar(claims::ROOM_OF_SESSION)
                .bind(&session)
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

        /// Refuses what a day has no place for any more, whoever asks at the same moment.
        async fn keep_limits(
            connection: &mut $connection,
            appointment_id: &str,
            offer_id: &str,
            place: &Place,
        ) -> Result<(), BookingError> {
            let Some(limits) = &place.limits else { return Ok(()) };
            let counts = [
                (limits.of_offer, offer_id, claims::OF_OFFER_THAT_DAY),
                (limits.of_counsellor, place.resource_id.as_str(), claims::OF_COUNSELLOR_THAT_DAY),
            ];
            for (most, whose, statement) in counts {
                let Some(most) = most else { continue };
                take_turns(connection, &format!("{whose}|{}", limits.day.from)).await?;
                let others: i64 = sqlx::query_scalar(statement)
                    .bind(&place.resource_id)
                    .bind(limits.day.from.as_microsecond())
                    .bind(limits.day.to.as_microsecond())
                    .bind(offer_id)
                    .bind(appointment_id)
                    .bind(place.span.from.as_microsecond())
                    .fetch_one(&mut *connection)
                    .await?;
                if others >= i64::from(most) {
                    return Err(BookingError::Taken);
                }
            }
            Ok(())
        }

        /// Makes the group's own claim, or finds it made, and locks it: nobody else chooses a seat or ends the group meanwhile.
        async fn join(
            connection: &mut $connection,
            session: &str,
            resource: &str,
            ticks: &[i64],
        ) -> Result<(), BookingError> {
            // the last one may leave between the two statements, and the group with her
            for _ in 0..3 {
                open(connection, session, resource, ticks).await?;
                // only what is locked counts: a group that somebody else opened since may be ended again meanwhile
                let locked = sqlx::query_as(LOCK_SESSION).bind(session).fetch_all(&mut *connection);
                let locked: Vec<(String, i64)> = locked.await?;
                let ours = locked.iter().filter(|(of, tick)| of == resource && ticks.contains(tick)).count();
                if ours == ticks.len() {
                    return Ok(());
                }
            }
            Err(BookingError::Taken)
        }

        /// Gives the time of an appointment back.
        pub(super) async fn give_back(
            connection: &mut $connection,
            appointment_id: &str,
        ) -> Result<(), BookingError> {
            let sessions: Vec<String> = sqlx::query_scalar(claims::SESSIONS_OF)
                .bind(appointment_id)
                .fetch_all(&mut *connection)
                .await?;
            sqlx::query(claims::GIVE_BACK).bind(appointment_id).execute(&mut *connection).await?;
            close(connection, &sessions).await
        }

        /// Ends groups that nobody belongs to any more.
        pub(super) async fn close_empty(connection: &mut $connection) -> Result<(), BookingError> {
            let empty: Vec<String> =
                sqlx::query_scalar(claims::EMPTY_SESSIONS).fetch_all(&mut *connection).await?;
            close(connection, &empty).await
        }

        async fn close(connection: &mut $connection, sessions: &[String]) -> Result<(), BookingError> {
            for session in sessions {
                sqlx::query(LOCK_SESSION).bind(session).fetch_all(&mut *connection).await?;
                sqlx::query(claims::CLOSE_SESSION).bind(session).execute(&mut *connection).await?;
            }
            Ok(())
        }

        /// Frees what was held too long and what was cancelled long enough ago.
        pub(super) async fn sweep(connection: &mut $connection, now: i64) -> Result<(), BookingError> {
            let dropped = sqlx::query(claims::DROP_HOLDS).bind(now).execute(&mut *connection).await?;
            let released = sqlx::query(claims::MARK_RELEASED);
            let given = sqlx::query(claims::RELEASE_CANCELLED).bind(now).execute(&mut *connection).await?;
            released.bind(now).execute(&mut *connection).await?;
            if dropped.rows_affected() + given.rows_affected() > 0 {
                close_empty(connection).await?;
            }
            Ok(())
        }
    };
}

pub(super) use claims_on;
