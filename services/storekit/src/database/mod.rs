//! Opening a service's database, the same way for every service.

mod postgres;
mod sqlite;

use sqlx::PgPool;

pub use self::sqlite::SqliteDatabase;
use crate::{Service, StoreError};

/// An open database whose schema is up to date.
#[derive(Debug, Clone)]
pub enum Database {
    /// One file of the service's own.
    Sqlite(SqliteDatabase),
    /// A schema of the service's own, first and alone in the search path of every connection.
    Postgres(PgPool),
}

impl Database {
    /// Opens the database at `address` and brings the service's schema up to date.
    ///
    /// `sqlite:PATH` is a file, made together with its folder if missing and readable by its owner only;
    /// `postgres://user@host/database` is a server.
    ///
    /// # Errors
    /// [`StoreError::Address`] for any other address, [`StoreError::Unavailable`] when it does not open,
    /// [`StoreError::Migration`] when the schema does not fit this program.
    pub async fn open(address: &str, service: &Service) -> Result<Self, StoreError> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            let database = sqlite::open(path).await?;
            service.migrate_sqlite(&database).await?;
            return Ok(Self::Sqlite(database));
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let pool = postgres::open(address, service.name).await?;
            service.migrate_postgres(&pool).await?;
            return Ok(Self::Postgres(pool));
        }
        Err(StoreError::Address { reason: String::from("it begins with neither sqlite: nor postgres:") })
    }

    /// Whether the server at `address` has the service's schema already.
    pub(crate) async fn has_schema(address: &str, service: &Service) -> Result<bool, StoreError> {
        let pool = postgres::open(address, service.name).await?;
        let has: bool = sqlx::query_scalar("SELECT to_regnamespace($1) IS NOT NULL")
            .bind(service.name)
            .fetch_one(&pool)
            .await?;
        pool.close().await;
        Ok(has)
    }

    /// Removes what a failed attempt has left of a service that was not there before.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn remove(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(file) => file.remove().await,
            Self::Postgres(pool) => {
                const DROP: &str = "DO $$ BEGIN EXECUTE format('DROP SCHEMA %I CASCADE', current_setting('search_path')); END $$";
                sqlx::query(DROP).execute(&pool).await?;
                pool.close().await;
                Ok(())
            }
        }
    }
}
