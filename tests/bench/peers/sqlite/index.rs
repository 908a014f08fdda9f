//! Making and filling the tables.

use std::path::Path;

use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    Outcome,
    document::{Document, sphere, vocabulary},
    text::stem,
};

const TABLES: &str = "
CREATE TABLE offer (id INTEGER PRIMARY KEY, centre TEXT NOT NULL, x REAL, y REAL, z REAL) STRICT;
CREATE TABLE area (key TEXT NOT NULL, offer INTEGER NOT NULL, PRIMARY KEY (key, offer)) STRICT, WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE position USING rtree(id, south, north, west, east);
CREATE VIRTUAL TABLE offer_text USING fts5(offer, name, keywords, description, content='', tokenize='unicode61', prefix='2 3 4 5');
CREATE VIRTUAL TABLE spelling USING fts5(word, tokenize='trigram', detail='none');
";

/// An empty database in a file, with everything in its cache once read.
pub(super) async fn create(file: &Path) -> Outcome<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .pragma("cache_size", "-65536")
        .pragma("mmap_size", "268435456");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql(TABLES).execute(&mut connection).await?;
    Ok(connection)
}

/// Writes all documents in one transaction, then merges the text index and gathers statistics.
pub(super) async fn fill(connection: &mut SqliteConnection, documents: &[Document]) -> Outcome<()> {
    let mut transaction = connection.begin().await?;
    for (id, document) in (1_i64..).zip(documents) {
        let at = document.position.map(sphere);
        sqlx::query("INSERT INTO offer (id, centre, x, y, z) VALUES ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(&document.centre)
            .bind(at.map(|at| at[0]))
            .bind(at.map(|at| at[1]))
            .bind(at.map(|at| at[2]))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "INSERT INTO offer_text (rowid, offer, name, keywords, description) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(stems(&document.offer))
        .bind(stems(&document.name))
        .bind(stems(&document.keywords))
        .bind(stems(&document.description))
        .execute(&mut *transaction)
        .await?;
        if let Some((lat, lon)) = document.position {
            sqlx::query("INSERT INTO position (id, south, north, west, east) VALUES ($1, $2, $2, $3, $3)")
                .bind(id)
                .bind(lat)
                .bind(lon)
                .execute(&mut *transaction)
                .await?;
        }
        for key in &document.areas {
            sqlx::query("INSERT OR IGNORE INTO area (key, offer) VALUES ($1, $2)")
                .bind(key)
                .bind(id)
                .execute(&mut *transaction)
                .await?;
        }
    }
    for (word, count) in vocabulary(documents) {
        for statement in
            ["INSERT INTO word (word, count) VALUES ($1, $2)", "INSERT INTO spelling (word) VALUES ($1)"]
        {
            sqlx::query(statement).bind(&word).bind(count).execute(&mut *transaction).await?;
        }
    }
    transaction.commit().await?;
    sqlx::raw_sql("INSERT INTO offer_text(offer_text) VALUES ('optimize'); ANALYZE;")
        .execute(connection)
        .await?;
    Ok(())
}

fn stems(words: &str) -> String {
    words.split(' ').map(stem).collect::<Vec<_>>().join(" ")
}
