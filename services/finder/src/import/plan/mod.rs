//! What an import would change: new, changed, unchanged and missing centres, before anything is touched.

mod slugs;

use std::collections::HashMap;

use contracts::directory::Centre;
use kernel::{Clock, Ids};
use serde::Serialize;

pub use slugs::Slugs;

use super::{draft::CentreDraft, read::Reading};
use crate::store::{ImportCounts, StoredKey, body_hash};

/// How an import treats losses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanOptions {
    /// Take centres off the list that are stored for this source but not in the files. They are kept otherwise.
    pub withdraw_missing: bool,
    /// Apply the import even when more is lost than [`PlanOptions::most_lost_percent`].
    pub allow_losses: bool,
    /// How many of 100 rows may be rejected, and of 100 stored centres withdrawn, before nothing is applied.
    pub most_lost_percent: u64,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self { withdraw_missing: false, allow_losses: false, most_lost_percent: 20 }
    }
}

/// What an import would change.
#[derive(Debug, Default)]
pub struct Plan {
    /// Centres that are not in the directory yet.
    pub new: Vec<Centre>,
    /// Centres that differ from what is stored.
    pub changed: Vec<Centre>,
    /// How many centres are stored exactly so.
    pub unchanged: u64,
    /// Stored centres of this source that the files do not have.
    pub missing: Vec<StoredKey>,
    /// Of the missing ones, those that will be taken off the list.
    pub withdrawn: Vec<String>,
    /// Stored centres whose rows are in the files but were rejected: they stay as they are.
    pub held: u64,
    /// Rows that were lost though nobody meant to leave them out.
    pub rows_lost: u64,
    /// Rows read.
    pub rows_read: u64,
    /// Why nothing must be applied; empty when all is well or losses are allowed.
    pub refusals: Vec<Refusal>,
}

/// Why an import must not be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
    /// Not a single centre came out of the files.
    NothingRead,
}

impl Refusal {
    /// The code that names the message: `import-refusal-{code}`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RowsLost { .. } => "rows-lost",
            Self::CentresWithdrawn { .. } => "centres-withdrawn",
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

/// Compares what was read with what is stored of the source. `slugs` are all slugs in use, of every source.
///
/// The drafts are taken out of the reading. Known external ids keep their id and slug for ever; new ones get the next.
///
/// # Errors
/// Only when a centre cannot be written as JSON, which finite coordinates exclude.
pub fn plan(
    reading: &mut Reading,
    source: &str,
    stored: &[StoredKey],
    mut slugs: Slugs,
    options: PlanOptions,
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
            if body_hash(&centre)? == key.body_hash {
                plan.unchanged += 1;
            } else {
                plan.changed.push(centre);
            }
        } else {
            let slug = slugs.take(&draft.body().name, &draft.body().address.city);
            plan.new.push(draft.into_centre(ids.next(clock), slug, source));
        }
    }
    let (held, missing) = stored
        .iter()
        .filter(|key| !seen.contains(key.id.as_str()))
        .partition::<Vec<_>, _>(|key| reading.rejected_ids.contains(&key.external_id));
    plan.held = held.len() as u64;
    plan.missing = missing.into_iter().cloned().collect();
    if options.withdraw_missing {
        plan.withdrawn = plan.missing.iter().map(|key| key.id.clone()).collect();
    }
    if !options.allow_losses {
        plan.refusals = refusals(&plan, stored.len() as u64, options.most_lost_percent);
    }
    Ok(plan)
}

fn refusals(plan: &Plan, stored: u64, percent: u64) -> Vec<Refusal> {
    let too_many = |lost: u64, of: u64| lost * 100 > of * percent;
    let mut refusals = Vec::new();
    if too_many(plan.rows_lost, plan.rows_read) {
        refusals.push(Refusal::RowsLost { lost: plan.rows_lost, of: plan.rows_read });
    }
    let withdrawn = plan.withdrawn.len() as u64;
    if too_many(withdrawn, stored) {
        refusals.push(Refusal::CentresWithdrawn { lost: withdrawn, of: stored });
    }
    if plan.new.is_empty() && plan.changed.is_empty() && plan.unchanged == 0 {
        refusals.push(Refusal::NothingRead);
    }
    refusals
}

#[cfg(test)]
mod tests;
