//! The whole way: read, compare, apply in one transaction.

use std::collections::BTreeSet;

use contracts::staff::Actor;
use jiff::Timestamp;
use kernel::{Clock, Ids};
use serde::Serialize;

use super::{
    decision::{self, PairDecision},
    difference,
    finding::{RowError, RowNote},
    input::InputFile,
    plan::{self, Plan, PlanOptions, Refusal, Slugs},
    profile::Profile,
    progress::{Progress, Stage},
    read::{self, ReadError, Reading, Surroundings},
};
use crate::{
    layers::Field,
    store::{ImportChange, ImportRun, Store, StoreError},
};

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
    /// Who imports.
    pub actor: Actor,
    /// The second administrator who agrees to what the thresholds stop. Nobody agrees with herself.
    pub agreed_by: Option<Actor>,
    /// Edits by hand to give up for the list's value, by external id and field.
    pub take_list: BTreeSet<(String, Field)>,
    /// What was decided about possible duplicates.
    pub pairs: Vec<PairDecision>,
}

impl<'a> ImportOrder<'a> {
    /// An order that loses nothing.
    pub fn new(profile: &'a Profile, actor: Actor) -> Self {
        Self {
            profile,
            source: None,
            options: PlanOptions::default(),
            dry_run: false,
            actor,
            agreed_by: None,
            take_list: BTreeSet::new(),
            pairs: Vec::new(),
        }
    }

    fn source(&self) -> &str {
        self.source.unwrap_or(&self.profile.source)
    }

    fn agreed(&self) -> Option<&Actor> {
        self.agreed_by.as_ref().filter(|second| second.person_id != self.actor.person_id)
    }
}

/// Files read and compared with the directory; nothing is changed yet.
#[derive(Debug)]
pub struct Prepared {
    /// What would change.
    pub plan: Plan,
    /// The source.
    pub source: String,
    /// Rows, or parts of rows, that could not be used.
    pub rejected: Vec<RowError>,
    /// Values that were repaired or left out.
    pub repaired: Vec<RowNote>,
    /// Rows of all files.
    pub rows_read: u64,
    /// The directory's revision the plan was made on.
    pub expected_revision: i64,
    /// When it began.
    pub started_at: Timestamp,
}

/// What became of an import.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The source.
    pub source: String,
    /// The profile's name.
    pub profile: String,
    /// The run, when something was applied: what to name to roll it back.
    pub run: Option<String>,
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
    /// Fields the list changed that stay as somebody edited them.
    pub kept_edits: u64,
    /// Edits given up for the list's value.
    pub dropped_edits: u64,
    /// Possible duplicates that were, or would be, made one centre.
    pub merged: u64,
    /// Possible duplicates that were, or would be, noted as not the same.
    pub kept_apart: u64,
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
    let prepared = prepare_import(store, files, order, around, progress, ids, clock).await?;
    apply_import(store, prepared, order, progress, ids, clock).await
}

/// Reads the files and compares them with the directory.
///
/// # Errors
/// When a file cannot be read or the store does not answer.
pub async fn prepare_import(
    store: &dyn Store,
    files: Vec<InputFile>,
    order: &ImportOrder<'_>,
    around: &Surroundings<'_>,
    progress: &dyn Progress,
    ids: &dyn Ids,
    clock: &dyn Clock,
) -> Result<Prepared, ImportError> {
    let started_at = clock.now();
    let profile = Profile { source: order.source().to_owned(), ..order.profile.clone() };
    let reading = read::read(files, &profile, around, progress)?;
    plan_import(store, reading, order, started_at, progress, ids, clock).await
}

/// Compares what was read with the directory, field by field.
///
/// # Errors
/// When the store does not answer.
pub async fn plan_import(
    store: &dyn Store,
    mut reading: Reading,
    order: &ImportOrder<'_>,
    started_at: Timestamp,
    progress: &dyn Progress,
    ids: &dyn Ids,
    clock: &dyn Clock,
) -> Result<Prepared, ImportError> {
    let source = order.source();
    // The revision first: whatever changes after it makes the store refuse the plan.
    let expected_revision = store.revision().await?;
    let stored = store.keys_of_source(source).await?;
    let slugs = Slugs::new(store.slugs().await?);
    progress.step(Stage::Comparing, 0, reading.drafts.len() as u64);
    let mut options = order.options.clone();
    options.allow_losses |= order.agreed().is_some();
    let mut plan = plan::plan(&mut reading, source, &stored, slugs, &options, ids, clock)?;
    difference::explain(store, source, &mut plan, &order.take_list, progress).await?;
    decision::settle(store, &mut plan, &order.pairs).await?;
    Ok(Prepared {
        plan,
        source: source.to_owned(),
        rejected: reading.rejected,
        repaired: reading.repaired,
        rows_read: reading.rows_read,
        expected_revision,
        started_at,
    })
}

/// Applies what was prepared with the same order, unless it is a dry run or too much would be lost.
///
/// # Errors
/// [`ImportError::Store`] with a conflict when the directory moved meanwhile: prepare it again.
pub async fn apply_import(
    store: &dyn Store,
    prepared: Prepared,
    order: &ImportOrder<'_>,
    progress: &dyn Progress,
    ids: &dyn Ids,
    clock: &dyn Clock,
) -> Result<Summary, ImportError> {
    let mut summary = summary(order, &prepared);
    let Prepared { plan, source, rejected, repaired, expected_revision, started_at, .. } = prepared;
    if summary.applied && plan.changes_anything() {
        let mut run = ImportRun::new(
            ids.next(clock),
            source,
            order.profile.name.clone(),
            order.actor.clone(),
            clock.now(),
        );
        (run.started_at, run.counts) = (started_at, plan.counts());
        run.agreed_by = order.agreed().cloned();
        summary.run = Some(run.id.clone());
        let change = change(plan, run, expected_revision);
        summary.revision = Some(store.apply_import_with(&change, progress).await?);
    }
    (summary.rejected, summary.repaired) = (rejected, repaired);
    Ok(summary)
}

fn change(plan: Plan, run: ImportRun, expected_revision: i64) -> ImportChange {
    let mut saved = plan.new;
    saved.extend(plan.changed.into_iter().map(|changed| changed.centre));
    ImportChange {
        removed: plan.withdrawn,
        dropped: plan.dropped,
        regrouped: plan.regrouped,
        apart: plan.apart,
        ..ImportChange::new(expected_revision, run, saved)
    }
}

fn summary(order: &ImportOrder<'_>, prepared: &Prepared) -> Summary {
    let (plan, counts) = (&prepared.plan, prepared.plan.counts());
    let conflicts = plan.changed.iter().flat_map(|changed| &changed.conflicts);
    Summary {
        source: prepared.source.clone(),
        profile: order.profile.name.clone(),
        run: None,
        dry_run: order.dry_run,
        applied: !order.dry_run && plan.refusals.is_empty(),
        rows_read: prepared.rows_read,
        new: counts.new,
        changed: counts.changed,
        unchanged: counts.unchanged,
        held: plan.held,
        missing: counts.missing,
        withdrawn: counts.withdrawn,
        kept_edits: conflicts.filter(|conflict| !conflict.taken).count() as u64,
        dropped_edits: plan.dropped.len() as u64,
        merged: plan.regrouped.len() as u64,
        kept_apart: plan.apart.len() as u64,
        rejected: Vec::new(),
        repaired: Vec::new(),
        refusals: plan.refusals.clone(),
        revision: None,
    }
}
