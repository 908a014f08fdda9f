//! What can go wrong with an index.

use std::path::PathBuf;

/// An index could not be built, read or put in place.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The folder or a file of the index cannot be used.
    #[error("{}: {source}", path.display())]
    Storage {
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The index itself reports a problem.
    #[error("the search index reports: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// Reading a list of the index failed.
    #[error("the search index cannot be read: {0}")]
    Reading(#[from] std::io::Error),
    /// A record of the index is not what was written.
    #[error("a record of the search index is damaged: {0}")]
    Damaged(String),
    /// The index was made in memory or elsewhere and has no generation here.
    #[error("the index does not belong to {}", home.display())]
    NotFromHere {
        /// The home it was to become current in.
        home: PathBuf,
    },
}
