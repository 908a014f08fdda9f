//! Reading everything as of one moment, while others go on writing.

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Postgres, Row, Sqlite, Transaction};

use super::{
    Value,
    catalogue::{self, Kind, Table},
};
use crate::{Database, StoreError};

/// A moment of a database. Dropping it ends it.
#[derive(Debug)]
pub struct Reading(Engine);

#[derive(Debug)]
enum Engine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// What is read may take its time, other than statements of the running service.
const NO_HURRY: &str = "SET LOCAL statement_timeout = 0";

impl Reading {
    /// The present moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin(database: &Database) -> Result<Self, StoreError> {
        Ok(Self(match database {
            // a reader of a write-ahead log sees one state until it ends
            Database::Sqlite(file) => Engine::Sqlite(file.readers().begin().await?),
            Database::Postgres(pool) => {
                let mut moment = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
                sqlx::query(NO_HURRY).execute(&mut *moment).await?;
                Engine::Postgres(moment)
            }
        }))
    }

    /// All tables, each after those its rows point to.
    ///
    /// # Errors
    /// [`StoreError::Unexpected`] for a table that cannot be carried.
    pub async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        match &mut self.0 {
            Engine::Sqlite(moment) => catalogue::of_sqlite(moment).await,
            Engine::Postgres(moment) => catalogue::of_postgres(moment).await,
        }
    }

    /// Which migrations made the schema.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn versions(&mut self) -> Result<Vec<i64>, StoreError> {
        const VERSIONS: &str = "SELECT version FROM schema_migration ORDER BY version";
        Ok(match &mut self.0 {
            Engine::Sqlite(moment) => sqlx::query_scalar(VERSIONS).fetch_all(&mut **moment).await?,
            Engine::Postgres(moment) => sqlx::query_scalar(VERSIONS).fetch_all(&mut **moment).await?,
        })
    }

    /// Calls `take` with each row of a table, its values in the order of the table's columns.
    ///
    /// # Errors
    /// [`StoreError`], or what `take` answers.
    pub async fn rows<E: From<StoreError>>(
        &mut self,
        table: &Table,
        mut take: impl AsyncFnMut(Vec<Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        // names of tables and columns come from the database's own catalogue
        let statement = AssertSqlSafe(statement(table));
        let failed = |error: sqlx::Error| E::from(StoreError::from(error));
        match &mut self.0 {
            Engine::Sqlite(moment) => {
                let mut rows = sqlx::query(statement).fetch(&mut **moment);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    take(values(table, |at, kind| value(&row, at, kind)).map_err(failed)?).await?;
                }
            }
            Engine::Postgres(moment) => {
                let mut rows = sqlx::query(statement).fetch(&mut **moment);
                while let Some(row) = rows.try_next().await.map_err(failed)? {
                    take(values(table, |at, kind| value(&row, at, kind)).map_err(failed)?).await?;
                }
            }
        }
        Ok(())
    }
}

fn statement(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    format!("SELECT {} FROM \"{}\"", columns.join(", "), table.name)
}

fn values(
    table: &Table,
    value: impl Fn(usize, Kind) -> Result<Value, sqlx::Error>,
) -> Result<Vec<Value>, sqlx::Error> {
    table.columns.iter().enumerate().map(|(at, column)| value(at, column.kind)).collect()
}

fn value<'r, R: Row>(row: &'r R, at: usize, kind: Kind) -> Result<Value, sqlx::Error>
where
    usize: sqlx::ColumnIndex<R>,
    Option<String>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<i64>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<f64>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<Vec<u8>>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    Ok(match kind {
        Kind::Text => row.try_get::<Option<String>, _>(at)?.map_or(Value::Null, Value::Text),
        Kind::Integer => row.try_get::<Option<i64>, _>(at)?.map_or(Value::Null, Value::Integer),
        Kind::Real => row.try_get::<Option<f64>, _>(at)?.map_or(Value::Null, Value::Real),
        Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.map_or(Value::Null, Value::Bytes),
    })
}
