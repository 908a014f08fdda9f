//! What can go wrong in a store, without a single stored value in the text.

mod from_sqlx;

/// A store could not do what it was asked.
///
/// The texts name tables, columns, constraints and codes, never values: PostgreSQL repeats values in its messages, so
/// those messages are not carried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database does not answer, is busy for too long, is full or stopped the statement; trying again may help.
    #[error("the database is not available: {reason}")]
    Unavailable {
        /// What it looked like from here.
        reason: String,
    },
    /// Somebody else changed the data since it was read; read again and decide anew.
    #[error("the data moved from revision {expected} to {found} meanwhile")]
    Conflict {
        /// The revision the caller had read.
        expected: i64,
        /// The revision it is now.
        found: i64,
    },
    /// The value exists already and must be unique.
    #[error("already exists: {constraint}")]
    NotUnique {
        /// Name of the constraint on PostgreSQL, `table.column` on SQLite.
        constraint: String,
    },
    /// The database's own rules forbid the value.
    #[error("refused by the database: {constraint}")]
    Refused {
        /// Which rule.
        constraint: String,
    },
    /// A record that must be there is not.
    #[error("no row {row} in {table}")]
    Missing {
        /// The table.
        table: &'static str,
        /// Its id.
        row: String,
    },
    /// What is stored cannot be understood: the file was damaged or edited by hand.
    #[error("{table}.{column} of row {row} cannot be read: {problem}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        row: String,
        /// Why it cannot be read.
        problem: String,
    },
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(#[from] crate::MigrationError),
    /// The database itself is damaged, as its engine says: restore the backup.
    #[error("the database is damaged: {code}")]
    Damaged {
        /// Error code of the engine.
        code: String,
    },
    /// The address of the database names none we know.
    #[error("this is no database address: {reason}")]
    Address {
        /// What is wrong with it; without the address, which may hold a password.
        reason: String,
    },
    /// A statement failed in a way no store expects: a fault of ours.
    #[error("unexpected answer of the database: {code}")]
    Unexpected {
        /// Error code of the engine, or the kind of mistake.
        code: String,
    },
}
