//! Which database appointments are kept in.

use std::sync::Arc;

use storekit::{Database, Migration, Service, StoreError};

use super::{PostgresStore, SqliteStore, Store, server_log};

/// Booking as its database knows it.
pub const SERVICE: Service = Service {
    name: "booking",
    sqlite: &[
        Migration {
            version: 1,
            reason: "booking",
            sql: include_str!("../../../../migrations/booking/sqlite/0001_booking.sql"),
        },
        Migration {
            version: 2,
            reason: "waiting",
            sql: include_str!("../../../../migrations/booking/sqlite/0002_waiting.sql"),
        },
        Migration {
            version: 3,
            reason: "calendars",
            sql: include_str!("../../../../migrations/booking/sqlite/0003_calendars.sql"),
        },
        Migration {
            version: 4,
            reason: "note",
            sql: include_str!("../../../../migrations/booking/sqlite/0004_note.sql"),
        },
        Migration {
            version: 5,
            reason: "key_folder",
            sql: include_str!("../../../../migrations/booking/sqlite/0005_key_folder.sql"),
        },
        Migration {
            version: 6,
            reason: "one_person",
            sql: include_str!("../../../../migrations/booking/sqlite/0006_one_person.sql"),
        },
    ],
    postgres: &[
        Migration {
            version: 1,
            reason: "booking",
            sql: include_str!("../../../../migrations/booking/postgres/0001_booking.sql"),
        },
        Migration {
            version: 2,
            reason: "waiting",
            sql: include_str!("../../../../migrations/booking/postgres/0002_waiting.sql"),
        },
        Migration {
            version: 3,
            reason: "calendars",
            sql: include_str!("../../../../migrations/booking/postgres/0003_calendars.sql"),
        },
        Migration {
            version: 4,
            reason: "note",
            sql: include_str!("../../../../migrations/booking/postgres/0004_note.sql"),
        },
        Migration {
            version: 5,
            reason: "key_folder",
            sql: include_str!("../../../../migrations/booking/postgres/0005_key_folder.sql"),
        },
        Migration {
            version: 6,
            reason: "one_person",
            sql: include_str!("../../../../migrations/booking/postgres/0006_one_person.sql"),
        },
    ],
};

/// The open store, and the database under it, which holds the queue of mails as well.
pub struct Opened {
    /// Appointments and settings.
    pub store: Arc<dyn Store>,
    /// For the queue of mails, and nothing else.
    pub database: Database,
}

/// Opens the appointments at `sqlite:PATH` (a file of their own, made if missing) or `postgres://…` (the schema
/// `booking` in that database) and brings the schema up to date.
///
/// # Errors
/// [`StoreError::Address`], [`StoreError::Unavailable`] or [`StoreError::Migration`].
pub async fn open(address: &str) -> Result<Opened, StoreError> {
    let database = Database::open(address, &SERVICE).await?;
    let store: Arc<dyn Store> = match &database {
        Database::Sqlite(file) => Arc::new(SqliteStore::on(file.clone())),
        Database::Postgres(pool) => {
            server_log::warn(pool).await?;
            Arc::new(PostgresStore::on(pool.clone()))
        }
    };
    Ok(Opened { store, database })
}
