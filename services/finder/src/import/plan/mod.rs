//! What an import would change: new, changed, unchanged and missing centres, before anything is touched.

mod slugs;

use std::collections::{BTreeSet, HashMap};

use contracts::directory::Centre;
use kernel::{Clock, Ids};
use serde::{Deserialize, Serialize};

pub use slugs::Slugs;

use super::{decision::PairDecision, difference::Changed, draft::CentreDraft, read::Reading};
use crate::{
    layers::Field,
    store::{Apart, ImportCounts, Regroup, StoredKey, body_hash},
};

/// Below so many stored centres a change of most of them is no mass change.
const FEW: u64 = 20;

/// How an import treats losses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOptions {
    /// Take centres off the list that are stored for this source but not in the files. They are kept otherwise.
    pub withdraw_missing: bool,
    /// Of the missing ones, take these off the list by their external ids, whatever becomes of the others.
    pub withdraw: BTreeSet<String>,
    /// Apply the import even when more is lost or changed than the thresholds say.
    pub allow_losses: bool,
    /// How many of 100 rows may be rejected, and of 100 stored centres withdrawn, before nothing is applied.
    pub most_lost_percent: u64,
    /// How many of 100 stored centres may change before nothing is applied.
    pub most_changed_percent: u64,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            withdraw_missing: false,
            withdraw: BTreeSet::new(),
            allow_losses: false,
            most_lost_percent: 20,
            most_changed_percent: 50,
        }
    }
}

/// What an import would change.
#[derive(Debug, Default)]
pub struct Plan {
    /// Centres that are not in the directory yet, and those that come back after they had been withdrawn.
    pub new: Vec<Centre>,
    /// Records that differ from what the list said last time.
    pub changed: Vec<Changed>,
    /// How many records are stored exactly so. Edits by hand do not count: lists are compared with lists.
    pub unchanged: u64,
    /// Stored records of this source that the files do not have.
    pub missing: Vec<StoredKey>,
    /// Own ids of the missing ones that will be taken off the list.
    pub withdrawn: Vec<String>,
    /// Stored records whose rows are in the files but were rejected: they stay as they are.
    pub held: u64,
    /// Rows that were lost though nobody meant to leave them out.
    pub rows_lost: u64,
    /// Rows read.
    pub rows_read: u64,
    /// Edits by hand that are given up for the list's value, by the centre they were made on.
    pub dropped: Vec<(String, Field)>,
    /// Why nothing must be applied; empty when all is well or losses are allowed.
    pub refusals: Vec<Refusal>,
    /// Centres that become one, because somebody decided about possible duplicates.
    pub regrouped: Vec<Regroup>,
    /// Pairs that are noted as not the same.
    pub apart: Vec<Apart>,
    /// Decisions about possible duplicates that cannot be carried out any more as they were made.
    pub stale: Vec<PairDecision>,
}

/// Why an import must not be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// Too many rows were rejected.
    RowsLost {
        /// Rows lost.
        lost: u64,
        /// Rows read.
        of: u64,
    },
    /// Too many stored centres would be withdrawn.
    CentresWithdrawn {
        /// Centres that would go.
        lost: u64,
        /// Centres stored.
        of: u64,
    },
    /// Most stored centres would change: the columns may be mixed up.
    CentresChanged {
        /// Centres that would change.
        lost: u64,
        /// Centres stored.
        of: u64,
    },
    /// Not a single centre came out of the files.
    NothingRead,
}

impl Refusal {
    /// The code that names the message: `import-refusal-{code}`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RowsLost { .. } => "rows-lost",
            Self::CentresWithdrawn { .. } => "centres-withdrawn",
            Self::CentresChanged { .. } => "centres-changed",
            Self::NothingRead => "nothing-read",
        }
    }
}

impl Plan {
    /// The figures kept on record.
    pub fn counts(&self) -> ImportCounts {
        ImportCounts {
            new: self.new.len() as u64,
            changed: self.changed.len() as u64,
            unchanged: self.unchanged,
            missing: self.missing.len() as u64,
            withdrawn: self.withdrawn.len() as u64,
            rejected: self.rows_lost,
        }
    }

    /// Whether applying it would change anything.
    pub fn changes_anything(&self) -> bool {
        !(self.new.is_empty() && self.changed.is_empty() && self.withdrawn.is_empty())
    }
}

/// Compares what was read with what is stored of the source, record by record. `slugs` are all slugs in use, of every
/// source.
///
/// The drafts are taken out of the reading. Known external ids keep their id and slug for ever; new ones get the next.
/// What changed in which field, and which edits stand against it, is found by
/// [`plan_import`](super::plan_import) afterwards.
///
/// # Errors
/// Only when a centre cannot be written as JSON, which finite coordinates exclude.
pub fn plan(
    reading: &mut Reading,
    source: &str,
    stored: &[StoredKey],
    mut slugs: Slugs,
    options: &PlanOptions,
    ids: &dyn Ids,
    clock: &dyn Clock,
) -> Result<Plan, serde_json::Error> {
    let known: HashMap<&str, &StoredKey> = stored.iter().map(|key| (key.external_id.as_str(), key)).collect();
    let drafts: Vec<CentreDraft> = std::mem::take(&mut reading.drafts);
    let mut plan = Plan { rows_lost: reading.rows_lost(), rows_read: reading.rows_read, ..Plan::default() };
    let mut seen = std::collections::HashSet::with_capacity(drafts.len());
    let mut offer_ids = std::collections::HashSet::new();
    for mut draft in drafts {
        draft.give_up_repeated_ids(&mut offer_ids);
        if let Some(key) = known.get(draft.external_id()) {
            seen.insert(key.id.as_str());
            let centre = draft.into_centre(key.id.clone(), key.slug.clone(), source);
            if !key.present {
                plan.new.push(centre);
            } else if body_hash(&centre)? == key.body_hash {
                plan.unchanged += 1;
            } else {
                plan.changed.push(Changed::unexplained(centre, key.centre_id.clone()));
            }
        } else {
            let slug = slugs.take(&draft.body().name, &draft.body().address.city);
            plan.new.push(draft.into_centre(ids.next(clock), slug, source));
        }
    }
    let (held, missing) = stored
        .iter()
        .filter(|key| key.present && !seen.contains(key.id.as_str()))
        .partition::<Vec<_>, _>(|key| reading.rejected_ids.contains(&key.external_id));
    plan.held = held.len() as u64;
    plan.missing = missing.into_iter().cloned().collect();
    let goes = |key: &&StoredKey| options.withdraw_missing || options.withdraw.contains(&key.external_id);
    plan.withdrawn = plan.missing.iter().filter(goes).map(|key| key.id.clone()).collect();
    if !options.allow_losses {
        let present = stored.iter().filter(|key| key.present).count() as u64;
        plan.refusals = refusals(&plan, present, options);
    }
    Ok(plan)
}

fn refusals(plan: &Plan, stored: u64, options: &PlanOptions) -> Vec<Refusal> {
    let too_many = |lost: u64, of: u64, percent: u64| lost * 100 > of * percent;
    let mut refusals = Vec::new();
    if too_many(plan.rows_lost, plan.rows_read, options.most_lost_percent) {
        refusals.push(Refusal::RowsLost { lost: plan.rows_lost, of: plan.rows_read });
    }
    let withdrawn = plan.withdrawn.len() as u64;
    if too_many(withdrawn, stored, options.most_lost_percent) {
        refusals.push(Refusal::CentresWithdrawn { lost: withdrawn, of: stored });
    }
    let changed = plan.changed.len() as u64;
    if stored >= FEW && too_many(changed, stored, options.most_changed_percent) {
        refusals.push(Refusal::CentresChanged { lost: changed, of: stored });
    }
    if plan.new.is_empty() && plan.changed.is_empty() && plan.unchanged == 0 {
        refusals.push(Refusal::NothingRead);
    }
    refusals
}

#[cfg(test)]
mod tests;
