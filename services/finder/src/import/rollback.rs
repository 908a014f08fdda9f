//! Taking an import back: the reverse difference first, then one transaction.
//!
//! Only what the run left behind is taken back. A record that a later run changed stays as that run left it, and whatever
//! people wrote since stays on top.

mod regroup;

use std::collections::{BTreeMap, BTreeSet};

use contracts::{directory::Centre, staff::Actor};
use kernel::{Clock, Ids};
use serde::Serialize;

use self::regroup::Regroupings;
use super::{difference::layers_by_id, progress::Progress};
use crate::{
    layers::{Field, FieldChange, Layers, ManualEdit, SourceRecord, difference},
    store::{
        Apart, EditTrace, ImportChange, ImportCounts, ImportRun, RecordChange, RecordState, Regroup, RunKind,
        Store, StoreError,
    },
};

/// Records looked at at a time.
const BATCH: u32 = 500;

/// What taking a run back would do.
#[derive(Debug)]
pub struct RollBack {
    /// The run to take back.
    pub run: ImportRun,
    /// What becomes of each record, by external id.
    pub reversals: Vec<Reversal>,
    /// What stays as it is, and why.
    pub kept: Vec<NotRolledBack>,
    /// Edits the run had given up that come back.
    pub restored_edits: Vec<ManualEdit>,
    /// Centres the run made one that stand alone again, or the other way round.
    pub regrouped: Vec<Regroup>,
    /// Pairs the run noted as not the same that are forgotten, or the other way round.
    pub apart: Vec<Apart>,
    expected_revision: i64,
    saved: Vec<Centre>,
    removed: Vec<String>,
    shelved: Vec<Centre>,
    erased: Vec<String>,
    dropped: Vec<(String, Field)>,
}

/// A record that becomes what it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reversal {
    /// Its id in the list.
    pub external_id: String,
    /// The centre it belongs to.
    pub centre_id: String,
    /// The centre's name in the list.
    pub name: String,
    /// What happens.
    pub kind: ReversalKind,
    /// From what the run left to what was before, field by field.
    pub changes: Vec<FieldChange>,
}

/// What happens to a record that is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReversalKind {
    /// The run had added it: it goes.
    Removed,
    /// The run had withdrawn it: it comes back.
    Returned,
    /// The run had changed it: it changes back.
    Changed,
}

/// A record that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotRolledBack {
    /// Its id in the list.
    pub external_id: String,
    /// The centre it belongs to.
    pub centre_id: String,
    /// The centre's name in the list.
    pub name: String,
    /// Why.
    #[serde(flatten)]
    pub reason: KeptReason,
}

/// Why a record stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum KeptReason {
    /// A later run changed it.
    ChangedLater {
        /// That run, if it is known.
        run: Option<String>,
    },
    /// The run added it, and somebody has edited it since.
    EditedSince,
    /// The run added it, and it has been merged with another centre since.
    MergedSince,
    /// The address of its page belongs to another centre by now.
    AddressTaken,
    /// The run merged it, and its records sit elsewhere by now: that stays.
    RegroupedSince,
}

impl KeptReason {
    /// The code that names the message.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ChangedLater { .. } => "changed-later",
            Self::EditedSince => "edited-since",
            Self::MergedSince => "merged-since",
            Self::AddressTaken => "address-taken",
            Self::RegroupedSince => "regrouped-since",
        }
    }
}

impl RollBack {
    /// Whether applying it would change anything.
    pub fn changes_anything(&self) -> bool {
        !(self.reversals.is_empty()
            && self.restored_edits.is_empty()
            && self.dropped.is_empty()
            && self.regrouped.is_empty()
            && self.apart.is_empty())
    }

    /// How many records become what they were, in a certain way.
    pub fn count(&self, kind: ReversalKind) -> u64 {
        self.reversals.iter().filter(|reversal| reversal.kind == kind).count() as u64
    }
}

/// A run that cannot be taken back.
#[derive(Debug, thiserror::Error)]
pub enum RollBackError {
    /// There is no such run.
    #[error("there is no such run")]
    UnknownRun,
    /// The run is older than what is kept about runs.
    #[error("the details of this run are not kept any more")]
    DetailsGone,
    /// The store did not answer, or somebody changed the directory meanwhile.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of it.
#[derive(Debug, Serialize)]
pub struct RollBackSummary {
    /// The run that was taken back.
    pub run: String,
    /// The run that did it; `None` when there was nothing to do.
    pub roll_back: Option<String>,
    /// Records that went.
    pub removed: u64,
    /// Records that came back.
    pub returned: u64,
    /// Records that changed back.
    pub changed: u64,
    /// Edits that came back.
    pub restored_edits: u64,
    /// Centres that were one and stand alone again, or the other way round.
    pub regrouped: u64,
    /// What stayed as it is, and why.
    pub kept: Vec<NotRolledBack>,
    /// The directory's revision afterwards, when something was applied.
    pub revision: Option<i64>,
}

/// Finds out what taking a run back would do. Nothing is changed.
///
/// # Errors
/// [`RollBackError`], when the run is not known or its details are gone.
pub async fn plan_roll_back(store: &dyn Store, run_id: &str) -> Result<RollBack, RollBackError> {
    let expected_revision = store.revision().await?;
    let run = store.import_run(run_id).await?.ok_or(RollBackError::UnknownRun)?;
    let counts = run.counts;
    let mut plan = RollBack {
        run,
        reversals: Vec::new(),
        kept: Vec::new(),
        restored_edits: Vec::new(),
        regrouped: Vec::new(),
        apart: Vec::new(),
        expected_revision,
        saved: Vec::new(),
        removed: Vec::new(),
        shelved: Vec::new(),
        erased: Vec::new(),
        dropped: Vec::new(),
    };
    let mut regroupings = Regroupings::read(store, &plan).await?;
    let mut kept = BTreeSet::new();
    let slugs: BTreeSet<String> = store.slugs().await?.into_iter().collect();
    let mut last: Option<String> = None;
    loop {
        let changes = store.import_changes(run_id, last.as_deref(), BATCH).await?;
        let Some(end) = changes.last() else { break };
        last = Some(end.external_id.clone());
        let external_ids: Vec<String> = changes.iter().map(|change| change.external_id.clone()).collect();
        let records = store.records_of(&plan.run.source, &external_ids).await?;
        let layers = layers_by_id(store, records.iter().map(|record| record.centre_id.clone())).await?;
        let records: BTreeMap<String, SourceRecord> =
            records.into_iter().map(|record| (record.own_id.clone(), record)).collect();
        for change in changes {
            let record = records.get(&change.own_id);
            let layers = record.and_then(|record| layers.get(&record.centre_id));
            regroupings.hear_of(&change);
            let own_id = change.own_id.clone();
            if let Some(reason) = obstacle(&change, record, layers, &slugs, &regroupings) {
                plan.keep(change, record, reason);
                kept.insert(own_id);
            } else {
                plan.reverse(change, record);
            }
        }
    }
    if last.is_none() && counts.new + counts.changed + counts.withdrawn > 0 {
        return Err(RollBackError::DetailsGone);
    }
    let traces = store.import_edits(run_id).await?;
    let layers =
        store.layers_of(&traces.iter().map(|trace| trace.edit.centre_id.clone()).collect::<Vec<_>>()).await?;
    for trace in traces {
        plan.edit(trace, &layers);
    }
    regroupings.settle(&mut plan, &kept);
    Ok(plan)
}

impl RollBack {
    fn keep(&mut self, change: RecordChange, record: Option<&SourceRecord>, reason: KeptReason) {
        let (name, centre_id) = named(&change, record);
        self.kept.push(NotRolledBack { external_id: change.external_id, centre_id, name, reason });
    }

    fn reverse(&mut self, change: RecordChange, record: Option<&SourceRecord>) {
        let (name, centre_id) = named(&change, record);
        let changes = match (&change.before, &change.after) {
            (Some(before), Some(after)) => difference(&after.body, &before.body),
            _ => Vec::new(),
        };
        let was = change.before.as_ref().is_some_and(|state| state.present);
        let is = change.after.as_ref().is_some_and(|state| state.present);
        let kind = match (was, is) {
            (true, false) => ReversalKind::Returned,
            (false, true) => ReversalKind::Removed,
            _ => ReversalKind::Changed,
        };
        match (change.before, change.after) {
            (None, None) => return,
            (None, Some(_)) => self.erased.push(change.own_id),
            (Some(before), _) if before.present => self.saved.push(before.body),
            (Some(before), Some(after)) if after.present && before.body == after.body => {
                self.removed.push(change.own_id);
            }
            (Some(before), _) => self.shelved.push(before.body),
        }
        self.reversals.push(Reversal { external_id: change.external_id, centre_id, name, kind, changes });
    }

    /// An edit the run gave up comes back unless somebody wrote a new one; one it brought back goes unless somebody
    /// changed it.
    fn edit(&mut self, trace: EditTrace, layers: &[Layers]) {
        let EditTrace { edit, restored } = trace;
        let of_centre = |layers: &&Layers| layers.records().any(|record| record.own_id == edit.centre_id);
        let now = layers
            .iter()
            .find(of_centre)
            .and_then(|layers| layers.edits_of(&edit.centre_id).find(|other| other.field == edit.field));
        if self.kept.iter().any(|kept| kept.centre_id == edit.centre_id) {
            return;
        }
        match (restored, now) {
            (false, None) => self.restored_edits.push(edit),
            (true, Some(now)) if *now == edit => self.dropped.push((edit.centre_id, edit.field)),
            _ => {}
        }
    }
}

/// A record's name and the centre it belongs to.
fn named(change: &RecordChange, record: Option<&SourceRecord>) -> (String, String) {
    let name = [&change.before, &change.after].into_iter().flatten().map(|state| &state.body.name).next();
    (name.cloned().unwrap_or_default(), record.map_or(&change.centre_id, |record| &record.centre_id).clone())
}

/// What stands against taking a change back.
fn obstacle(
    change: &RecordChange,
    record: Option<&SourceRecord>,
    layers: Option<&Layers>,
    slugs: &BTreeSet<String>,
    regroupings: &Regroupings,
) -> Option<KeptReason> {
    let now = record.map(|record| RecordState { body: record.body.clone(), present: record.present });
    if now != change.after {
        return Some(KeptReason::ChangedLater { run: record.and_then(|record| record.run_id.clone()) });
    }
    match (&change.before, layers) {
        (None, Some(layers)) if !regroupings.leaves_alone(&change.own_id, layers) => {
            Some(KeptReason::MergedSince)
        }
        (None, Some(layers)) if layers.edits_of(&change.own_id).next().is_some() => {
            Some(KeptReason::EditedSince)
        }
        (Some(before), None) if slugs.contains(&before.body.slug) => Some(KeptReason::AddressTaken),
        _ => None,
    }
}

/// Takes a run back in one transaction.
///
/// # Errors
/// [`RollBackError::Store`] with a conflict when the directory moved since the plan was made.
pub async fn apply_roll_back(
    store: &dyn Store,
    plan: RollBack,
    actor: Actor,
    progress: &dyn Progress,
    ids: &dyn Ids,
    clock: &dyn Clock,
) -> Result<RollBackSummary, RollBackError> {
    let (removed, returned, changed) = (
        plan.count(ReversalKind::Removed),
        plan.count(ReversalKind::Returned),
        plan.count(ReversalKind::Changed),
    );
    let mut summary = RollBackSummary {
        run: plan.run.id.clone(),
        roll_back: None,
        removed,
        returned,
        changed,
        restored_edits: plan.restored_edits.len() as u64,
        regrouped: plan.regrouped.len() as u64,
        kept: Vec::new(),
        revision: None,
    };
    if plan.changes_anything() {
        let mut run = ImportRun::new(ids.next(clock), plan.run.source, plan.run.profile, actor, clock.now());
        run.kind = RunKind::RollBack;
        run.rolled_back = Some(plan.run.id);
        run.counts = ImportCounts {
            new: returned,
            changed,
            missing: removed,
            withdrawn: removed,
            ..ImportCounts::default()
        };
        summary.roll_back = Some(run.id.clone());
        let change = ImportChange {
            removed: plan.removed,
            shelved: plan.shelved,
            erased: plan.erased,
            dropped: plan.dropped,
            restored: plan.restored_edits,
            regrouped: plan.regrouped,
            apart: plan.apart,
            ..ImportChange::new(plan.expected_revision, run, plan.saved)
        };
        summary.revision = Some(store.apply_import_with(&change, progress).await?);
    }
    summary.kept = plan.kept;
    Ok(summary)
}
