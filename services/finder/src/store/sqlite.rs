//! The directory in a SQLite file.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::{Centre, DirectoryEvent},
};
use jiff::{Timestamp, civil::Date};
use kernel::Envelope;
use search_index::place::PlaceRow;
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use storekit::{
    SqliteDatabase, StoreError,
    outbox::{Head, append_sqlite as append, read_sqlite as read},
};

use super::{
    Apart, CentreFilter, CentrePage, EditChange, EditTrace, EditedField, ImportChange, ImportDraft,
    ImportRun, KeptApart, Move, PlaceTable, PlacesChange, RecordChange, Regroup, Saved, SourceSummary, Stamp,
    Store, StoredKey, StoredProfile,
    decide::{self, Decision},
    draw::{CentreRow, LineRow, draw, patterns},
    layer_row::{self, Stack},
    prepare::{self, Record, missing},
    row,
    shared::directory_store,
    sql,
    write::layer_writes,
};
use crate::{
    import::{Progress, Stage},
    layers::{Field, Layers, ManualEdit, SourceRecord, Standing, compose, is_derived_point},
};

/// The directory in a SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteStore(SqliteDatabase);

directory_store!(SqliteStore);
layer_writes!(SqliteStore, SqliteConnection);

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

/// How many centres are drawn at a time; bounds the memory an import takes.
const REDRAWN: usize = 500;

/// A list as the engine takes it in one parameter: JSON for its table of elements.
fn list(ids: &[String]) -> String {
    serde_json::json!(ids).to_string()
}

const RECORDS_OF_CENTRES: &str = "SELECT own_id, source, external_id, centre_id, priority, body, present, imported_at,
        run_id, actor_id, actor_name
    FROM source_record WHERE centre_id IN (SELECT value FROM json_each($1)) ORDER BY centre_id, priority, own_id";

const EDITS_OF_CENTRES: &str = "SELECT centre_id, field, value, person_id, person_name, at, list_value
    FROM manual_edit
    WHERE centre_id IN (
        SELECT own_id FROM source_record WHERE centre_id IN (SELECT value FROM json_each($1))
    )
    ORDER BY centre_id, field";

const RECORDS_OF_SOURCE: &str =
    "SELECT own_id, source, external_id, centre_id, priority, body, present, imported_at,
        run_id, actor_id, actor_name
    FROM source_record WHERE source = $1 AND external_id IN (SELECT value FROM json_each($2))
    ORDER BY external_id, own_id";

const CENTRES_OF_MEMBERS: &str = "SELECT DISTINCT centre_id FROM source_record
    WHERE own_id IN (SELECT value FROM json_each($1)) ORDER BY centre_id";

const HASHES_OF: &str =
    "SELECT id, body_hash FROM centre WHERE id IN (SELECT value FROM json_each($1)) ORDER BY id";

const COUNT_LINES: &str = "SELECT count(*) FROM centre_line
    WHERE folded LIKE $1 AND folded LIKE $2 AND folded LIKE $3 AND folded LIKE $4
        AND ($5 = 1 OR centre_id IN (SELECT value FROM json_each($6))) AND ($7 = '' OR standing = $7)";

const LINES: &str = "SELECT centre_id, name, place, standing FROM centre_line
    WHERE folded LIKE $1 AND folded LIKE $2 AND folded LIKE $3 AND folded LIKE $4
        AND ($5 = 1 OR centre_id IN (SELECT value FROM json_each($6))) AND ($7 = '' OR standing = $7)
    ORDER BY folded, centre_id LIMIT $8 OFFSET $9";

// A prepared statement per row: the engine is in the process, so rows cost no journey.

const LOG_RECORD: &str = "INSERT INTO import_change (run_id, source, external_id, own_id, centre_id,
        before_body, before_present, after_body, after_present)
    SELECT $1, $2, $3, $4, coalesce(known.centre_id, $4), known.body, coalesce(known.present, 0), $5, $6
    FROM (SELECT 1) AS one LEFT JOIN source_record AS known ON known.own_id = $4";

const SAVE_RECORD: &str = "INSERT INTO source_record (own_id, source, external_id, centre_id, slug, priority, body,
        body_hash, present, imported_at, run_id, actor_id, actor_name)
    VALUES ($1, $2, $3, $1, $4, 0, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (own_id) DO UPDATE SET slug = excluded.slug, body = excluded.body, body_hash = excluded.body_hash,
        present = excluded.present, imported_at = excluded.imported_at, run_id = excluded.run_id,
        actor_id = excluded.actor_id, actor_name = excluded.actor_name
    WHERE source_record.source = excluded.source AND source_record.external_id = excluded.external_id";

async fn save_records(
    transaction: &mut SqliteConnection,
    stamp: &Stamp,
    run: Option<&str>,
    records: &[Record<'_>],
) -> Result<(), StoreError> {
    for Record { centre, body, body_hash, present } in records {
        if let Some(run) = run {
            sqlx::query(LOG_RECORD)
                .bind(run)
                .bind(&centre.source)
                .bind(&centre.external_id)
                .bind(&centre.id)
                .bind(body)
                .bind(i64::from(*present))
                .execute(&mut *transaction)
                .await?;
        }
        let saved = sqlx::query(SAVE_RECORD)
            .bind(&centre.id)
            .bind(&centre.source)
            .bind(&centre.external_id)
            .bind(&centre.slug)
            .bind(body)
            .bind(body_hash)
            .bind(i64::from(*present))
            .bind(stamp.at.as_microsecond())
            .bind(run)
            .bind(&stamp.actor.person_id)
            .bind(&stamp.actor.name)
            .execute(&mut *transaction)
            .await?;
        if saved.rows_affected() != 1 {
            return Err(prepare::foreign_id());
        }
    }
    Ok(())
}

const SAVE_CENTRE: &str = "INSERT INTO centre
        (id, source, external_id, slug, postcode, body, body_hash, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (id) DO UPDATE SET source = excluded.source, external_id = excluded.external_id,
        slug = excluded.slug, postcode = excluded.postcode, body = excluded.body,
        body_hash = excluded.body_hash, changed_at = excluded.changed_at";

async fn save_centres(
    transaction: &mut SqliteConnection,
    rows: &[CentreRow],
    at: i64,
) -> Result<(), StoreError> {
    for CentreRow { centre, body, body_hash } in rows {
        sqlx::query(SAVE_CENTRE)
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
    }
    Ok(())
}

const REMOVE_CENTRE: &str = "DELETE FROM centre WHERE id = $1";

async fn remove_centres(transaction: &mut SqliteConnection, ids: &[String]) -> Result<(), StoreError> {
    for id in ids {
        sqlx::query(REMOVE_CENTRE).bind(id).execute(&mut *transaction).await?;
    }
    Ok(())
}

const SAVE_LINE: &str = "INSERT INTO centre_line (centre_id, name, place, folded, standing)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (centre_id) DO UPDATE SET name = excluded.name, place = excluded.place,
        folded = excluded.folded, standing = excluded.standing";

async fn save_lines(transaction: &mut SqliteConnection, lines: &[LineRow]) -> Result<(), StoreError> {
    for line in lines {
        sqlx::query(SAVE_LINE)
            .bind(&line.centre_id)
            .bind(&line.name)
            .bind(&line.place)
            .bind(&line.folded)
            .bind(line.standing.code())
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}

const REMOVE_LINE: &str = "DELETE FROM centre_line WHERE centre_id = $1";

async fn remove_lines(transaction: &mut SqliteConnection, ids: &[String]) -> Result<(), StoreError> {
    for id in ids {
        sqlx::query(REMOVE_LINE).bind(id).execute(&mut *transaction).await?;
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
