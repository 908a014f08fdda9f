//! Making and filling the tables.

use sqlx::{Connection, PgConnection};

use crate::{
    Outcome,
    document::{Document, sphere, vocabulary},
};

const TABLES: &str = "
CREATE EXTENSION pg_trgm;
SET jit = off;
CREATE TABLE offer (
    id integer PRIMARY KEY, centre text NOT NULL, x float8, y float8, z float8, position point, text tsvector NOT NULL);
CREATE TABLE area (key text COLLATE \"C\" NOT NULL, offer integer NOT NULL);
CREATE TABLE word (word text COLLATE \"C\" PRIMARY KEY, count bigint NOT NULL);
";
const INDEXES: &str = "
CREATE INDEX ON offer USING gin (text);
CREATE INDEX ON offer USING gist (position);
CREATE UNIQUE INDEX ON area (key, offer);
CREATE INDEX ON word USING gin (word gin_trgm_ops);
";
/// As many documents as go into one statement.
const AT_ONCE: usize = 1000;

/// Empty tables.
pub(super) async fn create(connection: &mut PgConnection) -> Outcome<()> {
    sqlx::raw_sql(TABLES).execute(connection).await?;
    Ok(())
}

/// Writes all documents in one transaction, builds the indexes and gathers statistics.
pub(super) async fn fill(connection: &mut PgConnection, documents: &[Document]) -> Outcome<()> {
    let mut transaction = connection.begin().await?;
    let mut first: i32 = 1;
    for some in documents.chunks(AT_ONCE) {
        let ids: Vec<i32> = (first..).take(some.len()).collect();
        let texts = |of: fn(&Document) -> &String| {
            some.iter().map(|document| of(document).clone()).collect::<Vec<_>>()
        };
        let at: Vec<Option<[f64; 3]>> = some.iter().map(|document| document.position.map(sphere)).collect();
        let axis = |axis: usize| at.iter().map(|at| at.map(|at| at[axis])).collect::<Vec<_>>();
        sqlx::query(
            "INSERT INTO offer (id, centre, x, y, z, position, text)
            SELECT id, centre, x, y, z, point(lon, lat),
                setweight(to_tsvector('german', offer), 'A') || setweight(to_tsvector('german', name), 'B')
                || setweight(to_tsvector('german', keywords), 'C') || setweight(to_tsvector('german', description), 'D')
            FROM unnest($1::int[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[],
                $8::text[], $9::text[], $10::text[], $11::text[])
                AS new (id, centre, x, y, z, lat, lon, offer, name, keywords, description)",
        )
        .bind(&ids)
        .bind(texts(|document| &document.centre))
        .bind(axis(0))
        .bind(axis(1))
        .bind(axis(2))
        .bind(some.iter().map(|document| document.position.map(|(lat, _)| lat)).collect::<Vec<_>>())
        .bind(some.iter().map(|document| document.position.map(|(_, lon)| lon)).collect::<Vec<_>>())
        .bind(texts(|document| &document.offer))
        .bind(texts(|document| &document.name))
        .bind(texts(|document| &document.keywords))
        .bind(texts(|document| &document.description))
        .execute(&mut *transaction)
        .await?;
        let (keys, offers): (Vec<&str>, Vec<i32>) = ids
            .iter()
            .zip(some)
            .flat_map(|(&id, document)| document.areas.iter().map(move |key| (key.as_str(), id)))
            .unzip();
        sqlx::query("INSERT INTO area (key, offer) SELECT DISTINCT * FROM unnest($1::text[], $2::int[])")
            .bind(keys)
            .bind(offers)
            .execute(&mut *transaction)
            .await?;
        first += i32::try_from(some.len())?;
    }
    let (words, counts): (Vec<String>, Vec<i64>) = vocabulary(documents).into_iter().unzip();
    sqlx::query("INSERT INTO word (word, count) SELECT * FROM unnest($1::text[], $2::bigint[])")
        .bind(words)
        .bind(counts)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    sqlx::raw_sql(INDEXES).execute(&mut *connection).await?;
    sqlx::raw_sql("VACUUM ANALYZE").execute(connection).await?;
    Ok(())
}
