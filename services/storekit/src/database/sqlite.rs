//! SQLite: one file, one writer, several readers.

use std::{
    fs,
    io::ErrorKind,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    ConnectOptions, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::StoreError;

/// Readers do not block the writer nor each other (WAL); more of them than processors only cost memory.
const READERS: u32 = 4;

/// An open SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteDatabase {
    writer: SqlitePool,
    readers: SqlitePool,
    path: PathBuf,
}

impl SqliteDatabase {
    /// Connections that can only read.
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins a transaction that may write. It waits for its turn; dropping it without a commit takes everything back.
    ///
    /// IMMEDIATE, because a transaction that reads first and asks for the write lock later fails under contention
    /// whatever the time-out.
    pub async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Writes what the write-ahead log holds into the file and empties the log, so that deleted rows are nowhere left.
    /// False while somebody still reads an older state: then the log stays, and it must be tried again.
    ///
    /// Writers wait meanwhile, so readers are waited for only a moment.
    pub async fn empty_log(&self) -> Result<bool, StoreError> {
        let mut writer = self.writer.acquire().await?;
        sqlx::query("PRAGMA busy_timeout = 200").execute(&mut *writer).await?;
        let outcome = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *writer).await;
        sqlx::query("PRAGMA busy_timeout = 10000").execute(&mut *writer).await?;
        let (busy, _, _): (i64, i64, i64) = outcome?;
        Ok(busy == 0)
    }

    /// Writes the whole file anew, without the remains that deleting leaves between rows. Writers wait meanwhile; the log
    /// holds the new file until it is emptied.
    pub async fn rewrite(&self) -> Result<(), StoreError> {
        let mut writer = self.writer.acquire().await?;
        sqlx::query("VACUUM").execute(&mut *writer).await?;
        Ok(())
    }

    /// Closes it and removes its files.
    pub(super) async fn remove(self) -> Result<(), StoreError> {
        self.close().await;
        for ending in ["", "-wal", "-shm"] {
            let mut file = self.path.clone().into_os_string();
            file.push(ending);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(StoreError::Unavailable { reason: error.kind().to_string() });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Closes all connections; what the write-ahead log holds goes into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

pub(super) async fn open(path: &str) -> Result<SqliteDatabase, StoreError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.starts_with(":memory:") {
        return Err(StoreError::Address { reason: String::from("sqlite: needs the path of a file") });
    }
    let path = Path::new(path);
    make_private_file(path)?;

    let writing =
        shared_settings(path).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(30));
    let writer = writer.connect_with(writing).await?;

    let reading = shared_settings(path).pragma("query_only", "ON");
    let readers = SqlitePoolOptions::new().max_connections(READERS).acquire_timeout(Duration::from_secs(10));
    Ok(SqliteDatabase { writer, readers: readers.connect_with(reading).await?, path: path.to_owned() })
}

/// The file is made here because SQLite would make it readable by everybody; its log files copy its permissions.
fn make_private_file(path: &Path) -> Result<(), StoreError> {
    let unavailable = |error: std::io::Error| StoreError::Unavailable { reason: error.kind().to_string() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(unavailable)?;
    }
    fs::OpenOptions::new().append(true).create(true).mode(0o600).open(path).map_err(unavailable)?;
    Ok(())
}

fn shared_settings(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10)) // see `empty_log`
        // deleted cells are overwritten, so that a copy of the file does not hold them
        .pragma("secure_delete", "ON")
        // sorting never spills stored text into files elsewhere
        .pragma("temp_store", "MEMORY")
        // a crafted file cannot run functions through its own schema
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging()
}
