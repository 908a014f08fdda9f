//! Holding, booking, moving, cancelling, forgetting.

use async_trait::async_trait;
use contracts::audit::AuditEntry;
use jiff::Timestamp;
use mailkit::Intent;
use sqlx::Row;
use storekit::StoreError;

use super::{
    Booked, Cancellation, ClaimedTick, Claims, Hold, Move, NewBooking, PostgresStore, SqliteStore,
    calendar::{BUSY, busy_spans},
    claims::taken,
    postgres,
    row::{self, read_appointment, select_appointment},
    sqlite,
};
use crate::{
    BookingError, Span, Tick,
    appointment::{Appointment, Attendance, State},
    receipt::Hash,
};

/// The part of the store that knows appointments.
#[async_trait]
pub trait AppointmentStore: Send + Sync {
    /// Keeps a time free for a form until the hold ends. A form holds one time: an earlier hold of it is given back. A form
    /// that was sent off already keeps what it booked.
    ///
    /// # Errors
    /// [`BookingError::Taken`].
    async fn hold(&self, hold: &Hold, now: Timestamp) -> Result<Appointment, BookingError>;

    /// Gives back what a form holds, and answers of which offer; an appointment stays.
    async fn release(&self, form_hash: Hash) -> Result<Option<String>, BookingError>;

    /// Makes an appointment of a form. Sending it again changes nothing.
    ///
    /// # Errors
    /// [`BookingError::Taken`] when the hold ran out and somebody else was faster.
    async fn book(&self, booking: &NewBooking, now: Timestamp) -> Result<Booked, BookingError>;

    /// Moves an open appointment, all or nothing.
    ///
    /// # Errors
    /// [`BookingError::Taken`] and the appointment stays where it is, [`BookingError::Changed`] when it is not at the
    /// version any more or cannot be moved.
    async fn move_to(&self, change: &Move, now: Timestamp) -> Result<Appointment, BookingError>;

    /// The centre agrees to a request.
    ///
    /// # Errors
    /// [`BookingError::Changed`].
    async fn confirm(
        &self,
        id: &str,
        version: u32,
        mails: &[Intent],
        audit: &AuditEntry,
        now: Timestamp,
    ) -> Result<Appointment, BookingError>;

    /// Takes an appointment back: what it says about the person goes, its time is free now or later. What mails need stays
    /// until the last of them is sent.
    ///
    /// # Errors
    /// [`BookingError::Changed`].
    async fn cancel(&self, change: &Cancellation, now: Timestamp) -> Result<Appointment, BookingError>;

    /// Notes whether the person came.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when there is no such confirmed appointment.
    async fn attend(&self, id: &str, attendance: Attendance, audit: &AuditEntry) -> Result<(), BookingError>;

    /// The appointment with this id; holds are none.
    async fn appointment(&self, id: &str) -> Result<Option<Appointment>, BookingError>;

    /// The appointment with this code, and what is stored of its PIN.
    async fn by_code(&self, code_mac: Hash) -> Result<Option<(Appointment, Hash)>, BookingError>;

    /// What is stored of an appointment's code.
    async fn code_of(&self, id: &str) -> Result<Option<Hash>, BookingError>;

    /// The appointment with this link.
    async fn by_link(&self, link_hash: Hash) -> Result<Option<Appointment>, BookingError>;

    /// The appointment or hold of a form.
    async fn by_form(&self, form_hash: Hash) -> Result<Option<Appointment>, BookingError>;

    /// The appointments of a centre that touch a stretch of time, by start; without holds.
    async fn of_centre(&self, centre_id: &str, span: Span) -> Result<Vec<Appointment>, BookingError>;

    /// What is claimed of a centre's resources in a stretch of time, and when its counsellors are busy.
    async fn claims(&self, centre_id: &str, span: Span) -> Result<Claims, BookingError>;

    /// How many appointments and holds are kept, for the operator.
    async fn count(&self) -> Result<u64, BookingError>;

    /// Up to `limit` appointments that are to be forgotten at `now`, the longest due first.
    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<String>, BookingError>;

    /// Up to `limit` appointments whose address no mail needs any more: they have begun or are cancelled, and nothing waits
    /// to be sent.
    async fn told(&self, now: Timestamp, limit: u32) -> Result<Vec<Appointment>, BookingError>;

    /// Removes what was forgotten: its keys are destroyed already. Answers how many rows went.
    async fn forget(&self, ids: &[String]) -> Result<u64, BookingError>;

    /// Removes a sealed text whose key is destroyed, from the appointment that had it.
    async fn forget_address(&self, id: &str) -> Result<(), BookingError>;

    /// Drops holds that ran out and frees what was cancelled long enough ago.
    async fn sweep(&self, now: Timestamp) -> Result<(), BookingError>;
}

const BY_ID: &str = select_appointment!("WHERE id = $1");
const BY_FORM: &str = select_appointment!("WHERE form_hash = $1");
const BY_LINK: &str = select_appointment!("WHERE link_hash = $1");
const BY_CODE: &str = select_appointment!("WHERE code_mac = $1");
const PIN_OF: &str = "SELECT pin_mac FROM appointment WHERE code_mac = $1";

const CODE_OF: &str = "SELECT code_mac FROM appointment WHERE id = $1";

const OF_CENTRE: &str = select_appointment!(
    "WHERE centre_id = $1 AND starts_at < $3 AND ends_at > $2 AND state <> 'held' ORDER BY starts_at, id"
);

const HOLD: &str = "INSERT INTO appointment
        (id, centre_id, offer_id, resource_id, room_id, seat, mode, starts_at, ends_at, state, hold_until, forget_at,
            form_hash, lang, version)
    VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, 'held', $9, $10, $11, $12, 0)";

const SEAT: &str = "UPDATE appointment SET seat = $2, room_id = $3 WHERE id = $1";

const DROP_HOLD: &str = "DELETE FROM appointment WHERE form_hash = $1 AND state = 'held'";

const BOOK: &str =
    "UPDATE appointment SET state = $2, hold_until = NULL, code_mac = $3, pin_mac = $4, link_hash = $5,
        contact_day = $6, contact_slot = $7, contact_sealed = $8,
        notify_day = $9, notify_slot = $10, notify_sealed = $11, lang = $12, forget_at = $13
    WHERE id = $1 AND state = 'held'";

const MOVE: &str =
    "UPDATE appointment SET version = version + 1, resource_id = $3, room_id = $4, seat = $5, mode = $6,
        starts_at = $7, ends_at = $8, forget_at = $9, attendance = NULL,
        contact_day = $10, contact_slot = $11, contact_sealed = $12,
        notify_day = $13, notify_slot = $14, notify_sealed = $15
    WHERE id = $1 AND version = $2 AND state IN ('requested', 'confirmed')";

const CONFIRM: &str = "UPDATE appointment SET state = 'confirmed', version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'requested'";

const CANCEL: &str = "UPDATE appointment SET state = 'cancelled', version = version + 1, release_at = $3,
        contact_day = NULL, contact_slot = NULL, contact_sealed = NULL,
        note_day = $4, note_slot = $5, note_sealed = $6
    WHERE id = $1 AND version = $2 AND state IN ('requested', 'confirmed')";

const ATTEND: &str = "UPDATE appointment SET attendance = $2 WHERE id = $1 AND state = 'confirmed'";

const CLAIMS: &str = "SELECT claim.resource_id, claim.tick, claim.seat, claim.session FROM claim
    JOIN resource ON resource.id = claim.resource_id
    WHERE resource.centre_id = $1 AND claim.tick >= $2 AND claim.tick <= $3
    ORDER BY claim.resource_id, claim.tick, claim.seat";

const STARTS: &str = "SELECT resource_id, offer_id, starts_at FROM appointment
    WHERE centre_id = $1 AND starts_at >= $2 AND starts_at < $3 AND state <> 'cancelled'
    ORDER BY resource_id, starts_at, id";

const COUNT: &str = "SELECT count(*) FROM appointment";

const DUE: &str = "SELECT id FROM appointment WHERE forget_at <= $1 ORDER BY forget_at, id LIMIT $2";

const TOLD: &str = select_appointment!(
    "WHERE notify_sealed IS NOT NULL AND (state = 'cancelled' OR starts_at <= $1)
        AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.object_id = appointment.id AND mail.state = 'waiting')
    ORDER BY id LIMIT $2"
);

const FORGET: &str = "DELETE FROM appointment WHERE id = $1";

const FORGET_ADDRESS: &str =
    "UPDATE appointment SET notify_day = NULL, notify_slot = NULL, notify_sealed = NULL WHERE id = $1";

const TALLY: &str = "INSERT INTO tally (day, offer_id, what, count) VALUES ($1, $2, $3, 1)
    ON CONFLICT (day, offer_id, what) DO UPDATE SET count = tally.count + 1";

/// What was noted was wrong and is noted anew.
const TALLY_LESS: &str =
    "UPDATE tally SET count = count - 1 WHERE day = $1 AND offer_id = $2 AND what = $3 AND count > 0";

/// The day of an appointment in local time, for counts.
fn local_day(appointment: &Appointment) -> String {
    crate::availability::local_date(appointment.span.from).to_string()
}

/// A form's name, for whoever sends it twice at once.
fn form_name(form_hash: Hash) -> String {
    data_encoding::HEXLOWER.encode(&form_hash)
}

/// A code that somebody else has needs another attempt; a tick that somebody else has needs another time.
fn code_taken(error: &StoreError) -> bool {
    matches!(error, StoreError::NotUnique { constraint } if constraint.contains("code_mac"))
}

macro_rules! appointment_store {
    ($store:ty, $engine:ident, $connection:ty, $enqueue:path, $withdraw:path) => {
        const _: () = {
            impl $store {
                async fn one(
                    connection: &mut $connection,
                    statement: &'static str,
                    key: &[u8],
                ) -> Result<Option<Appointment>, BookingError> {
                    let row = sqlx::query(statement).bind(key).fetch_optional(&mut *connection).await?;
                    Ok(match row {
                        Some(row) => Some(read_appointment!(row)?),
                        None => None,
                    })
                }

                async fn by_id(
                    connection: &mut $connection,
                    id: &str,
                ) -> Result<Option<Appointment>, BookingError> {
                    let row = sqlx::query(BY_ID).bind(id).fetch_optional(&mut *connection).await?;
                    Ok(match row {
                        Some(row) => Some(read_appointment!(row)?),
                        None => None,
                    })
                }

                /// Inserts the hold and claims its time.
                async fn keep_free(connection: &mut $connection, hold: &Hold) -> Result<(), BookingError> {
                    let place = &hold.place;
                    sqlx::query(HOLD)
                        .bind(&hold.id)
                        .bind(&hold.centre_id)
                        .bind(&hold.offer_id)
                        .bind(&place.resource_id)
                        .bind(place.room_id.as_deref())
                        .bind(hold.mode.code())
                        .bind(place.span.from.as_microsecond())
                        .bind(place.span.to.as_microsecond())
                        .bind(hold.until.as_microsecond())
                        .bind(hold.forget_at.as_microsecond())
                        .bind(hold.form_hash.as_slice())
                        .bind(hold.lang.tag())
                        .execute(&mut *connection)
                        .await
                        .map_err(taken)?;
                    let (seat, room) = $engine::claim(connection, &hold.id, &hold.offer_id, place).await?;
                    if seat > 0 || room != place.room_id {
                        let seated = sqlx::query(SEAT).bind(&hold.id).bind(i64::from(seat)).bind(room);
                        seated.execute(&mut *connection).await?;
                    }
                    Ok(())
                }

                /// The line of the trail, the mails, the count, and the appointment as it is now.
                async fn finish(
                    connection: &mut $connection,
                    id: &str,
                    audit: Option<&AuditEntry>,
                    mails: &[Intent],
                    what: Option<&str>,
                ) -> Result<Appointment, BookingError> {
                    if let Some(audit) = audit {
                        Self::record(&mut *connection, audit).await?;
                    }
                    for mail in mails {
                        $enqueue(&mut *connection, mail).await?;
                    }
                    let appointment = Self::by_id(connection, id).await?.ok_or(BookingError::NotFound)?;
                    if let Some(what) = what {
                        sqlx::query(TALLY)
                            .bind(local_day(&appointment))
                            .bind(&appointment.offer_id)
                            .bind(what)
                            .execute(&mut *connection)
                            .await?;
                    }
                    Ok(appointment)
                }
            }

            #[async_trait]
            impl AppointmentStore for $store {
                async fn hold(&self, hold: &Hold, now: Timestamp) -> Result<Appointment, BookingError> {
                    let mut transaction = self.begin().await?;
                    $engine::take_turns(&mut transaction, &form_name(hold.form_hash)).await?;
                    $engine::sweep(&mut transaction, now.as_microsecond()).await?;
                    let earlier = Self::one(&mut transaction, BY_FORM, &hold.form_hash).await?;
                    match earlier {
                        Some(earlier) if !matches!(earlier.state, State::Held { .. }) => {
                            transaction.commit().await?;
                            return Ok(earlier);
                        }
                        Some(earlier) => {
                            $engine::give_back(&mut transaction, &earlier.id).await?;
                            let drop = sqlx::query(DROP_HOLD).bind(hold.form_hash.as_slice());
                            drop.execute(&mut *transaction).await?;
                        }
                        None => {}
                    }
                    Self::keep_free(&mut transaction, hold).await?;
                    let held = Self::by_id(&mut transaction, &hold.id).await?;
                    transaction.commit().await?;
                    held.ok_or(BookingError::NotFound)
                }

                async fn release(&self, form_hash: Hash) -> Result<Option<String>, BookingError> {
                    let mut transaction = self.begin().await?;
                    // it must not give back what the same form is just booking
                    $engine::take_turns(&mut transaction, &form_name(form_hash)).await?;
                    let found = Self::one(&mut transaction, BY_FORM, &form_hash).await?;
                    let held = found.filter(|found| matches!(found.state, State::Held { .. }));
                    if let Some(held) = &held {
                        $engine::give_back(&mut transaction, &held.id).await?;
                        let drop = sqlx::query(DROP_HOLD).bind(form_hash.as_slice());
                        drop.execute(&mut *transaction).await?;
                    }
                    transaction.commit().await?;
                    Ok(held.map(|held| held.offer_id))
                }

                async fn book(&self, booking: &NewBooking, now: Timestamp) -> Result<Booked, BookingError> {
                    let hold = &booking.hold;
                    let mut transaction = self.begin().await?;
                    $engine::take_turns(&mut transaction, &form_name(hold.form_hash)).await?;
                    $engine::sweep(&mut transaction, now.as_microsecond()).await?;
                    match Self::one(&mut transaction, $engine::LOCK_FORM, &hold.form_hash).await? {
                        Some(earlier) if !matches!(earlier.state, State::Held { .. }) => {
                            transaction.commit().await?;
                            return Ok(Booked::Again(earlier));
                        }
                        Some(held)
                            if held.span == hold.place.span
                                && held.resource_id == hold.place.resource_id
                                && held.offer_id == hold.offer_id
                                && held.mode == hold.mode => {}
                        Some(held) => {
                            $engine::give_back(&mut transaction, &held.id).await?;
                            let drop = sqlx::query(DROP_HOLD).bind(hold.form_hash.as_slice());
                            drop.execute(&mut *transaction).await?;
                            Self::keep_free(&mut transaction, hold).await?;
                        }
                        None => Self::keep_free(&mut transaction, hold).await?,
                    }
                    let state = if booking.to_be_confirmed { State::Requested } else { State::Confirmed };
                    let (contact, notify) = (booking.contact.as_ref(), booking.notify.as_ref());
                    let booked = sqlx::query(BOOK)
                        .bind(&hold.id)
                        .bind(state.code())
                        .bind(booking.code_mac.as_slice())
                        .bind(booking.pin_mac.as_slice())
                        .bind(booking.link_hash.as_slice())
                        .bind(contact.map(|sealed| sealed.day.as_str()))
                        .bind(contact.map(|sealed| i64::from(sealed.slot)))
                        .bind(contact.map(|sealed| sealed.bytes.as_slice()))
                        .bind(notify.map(|sealed| sealed.day.as_str()))
                        .bind(notify.map(|sealed| i64::from(sealed.slot)))
                        .bind(notify.map(|sealed| sealed.bytes.as_slice()))
                        .bind(hold.lang.tag())
                        .bind(hold.forget_at.as_microsecond())
                        .execute(&mut *transaction)
                        .await;
                    let booked = match booked.map_err(StoreError::from) {
                        Err(error) if code_taken(&error) => return Ok(Booked::CodeTaken),
                        other => other?,
                    };
                    if booked.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    let (audit, mails) = (booking.audit.as_ref(), &booking.mails);
                    let appointment =
                        Self::finish(&mut transaction, &hold.id, audit, mails, Some("booked")).await?;
                    transaction.commit().await?;
                    Ok(Booked::New(appointment))
                }

                async fn move_to(&self, change: &Move, now: Timestamp) -> Result<Appointment, BookingError> {
                    let mut transaction = self.begin().await?;
                    $engine::sweep(&mut transaction, now.as_microsecond()).await?;
                    let earlier = Self::by_id(&mut transaction, &change.id).await?;
                    let earlier =
                        earlier.filter(|earlier| earlier.is_open(now)).ok_or(BookingError::Closed)?;
                    $engine::give_back(&mut transaction, &change.id).await?;
                    let place = &change.place;
                    let (seat, room) =
                        $engine::claim(&mut transaction, &change.id, &earlier.offer_id, place).await?;
                    let (contact, notify) = (change.contact.as_ref(), change.notify.as_ref());
                    let moved = sqlx::query(MOVE)
                        .bind(&change.id)
                        .bind(i64::from(change.version))
                        .bind(&place.resource_id)
                        .bind(room)
                        .bind(i64::from(seat))
                        .bind(change.mode.code())
                        .bind(place.span.from.as_microsecond())
                        .bind(place.span.to.as_microsecond())
                        .bind(change.forget_at.as_microsecond())
                        .bind(contact.map(|sealed| sealed.day.as_str()))
                        .bind(contact.map(|sealed| i64::from(sealed.slot)))
                        .bind(contact.map(|sealed| sealed.bytes.as_slice()))
                        .bind(notify.map(|sealed| sealed.day.as_str()))
                        .bind(notify.map(|sealed| i64::from(sealed.slot)))
                        .bind(notify.map(|sealed| sealed.bytes.as_slice()))
                        .execute(&mut *transaction)
                        .await?;
                    if moved.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    $withdraw(&mut transaction, &change.id).await?;
                    let (audit, mails) = (change.audit.as_ref(), &change.mails);
                    let moved =
                        Self::finish(&mut transaction, &change.id, audit, mails, Some("moved")).await?;
                    transaction.commit().await?;
                    Ok(moved)
                }

                async fn confirm(
                    &self,
                    id: &str,
                    version: u32,
                    mails: &[Intent],
                    audit: &AuditEntry,
                    now: Timestamp,
                ) -> Result<Appointment, BookingError> {
                    let mut transaction = self.begin().await?;
                    let earlier = Self::by_id(&mut transaction, id).await?.ok_or(BookingError::NotFound)?;
                    if !earlier.is_open(now) {
                        return Err(BookingError::Closed);
                    }
                    let confirm = sqlx::query(CONFIRM).bind(id).bind(i64::from(version));
                    if confirm.execute(&mut *transaction).await?.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    let confirmed = Self::finish(&mut transaction, id, Some(audit), mails, None).await?;
                    transaction.commit().await?;
                    Ok(confirmed)
                }

                async fn cancel(
                    &self,
                    change: &Cancellation,
                    now: Timestamp,
                ) -> Result<Appointment, BookingError> {
                    let (id, note) = (change.id.as_str(), change.note.as_ref());
                    let mut transaction = self.begin().await?;
                    let earlier = Self::by_id(&mut transaction, id).await?.ok_or(BookingError::NotFound)?;
                    if !earlier.is_open(now) {
                        return Err(BookingError::Closed);
                    }
                    let cancel = sqlx::query(CANCEL)
                        .bind(id)
                        .bind(i64::from(change.version))
                        .bind(change.release_at.map(Timestamp::as_microsecond))
                        .bind(note.map(|sealed| sealed.day.as_str()))
                        .bind(note.map(|sealed| i64::from(sealed.slot)))
                        .bind(note.map(|sealed| sealed.bytes.as_slice()));
                    if cancel.execute(&mut *transaction).await?.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    if change.release_at.is_none() {
                        $engine::give_back(&mut transaction, id).await?;
                    }
                    $withdraw(&mut transaction, id).await?;
                    let audit = change.audit.as_ref();
                    let declined = audit.is_some() && matches!(earlier.state, State::Requested);
                    let what = Some(if declined { "declined" } else { "cancelled" });
                    let cancelled = Self::finish(&mut transaction, id, audit, &change.mails, what).await?;
                    transaction.commit().await?;
                    Ok(cancelled)
                }

                async fn attend(
                    &self,
                    id: &str,
                    attendance: Attendance,
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    $engine::take_turns(&mut transaction, id).await?;
                    let earlier = Self::by_id(&mut transaction, id).await?.ok_or(BookingError::NotFound)?;
                    let attend = sqlx::query(ATTEND).bind(id).bind(attendance.code());
                    if attend.execute(&mut *transaction).await?.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    let counts = (earlier.attendance != Some(attendance)).then(|| attendance.code());
                    if let Some(corrected) = earlier.attendance.filter(|_| counts.is_some()) {
                        let less = sqlx::query(TALLY_LESS).bind(local_day(&earlier)).bind(&earlier.offer_id);
                        less.bind(corrected.code()).execute(&mut *transaction).await?;
                    }
                    Self::finish(&mut transaction, id, Some(audit), &[], counts).await?;
                    Ok(transaction.commit().await?)
                }

                async fn appointment(&self, id: &str) -> Result<Option<Appointment>, BookingError> {
                    let mut connection = self.readers().acquire().await?;
                    let found = Self::by_id(&mut connection, id).await?;
                    Ok(found.filter(|found| !matches!(found.state, State::Held { .. })))
                }

                async fn by_code(&self, code_mac: Hash) -> Result<Option<(Appointment, Hash)>, BookingError> {
                    let mut connection = self.readers().acquire().await?;
                    let found = Self::one(&mut connection, BY_CODE, &code_mac).await?;
                    let pin = sqlx::query_scalar(PIN_OF).bind(code_mac.as_slice());
                    let pin: Option<Option<Vec<u8>>> = pin.fetch_optional(&mut *connection).await?;
                    Ok(found.zip(row::hash(pin.flatten())))
                }

                async fn code_of(&self, id: &str) -> Result<Option<Hash>, BookingError> {
                    let code = sqlx::query_scalar(CODE_OF).bind(id);
                    let code: Option<Option<Vec<u8>>> = code.fetch_optional(self.readers()).await?;
                    Ok(row::hash(code.flatten()))
                }

                async fn by_link(&self, link_hash: Hash) -> Result<Option<Appointment>, BookingError> {
                    let mut connection = self.readers().acquire().await?;
                    Self::one(&mut connection, BY_LINK, &link_hash).await
                }

                async fn by_form(&self, form_hash: Hash) -> Result<Option<Appointment>, BookingError> {
                    let mut connection = self.readers().acquire().await?;
                    Self::one(&mut connection, BY_FORM, &form_hash).await
                }

                async fn of_centre(
                    &self,
                    centre_id: &str,
                    span: Span,
                ) -> Result<Vec<Appointment>, BookingError> {
                    let rows = sqlx::query(OF_CENTRE)
                        .bind(centre_id)
                        .bind(span.from.as_microsecond())
                        .bind(span.to.as_microsecond())
                        .fetch_all(self.readers())
                        .await?;
                    rows.into_iter().map(|row| Ok(read_appointment!(row)?)).collect()
                }

                async fn claims(&self, centre_id: &str, span: Span) -> Result<Claims, BookingError> {
                    let mut reading = self.readers().begin().await?;
                    let ticks: Vec<(String, i64, i64, Option<String>)> = sqlx::query_as(CLAIMS)
                        .bind(centre_id)
                        .bind(Tick::of(span.from).0)
                        .bind(Tick::of(span.to).0)
                        .fetch_all(&mut *reading)
                        .await?;
                    let starts: Vec<(String, String, i64)> = sqlx::query_as(STARTS)
                        .bind(centre_id)
                        .bind(span.from.as_microsecond())
                        .bind(span.to.as_microsecond())
                        .fetch_all(&mut *reading)
                        .await?;
                    let ticks = ticks.into_iter().map(|(resource_id, tick, seat, session)| ClaimedTick {
                        resource_id,
                        tick: Tick(tick),
                        seat: row::number(seat),
                        session,
                    });
                    let starts = starts.into_iter().map(|(resource, offer, at)| {
                        Ok((resource, offer, row::time("appointment", "starts_at", "", at)?))
                    });
                    let starts = starts.collect::<Result<_, StoreError>>()?;
                    let busy = sqlx::query_as(BUSY)
                        .bind(centre_id)
                        .bind(span.from.as_microsecond())
                        .bind(span.to.as_microsecond())
                        .fetch_all(&mut *reading)
                        .await?;
                    Ok(Claims { ticks: ticks.collect(), starts, busy: busy_spans(busy)? })
                }

                async fn count(&self) -> Result<u64, BookingError> {
                    let count: i64 = sqlx::query_scalar(COUNT).fetch_one(self.readers()).await?;
                    Ok(u64::try_from(count).unwrap_or(0))
                }

                async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<String>, BookingError> {
                    let query = sqlx::query_scalar(DUE).bind(now.as_microsecond()).bind(i64::from(limit));
                    Ok(query.fetch_all(self.readers()).await?)
                }

                async fn told(&self, now: Timestamp, limit: u32) -> Result<Vec<Appointment>, BookingError> {
                    let query = sqlx::query(TOLD).bind(now.as_microsecond()).bind(i64::from(limit));
                    let rows = query.fetch_all(self.readers()).await?;
                    rows.into_iter().map(|row| Ok(read_appointment!(row)?)).collect()
                }

                async fn forget(&self, ids: &[String]) -> Result<u64, BookingError> {
                    let mut transaction = self.begin().await?;
                    let mut gone = 0;
                    for id in ids {
                        $withdraw(&mut transaction, id).await?;
                        let forget = sqlx::query(FORGET).bind(id).execute(&mut *transaction).await?;
                        gone += forget.rows_affected();
                    }
                    $engine::close_empty(&mut transaction).await?;
                    transaction.commit().await?;
                    Ok(gone)
                }

                async fn forget_address(&self, id: &str) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    sqlx::query(FORGET_ADDRESS).bind(id).execute(&mut *transaction).await?;
                    Ok(transaction.commit().await?)
                }

                async fn sweep(&self, now: Timestamp) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    $engine::sweep(&mut transaction, now.as_microsecond()).await?;
                    Ok(transaction.commit().await?)
                }
            }
        };
    };
}

appointment_store!(
    SqliteStore,
    sqlite,
    sqlx::SqliteConnection,
    mailkit::enqueue_sqlite,
    mailkit::withdraw_sqlite
);
appointment_store!(
    PostgresStore,
    postgres,
    sqlx::PgConnection,
    mailkit::enqueue_postgres,
    mailkit::withdraw_postgres
);
