//! An empty database for one test.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use tempfile::TempDir;

use super::PrivatePostgres;

/// An empty database that goes away with this value (SQLite) or with the process (PostgreSQL).
#[derive(Debug)]
pub struct Scratch {
    address: String,
    folder: Option<TempDir>,
}

impl Scratch {
    /// A SQLite file in a temporary folder.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("scratch.db").display());
        Self { address, folder: Some(folder) }
    }

    /// A database on this process's private PostgreSQL, which the first call starts (one to three seconds).
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start; the text says what to do.
    pub async fn postgres() -> Self {
        static SERVER: OnceLock<PrivatePostgres> = OnceLock::new();
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let starting = tokio::task::spawn_blocking(|| SERVER.get_or_init(PrivatePostgres::start));
        let server = starting.await.expect("the private PostgreSQL starts");
        let name = format!("scratch_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        Self { address: server.create_database(&name).await, folder: None }
    }

    /// The address to open it with, as often as needed.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether it is a SQLite file.
    pub fn is_sqlite(&self) -> bool {
        self.folder.is_some()
    }
}
