//! What goes into the directory's store and comes out of it, beside the centres themselves.

use contracts::directory::Centre;
use jiff::Timestamp;
use search_index::place::PlaceRow;
use sha2::{Digest, Sha256};

/// What an import needs to know of a stored centre to tell new, changed and unchanged apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Our id.
    pub id: String,
    /// The id in the source.
    pub external_id: String,
    /// Last segment of the centre's page; an import keeps it.
    pub slug: String,
    /// [`body_hash`] of the record as stored.
    pub body_hash: String,
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

/// The outcome of an import, to be applied in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportChange {
    /// The directory's revision the plan was made on; when it has moved meanwhile, nothing is applied.
    pub expected_revision: i64,
    /// What is kept on record about the run.
    pub run: ImportRun,
    /// Centres that are new or changed, whole, all of the run's source, each once.
    pub saved: Vec<Centre>,
    /// Ids of centres to take off the list. They go first, so a saved centre may take over a slug.
    pub removed: Vec<String>,
}

/// What is kept on record about an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// The run's id; applying the same run twice is refused.
    pub id: String,
    /// The source that was imported.
    pub source: String,
    /// The mapping profile it was read with.
    pub profile: String,
    /// When reading began.
    pub started_at: Timestamp,
    /// When it was applied; also the time of the changed records and their events.
    pub applied_at: Timestamp,
    /// What was found.
    pub counts: ImportCounts,
}

/// How many records of an import were what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// Centres that were not in the directory.
    pub new: u64,
    /// Centres whose record differs from the stored one.
    pub changed: u64,
    /// Centres whose record is the same.
    pub unchanged: u64,
    /// Centres of the source that are stored but not in the files, whether kept or withdrawn.
    pub missing: u64,
    /// Of the missing ones, those taken off the list.
    pub withdrawn: u64,
    /// Rows that could not be used.
    pub rejected: u64,
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
