//! Writing everything into a database that has nothing but its schema, all of it or nothing.

use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use super::{
    Value,
    catalogue::{self, Kind, Table},
};
use crate::{Database, StoreError};

/// A transaction that fills a database. Dropping it without [`Writing::commit`] takes everything back.
#[derive(Debug)]
pub struct Writing {
    engine: Engine,
    tables: Vec<Table>,
}

#[derive(Debug)]
enum Engine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

const NO_HURRY: &str = "SET LOCAL statement_timeout = 0";

impl Writing {
    /// Begins, and removes the rows that migrations have put in: they come along.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin(database: &Database) -> Result<Self, StoreError> {
        let mut engine = match database {
            Database::Sqlite(file) => Engine::Sqlite(file.begin().await?),
            Database::Postgres(pool) => Engine::Postgres(pool.begin().await?),
        };
        let tables = match &mut engine {
            Engine::Sqlite(filling) => catalogue::of_sqlite(filling).await?,
            Engine::Postgres(filling) => {
                sqlx::query(NO_HURRY).execute(&mut **filling).await?;
                catalogue::of_postgres(filling).await?
            }
        };
        let mut writing = Self { engine, tables };
        for at in (0..writing.tables.len()).rev() {
            // names of tables come from the database's own catalogue
            let statement = AssertSqlSafe(format!("DELETE FROM \"{}\"", writing.tables[at].name));
            match &mut writing.engine {
                Engine::Sqlite(filling) => {
                    sqlx::query(statement).execute(&mut **filling).await?;
                }
                Engine::Postgres(filling) => {
                    sqlx::query(statement).execute(&mut **filling).await?;
                }
            }
        }
        Ok(writing)
    }

    /// The tables, each after those its rows point to.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Writes a row, its values in the order of the table's columns. The table is one of [`Writing::tables`], or has
    /// fewer columns of it; what is missing has its default.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the database's own rules forbid it, [`StoreError::Unexpected`] for a table it does not have.
    pub async fn row(&mut self, table: &Table, row: Vec<Value>) -> Result<(), StoreError> {
        self.knows(table)?;
        // names of tables and columns are those of the database's own catalogue, see above
        let statement = AssertSqlSafe(statement(table));
        match &mut self.engine {
            Engine::Sqlite(filling) => {
                let mut query = sqlx::query(statement);
                for (value, column) in row.into_iter().zip(&table.columns) {
                    query = match (value, column.kind) {
                        (Value::Text(text), _) => query.bind(text),
                        (Value::Integer(number), _) => query.bind(number),
                        (Value::Real(number), _) => query.bind(number),
                        (Value::Bytes(bytes), _) => query.bind(bytes),
                        (Value::Null, Kind::Text) => query.bind(None::<String>),
                        (Value::Null, Kind::Integer) => query.bind(None::<i64>),
                        (Value::Null, Kind::Real) => query.bind(None::<f64>),
                        (Value::Null, Kind::Bytes) => query.bind(None::<Vec<u8>>),
                    };
                }
                query.execute(&mut **filling).await?;
            }
            Engine::Postgres(filling) => {
                let mut query = sqlx::query(statement);
                for (value, column) in row.into_iter().zip(&table.columns) {
                    query = match (value, column.kind) {
                        (Value::Text(text), _) => query.bind(text),
                        (Value::Integer(number), _) => query.bind(number),
                        (Value::Real(number), _) => query.bind(number),
                        (Value::Bytes(bytes), _) => query.bind(bytes),
                        (Value::Null, Kind::Text) => query.bind(None::<String>),
                        (Value::Null, Kind::Integer) => query.bind(None::<i64>),
                        (Value::Null, Kind::Real) => query.bind(None::<f64>),
                        (Value::Null, Kind::Bytes) => query.bind(None::<Vec<u8>>),
                    };
                }
                query.execute(&mut **filling).await?;
            }
        }
        Ok(())
    }

    /// Makes it last.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; then nothing of it is there.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.engine {
            Engine::Sqlite(filling) => filling.commit().await?,
            Engine::Postgres(filling) => filling.commit().await?,
        }
        Ok(())
    }

    fn knows(&self, table: &Table) -> Result<(), StoreError> {
        let own = self.tables.iter().find(|own| own.name == table.name);
        if own.is_some_and(|own| table.columns.iter().all(|column| own.columns.contains(column))) {
            return Ok(());
        }
        Err(StoreError::Unexpected { code: String::from("rows of a table that this schema does not have") })
    }
}

fn statement(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let places: Vec<String> = (1..=table.columns.len()).map(|place| format!("${place}")).collect();
    format!("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, columns.join(", "), places.join(", "))
}
