//! What the child answers: one JSON document a line.

use serde::{Deserialize, Serialize};

use super::{ReadError, piece::Piece};

/// What the child says on its standard output, after [`BEGIN`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// A piece of the file.
    Piece(Piece),
    /// All pieces were sent.
    End,
    /// The file cannot be read.
    Error(ReadError),
}

/// The line the answers begin after. Whatever a host program prints before it is not ours.
pub(super) const BEGIN: &str = "read-pieces-begin";

/// All answers together, in bytes: a small file that repeats one long text in every cell would grow without bound.
pub(super) const MOST_OUTPUT: u64 = 512 << 20;

/// The longest line, in bytes: a service with everything in it.
pub(super) const LONGEST_LINE: u64 = 16 << 20;
