//! Bringing a service's schema up to date.

/// The schema of a database and the migrations in this program do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MigrationError {
    /// A migration that ran long ago has another text today.
    #[error("migration {version} was changed after it had been applied; restore its file")]
    Edited {
        /// Its number.
        version: i64,
    },
    /// The database was used by a newer version of the program.
    #[error("the database knows migration {version}, this program does not: it was used by a newer version")]
    Newer {
        /// The unknown migration's number.
        version: i64,
    },
    /// A migration began and never ended, on an engine that cannot take it back.
    #[error("migration {version} was begun and not finished; restore the backup")]
    Unfinished {
        /// Its number.
        version: i64,
    },
    /// A migration's statements failed; nothing of it was kept.
    #[error("migration {version} failed: {code}")]
    Failed {
        /// Its number.
        version: i64,
        /// The engine's error code.
        code: String,
    },
}
