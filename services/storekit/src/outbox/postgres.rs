//! The log on PostgreSQL.

use sqlx::{PgConnection, PgPool};

use super::{
    HEAD, Head, MOVE, MOVE_FROM, NewEvent, READ, StoredEvent, length, shared::read_and_reserve, stored,
};
use crate::StoreError;

/// Arrays, because a statement per event costs a journey to the server each.
const APPEND: &str = "INSERT INTO outbox (sequence, id, type, body, created_at)
    SELECT sequence, id, type, body, $5
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS event (sequence, id, type, body)";

/// Events in one statement; bounds the size of a message.
const BATCH: usize = 1_000;

/// Appends events inside the caller's transaction and answers the new last sequence.
///
/// To be called before anything else in the transaction, so that a conflict costs nothing. `at` is in microseconds UTC.
pub async fn append(
    transaction: &mut PgConnection,
    head: Head,
    at: i64,
    events: &[NewEvent],
) -> Result<i64, StoreError> {
    let last = reserve(transaction, head, length(events)).await?;
    let mut first = last - length(events) + 1;
    for batch in events.chunks(BATCH) {
        let next = first + length(batch);
        let sequences: Vec<i64> = (first..next).collect();
        let ids: Vec<&str> = batch.iter().map(|event| event.id.as_str()).collect();
        let kinds: Vec<&str> = batch.iter().map(|event| event.kind).collect();
        let bodies: Vec<&str> = batch.iter().map(|event| event.body.as_str()).collect();
        let statement = sqlx::query(APPEND).bind(sequences).bind(ids).bind(kinds).bind(bodies).bind(at);
        statement.execute(&mut *transaction).await?;
        first = next;
    }
    Ok(last)
}

read_and_reserve!(PgPool, PgConnection);
