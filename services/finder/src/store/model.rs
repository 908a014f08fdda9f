//! What goes into the directory's store and comes out of it, beside the centres themselves.

use contracts::directory::Centre;
use jiff::Timestamp;
use search_index::place::PlaceRow;
use sha2::{Digest, Sha256};

/// What an import needs to know of a stored record to tell new, changed and unchanged apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// The record's own id: its centre's, until it is absorbed by another one.
    pub id: String,
    /// The centre the record belongs to.
    pub centre_id: String,
    /// The id in the source.
    pub external_id: String,
    /// The record's own slug; an import keeps it.
    pub slug: String,
    /// [`body_hash`] of the record as stored.
    pub body_hash: String,
    /// Whether the list had it last time, or it was withdrawn.
    pub present: bool,
}

/// A list that centres came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSummary {
    /// Its name.
    pub source: String,
    /// How many centres of it are in the directory.
    pub centres: u64,
    /// When it was last imported.
    pub imported_at: Option<Timestamp>,
}

/// A new table of places, to replace the present one whole.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacesChange {
    /// The change's id; applying the same change twice is refused.
    pub id: String,
    /// The rows, in the order of the file.
    pub rows: Vec<PlaceRow>,
    /// Whose data it is, as it has to be shown.
    pub notice: String,
    /// When it is applied.
    pub at: Timestamp,
}

/// The stored table of places.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceTable {
    /// Whose data it is, as it has to be shown.
    pub notice: String,
    /// When the table was put in.
    pub at: Timestamp,
    /// The rows, in the order of the file.
    pub rows: Vec<PlaceRow>,
}

/// The record as it is stored: JSON with the fields in the order of their declaration and nothing absent written.
///
/// Equal records give equal text, so the text can be compared and hashed.
pub fn canonical_body(centre: &Centre) -> Result<String, serde_json::Error> {
    serde_json::to_string(centre)
}

/// SHA-256 of [`canonical_body`] in lower-case hexadecimal: equal exactly when nothing about the centre differs.
pub fn body_hash(centre: &Centre) -> Result<String, serde_json::Error> {
    Ok(hash_text(&canonical_body(centre)?))
}

pub(super) fn hash_text(body: &str) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(body.as_bytes()) {
        for nibble in [byte >> 4, byte & 15] {
            hash.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    hash
}
