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
}
