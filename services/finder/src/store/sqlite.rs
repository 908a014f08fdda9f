//! The directory in a SQLite file.

use async_trait::async_trait;
use contracts::directory::{Centre, DirectoryEvent};
use kernel::Envelope;
use search_index::place::PlaceRow;
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use storekit::{
    SqliteDatabase, StoreError,
    outbox::{Head, append_sqlite as append, read_sqlite as read},
};

use super::{
    ImportChange, ImportRun, PlaceTable, PlacesChange, SourceSummary, Store, StoredKey, prepare,
    prepare::Record, row, shared::directory_store, sql,
};

/// The directory in a SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteStore(SqliteDatabase);

directory_store!(SqliteStore);

impl SqliteStore {
    /// The directory in an open file.
    pub fn on(file: SqliteDatabase) -> Self {
        Self(file)
    }

    fn readers(&self) -> &SqlitePool {
        self.0.readers()
    }

    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.0.begin().await
    }

    /// A transaction of a reader sees one state of the file.
    async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.readers().begin().await?)
    }

    async fn close_connections(&self) {
        self.0.close().await;
    }
}

/// A prepared statement per row: the engine is in the process, so rows cost no journey.
const SAVE_CENTRE: &str = "INSERT INTO centre
        (id, source, external_id, slug, postcode, body, body_hash, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, postcode = excluded.postcode, body = excluded.body,
        body_hash = excluded.body_hash, changed_at = excluded.changed_at
    WHERE centre.source = excluded.source AND centre.external_id = excluded.external_id";

async fn save_centres(
    transaction: &mut SqliteConnection,
    records: &[Record<'_>],
    at: i64,
) -> Result<(), StoreError> {
    for Record { centre, body, body_hash } in records {
        let saved = sqlx::query(SAVE_CENTRE)
            .bind(&centre.id)
            .bind(&centre.source)
            .bind(&centre.external_id)
            .bind(&centre.slug)
            .bind(centre.address.postcode.as_str())
            .bind(body)
            .bind(body_hash)
            .bind(at)
            .execute(&mut *transaction)
            .await?;
        if saved.rows_affected() != 1 {
            return Err(prepare::foreign_id());
        }
    }
    Ok(())
}

const REMOVE_CENTRE: &str = "DELETE FROM centre WHERE id = $1 AND source = $2";

async fn remove_centres(
    transaction: &mut SqliteConnection,
    source: &str,
    ids: &[String],
) -> Result<(), StoreError> {
    for id in ids {
        let removed = sqlx::query(REMOVE_CENTRE).bind(id).bind(source).execute(&mut *transaction).await?;
        if removed.rows_affected() != 1 {
            return Err(StoreError::Missing { table: "centre", row: id.clone() });
        }
    }
    Ok(())
}

const SAVE_PLACE: &str = "INSERT INTO place
        (position, postcode, name, municipality, district, district_name, land, lat, lon)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

async fn save_places(transaction: &mut SqliteConnection, rows: &[PlaceRow]) -> Result<(), StoreError> {
    for (position, row) in (0i64..).zip(rows) {
        sqlx::query(SAVE_PLACE)
            .bind(position)
            .bind(row.postcode.as_str())
            .bind(&row.name)
            .bind(row.municipality.as_ref().map(|key| key.as_str()))
            .bind(row.district.as_ref().map(|key| key.as_str()))
            .bind(&row.district_name)
            .bind(row.land.as_ref().map(|key| key.as_str()))
            .bind(row.point.map(|point| point.lat))
            .bind(row.point.map(|point| point.lon))
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}
