//! SQLite FTS5, as its experts set it up for German.
//!
//! The application stems (Snowball German) before indexing and asking, because FTS5 knows only the English Porter stemmer;
//! `bm25` weighs offer 4, centre 2.5, keywords 1.5, description 0.5; beginnings have an index of their own (`prefix`).
//! Areas are a table that is joined, distance is computed in the ORDER BY, a lone place goes through an R*Tree. For typing
//! mistakes there is a second FTS5 table of the directory's words with the trigram tokenizer; its best matches are
//! compared letter by letter in the application, since FTS5 itself knows no edit distance.

mod index;
mod search;
mod spelling;

use std::time::{Duration, Instant};

use sqlx::SqliteConnection;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{
    Outcome,
    document::Document,
    peer::{Found, Peer, Search},
};

/// A SQLite database with the directory in it.
pub(crate) struct Sqlite {
    runtime: Runtime,
    connection: SqliteConnection,
    version: String,
    index_time: Duration,
    _folder: TempDir,
}

impl Sqlite {
    /// Indexes the documents in a database file of its own.
    pub(crate) fn index(documents: &[Document]) -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("peer.db");
        let (connection, version, index_time) = runtime.block_on(async {
            let mut connection = index::create(&file).await?;
            let version: String =
                sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut connection).await?;
            let started = Instant::now();
            index::fill(&mut connection, documents).await?;
            Outcome::Ok((connection, version, started.elapsed()))
        })?;
        Ok(Self { runtime, connection, version, index_time, _folder: folder })
    }
}

impl Peer for Sqlite {
    fn name(&self) -> String {
        format!("SQLite {} FTS5", self.version)
    }

    fn setup(&self) -> &'static str {
        "Snowball stems, bm25 weights, prefix index, trigram table for typos, areas joined, distance in ORDER BY"
    }

    fn index_time(&self) -> Duration {
        self.index_time
    }

    fn round_trip(&mut self) -> Outcome<Option<Duration>> {
        let started = Instant::now();
        self.runtime.block_on(sqlx::query("SELECT 1").fetch_one(&mut self.connection))?;
        Ok(Some(started.elapsed()))
    }

    fn correct(&mut self, words: &[String]) -> Outcome<(Vec<Option<String>>, Duration)> {
        let started = Instant::now();
        let corrected = self.runtime.block_on(spelling::correct(&mut self.connection, words))?;
        Ok((corrected, started.elapsed()))
    }

    fn search(&mut self, search: &Search<'_>) -> Outcome<(Vec<Found>, Duration)> {
        let started = Instant::now();
        let found = self.runtime.block_on(search::search(&mut self.connection, search))?;
        Ok((found, started.elapsed()))
    }
}
