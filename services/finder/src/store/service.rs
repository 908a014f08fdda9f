//! Which database the directory is kept in.

use std::sync::Arc;

use storekit::{Database, Migration, Service, StoreError};

use super::{PostgresStore, SqliteStore, Store};

/// The finder as its database knows it.
pub const SERVICE: Service = Service {
    name: "finder",
    sqlite: &[
        Migration {
            version: 1,
            reason: "directory",
            sql: include_str!("../../../../migrations/finder/sqlite/0001_directory.sql"),
        },
        Migration {
            version: 2,
            reason: "layers",
            sql: include_str!("../../../../migrations/finder/sqlite/0002_layers.sql"),
        },
        Migration {
            version: 3,
            reason: "import_merges",
            sql: include_str!("../../../../migrations/finder/sqlite/0003_import_merges.sql"),
        },
    ],
    postgres: &[
        Migration {
            version: 1,
            reason: "directory",
            sql: include_str!("../../../../migrations/finder/postgres/0001_directory.sql"),
        },
        Migration {
            version: 2,
            reason: "layers",
            sql: include_str!("../../../../migrations/finder/postgres/0002_layers.sql"),
        },
        Migration {
            version: 3,
            reason: "import_merges",
            sql: include_str!("../../../../migrations/finder/postgres/0003_import_merges.sql"),
        },
    ],
};

/// Opens the directory at `sqlite:PATH` (a file of the finder's own, made if missing) or `postgres://…` (the schema
/// `finder` in that database) and brings its schema up to date.
///
/// # Errors
/// [`StoreError::Address`], [`StoreError::Unavailable`] or [`StoreError::Migration`].
pub async fn open(address: &str) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match Database::open(address, &SERVICE).await? {
        Database::Sqlite(file) => {
            let store = SqliteStore::on(file);
            store.complete_lines().await?;
            Arc::new(store)
        }
        Database::Postgres(pool) => {
            let store = PostgresStore::on(pool);
            store.complete_lines().await?;
            Arc::new(store)
        }
    })
}
