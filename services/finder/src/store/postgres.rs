//! The directory in a PostgreSQL schema.

use async_trait::async_trait;
use contracts::directory::{Centre, DirectoryEvent};
use kernel::Envelope;
use search_index::place::PlaceRow;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use storekit::{
    StoreError,
    outbox::{Head, append_postgres as append, read_postgres as read},
};

use super::{
    ImportChange, ImportRun, PlaceTable, PlacesChange, SourceSummary, Store, StoredKey, prepare,
    prepare::{BATCH, Record},
    row,
    shared::directory_store,
    sql,
};

/// The directory in a PostgreSQL schema.
#[derive(Debug, Clone)]
pub struct PostgresStore(PgPool);

directory_store!(PostgresStore);

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

/// Arrays of columns, because a statement per row costs a journey to the server each.
const SAVE_CENTRES: &str = "INSERT INTO centre
        (id, source, external_id, slug, postcode, body, body_hash, changed_at)
    SELECT id, source, external_id, slug, postcode, body, body_hash, $8
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
        AS saved (id, source, external_id, slug, postcode, body, body_hash)
    ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, postcode = excluded.postcode, body = excluded.body,
        body_hash = excluded.body_hash, changed_at = excluded.changed_at
    WHERE centre.source = excluded.source AND centre.external_id = excluded.external_id";

async fn save_centres(
    transaction: &mut PgConnection,
    records: &[Record<'_>],
    at: i64,
) -> Result<(), StoreError> {
    for batch in records.chunks(BATCH) {
        let column = |of: fn(&Record<'_>) -> String| batch.iter().map(of).collect::<Vec<String>>();
        let saved = sqlx::query(SAVE_CENTRES)
            .bind(column(|record| record.centre.id.clone()))
            .bind(column(|record| record.centre.source.clone()))
            .bind(column(|record| record.centre.external_id.clone()))
            .bind(column(|record| record.centre.slug.clone()))
            .bind(column(|record| record.centre.address.postcode.to_string()))
            .bind(column(|record| record.body.clone()))
            .bind(column(|record| record.body_hash.clone()))
            .bind(at)
            .execute(&mut *transaction)
            .await?;
        if usize::try_from(saved.rows_affected()) != Ok(batch.len()) {
            return Err(prepare::foreign_id());
        }
    }
    Ok(())
}

const REMOVE_CENTRES: &str = "DELETE FROM centre WHERE id = ANY($1::text[]) AND source = $2 RETURNING id";

async fn remove_centres(
    transaction: &mut PgConnection,
    source: &str,
    ids: &[String],
) -> Result<(), StoreError> {
    for batch in ids.chunks(BATCH) {
        let removed: Vec<String> =
            sqlx::query_scalar(REMOVE_CENTRES).bind(batch).bind(source).fetch_all(&mut *transaction).await?;
        if removed.len() != batch.len()
            && let Some(missing) = batch.iter().find(|id| !removed.contains(id))
        {
            return Err(StoreError::Missing { table: "centre", row: missing.clone() });
        }
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
