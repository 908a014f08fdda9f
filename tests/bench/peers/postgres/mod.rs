//! PostgreSQL full text search with `pg_trgm`, as its experts set it up for German.
//!
//! A stored `tsvector` of the `german` configuration with the weights A (offer), B (centre), C (keywords) and D
//! (description) under a GIN index, ranked by `ts_rank_cd`; the application folds umlauts, because the Snowball that
//! PostgreSQL 15 carries does not join "ue" with "ü". Areas are a table that is joined, distance is computed in the ORDER
//! BY, a lone place goes through a GiST index of points. Typing mistakes are corrected as the manual of `pg_trgm`
//! recommends: a table of all words under a trigram GIN index, asked only when a search found nothing.

mod index;
mod search;
mod spelling;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use sqlx::{Connection, PgConnection};
use storekit::testing::PrivatePostgres;
use tokio::runtime::Runtime;

use super::{
    Outcome,
    document::Document,
    peer::{Found, Peer, Search},
};

/// A private PostgreSQL with the directory in it.
pub(crate) struct Postgres {
    runtime: Runtime,
    connection: PgConnection,
    version: String,
    index_time: Duration,
    _server: PrivatePostgres,
}

impl Postgres {
    /// Whether there is a PostgreSQL to start.
    pub(crate) fn is_installed() -> bool {
        let path = std::env::var_os("PATH").unwrap_or_default();
        Path::new("/usr/lib/postgresql").exists()
            || std::env::split_paths(&path).any(|folder| folder.join("initdb").exists())
    }

    /// Indexes the documents on a server of its own.
    pub(crate) fn index(documents: &[Document]) -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let server = PrivatePostgres::start();
        let (connection, version, index_time) = runtime.block_on(async {
            let address = server.create_database("peer").await;
            let mut connection = PgConnection::connect(&address).await?;
            let version: String =
                sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await?;
            index::create(&mut connection).await?;
            let started = Instant::now();
            index::fill(&mut connection, documents).await?;
            Outcome::Ok((connection, version, started.elapsed()))
        })?;
        let version = version.split(' ').next().unwrap_or_default().to_owned();
        Ok(Self { runtime, connection, version, index_time, _server: server })
    }
}

impl Peer for Postgres {
    fn name(&self) -> String {
        format!("PostgreSQL {}", self.version)
    }

    fn setup(&self) -> &'static str {
        "german tsvector A-D under GIN, ts_rank_cd, pg_trgm words for typos, areas joined, distance in ORDER BY"
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
