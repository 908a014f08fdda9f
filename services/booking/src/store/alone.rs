//! One running program for the appointments of a database: the keys of two would lie in two folders.

use std::time::Duration;

use sqlx::PgConnection;
use storekit::{Database, StoreError};

/// What the program that serves holds in PostgreSQL; a file's program holds the folder of keys. Given back with the
/// connection, however the program ends.
#[derive(Debug)]
pub struct Alone(PgConnection);

/// How often it is looked whether the connection still is there, and how long an answer may take: the other end may be gone
/// without having said so.
const EVERY: Duration = Duration::from_secs(5);

/// Names the lock among those of the database.
const LOCK: &str = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '|serve', 0))";

impl Alone {
    /// Takes the lock; `None` where none is needed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when another running program has it.
    pub async fn take(database: &Database) -> Result<Option<Self>, StoreError> {
        let Database::Postgres(pool) = database else { return Ok(None) };
        let mut connection = pool.acquire().await?.detach();
        let alone: bool = sqlx::query_scalar(LOCK).fetch_one(&mut connection).await?;
        if !alone {
            let reason = String::from("another running program serves these appointments");
            return Err(StoreError::Unavailable { reason });
        }
        Ok(Some(Self(connection)))
    }

    /// Ends when the lock is lost: with its connection it is gone, and another program may serve.
    pub async fn watch(mut self) {
        let mut is_there = async || {
            let asked = sqlx::query("SELECT 1").execute(&mut self.0);
            tokio::time::timeout(EVERY, asked).await.is_ok_and(|answer| answer.is_ok())
        };
        while is_there().await {
            tokio::time::sleep(EVERY).await;
        }
        tracing::error!("the connection to PostgreSQL that kept others from serving is lost");
    }
}
