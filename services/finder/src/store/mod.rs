//! Where the directory is kept: centres, places, the record of imports, and the log of changes others read.
//!
//! Every method is one use case and one transaction; a change and its events become visible together or not at all.
//! Nothing about people who search is in here.

mod model;
mod postgres;
mod prepare;
mod row;
mod service;
mod shared;
mod sql;
mod sqlite;

use async_trait::async_trait;
use contracts::directory::{Centre, DirectoryEvent};
use kernel::Envelope;
pub use storekit::StoreError;

pub use self::model::{
    ImportChange, ImportCounts, ImportRun, PlaceTable, PlacesChange, SourceSummary, StoredKey, body_hash,
    canonical_body,
};
pub use self::{
    postgres::PostgresStore,
    service::{SERVICE, open},
    sqlite::SqliteStore,
};

/// The directory's store.
///
/// Every method answers [`StoreError::Unavailable`] when the database does not answer, and [`StoreError::Corrupt`] when
/// a stored record cannot be understood.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether the database answers.
    async fn ping(&self) -> Result<(), StoreError>;

    /// The directory's revision: the sequence of its last event, 0 before the first. It never goes back.
    async fn revision(&self) -> Result<i64, StoreError>;

    /// The centre with our id.
    async fn centre_by_id(&self, id: &str) -> Result<Option<Centre>, StoreError>;

    /// The centre whose page ends in `slug`.
    async fn centre_by_slug(&self, slug: &str) -> Result<Option<Centre>, StoreError>;

    /// The centre with an id of its source's.
    async fn centre_by_external(&self, source: &str, external_id: &str)
    -> Result<Option<Centre>, StoreError>;

    /// Up to `limit` centres with ids above `after_id` in ascending order; `None` begins at the start.
    ///
    /// Pages read one after the other may straddle a change: who needs one state compares [`Store::revision`] before
    /// and after, or catches up with [`Store::events_after`].
    async fn centres_after(&self, after_id: Option<&str>, limit: u32) -> Result<Vec<Centre>, StoreError>;

    /// How many centres there are.
    async fn count(&self) -> Result<u64, StoreError>;

    /// What is stored of a source, in the order of external ids.
    async fn keys_of_source(&self, source: &str) -> Result<Vec<StoredKey>, StoreError>;

    /// All slugs in use, of all sources, ascending.
    async fn slugs(&self) -> Result<Vec<String>, StoreError>;

    /// The sources that centres came from, in the order of their names, those without centres included once imported.
    async fn sources(&self) -> Result<Vec<SourceSummary>, StoreError>;

    /// Applies an import whole or not at all, and answers the new revision.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the directory moved since `expected_revision`; [`StoreError::NotUnique`] when a
    /// slug, an external id or the run's id is taken; [`StoreError::Missing`] when a centre to remove is not there;
    /// [`StoreError::Refused`] when a saved centre is not of the run's source, is saved twice, or would take another
    /// source's id.
    async fn apply_import(&self, change: &ImportChange) -> Result<i64, StoreError>;

    /// The last imports, newest first.
    async fn import_runs(&self, limit: u32) -> Result<Vec<ImportRun>, StoreError>;

    /// Replaces the table of places whole, and answers the new revision.
    async fn replace_places(&self, change: &PlacesChange) -> Result<i64, StoreError>;

    /// The table of places, `None` until one was put in.
    async fn places(&self) -> Result<Option<PlaceTable>, StoreError>;

    /// Up to `limit` events with a sequence above `sequence`, in order.
    async fn events_after(
        &self,
        sequence: i64,
        limit: u32,
    ) -> Result<Vec<Envelope<DirectoryEvent>>, StoreError>;

    /// Closes the connections; later calls answer [`StoreError::Unavailable`].
    async fn close(&self);
}
