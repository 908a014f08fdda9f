//! Where the directory is kept: centres with the layers they are drawn from, places, the record of imports, what staff
//! did, and the log of changes others read.
//!
//! Every method is one use case and one transaction; a change, its events and its entry in the trail become visible
//! together or not at all. Nothing about people who search is in here.

mod decide;
mod desk;
mod draw;
mod layer_row;
mod model;
mod postgres;
mod prepare;
mod row;
mod run;
mod service;
mod shared;
mod sql;
mod sqlite;
mod stamp;
mod write;

use async_trait::async_trait;
use contracts::{
    audit::AuditEntry,
    directory::{Centre, DirectoryEvent},
};
use jiff::{Timestamp, civil::Date};
use kernel::Envelope;
pub use storekit::StoreError;

pub use self::desk::{
    CentreFilter, CentreLine, CentrePage, EditChange, EditedField, FieldConflict, FieldEdit, ImportDraft,
    KeptApart, Saved, StoredProfile,
};
pub use self::model::{PlaceTable, PlacesChange, SourceSummary, StoredKey, body_hash, canonical_body};
pub use self::run::{
    Apart, EditTrace, ImportChange, ImportCounts, ImportRun, Move, RecordChange, RecordState, Regroup,
    RunKind, Seat,
};
pub use self::{
    postgres::PostgresStore,
    service::{SERVICE, open},
    sqlite::SqliteStore,
    stamp::Stamp,
};
use crate::{
    import::{Progress, Silent},
    layers::{Field, Layers, SourceRecord},
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

    /// The centre with our id; the id of an absorbed centre leads to the one it is part of.
    async fn centre_by_id(&self, id: &str) -> Result<Option<Centre>, StoreError>;

    /// The centre whose page ends in `slug`. A slug an absorbed centre had leads on: the answer's own slug differs then.
    async fn centre_by_slug(&self, slug: &str) -> Result<Option<Centre>, StoreError>;

    /// The centre with an id of one of its lists.
    async fn centre_by_external(&self, source: &str, external_id: &str)
    -> Result<Option<Centre>, StoreError>;

    /// Up to `limit` centres with ids above `after_id` in ascending order; `None` begins at the start.
    ///
    /// Pages read one after the other may straddle a change: who needs one state compares [`Store::revision`] before
    /// and after, or catches up with [`Store::events_after`].
    async fn centres_after(&self, after_id: Option<&str>, limit: u32) -> Result<Vec<Centre>, StoreError>;

    /// How many centres there are.
    async fn count(&self) -> Result<u64, StoreError>;

    /// What is stored of a source, in the order of external ids, withdrawn records included.
    async fn keys_of_source(&self, source: &str) -> Result<Vec<StoredKey>, StoreError>;

    /// All slugs ever given and not forgotten, ascending: those of withdrawn and absorbed centres stay reserved.
    async fn slugs(&self) -> Result<Vec<String>, StoreError>;

    /// The sources that centres came from, in the order of their names, those without centres included once imported.
    async fn sources(&self) -> Result<Vec<SourceSummary>, StoreError>;

    /// What a centre is made of, whether seekers see it or not; the id of an absorbed centre leads to the one it is part
    /// of.
    async fn layers(&self, centre_id: &str) -> Result<Option<Layers>, StoreError>;

    /// [`Store::layers`] of several centres, those unknown left out, in the order of their ids.
    async fn layers_of(&self, centre_ids: &[String]) -> Result<Vec<Layers>, StoreError>;

    /// The records of a source with these external ids, those unknown left out.
    async fn records_of(
        &self,
        source: &str,
        external_ids: &[String],
    ) -> Result<Vec<SourceRecord>, StoreError>;

    /// A page of the staff's list.
    async fn centres_page(&self, filter: &CentreFilter) -> Result<CentrePage, StoreError>;

    /// All fields that were written by hand, by centre and field.
    async fn edited_fields(&self) -> Result<Vec<EditedField>, StoreError>;

    /// Saves edits of a centre, all or none: where somebody else changed one of the fields since the editor began, the
    /// answer names them and nothing is saved.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown centre; [`StoreError::Refused`] when a value does not fit its field or a
    /// field comes twice.
    async fn save_edits(&self, change: &EditChange, stamp: &Stamp) -> Result<Saved, StoreError>;

    /// Takes edits back, so that what the lists say shows again; answers the new revision.
    async fn revert_edits(&self, centre_id: &str, fields: &[Field], stamp: &Stamp)
    -> Result<i64, StoreError>;

    /// Adds a centre made by hand; its source becomes [`SourceRecord::MANUAL`] and its external id its id.
    ///
    /// # Errors
    /// [`StoreError::NotUnique`] when id or slug are taken.
    async fn create_centre(&self, centre: &Centre, stamp: &Stamp) -> Result<i64, StoreError>;

    /// Takes a centre off the list. No import brings it back.
    async fn withdraw_centre(&self, centre_id: &str, stamp: &Stamp) -> Result<i64, StoreError>;

    /// Puts a withdrawn centre back as it was.
    async fn restore_centre(&self, centre_id: &str, stamp: &Stamp) -> Result<i64, StoreError>;

    /// Notes that everything about a centre was found true on a day.
    async fn confirm_centre(&self, centre_id: &str, on: Date, stamp: &Stamp) -> Result<i64, StoreError>;

    /// Makes one centre of two: `keep` leads and keeps id and address, `absorb` fills what it lacks. All external ids,
    /// ids and slugs of both lead to it from now on.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown centre, [`StoreError::Refused`] when they are one already.
    async fn merge(&self, keep: &str, absorb: &str, stamp: &Stamp) -> Result<i64, StoreError>;

    /// Takes a record out of its merged centre: it is a centre of its own again, with the id, slug and edits it had.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown record, [`StoreError::Refused`] when it stands alone.
    async fn unmerge(&self, source: &str, external_id: &str, stamp: &Stamp) -> Result<i64, StoreError>;

    /// Notes that two centres are not the same. Noting it again changes nothing.
    async fn keep_apart(&self, one: &str, other: &str, stamp: &Stamp) -> Result<(), StoreError>;

    /// Forgets that two centres were kept apart.
    async fn forget_apart(&self, one: &str, other: &str, stamp: &Stamp) -> Result<(), StoreError>;

    /// All pairs that were kept apart.
    async fn kept_apart(&self) -> Result<Vec<KeptApart>, StoreError>;

    /// Applies an import whole or not at all, and answers the new revision.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the directory moved since `expected_revision`, a record to move sits elsewhere or two
    /// centres to merge are kept apart by now; [`StoreError::NotUnique`] when a
    /// slug, an external id or the run's id is taken; [`StoreError::Missing`] when a record to remove is not there;
    /// [`StoreError::Refused`] when a saved record is not of the run's source, is saved twice, or would take another
    /// record's id.
    async fn apply_import(&self, change: &ImportChange) -> Result<i64, StoreError> {
        self.apply_import_with(change, &Silent).await
    }

    /// [`Store::apply_import`] that says how far it is.
    async fn apply_import_with(
        &self,
        change: &ImportChange,
        progress: &dyn Progress,
    ) -> Result<i64, StoreError>;

    /// The last imports, newest first.
    async fn import_runs(&self, limit: u32) -> Result<Vec<ImportRun>, StoreError>;

    /// An import.
    async fn import_run(&self, id: &str) -> Result<Option<ImportRun>, StoreError>;

    /// Up to `limit` of the records a run changed, with external ids above `after` in ascending order; `None` begins at
    /// the start.
    async fn import_changes(
        &self,
        run_id: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<RecordChange>, StoreError>;

    /// The edits a run gave up or brought back.
    async fn import_edits(&self, run_id: &str) -> Result<Vec<EditTrace>, StoreError>;

    /// The records a run moved between centres, by their own ids.
    async fn import_moves(&self, run_id: &str) -> Result<Vec<Move>, StoreError>;

    /// The pairs a run noted as not the same, or forgot again.
    async fn import_aparts(&self, run_id: &str) -> Result<Vec<Apart>, StoreError>;

    /// Forgets the details of runs applied before a time; they can not be rolled back any more. Answers how many records'
    /// details went.
    async fn prune_import_changes(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// Saves a draft: a new one, or one that was last saved at `expected`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] (in microseconds) when it was saved by somebody else meanwhile.
    async fn save_draft(&self, draft: &ImportDraft, expected: Option<Timestamp>) -> Result<(), StoreError>;

    /// A draft.
    async fn draft(&self, id: &str) -> Result<Option<ImportDraft>, StoreError>;

    /// All drafts, the last saved first.
    async fn drafts(&self) -> Result<Vec<ImportDraft>, StoreError>;

    /// Forgets a draft; answers whether there was one.
    async fn delete_draft(&self, id: &str) -> Result<bool, StoreError>;

    /// Forgets drafts that were last saved before a time, and answers their ids.
    async fn prune_drafts(&self, before: Timestamp) -> Result<Vec<String>, StoreError>;

    /// Saves a mapping under its name, in the place of an older one.
    async fn save_profile(&self, profile: &StoredProfile, stamp: &Stamp) -> Result<(), StoreError>;

    /// A saved mapping.
    async fn profile(&self, name: &str) -> Result<Option<StoredProfile>, StoreError>;

    /// All saved mappings, by name.
    async fn profiles(&self) -> Result<Vec<StoredProfile>, StoreError>;

    /// Forgets a mapping; answers whether there was one.
    async fn delete_profile(&self, name: &str, stamp: &Stamp) -> Result<bool, StoreError>;

    /// Up to `limit` entries of the trail before the one with this time and id, newest first.
    async fn audit_entries(
        &self,
        before: Option<(Timestamp, &str)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;

    /// Writes an entry about something that changes nothing here, an export for instance.
    async fn record_audit(&self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Forgets entries older than a time, and answers how many.
    async fn prune_audit(&self, before: Timestamp) -> Result<u64, StoreError>;

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
