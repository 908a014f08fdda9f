//! The log of a service's events, written in the transaction that makes the change.
//!
//! Two tables of the service's own schema:
//! `outbox(sequence, id, type, body, created_at)` holds the events, `outbox_head(one, sequence)` one row with the last
//! sequence. A writer takes its sequences from the head by an UPDATE, which locks the row until the commit. So
//! sequences become visible in order and without gaps, and a reader that keeps "the last sequence I saw" misses
//! nothing; with a sequence generator of PostgreSQL it would, whenever the later number commits first. The price is
//! that commits with events queue up behind each other, one disk sync each.

mod postgres;
mod shared;
mod sqlite;

/// An event to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The event's id, unique in the log.
    pub id: String,
    /// What kind of event it is, as in its body.
    pub kind: &'static str,
    /// The event as JSON.
    pub body: String,
}

/// An event in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its position.
    pub sequence: i64,
    /// Its id.
    pub id: String,
    /// The event as JSON.
    pub body: String,
    /// When the change was made, microseconds UTC.
    pub created_at: i64,
}

/// What the log must look like for events to be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// The last sequence is this one; another one is [`crate::StoreError::Conflict`].
    Is(i64),
    /// Any.
    Any,
}

pub use self::{
    postgres::{append as append_postgres, read as read_postgres},
    sqlite::{append as append_sqlite, read as read_sqlite},
};

// The same text on both engines.
const MOVE_FROM: &str =
    "UPDATE outbox_head SET sequence = sequence + $1 WHERE one = 1 AND sequence = $2 RETURNING sequence";
const MOVE: &str = "UPDATE outbox_head SET sequence = sequence + $1 WHERE one = 1 RETURNING sequence";
const HEAD: &str = "SELECT sequence FROM outbox_head WHERE one = 1";
const READ: &str =
    "SELECT sequence, id, body, created_at FROM outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2";

type Row = (i64, String, String, i64);

fn stored((sequence, id, body, created_at): Row) -> StoredEvent {
    StoredEvent { sequence, id, body, created_at }
}

fn length(events: &[NewEvent]) -> i64 {
    i64::try_from(events.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
