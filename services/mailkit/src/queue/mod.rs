//! The queue: a table `mail` in the database of the service that sends, see `table/`.
//!
//! A row says what a mail is about, never what it says or whom it goes to. Rows of sent mails are deleted. Several
//! workers may empty one queue: a row is leased by a conditional UPDATE, so it belongs to one of them at a time, and
//! what a worker that died had leased comes back when the lease ends.

mod intent;
mod postgres;
mod shared;
mod sqlite;

use jiff::Timestamp;
use storekit::{Database, StoreError};

pub use self::{
    intent::Intent,
    postgres::{
        enqueue as enqueue_postgres, is_given_up as is_given_up_postgres, withdraw as withdraw_postgres,
    },
    sqlite::{enqueue as enqueue_sqlite, is_given_up as is_given_up_sqlite, withdraw as withdraw_sqlite},
};

/// The table's statements, as they belong into a migration of the service.
#[cfg(any(test, feature = "testing"))]
pub(crate) mod table {
    pub(crate) const SQLITE: &str = include_str!("table/sqlite.sql");
    pub(crate) const POSTGRES: &str = include_str!("table/postgres.sql");
}

/// The queue as its worker sees it.
#[derive(Debug, Clone)]
pub struct Queue(Database);

/// A row that belongs to one worker for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// What is to be told.
    pub intent: Intent,
    /// How many tries were begun, this one included.
    pub attempts: u32,
    lease_id: String,
}

/// How full the queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Mails that are to be sent, now or at their time.
    pub waiting: u64,
    /// Mails that were given up and are still remembered.
    pub given_up: u64,
    /// The earliest time a waiting mail is or was due.
    pub oldest_due_at: Option<Timestamp>,
    /// The earliest end of a mail that was given up.
    pub oldest_given_up_at: Option<Timestamp>,
    /// When the next row can be leased.
    pub ready_at: Option<Timestamp>,
}

// The same text on both engines.
const ENQUEUE: &str = "INSERT INTO mail (id, kind, object_id, lang, detail, created_at, due_at, next_try_at, give_up_at, \
    attempts, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, 0, 'waiting')";
const WITHDRAW: &str = "DELETE FROM mail WHERE object_id = $1";
const IS_GIVEN_UP: &str = "SELECT count(*) FROM mail WHERE object_id = $1 AND state = 'given_up'";
const DONE: &str = "DELETE FROM mail WHERE id = $1 AND lease_id = $2";
const POSTPONE: &str = "UPDATE mail SET next_try_at = $3, last_problem = $4, lease_id = NULL, leased_until = NULL \
    WHERE id = $1 AND lease_id = $2";
const GIVE_UP: &str = "UPDATE mail SET state = 'given_up', last_problem = coalesce($3, last_problem, 'expired'), \
    detail = NULL, lease_id = NULL, leased_until = NULL WHERE id = $1 AND lease_id = $2";
const FORGET: &str = "DELETE FROM mail WHERE state = 'given_up' AND give_up_at < $1";
const WAITING: &str = "SELECT state, count(*), min(due_at), \
    min(CASE WHEN leased_until > next_try_at THEN leased_until ELSE next_try_at END), min(give_up_at) \
    FROM mail GROUP BY state ORDER BY state";

macro_rules! on {
    ($database:expr, $method:ident ( $($argument:expr),* )) => {
        match $database {
            Database::Sqlite(file) => sqlite::$method(file, $($argument),*).await,
            Database::Postgres(pool) => postgres::$method(pool, $($argument),*).await,
        }
    };
}

impl Queue {
    /// The queue in a service's database.
    pub fn new(database: Database) -> Self {
        Self(database)
    }

    /// Leases up to `limit` due rows until a time, the longest due first. `lease_id` must not have been used before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease(
        &self,
        limit: u32,
        now: Timestamp,
        until: Timestamp,
        lease_id: &str,
    ) -> Result<Vec<Leased>, StoreError> {
        let rows =
            on!(&self.0, lease(i64::from(limit), now.as_microsecond(), until.as_microsecond(), lease_id))?;
        let mut leased: Vec<_> = rows.into_iter().map(|row| intent::leased(row, lease_id)).collect();
        leased.sort_by(|a, b| (a.intent.due_at, &a.intent.id).cmp(&(b.intent.due_at, &b.intent.id)));
        Ok(leased)
    }

    /// The mail was sent or is no longer wanted: its row goes. False if the lease was lost meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn done(&self, leased: &Leased) -> Result<bool, StoreError> {
        on!(&self.0, done(&leased.intent.id, &leased.lease_id))
    }

    /// To be tried again at a time. False if the lease was lost meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn postpone(
        &self,
        leased: &Leased,
        until: Timestamp,
        problem: &'static str,
    ) -> Result<bool, StoreError> {
        on!(&self.0, postpone(&leased.intent.id, &leased.lease_id, until.as_microsecond(), problem))
    }

    /// Not to be tried again. Without a problem the one of the last try stays, or `expired`. False if the lease was
    /// lost meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_up(&self, leased: &Leased, problem: Option<&'static str>) -> Result<bool, StoreError> {
        on!(&self.0, give_up(&leased.intent.id, &leased.lease_id, problem))
    }

    /// Forgets the given-up mails whose time was over before an instant; answers how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_given_up(&self, before: Timestamp) -> Result<u64, StoreError> {
        on!(&self.0, forget(before.as_microsecond()))
    }

    /// How full the queue is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting(&self) -> Result<Waiting, StoreError> {
        let mut waiting = Waiting::default();
        for (state, count, oldest, ready, end) in on!(&self.0, waiting())? {
            let count = u64::try_from(count).unwrap_or_default();
            if state == "waiting" {
                waiting.waiting = count;
                waiting.oldest_due_at = oldest.map(intent::time);
                waiting.ready_at = ready.map(intent::time);
            } else {
                waiting.given_up = count;
                waiting.oldest_given_up_at = end.map(intent::time);
            }
        }
        Ok(waiting)
    }
}

#[cfg(test)]
mod tests;
