//! The whole way: read, plan, apply in one transaction.

use kernel::{Clock, Ids};
use serde::Serialize;

use super::{
    finding::{RowError, RowNote},
    input::InputFile,
    plan::{self, Plan, PlanOptions, Refusal, Slugs},
    profile::Profile,
    progress::{Progress, Stage},
    read::{self, ReadError, Surroundings},
};
use crate::store::{ImportChange, ImportCounts, ImportRun, Store, StoreError};

/// What is to be imported and how.
#[derive(Debug)]
pub struct ImportOrder<'a> {
    /// How to read the files.
    pub profile: &'a Profile,
    /// The source the centres belong to if it is not the profile's: an export of ours read back.
    pub source: Option<&'a str>,
    /// How to treat losses.
    pub options: PlanOptions,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What became of an import.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The source.
    pub source: String,
    /// The profile's name.
    pub profile: String,
    /// Whether it was only tried.
    pub dry_run: bool,
    /// Whether the directory is now as the files say. True also when nothing had to change.
    pub applied: bool,
    /// Rows of all files.
    pub rows_read: u64,
    /// Centres that were, or would be, added.
    pub new: u64,
    /// Centres that were, or would be, changed.
    pub changed: u64,
    /// Centres that are the same.
    pub unchanged: u64,
    /// Stored centres whose rows were rejected this time: they stay as they are.
    pub held: u64,
    /// Stored centres of the source that are not in the files.
    pub missing: u64,
    /// Of these, those taken off the list.
    pub withdrawn: u64,
    /// Rows, or parts of rows, that could not be used.
    pub rejected: Vec<RowError>,
    /// Values that were repaired or left out.
    pub repaired: Vec<RowNote>,
    /// Why nothing was applied; empty when nothing stood against it.
    pub refusals: Vec<Refusal>,
    /// The directory's revision afterwards, when something was applied.
    pub revision: Option<i64>,
}

/// An import that could not be carried out. The directory is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store did not answer, or somebody changed the directory meanwhile.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A centre cannot be written down.
    #[error("a centre cannot be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
}

/// Reads the files, compares them with the directory and, unless it is a dry run or too much would be lost, applies the
/// difference in one transaction.
///
/// Reading is work for the processor and takes seconds for large files; call it where that is no harm.
///
/// # Errors
/// [`ImportError::Store`] with a conflict when the directory moved meanwhile: run it again.
pub async fn import_centres(
    store: &dyn Store,
    files: Vec<InputFile>,
    order: &ImportOrder<'_>,
    around: &Surroundings<'_>,
    progress: &dyn Progress,
    ids: &dyn Ids,
    clock: &dyn Clock,
) -> Result<Summary, ImportError> {
    let started_at = clock.now();
    let source = order.source.unwrap_or(&order.profile.source);
    let profile = Profile { source: source.to_owned(), ..order.profile.clone() };
    let mut reading = read::read(files, &profile, around, progress)?;
    // The revision first: whatever changes after it makes the store refuse the plan.
    let expected_revision = store.revision().await?;
    let stored = store.keys_of_source(source).await?;
    let slugs = Slugs::new(store.slugs().await?);
    let drafts = reading.drafts.len() as u64;
    progress.step(Stage::Comparing, 0, drafts);
    let plan = plan::plan(&mut reading, source, &stored, slugs, order.options, ids, clock)?;
    progress.step(Stage::Comparing, drafts, drafts);
    let counts = plan.counts();
    let may_apply = !order.dry_run && plan.refusals.is_empty();
    let (refusals, held) = (plan.refusals.clone(), plan.held);
    let mut revision = None;
    if may_apply && plan.changes_anything() {
        let total = (plan.new.len() + plan.changed.len() + plan.withdrawn.len()) as u64;
        progress.step(Stage::Applying, 0, total);
        let run = ImportRun {
            id: ids.next(clock),
            source: source.to_owned(),
            profile: order.profile.name.clone(),
            started_at,
            applied_at: clock.now(),
            counts,
        };
        revision = Some(store.apply_import(&change(plan, run, expected_revision)).await?);
        progress.step(Stage::Applying, total, total);
    }
    let outcome = Outcome { counts, held, applied: may_apply, revision, refusals };
    Ok(summary(order, source, outcome, reading))
}

/// What came of the plan.
struct Outcome {
    counts: ImportCounts,
    held: u64,
    applied: bool,
    revision: Option<i64>,
    refusals: Vec<Refusal>,
}

fn change(plan: Plan, run: ImportRun, expected_revision: i64) -> ImportChange {
    let mut saved = plan.new;
    saved.extend(plan.changed);
    ImportChange { expected_revision, run, saved, removed: plan.withdrawn }
}

fn summary(order: &ImportOrder<'_>, source: &str, outcome: Outcome, reading: read::Reading) -> Summary {
    let counts = outcome.counts;
    Summary {
        source: source.to_owned(),
        profile: order.profile.name.clone(),
        dry_run: order.dry_run,
        applied: outcome.applied,
        rows_read: reading.rows_read,
        new: counts.new,
        changed: counts.changed,
        unchanged: counts.unchanged,
        held: outcome.held,
        missing: counts.missing,
        withdrawn: counts.withdrawn,
        rejected: reading.rejected,
        repaired: reading.repaired,
        refusals: outcome.refusals,
        revision: outcome.revision,
    }
}
