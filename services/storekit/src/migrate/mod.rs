//! Bringing a service's schema up to date.
//!
//! All pending migrations run in one transaction under a lock, so a start that fails leaves the schema as it was, and
//! two processes that start together do not disturb each other. Migrations are in the program, not beside it.

mod postgres;
mod sqlite;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// A service as its store knows it: its name and how its schema came to be.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// The service's name: the schema on PostgreSQL. Lower-case letters only.
    pub name: &'static str,
    /// `migrations/<service>/sqlite`, ascending.
    pub sqlite: &'static [Migration],
    /// `migrations/<service>/postgres`, ascending, with the same versions and names.
    pub postgres: &'static [Migration],
}

/// One file of a migrations folder.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The number at the beginning of the file's name.
    pub version: i64,
    /// The rest of the file's name: why it exists.
    pub reason: &'static str,
    /// The file's text.
    pub sql: &'static str,
}

impl Migration {
    /// SHA-256 of the text in hexadecimal.
    fn checksum(&self) -> String {
        Sha256::digest(self.sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Service {
    /// The service as it was when these migrations and no later ones existed; for a backup of that time.
    ///
    /// # Errors
    /// [`MigrationError::Newer`] where this program does not know one of them.
    pub fn with(&self, versions: &[i64]) -> Result<Self, MigrationError> {
        let some = |all: &'static [Migration]| -> &'static [Migration] {
            // once or twice in the life of a process
            all.iter().filter(|one| versions.contains(&one.version)).copied().collect::<Vec<_>>().leak()
        };
        let unknown =
            versions.iter().find(|version| self.sqlite.iter().all(|known| known.version != **version));
        match unknown {
            Some(version) => Err(MigrationError::Newer { version: *version }),
            None => Ok(Self { name: self.name, sqlite: some(self.sqlite), postgres: some(self.postgres) }),
        }
    }
}

/// The schema of a database and the migrations in this program do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MigrationError {
    /// A migration that was applied earlier has another text today.
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
    /// A migration's statements failed; nothing of it was kept.
    #[error("migration {version} failed: {problem}")]
    Failed {
        /// Its number.
        version: i64,
        /// What the database said, without values.
        problem: String,
    },
}

/// What is still to be applied, given what was.
///
/// A pending migration may have a lower version than an applied one: two branches may each have added one.
fn pending(
    known: &'static [Migration],
    applied: Vec<(i64, String)>,
) -> Result<Vec<&'static Migration>, MigrationError> {
    let mut applied: BTreeMap<i64, String> = applied.into_iter().collect();
    let mut pending = Vec::new();
    for migration in known {
        match applied.remove(&migration.version) {
            None => pending.push(migration),
            Some(checksum) if checksum == migration.checksum() => {}
            Some(_) => return Err(MigrationError::Edited { version: migration.version }),
        }
    }
    match applied.into_keys().next_back() {
        Some(version) => Err(MigrationError::Newer { version }),
        None => Ok(pending),
    }
}

// The same text on both engines.
const APPLIED: &str = "SELECT version, checksum FROM schema_migration ORDER BY version";
const RECORD: &str = "INSERT INTO schema_migration (version, reason, checksum) VALUES ($1, $2, $3)";

#[cfg(test)]
mod tests;
