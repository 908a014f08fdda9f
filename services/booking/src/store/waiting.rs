//! The waiting list: who wants to hear of an earlier time of an offer.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use kernel::Lang;
use mailkit::Intent;
use sqlx::Row;
use storekit::StoreError;

use super::{PostgresStore, SqliteStore, postgres, row, sqlite};
use crate::{
    BookingError,
    appointment::SealedText,
    receipt::Hash,
    waiting::{BETWEEN_NOTICES, Entry, MOST_NOTICES, Stage},
};

/// Somebody who wants to be put on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its id.
    pub id: String,
    /// The offer.
    pub offer_id: String,
    /// What is stored of the form's key.
    pub form_hash: Hash,
    /// What is stored of the link.
    pub link_hash: Hash,
    /// She wants a time that begins before this.
    pub before: Timestamp,
    /// When it is forgotten unless she confirms it.
    pub forget_at: Timestamp,
    /// The language she is written to in.
    pub lang: Lang,
    /// Her address.
    pub notify: SealedText,
    /// The mail that asks her.
    pub mail: Intent,
}

/// What became of a form that asks for a place on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// She is asked by mail now.
    New,
    /// It was sent before.
    Again,
    /// There are too many already.
    Full,
}

/// The part of the store that knows waiting lists.
#[async_trait]
pub trait WaitingStore: Send + Sync {
    /// Puts an entry on the list of its offer, unless its form did so before or there are `most` already.
    async fn join_waiting(&self, entry: &NewEntry, most: u32) -> Result<Joined, BookingError>;

    /// She confirmed: what begins before `earliest` is news to her from now on. False when she did so before, or the entry is
    /// gone.
    async fn confirm_waiting(
        &self,
        id: &str,
        earliest: Timestamp,
        forget_at: Timestamp,
        notify: &SealedText,
    ) -> Result<bool, BookingError>;

    /// The entry with this id.
    async fn waiting(&self, id: &str) -> Result<Option<Entry>, BookingError>;

    /// The entry of a form.
    async fn waiting_by_form(&self, form_hash: Hash) -> Result<Option<Entry>, BookingError>;

    /// The entry with this link.
    async fn waiting_by_link(&self, link_hash: Hash) -> Result<Option<Entry>, BookingError>;

    /// The offers that somebody waits for, with confirmed entries that may still be told.
    async fn awaited_offers(&self, now: Timestamp) -> Result<Vec<String>, BookingError>;

    /// Those of an offer for whom no mail is under way.
    async fn waiting_for(&self, offer_id: &str, now: Timestamp) -> Result<Vec<Entry>, BookingError>;

    /// Queues a mail that looks once more and then tells her. False when one is under way already.
    async fn call_waiting(&self, mail: &Intent) -> Result<bool, BookingError>;

    /// Counts the notice with this number, which tells of a time, at the moment it leaves. False when it must not: she is
    /// gone, or was told meanwhile.
    async fn tell_waiting(
        &self,
        id: &str,
        number: u8,
        of: Timestamp,
        forget_at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, BookingError>;

    /// The notice with this number is sent once more, and tells of an earlier time than before.
    async fn tell_waiting_earlier(&self, id: &str, number: u8, of: Timestamp) -> Result<(), BookingError>;

    /// Notes the first free time of an offer, `None` for none, for all who are not being told: what was earlier is gone, and
    /// news if it comes back. Does nothing while somebody at the centre holds a time that begins before the first one or on
    /// its day: by itself, its buffers or the day's limits it may hide an earlier one, which comes back with its end.
    async fn look_at_waiting(
        &self,
        offer_id: &str,
        centre_id: &str,
        first: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), BookingError>;

    /// Up to `limit` entries that have ended at `now`.
    async fn ended_waiting(&self, now: Timestamp, limit: u32) -> Result<Vec<Entry>, BookingError>;

    /// Up to `limit` entries whose last notice has left, with an address that nothing needs any more.
    async fn told_waiting(&self, limit: u32) -> Result<Vec<Entry>, BookingError>;

    /// Removes entries whose keys are destroyed, with their mails. Answers how many rows went.
    async fn forget_waiting(&self, ids: &[String]) -> Result<u64, BookingError>;

    /// Removes an address whose key is destroyed, from an entry that has got its last notice.
    async fn forget_waiting_address(&self, id: &str) -> Result<(), BookingError>;
}

macro_rules! select_entry {
    ($end:expr) => {
        concat!(
            "SELECT id, offer_id, state, before_at, earliest_at, notices, told_at, forget_at, lang,
                notify_day, notify_slot, notify_sealed FROM waiting ",
            $end
        )
    };
}

const BY_ID: &str = select_entry!("WHERE id = $1");
const BY_FORM: &str = select_entry!("WHERE form_hash = $1");
const BY_LINK: &str = select_entry!("WHERE link_hash = $1");

const COUNT: &str = "SELECT count(*) FROM waiting WHERE offer_id = $1";

const JOIN: &str =
    "INSERT INTO waiting (id, offer_id, form_hash, link_hash, state, before_at, earliest_at, notices,
        forget_at, lang, notify_day, notify_slot, notify_sealed)
    VALUES ($1, $2, $3, $4, 'asked', $5, $5, 0, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";

const CONFIRM: &str = "UPDATE waiting SET state = 'waiting', earliest_at = $2, forget_at = $3,
        notify_day = $4, notify_slot = $5, notify_sealed = $6
    WHERE id = $1 AND state = 'asked'";

const AWAITED: &str = "SELECT DISTINCT offer_id FROM waiting
    WHERE state = 'waiting' AND notices < 3 AND forget_at > $1 ORDER BY offer_id";

const FOR_OFFER: &str = select_entry!(
    "WHERE offer_id = $1 AND state = 'waiting' AND notices < 3 AND forget_at > $2
        AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.object_id = waiting.id AND mail.state = 'waiting')
    ORDER BY id"
);

const UNDER_WAY: &str = "SELECT count(*) FROM mail WHERE object_id = $1 AND state = 'waiting'";

const TELL: &str = "UPDATE waiting SET notices = $2, told_at = $4, earliest_at = $3, forget_at = $5
    WHERE id = $1 AND state = 'waiting' AND notices = $2 - 1 AND forget_at > $4 AND earliest_at > $3
        AND (told_at IS NULL OR told_at <= $6)";

const TELL_EARLIER: &str = "UPDATE waiting SET earliest_at = $3
    WHERE id = $1 AND state = 'waiting' AND notices = $2 AND earliest_at > $3";

const LOOK: &str = "UPDATE waiting SET earliest_at = CASE WHEN $2 < before_at THEN $2 ELSE before_at END
    WHERE offer_id = $1 AND state = 'waiting' AND earliest_at < before_at AND earliest_at < $2
        AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.object_id = waiting.id AND mail.state = 'waiting')
        AND NOT EXISTS (SELECT 1 FROM appointment WHERE appointment.centre_id = $3 AND appointment.state = 'held'
            AND appointment.hold_until > $4 AND appointment.starts_at < $5)";

const ENDED: &str = select_entry!("WHERE forget_at <= $1 ORDER BY forget_at, id LIMIT $2");

const TOLD: &str = select_entry!(
    "WHERE notices = 3 AND notify_sealed IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.object_id = waiting.id AND mail.state = 'waiting')
    ORDER BY id LIMIT $1"
);

const FORGET: &str = "DELETE FROM waiting WHERE id = $1";

const FORGET_ADDRESS: &str = "UPDATE waiting SET notify_day = NULL, notify_slot = NULL, notify_sealed = NULL WHERE id = $1 AND notices = 3";

/// The day on which the clock is set back.
const LONGEST_DAY: SignedDuration = SignedDuration::from_hours(25);

/// An entry's columns as they are stored.
struct EntryRow {
    id: String,
    offer_id: String,
    state: String,
    before_at: i64,
    earliest_at: i64,
    notices: i64,
    told_at: Option<i64>,
    forget_at: i64,
    lang: String,
    notify: row::Sealed,
}

macro_rules! read_entry {
    ($row:expr) => {{
        let row = $row;
        EntryRow {
            id: row.try_get("id")?,
            offer_id: row.try_get("offer_id")?,
            state: row.try_get("state")?,
            before_at: row.try_get("before_at")?,
            earliest_at: row.try_get("earliest_at")?,
            notices: row.try_get("notices")?,
            told_at: row.try_get("told_at")?,
            forget_at: row.try_get("forget_at")?,
            lang: row.try_get("lang")?,
            notify: (row.try_get("notify_day")?, row.try_get("notify_slot")?, row.try_get("notify_sealed")?),
        }
        .meaning()
    }};
}

impl EntryRow {
    fn meaning(self) -> Result<Entry, StoreError> {
        let id = self.id;
        let at = |column, microseconds| row::time("waiting", column, &id, microseconds);
        let stage = match self.state.as_str() {
            "asked" => Stage::Asked,
            "waiting" => Stage::Waiting {
                // the table keeps it from being more than three
                notices: u8::try_from(self.notices).unwrap_or(MOST_NOTICES),
                told_at: self.told_at.map(|told| at("told_at", told)).transpose()?,
            },
            _ => return Err(row::corrupt("waiting", "state", &id, &"no known state")),
        };
        Ok(Entry {
            offer_id: self.offer_id,
            stage,
            before: at("before_at", self.before_at)?,
            earliest: at("earliest_at", self.earliest_at)?,
            forget_at: at("forget_at", self.forget_at)?,
            // a language that was taken away must not hide an entry
            lang: self.lang.parse().unwrap_or_default(),
            notify: row::sealed(self.notify),
            id,
        })
    }
}

macro_rules! waiting_store {
    ($store:ty, $engine:ident, $enqueue:path, $withdraw:path) => {
        #[async_trait]
        impl WaitingStore for $store {
            async fn join_waiting(&self, entry: &NewEntry, most: u32) -> Result<Joined, BookingError> {
                let mut transaction = self.begin().await?;
                // two people who join at once are counted one after the other
                $engine::take_turns(&mut transaction, &format!("{}|waiting", entry.offer_id)).await?;
                let earlier = sqlx::query(BY_FORM).bind(entry.form_hash.as_slice());
                if earlier.fetch_optional(&mut *transaction).await?.is_some() {
                    return Ok(Joined::Again);
                }
                let count = sqlx::query_scalar(COUNT).bind(&entry.offer_id);
                let count: i64 = count.fetch_one(&mut *transaction).await?;
                if count >= i64::from(most) {
                    return Ok(Joined::Full);
                }
                let joined = sqlx::query(JOIN)
                    .bind(&entry.id)
                    .bind(&entry.offer_id)
                    .bind(entry.form_hash.as_slice())
                    .bind(entry.link_hash.as_slice())
                    .bind(entry.before.as_microsecond())
                    .bind(entry.forget_at.as_microsecond())
                    .bind(entry.lang.tag())
                    .bind(&entry.notify.day)
                    .bind(i64::from(entry.notify.slot))
                    .bind(entry.notify.bytes.as_slice())
                    .execute(&mut *transaction)
                    .await?;
                if joined.rows_affected() != 1 {
                    return Ok(Joined::Again);
                }
                $enqueue(&mut transaction, &entry.mail).await?;
                transaction.commit().await?;
                Ok(Joined::New)
            }

            async fn confirm_waiting(
                &self,
                id: &str,
                earliest: Timestamp,
                forget_at: Timestamp,
                notify: &SealedText,
            ) -> Result<bool, BookingError> {
                let mut transaction = self.begin().await?;
                let confirmed = sqlx::query(CONFIRM)
                    .bind(id)
                    .bind(earliest.as_microsecond())
                    .bind(forget_at.as_microsecond())
                    .bind(&notify.day)
                    .bind(i64::from(notify.slot))
                    .bind(notify.bytes.as_slice())
                    .execute(&mut *transaction)
                    .await?;
                if confirmed.rows_affected() != 1 {
                    return Ok(false);
                }
                $withdraw(&mut transaction, id).await?;
                transaction.commit().await?;
                Ok(true)
            }

            async fn waiting(&self, id: &str) -> Result<Option<Entry>, BookingError> {
                let found = sqlx::query(BY_ID).bind(id).fetch_optional(self.readers()).await?;
                found.map(|row| Ok(read_entry!(row)?)).transpose()
            }

            async fn waiting_by_form(&self, form_hash: Hash) -> Result<Option<Entry>, BookingError> {
                let found = sqlx::query(BY_FORM).bind(form_hash.as_slice());
                found.fetch_optional(self.readers()).await?.map(|row| Ok(read_entry!(row)?)).transpose()
            }

            async fn waiting_by_link(&self, link_hash: Hash) -> Result<Option<Entry>, BookingError> {
                let found = sqlx::query(BY_LINK).bind(link_hash.as_slice());
                found.fetch_optional(self.readers()).await?.map(|row| Ok(read_entry!(row)?)).transpose()
            }

            async fn awaited_offers(&self, now: Timestamp) -> Result<Vec<String>, BookingError> {
                let offers = sqlx::query_scalar(AWAITED).bind(now.as_microsecond());
                Ok(offers.fetch_all(self.readers()).await?)
            }

            async fn waiting_for(&self, offer_id: &str, now: Timestamp) -> Result<Vec<Entry>, BookingError> {
                let entries = sqlx::query(FOR_OFFER).bind(offer_id).bind(now.as_microsecond());
                let entries = entries.fetch_all(self.readers()).await?;
                entries.into_iter().map(|row| Ok(read_entry!(row)?)).collect()
            }

            async fn call_waiting(&self, mail: &Intent) -> Result<bool, BookingError> {
                let mut transaction = self.begin().await?;
                let under_way = sqlx::query_scalar(UNDER_WAY).bind(&mail.object_id);
                let under_way: i64 = under_way.fetch_one(&mut *transaction).await?;
                if under_way > 0 {
                    return Ok(false);
                }
                // one that was given up would stand in its way
                $withdraw(&mut transaction, &mail.object_id).await?;
                $enqueue(&mut transaction, mail).await?;
                transaction.commit().await?;
                Ok(true)
            }

            async fn tell_waiting(
                &self,
                id: &str,
                number: u8,
                of: Timestamp,
                forget_at: Timestamp,
                now: Timestamp,
            ) -> Result<bool, BookingError> {
                let rested = now.saturating_sub(BETWEEN_NOTICES).unwrap_or(Timestamp::MIN);
                let mut transaction = self.begin().await?;
                let told = sqlx::query(TELL)
                    .bind(id)
                    .bind(i64::from(number))
                    .bind(of.as_microsecond())
                    .bind(now.as_microsecond())
                    .bind(forget_at.as_microsecond())
                    .bind(rested.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
                Ok(told.rows_affected() == 1)
            }

            async fn tell_waiting_earlier(
                &self,
                id: &str,
                number: u8,
                of: Timestamp,
            ) -> Result<(), BookingError> {
                let mut transaction = self.begin().await?;
                let tell = sqlx::query(TELL_EARLIER).bind(id).bind(i64::from(number));
                tell.bind(of.as_microsecond()).execute(&mut *transaction).await?;
                Ok(transaction.commit().await?)
            }

            async fn look_at_waiting(
                &self,
                offer_id: &str,
                centre_id: &str,
                first: Option<Timestamp>,
                now: Timestamp,
            ) -> Result<(), BookingError> {
                let first = first.unwrap_or(Timestamp::MAX);
                let mut transaction = self.begin().await?;
                sqlx::query(LOOK)
                    .bind(offer_id)
                    .bind(first.as_microsecond())
                    .bind(centre_id)
                    .bind(now.as_microsecond())
                    .bind(first.saturating_add(LONGEST_DAY).unwrap_or(Timestamp::MAX).as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                Ok(transaction.commit().await?)
            }

            async fn ended_waiting(&self, now: Timestamp, limit: u32) -> Result<Vec<Entry>, BookingError> {
                let ended = sqlx::query(ENDED).bind(now.as_microsecond()).bind(i64::from(limit));
                let ended = ended.fetch_all(self.readers()).await?;
                ended.into_iter().map(|row| Ok(read_entry!(row)?)).collect()
            }

            async fn told_waiting(&self, limit: u32) -> Result<Vec<Entry>, BookingError> {
                let told = sqlx::query(TOLD).bind(i64::from(limit)).fetch_all(self.readers()).await?;
                told.into_iter().map(|row| Ok(read_entry!(row)?)).collect()
            }

            async fn forget_waiting(&self, ids: &[String]) -> Result<u64, BookingError> {
                let mut transaction = self.begin().await?;
                let mut gone = 0;
                for id in ids {
                    $withdraw(&mut transaction, id).await?;
                    gone += sqlx::query(FORGET).bind(id).execute(&mut *transaction).await?.rows_affected();
                }
                transaction.commit().await?;
                Ok(gone)
            }

            async fn forget_waiting_address(&self, id: &str) -> Result<(), BookingError> {
                let mut transaction = self.begin().await?;
                sqlx::query(FORGET_ADDRESS).bind(id).execute(&mut *transaction).await?;
                Ok(transaction.commit().await?)
            }
        }
    };
}

waiting_store!(SqliteStore, sqlite, mailkit::enqueue_sqlite, mailkit::withdraw_sqlite);
waiting_store!(PostgresStore, postgres, mailkit::enqueue_postgres, mailkit::withdraw_postgres);
