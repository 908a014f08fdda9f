//! The log on SQLite.

use sqlx::{SqliteConnection, SqlitePool};

use super::{
    HEAD, Head, MOVE, MOVE_FROM, NewEvent, READ, StoredEvent, length, shared::read_and_reserve, stored,
};
use crate::StoreError;

const APPEND: &str = "INSERT INTO outbox (sequence, id, type, body, created_at) VALUES ($1, $2, $3, $4, $5)";

/// Appends events inside the caller's transaction and answers the new last sequence.
///
/// To be called before anything else in the transaction, so that a conflict costs nothing. `at` is in microseconds UTC.
pub async fn append(
    transaction: &mut SqliteConnection,
    head: Head,
    at: i64,
    events: &[NewEvent],
) -> Result<i64, StoreError> {
    let last = reserve(transaction, head, length(events)).await?;
    for (sequence, event) in (last - length(events) + 1..).zip(events) {
        let statement =
            sqlx::query(APPEND).bind(sequence).bind(&event.id).bind(event.kind).bind(&event.body).bind(at);
        statement.execute(&mut *transaction).await?;
    }
    Ok(last)
}

read_and_reserve!(SqlitePool, SqliteConnection);
