//! What can be wrong with the files of a lexicon.

use std::path::PathBuf;

/// A lexicon could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file is there but cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file says something that makes no sense.
    #[error("{file}, line {line}: {problem}; {remedy}")]
    Malformed {
        /// Name of the file.
        file: &'static str,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        remedy: &'static str,
    },
}
