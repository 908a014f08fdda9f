//! What a database needs so that deleted rows are gone from its files as well.
//!
//! Nothing of the promise hangs on it: what seekers say is sealed, and the keys are destroyed elsewhere. It makes sure that
//! not even sealed remains lie about.

use async_trait::async_trait;

use super::{PostgresStore, SqliteStore};
use crate::BookingError;

/// The part of the store that clears up behind deletions.
#[async_trait]
pub trait UpkeepStore: Send + Sync {
    /// Takes deleted rows out of the database's log. False when somebody is still reading an older state: try again.
    async fn empty_log(&self) -> Result<bool, BookingError>;

    /// Clears the remains that deleted rows leave in tables and indexes. Takes up to seconds; for the night.
    async fn clear_remains(&self) -> Result<(), BookingError>;
}

#[async_trait]
impl UpkeepStore for SqliteStore {
    async fn empty_log(&self) -> Result<bool, BookingError> {
        Ok(self.file().empty_log().await?)
    }

    async fn clear_remains(&self) -> Result<(), BookingError> {
        Ok(self.file().rewrite().await?)
    }
}

/// The tables whose rows come and go. A plain VACUUM, because a full one would keep everybody from booking meanwhile.
const VACUUM: &str = "VACUUM appointment, claim, waiting, mail, busy";

#[async_trait]
impl UpkeepStore for PostgresStore {
    /// PostgreSQL's log belongs to the server, which writes over it in its own time.
    async fn empty_log(&self) -> Result<bool, BookingError> {
        Ok(true)
    }

    async fn clear_remains(&self) -> Result<(), BookingError> {
        sqlx::query(VACUUM).execute(self.readers()).await?;
        Ok(())
    }
}
