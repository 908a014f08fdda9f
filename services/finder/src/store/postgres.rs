//! The directory in a PostgreSQL schema.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::{Centre, DirectoryEvent},
};
use jiff::{Timestamp, civil::Date};
use kernel::Envelope;
use search_index::place::PlaceRow;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use storekit::{
    StoreError,
    outbox::{Head, append_postgres as append, read_postgres as read},
};

use super::{
    Apart, CentreFilter, CentrePage, EditChange, EditTrace, EditedField, ImportChange, ImportDraft,
    ImportRun, KeptApart, Move, PlaceTable, PlacesChange, RecordChange, Regroup, Saved, SourceSummary, Stamp,
    Store, StoredKey, StoredProfile,
    decide::{self, Decision},
    draw::{CentreRow, LineRow, draw, patterns},
    layer_row::{self, Stack},
    prepare::{self, BATCH, Record, missing},
    row,
    shared::directory_store,
    sql,
    write::layer_writes,
};
use crate::{
    import::{Progress, Stage},
    layers::{Field, Layers, ManualEdit, SourceRecord, Standing, compose, is_derived_point},
};

/// The directory in a PostgreSQL schema.
#[derive(Debug, Clone)]
pub struct PostgresStore(PgPool);

directory_store!(PostgresStore);
layer_writes!(PostgresStore, PgConnection);

impl PostgresStore {
    /// The directory behind a pool whose connections see the finder's schema.
    pub fn on(pool: PgPool) -> Self {
        Self(pool)
    }

    fn readers(&self) -> &PgPool {
        &self.0
    }

    async fn begin(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.0.begin().await?)
    }

    /// By default every statement of a transaction would see a state of its own.
    async fn snapshot(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.0.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
    }

    async fn close_connections(&self) {
        self.0.close().await;
    }
}

/// How many centres are drawn at a time; bounds the memory an import takes.
const REDRAWN: usize = 500;

/// A list as the engine takes it in one parameter.
fn list(ids: &[String]) -> Vec<String> {
    ids.to_vec()
}

const RECORDS_OF_CENTRES: &str =
    "SELECT own_id, source, external_id, centre_id, priority, body, present, imported_at,
        run_id, actor_id, actor_name
    FROM source_record WHERE centre_id = ANY($1::text[]) ORDER BY centre_id, priority, own_id";

const EDITS_OF_CENTRES: &str = "SELECT centre_id, field, value, person_id, person_name, at, list_value
    FROM manual_edit
    WHERE centre_id IN (SELECT own_id FROM source_record WHERE centre_id = ANY($1::text[]))
    ORDER BY centre_id, field";

const RECORDS_OF_SOURCE: &str =
    "SELECT own_id, source, external_id, centre_id, priority, body, present, imported_at,
        run_id, actor_id, actor_name
    FROM source_record WHERE source = $1 AND external_id = ANY($2::text[]) ORDER BY external_id, own_id";

const CENTRES_OF_MEMBERS: &str =
    "SELECT DISTINCT centre_id FROM source_record WHERE own_id = ANY($1::text[]) ORDER BY centre_id";

const HASHES_OF: &str = "SELECT id, body_hash FROM centre WHERE id = ANY($1::text[]) ORDER BY id";

const COUNT_LINES: &str = "SELECT count(*) FROM centre_line
    WHERE folded LIKE $1 AND folded LIKE $2 AND folded LIKE $3 AND folded LIKE $4
        AND ($5::bigint = 1 OR centre_id = ANY($6::text[])) AND ($7::text = '' OR standing = $7)";

const LINES: &str = "SELECT centre_id, name, place, standing FROM centre_line
    WHERE folded LIKE $1 AND folded LIKE $2 AND folded LIKE $3 AND folded LIKE $4
        AND ($5::bigint = 1 OR centre_id = ANY($6::text[])) AND ($7::text = '' OR standing = $7)
    ORDER BY folded, centre_id LIMIT $8 OFFSET $9";

// Arrays of columns, because a statement per row costs a journey to the server each.

const LOG_RECORDS: &str = "INSERT INTO import_change (run_id, source, external_id, own_id, centre_id,
        before_body, before_present, after_body, after_present)
    SELECT $1, saved.source, saved.external_id, saved.own_id, coalesce(known.centre_id, saved.own_id), known.body,
        coalesce(known.present, 0), saved.body, saved.present
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
        AS saved (own_id, source, external_id, body, present)
    LEFT JOIN source_record AS known ON known.own_id = saved.own_id";

const SAVE_RECORDS: &str = "INSERT INTO source_record (own_id, source, external_id, centre_id, slug, priority, body,
        body_hash, present, imported_at, run_id, actor_id, actor_name)
    SELECT own_id, source, external_id, own_id, slug, 0, body, body_hash, present, $8, $9, $10, $11
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
        AS saved (own_id, source, external_id, slug, body, body_hash, present)
    ON CONFLICT (own_id) DO UPDATE SET slug = excluded.slug, body = excluded.body, body_hash = excluded.body_hash,
        present = excluded.present, imported_at = excluded.imported_at, run_id = excluded.run_id,
        actor_id = excluded.actor_id, actor_name = excluded.actor_name
    WHERE source_record.source = excluded.source AND source_record.external_id = excluded.external_id";

async fn save_records(
    transaction: &mut PgConnection,
    stamp: &Stamp,
    run: Option<&str>,
    records: &[Record<'_>],
) -> Result<(), StoreError> {
    for batch in records.chunks(BATCH) {
        let column = |of: fn(&Record<'_>) -> String| batch.iter().map(of).collect::<Vec<String>>();
        let ids = column(|record| record.centre.id.clone());
        let sources = column(|record| record.centre.source.clone());
        let external_ids = column(|record| record.centre.external_id.clone());
        let bodies = column(|record| record.body.clone());
        let present: Vec<i64> = batch.iter().map(|record| i64::from(record.present)).collect();
        if let Some(run) = run {
            sqlx::query(LOG_RECORDS)
                .bind(run)
                .bind(&ids)
                .bind(&sources)
                .bind(&external_ids)
                .bind(&bodies)
                .bind(&present)
                .execute(&mut *transaction)
                .await?;
        }
        let saved = sqlx::query(SAVE_RECORDS)
            .bind(ids)
            .bind(sources)
            .bind(external_ids)
            .bind(column(|record| record.centre.slug.clone()))
            .bind(bodies)
            .bind(column(|record| record.body_hash.clone()))
            .bind(present)
            .bind(stamp.at.as_microsecond())
            .bind(run)
            .bind(&stamp.actor.person_id)
            .bind(&stamp.actor.name)
            .execute(&mut *transaction)
            .await?;
        if usize::try_from(saved.rows_affected()) != Ok(batch.len()) {
            return Err(prepare::foreign_id());
        }
    }
    Ok(())
}

const SAVE_CENTRES: &str = "INSERT INTO centre
        (id, source, external_id, slug, postcode, body, body_hash, changed_at)
    SELECT id, source, external_id, slug, postcode, body, body_hash, $8
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
        AS saved (id, source, external_id, slug, postcode, body, body_hash)
    ON CONFLICT (id) DO UPDATE SET source = excluded.source, external_id = excluded.external_id,
        slug = excluded.slug, postcode = excluded.postcode, body = excluded.body,
        body_hash = excluded.body_hash, changed_at = excluded.changed_at";

async fn save_centres(transaction: &mut PgConnection, rows: &[CentreRow], at: i64) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let column = |of: fn(&CentreRow) -> String| rows.iter().map(of).collect::<Vec<String>>();
    sqlx::query(SAVE_CENTRES)
        .bind(column(|row| row.centre.id.clone()))
        .bind(column(|row| row.centre.source.clone()))
        .bind(column(|row| row.centre.external_id.clone()))
        .bind(column(|row| row.centre.slug.clone()))
        .bind(column(|row| row.centre.address.postcode.to_string()))
        .bind(column(|row| row.body.clone()))
        .bind(column(|row| row.body_hash.clone()))
        .bind(at)
        .execute(transaction)
        .await?;
    Ok(())
}

const REMOVE_CENTRES: &str = "DELETE FROM centre WHERE id = ANY($1::text[])";

async fn remove_centres(transaction: &mut PgConnection, ids: &[String]) -> Result<(), StoreError> {
    if !ids.is_empty() {
        sqlx::query(REMOVE_CENTRES).bind(ids).execute(transaction).await?;
    }
    Ok(())
}

const SAVE_LINES: &str = "INSERT INTO centre_line (centre_id, name, place, folded, standing)
    SELECT centre_id, name, place, folded, standing
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
        AS saved (centre_id, name, place, folded, standing)
    ON CONFLICT (centre_id) DO UPDATE SET name = excluded.name, place = excluded.place,
        folded = excluded.folded, standing = excluded.standing";

async fn save_lines(transaction: &mut PgConnection, lines: &[LineRow]) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let column = |of: fn(&LineRow) -> String| lines.iter().map(of).collect::<Vec<String>>();
    sqlx::query(SAVE_LINES)
        .bind(column(|line| line.centre_id.clone()))
        .bind(column(|line| line.name.clone()))
        .bind(column(|line| line.place.clone()))
        .bind(column(|line| line.folded.clone()))
        .bind(column(|line| line.standing.code().to_owned()))
        .execute(transaction)
        .await?;
    Ok(())
}

const REMOVE_LINES: &str = "DELETE FROM centre_line WHERE centre_id = ANY($1::text[])";

async fn remove_lines(transaction: &mut PgConnection, ids: &[String]) -> Result<(), StoreError> {
    if !ids.is_empty() {
        sqlx::query(REMOVE_LINES).bind(ids).execute(transaction).await?;
    }
    Ok(())
}

const SAVE_PLACES: &str = "INSERT INTO place
        (position, postcode, name, municipality, district, district_name, land, lat, lon)
    SELECT position, postcode, name, municipality, district, district_name, land, lat, lon
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
            $8::double precision[], $9::double precision[])
        AS saved (position, postcode, name, municipality, district, district_name, land, lat, lon)";

async fn save_places(transaction: &mut PgConnection, rows: &[PlaceRow]) -> Result<(), StoreError> {
    let mut position = 0i64;
    for batch in rows.chunks(BATCH) {
        let positions: Vec<i64> = (position..).take(batch.len()).collect();
        position = positions.last().map_or(position, |last| last + 1);
        let text =
            |of: fn(&PlaceRow) -> Option<String>| batch.iter().map(of).collect::<Vec<Option<String>>>();
        let number = |of: fn(&PlaceRow) -> Option<f64>| batch.iter().map(of).collect::<Vec<Option<f64>>>();
        sqlx::query(SAVE_PLACES)
            .bind(positions)
            .bind(text(|row| Some(row.postcode.to_string())))
            .bind(text(|row| Some(row.name.clone())))
            .bind(text(|row| row.municipality.map(|key| key.to_string())))
            .bind(text(|row| row.district.map(|key| key.to_string())))
            .bind(text(|row| row.district_name.clone()))
            .bind(text(|row| row.land.map(|key| key.to_string())))
            .bind(number(|row| row.point.map(|point| point.lat)))
            .bind(number(|row| row.point.map(|point| point.lon)))
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}
