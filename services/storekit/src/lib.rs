//! What every service's store stands on: databases opened the one right way, migrations, the outbox, errors.
//!
//! Knows SQLite and PostgreSQL, and not a single word of any domain. What a store reads or writes never reaches a log
//! or an error text from here.

mod database;
mod error;
mod migrate;
pub mod outbox;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod transfer;

pub use database::{Database, SqliteDatabase};
pub use error::StoreError;
pub use migrate::{Migration, MigrationError, Service};
