//! What the directory tells others.

use serde::{Deserialize, Serialize};

use super::Centre;

/// A change of the directory, in the order it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DirectoryEvent {
    /// A centre was added or changed; the whole record as it is now.
    CentreSaved {
        /// The record.
        centre: Box<Centre>,
    },
    /// A centre is no longer listed.
    CentreRemoved {
        /// Its id.
        centre_id: String,
    },
    /// The table of places was replaced; everything derived from it must be made anew.
    PlacesReplaced,
}
