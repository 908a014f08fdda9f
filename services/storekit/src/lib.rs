//! What every service's store stands on: databases opened the one right way, migrations, the outbox, errors.
//!
//! Knows SQLite and PostgreSQL, and not a single word of any domain. What a store reads or writes never reaches a log
//! or an error text from here.

mod error;
mod migrate;

pub use error::StoreError;
pub use migrate::MigrationError;
