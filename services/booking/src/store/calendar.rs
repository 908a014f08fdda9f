//! Calendars of counsellors' own: the feeds they subscribe to, and the calendars that say when they are busy.
//!
//! Of a feed's secret there is a hash, of a calendar's address a sealed text. When somebody is busy is replaced as a whole or
//! not at all, and stays as it was while her calendar cannot be read.

use std::collections::BTreeSet;

use async_trait::async_trait;
use contracts::audit::AuditEntry;
use jiff::Timestamp;
use kernel::Lang;
use sqlx::Row;
use storekit::StoreError;

use super::{
    PostgresStore, SqliteStore,
    row::{self, read_appointment, select_appointment},
};
use crate::{BookingError, Span, appointment::Appointment, receipt::Hash};

/// What a counsellor's own calendar reads her appointments from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whose appointments.
    pub person_id: String,
    /// What is stored of its secret.
    pub token_hash: Hash,
    /// What it tells, and to whom.
    pub kind: FeedKind,
    /// The language of its words.
    pub lang: Lang,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a feed tells, and how it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedKind {
    /// Only when she is taken, to who has the password.
    Neutral,
    /// Also for what, how and where, to who has the password.
    Detailed,
    /// Only when she is taken, to who has the address: it is the secret.
    AddressAlone,
}

/// A calendar that says when a counsellor is busy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusySource {
    /// Whose.
    pub resource_id: String,
    /// Its address; also what tells it from one that was entered later.
    pub sealed_address: Vec<u8>,
    /// When it was read last.
    pub read_at: Timestamp,
    /// When it is to be read next.
    pub next_read_at: Timestamp,
    /// Since when it cannot be read, if it cannot.
    pub failing: Option<Failing>,
}

/// A calendar cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// Since when.
    pub since: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// Why not, as a code.
    pub problem: String,
}

/// The part of the store that knows calendars of counsellors' own.
#[async_trait]
pub trait CalendarStore: Send + Sync {
    /// Makes a feed. A person has one: an earlier one ends.
    async fn save_feed(&self, feed: &Feed, audit: &AuditEntry) -> Result<(), BookingError>;

    /// Ends a person's feed; answers whether she had one.
    async fn end_feed(&self, person_id: &str, audit: &AuditEntry) -> Result<bool, BookingError>;

    /// A person's feed.
    async fn feed(&self, person_id: &str) -> Result<Option<Feed>, BookingError>;

    /// The feed with this secret.
    async fn feed_by_token(&self, token_hash: Hash) -> Result<Option<Feed>, BookingError>;

    /// What is requested of a person or agreed with her, at all centres, and not over at `now`; by start.
    async fn of_person(&self, person_id: &str, now: Timestamp) -> Result<Vec<Appointment>, BookingError>;

    /// Connects a calendar that was just read. A counsellor has one: an earlier one and its times go.
    async fn connect_calendar(
        &self,
        source: &BusySource,
        busy: &[Span],
        audit: &AuditEntry,
    ) -> Result<(), BookingError>;

    /// Forgets a counsellor's calendar and everything read from it; answers whether there was one.
    async fn disconnect_calendar(&self, resource_id: &str, audit: &AuditEntry) -> Result<bool, BookingError>;

    /// A counsellor's calendar.
    async fn calendar(&self, resource_id: &str) -> Result<Option<BusySource>, BookingError>;

    /// Up to `limit` calendars of counsellors who can be booked that are to be read at `now`, the longest due first.
    async fn due_calendars(&self, now: Timestamp, limit: u32) -> Result<Vec<BusySource>, BookingError>;

    /// Notes what a calendar said. `source` is as it was read, with the times of this reading and the next. Answers whether
    /// anything is different now.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when another calendar was connected meanwhile, or none is any more.
    async fn calendar_read(&self, source: &BusySource, busy: &[Span]) -> Result<bool, BookingError>;

    /// Notes that a calendar could not be read. What it said last stays.
    ///
    /// # Errors
    /// [`BookingError::Changed`], likewise.
    async fn calendar_failed(&self, source: &BusySource) -> Result<(), BookingError>;

    /// When the counsellors of a centre who can be booked are busy in a stretch of time, by counsellor and begin.
    async fn busy(&self, centre_id: &str, span: Span) -> Result<Vec<(String, Span)>, BookingError>;
}

const SAVE_FEED: &str =
    "INSERT INTO feed (person_id, token_hash, kind, lang, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, kind = excluded.kind,
        lang = excluded.lang, created_at = excluded.created_at";

const END_FEED: &str = "DELETE FROM feed WHERE person_id = $1";

const FEED: &str = "SELECT person_id, token_hash, kind, lang, created_at FROM feed WHERE person_id = $1";

const FEED_BY_TOKEN: &str =
    "SELECT person_id, token_hash, kind, lang, created_at FROM feed WHERE token_hash = $1";

const OF_PERSON: &str = select_appointment!(
    "WHERE resource_id IN (SELECT resource.id FROM resource WHERE resource.person_id = $1)
        AND ends_at > $2 AND state IN ('requested', 'confirmed')
    ORDER BY starts_at, id"
);

const CONNECT: &str = "INSERT INTO busy_source
        (resource_id, sealed_address, read_at, next_read_at, attempts, failing_since, problem)
    VALUES ($1, $2, $3, $4, 0, NULL, NULL)
    ON CONFLICT (resource_id) DO UPDATE SET sealed_address = excluded.sealed_address, read_at = excluded.read_at,
        next_read_at = excluded.next_read_at, attempts = 0, failing_since = NULL, problem = NULL";

const DISCONNECT: &str = "DELETE FROM busy_source WHERE resource_id = $1";

const CALENDAR: &str =
    "SELECT resource_id, sealed_address, read_at, next_read_at, attempts, failing_since, problem
    FROM busy_source WHERE resource_id = $1";

const DUE: &str =
    "SELECT busy_source.resource_id, sealed_address, read_at, next_read_at, attempts, failing_since, problem
    FROM busy_source JOIN resource ON resource.id = busy_source.resource_id
    WHERE next_read_at <= $1 AND resource.active = 1 ORDER BY next_read_at, busy_source.resource_id LIMIT $2";

const READ: &str = "UPDATE busy_source
    SET read_at = $3, next_read_at = $4, attempts = 0, failing_since = NULL, problem = NULL
    WHERE resource_id = $1 AND sealed_address = $2";

const FAILED: &str =
    "UPDATE busy_source SET next_read_at = $3, attempts = $4, failing_since = $5, problem = $6
    WHERE resource_id = $1 AND sealed_address = $2";

const KNOWN: &str = "SELECT starts_at, ends_at FROM busy WHERE resource_id = $1 ORDER BY starts_at";

const NO_LONGER_BUSY: &str = "DELETE FROM busy WHERE resource_id = $1 AND starts_at = $2";

const ADD_BUSY: &str = "INSERT INTO busy (resource_id, starts_at, ends_at) VALUES ($1, $2, $3)";

pub(super) const BUSY: &str = "SELECT busy.resource_id, busy.starts_at, busy.ends_at FROM busy
    JOIN resource ON resource.id = busy.resource_id
    WHERE resource.centre_id = $1 AND resource.active = 1 AND busy.starts_at < $3 AND busy.ends_at > $2
    ORDER BY busy.resource_id, busy.starts_at";

type FeedColumns = (String, Vec<u8>, String, String, i64);
type SourceColumns = (String, Vec<u8>, i64, i64, i64, Option<i64>, Option<String>);

impl FeedKind {
    const ALL: [Self; 3] = [Self::Neutral, Self::Detailed, Self::AddressAlone];

    const fn code(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Detailed => "detailed",
            Self::AddressAlone => "address_alone",
        }
    }
}

fn read_feed(columns: FeedColumns) -> Result<Feed, StoreError> {
    let (person_id, token_hash, kind, lang, created_at) = columns;
    let kind = FeedKind::ALL
        .into_iter()
        .find(|known| known.code() == kind)
        .ok_or_else(|| row::corrupt("feed", "kind", &person_id, &"no known kind"))?;
    let token_hash = row::hash(Some(token_hash))
        .ok_or_else(|| row::corrupt("feed", "token_hash", &person_id, &"not 32 bytes"))?;
    Ok(Feed {
        token_hash,
        kind,
        // a language that was taken away must not end a feed
        lang: lang.parse().unwrap_or_default(),
        created_at: row::time("feed", "created_at", &person_id, created_at)?,
        person_id,
    })
}

fn read_source(columns: SourceColumns) -> Result<BusySource, StoreError> {
    let (resource_id, sealed_address, read_at, next_read_at, attempts, since, problem) = columns;
    let time = |column, at| row::time("busy_source", column, &resource_id, at);
    let failing = match since.zip(problem) {
        Some((since, problem)) => {
            Some(Failing { since: time("failing_since", since)?, attempts: row::number(attempts), problem })
        }
        None => None,
    };
    let (read_at, next_read_at) = (time("read_at", read_at)?, time("next_read_at", next_read_at)?);
    Ok(BusySource { resource_id, sealed_address, read_at, next_read_at, failing })
}

/// Busy times from their columns.
pub(super) fn busy_spans(rows: Vec<(String, i64, i64)>) -> Result<Vec<(String, Span)>, StoreError> {
    let span = |(resource, from, to): (String, i64, i64)| {
        let span = Span {
            from: row::time("busy", "starts_at", &resource, from)?,
            to: row::time("busy", "ends_at", &resource, to)?,
        };
        Ok((resource, span))
    };
    rows.into_iter().map(span).collect()
}

macro_rules! calendar_store {
    ($store:ty, $connection:ty) => {
        const _: () = {
            /// Makes these the busy times of a counsellor, touching only what is different: most calendars say the same
            /// as a quarter of an hour ago. Answers whether anything was.
            async fn replace(
                connection: &mut $connection,
                resource_id: &str,
                busy: &[Span],
            ) -> Result<bool, BookingError> {
                let known: Vec<(i64, i64)> =
                    sqlx::query_as(KNOWN).bind(resource_id).fetch_all(&mut *connection).await?;
                let known: BTreeSet<(i64, i64)> = known.into_iter().collect();
                let ends = busy.iter().map(|span| (span.from.as_microsecond(), span.to.as_microsecond()));
                let wanted: BTreeSet<(i64, i64)> = ends.filter(|(from, to)| from < to).collect();
                for (from, _) in known.difference(&wanted) {
                    let gone = sqlx::query(NO_LONGER_BUSY).bind(resource_id).bind(from);
                    gone.execute(&mut *connection).await?;
                }
                for (from, to) in wanted.difference(&known) {
                    let add = sqlx::query(ADD_BUSY).bind(resource_id).bind(from).bind(to);
                    add.execute(&mut *connection).await?;
                }
                Ok(known != wanted)
            }

            #[async_trait]
            impl CalendarStore for $store {
                async fn save_feed(&self, feed: &Feed, audit: &AuditEntry) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    let saved = sqlx::query(SAVE_FEED)
                        .bind(&feed.person_id)
                        .bind(feed.token_hash.as_slice())
                        .bind(feed.kind.code())
                        .bind(feed.lang.tag())
                        .bind(feed.created_at.as_microsecond())
                        .execute(&mut *transaction)
                        .await?;
                    Self::record_change(&mut transaction, saved.rows_affected(), audit).await?;
                    Ok(transaction.commit().await?)
                }

                async fn end_feed(&self, person_id: &str, audit: &AuditEntry) -> Result<bool, BookingError> {
                    let mut transaction = self.begin().await?;
                    let ended = sqlx::query(END_FEED).bind(person_id).execute(&mut *transaction).await?;
                    if ended.rows_affected() == 0 {
                        return Ok(false);
                    }
                    Self::record_change(&mut transaction, ended.rows_affected(), audit).await?;
                    transaction.commit().await?;
                    Ok(true)
                }

                async fn feed(&self, person_id: &str) -> Result<Option<Feed>, BookingError> {
                    let row: Option<FeedColumns> =
                        sqlx::query_as(FEED).bind(person_id).fetch_optional(self.readers()).await?;
                    Ok(row.map(read_feed).transpose()?)
                }

                async fn feed_by_token(&self, token_hash: Hash) -> Result<Option<Feed>, BookingError> {
                    let query = sqlx::query_as(FEED_BY_TOKEN).bind(token_hash.as_slice());
                    let row: Option<FeedColumns> = query.fetch_optional(self.readers()).await?;
                    Ok(row.map(read_feed).transpose()?)
                }

                async fn of_person(
                    &self,
                    person_id: &str,
                    now: Timestamp,
                ) -> Result<Vec<Appointment>, BookingError> {
                    let query = sqlx::query(OF_PERSON).bind(person_id).bind(now.as_microsecond());
                    let rows = query.fetch_all(self.readers()).await?;
                    rows.into_iter().map(|row| Ok(read_appointment!(row)?)).collect()
                }

                async fn connect_calendar(
                    &self,
                    source: &BusySource,
                    busy: &[Span],
                    audit: &AuditEntry,
                ) -> Result<(), BookingError> {
                    let mut transaction = self.begin().await?;
                    let connected = sqlx::query(CONNECT)
                        .bind(&source.resource_id)
                        .bind(source.sealed_address.as_slice())
                        .bind(source.read_at.as_microsecond())
                        .bind(source.next_read_at.as_microsecond())
                        .execute(&mut *transaction)
                        .await?;
                    replace(&mut transaction, &source.resource_id, busy).await?;
                    Self::record_change(&mut transaction, connected.rows_affected(), audit).await?;
                    Ok(transaction.commit().await?)
                }

                async fn disconnect_calendar(
                    &self,
                    resource_id: &str,
                    audit: &AuditEntry,
                ) -> Result<bool, BookingError> {
                    let mut transaction = self.begin().await?;
                    let gone = sqlx::query(DISCONNECT).bind(resource_id).execute(&mut *transaction).await?;
                    if gone.rows_affected() == 0 {
                        return Ok(false);
                    }
                    Self::record_change(&mut transaction, gone.rows_affected(), audit).await?;
                    transaction.commit().await?;
                    Ok(true)
                }

                async fn calendar(&self, resource_id: &str) -> Result<Option<BusySource>, BookingError> {
                    let query = sqlx::query_as(CALENDAR).bind(resource_id);
                    let row: Option<SourceColumns> = query.fetch_optional(self.readers()).await?;
                    Ok(row.map(read_source).transpose()?)
                }

                async fn due_calendars(
                    &self,
                    now: Timestamp,
                    limit: u32,
                ) -> Result<Vec<BusySource>, BookingError> {
                    let query = sqlx::query_as(DUE).bind(now.as_microsecond()).bind(i64::from(limit));
                    let rows: Vec<SourceColumns> = query.fetch_all(self.readers()).await?;
                    rows.into_iter().map(|row| Ok(read_source(row)?)).collect()
                }

                async fn calendar_read(
                    &self,
                    source: &BusySource,
                    busy: &[Span],
                ) -> Result<bool, BookingError> {
                    let mut transaction = self.begin().await?;
                    let noted = sqlx::query(READ)
                        .bind(&source.resource_id)
                        .bind(source.sealed_address.as_slice())
                        .bind(source.read_at.as_microsecond())
                        .bind(source.next_read_at.as_microsecond())
                        .execute(&mut *transaction)
                        .await?;
                    if noted.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    let changed = replace(&mut transaction, &source.resource_id, busy).await?;
                    transaction.commit().await?;
                    Ok(changed)
                }

                async fn calendar_failed(&self, source: &BusySource) -> Result<(), BookingError> {
                    let failing = source.failing.as_ref();
                    let mut transaction = self.begin().await?;
                    let noted = sqlx::query(FAILED)
                        .bind(&source.resource_id)
                        .bind(source.sealed_address.as_slice())
                        .bind(source.next_read_at.as_microsecond())
                        .bind(failing.map_or(0, |failing| i64::from(failing.attempts)))
                        .bind(failing.map(|failing| failing.since.as_microsecond()))
                        .bind(failing.map(|failing| failing.problem.as_str()))
                        .execute(&mut *transaction)
                        .await?;
                    if noted.rows_affected() != 1 {
                        return Err(BookingError::Changed);
                    }
                    Ok(transaction.commit().await?)
                }

                async fn busy(
                    &self,
                    centre_id: &str,
                    span: Span,
                ) -> Result<Vec<(String, Span)>, BookingError> {
                    let rows = sqlx::query_as(BUSY)
                        .bind(centre_id)
                        .bind(span.from.as_microsecond())
                        .bind(span.to.as_microsecond())
                        .fetch_all(self.readers())
                        .await?;
                    Ok(busy_spans(rows)?)
                }
            }
        };
    };
}

calendar_store!(SqliteStore, sqlx::SqliteConnection);
calendar_store!(PostgresStore, sqlx::PgConnection);
