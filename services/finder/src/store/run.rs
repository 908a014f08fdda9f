//! Imports: what they write, and what is kept on record about them.

use std::collections::HashSet;

use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::Centre,
    staff::Actor,
};
use jiff::Timestamp;
use serde::Serialize;

use super::Stamp;
use crate::layers::{Field, ManualEdit};

/// The outcome of an import, to be applied in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportChange {
    /// The directory's revision the plan was made on; when it has moved meanwhile, nothing is applied.
    pub expected_revision: i64,
    /// What is kept on record about the run.
    pub run: ImportRun,
    /// Records that are new or changed, whole, all of the run's source, each once, with their own ids and slugs.
    pub saved: Vec<Centre>,
    /// Own ids of records the list no longer has. They are kept aside, with slug and edits, in case they come back.
    pub removed: Vec<String>,
    /// Records to put back as they were while the list did not have them; only rolling back does that.
    pub shelved: Vec<Centre>,
    /// Own ids of records to forget altogether; only rolling back does that. None may be merged.
    pub erased: Vec<String>,
    /// Edits given up for the list's value, by the centre they were made on.
    pub dropped: Vec<(String, Field)>,
    /// Edits brought back; only rolling back does that.
    pub restored: Vec<ManualEdit>,
    /// Centres that become one, or stand alone again.
    pub regrouped: Vec<Regroup>,
    /// Pairs noted as not the same, or forgotten again.
    pub apart: Vec<Apart>,
}

impl ImportChange {
    /// A change that saves records and does nothing else.
    pub fn new(expected_revision: i64, run: ImportRun, saved: Vec<Centre>) -> Self {
        Self {
            expected_revision,
            run,
            saved,
            removed: Vec::new(),
            shelved: Vec::new(),
            erased: Vec::new(),
            dropped: Vec::new(),
            restored: Vec::new(),
            regrouped: Vec::new(),
            apart: Vec::new(),
        }
    }
}

impl ImportChange {
    /// The moves of records this change saves, and of those that are there already.
    pub(super) fn moves(&self) -> (Vec<&Move>, Vec<&Move>) {
        let saved: HashSet<&str> =
            self.saved.iter().chain(&self.shelved).map(|centre| centre.id.as_str()).collect();
        let all = self.regrouped.iter().flat_map(|group| &group.moves);
        all.partition(|step| saved.contains(step.own_id.as_str()))
    }
}

/// A record's seat: the centre it belongs to, and its place among that centre's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seat {
    /// The centre.
    pub centre_id: String,
    /// The place; the lowest leads.
    pub priority: i64,
}

/// A record that goes from one seat to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The record.
    pub own_id: String,
    /// Where it sits; when it sits elsewhere by now, nothing is applied.
    pub from: Seat,
    /// Where it goes.
    pub to: Seat,
}

impl Move {
    /// The way back.
    pub fn back(self) -> Self {
        Self { own_id: self.own_id, from: self.to, to: self.from }
    }
}

/// A centre that becomes part of another one with all its records, or leaves it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regroup {
    /// The centre that leads.
    pub centre_id: String,
    /// Its name, for the trail.
    pub centre_name: String,
    /// The name of the one that is or was absorbed.
    pub other_name: String,
    /// The records of the absorbed one.
    pub moves: Vec<Move>,
}

impl Regroup {
    /// Whether it makes one of two; it takes them apart otherwise.
    pub fn merges(&self) -> bool {
        self.moves.iter().any(|step| step.to.centre_id == self.centre_id)
    }
}

/// Two centres that a run noted as not the same, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Apart {
    /// The lower id.
    pub centre_a: String,
    /// The higher id.
    pub centre_b: String,
    /// Whether they are kept apart from now on; forgotten otherwise.
    pub noted: bool,
}

impl Apart {
    /// Two centres to keep apart, in whichever order.
    pub fn noted(one: String, other: String) -> Self {
        let (centre_a, centre_b) = if one <= other { (one, other) } else { (other, one) };
        Self { centre_a, centre_b, noted: true }
    }
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RunKind {
    /// It brought a list.
    #[default]
    Import,
    /// It took an earlier run back.
    RollBack,
}

impl RunKind {
    /// The code as it is stored and stands in message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::RollBack => "roll_back",
        }
    }
}

/// What is kept on record about an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// The run's id; applying the same run twice is refused.
    pub id: String,
    /// What it did.
    pub kind: RunKind,
    /// The source that was imported.
    pub source: String,
    /// The mapping profile it was read with.
    pub profile: String,
    /// When reading began.
    pub started_at: Timestamp,
    /// When it was applied; also the time of the changed records and their events.
    pub applied_at: Timestamp,
    /// Who applied it.
    pub actor: Actor,
    /// Who agreed to losses beyond the threshold.
    pub agreed_by: Option<Actor>,
    /// The run that was taken back.
    pub rolled_back: Option<String>,
    /// What was found.
    pub counts: ImportCounts,
}

impl ImportRun {
    /// An import applied at one moment, with nothing counted yet.
    pub fn new(id: String, source: String, profile: String, actor: Actor, at: Timestamp) -> Self {
        Self {
            id,
            kind: RunKind::Import,
            source,
            profile,
            started_at: at,
            applied_at: at,
            actor,
            agreed_by: None,
            rolled_back: None,
            counts: ImportCounts::default(),
        }
    }

    pub(super) fn stamp(&self) -> Stamp {
        Stamp { id: self.id.clone(), actor: self.actor.clone(), at: self.applied_at }
    }

    /// What the trail says of centres that became one in it, or stand alone again.
    pub(super) fn regrouped(&self, group: &Regroup, number: usize) -> AuditEntry {
        let action = if group.merges() { "centre.merged" } else { "centre.unmerged" };
        let object = AuditObject {
            kind: String::from("centre"),
            id: group.centre_id.clone(),
            name: group.centre_name.clone(),
        };
        let entry = self.stamp().entry(action, object, format!("absorbed: {}", group.other_name));
        AuditEntry { id: format!("{}.g{number}", self.id), ..entry }
    }

    /// What the trail says of a pair that is kept apart, or no longer.
    pub(super) fn kept_apart(&self, pair: &Apart, number: usize) -> AuditEntry {
        let action = if pair.noted { "centre.kept-apart" } else { "centre.no-longer-kept-apart" };
        let object =
            AuditObject { kind: String::from("centre"), id: pair.centre_a.clone(), name: String::new() };
        let entry = self.stamp().entry(action, object, format!("from: {}", pair.centre_b));
        AuditEntry { id: format!("{}.p{number}", self.id), ..entry }
    }

    /// What the trail says of it: action, object and figures.
    pub(super) fn trail(&self, change: &ImportChange) -> (&'static str, AuditObject, String) {
        let action = match self.kind {
            RunKind::Import => "import.applied",
            RunKind::RollBack => "import.rolled-back",
        };
        let object =
            AuditObject { kind: String::from("import"), id: self.id.clone(), name: self.source.clone() };
        let counts = &self.counts;
        let mut detail =
            format!("new: {}, changed: {}, withdrawn: {}", counts.new, counts.changed, counts.withdrawn);
        let (merged, parted): (Vec<_>, Vec<_>) = change.regrouped.iter().partition(|group| group.merges());
        let apart = change.apart.iter().filter(|pair| pair.noted).count();
        for (what, count) in [("merged", merged.len()), ("unmerged", parted.len()), ("kept apart", apart)] {
            if count > 0 {
                detail.push_str(&format!(", {what}: {count}"));
            }
        }
        if let Some(agreed) = &self.agreed_by {
            detail.push_str(&format!(", agreed: {}", agreed.name));
        }
        if let Some(run) = &self.rolled_back {
            detail.push_str(&format!(", run: {run}"));
        }
        (action, object, detail)
    }
}

/// How many records of an import were what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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

/// A record as it was before or after a run.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordState {
    /// The record.
    pub body: Centre,
    /// Whether the list had it.
    pub present: bool,
}

/// What a run did to a record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordChange {
    /// The id in the source.
    pub external_id: String,
    /// The record's own id.
    pub own_id: String,
    /// The centre it belonged to.
    pub centre_id: String,
    /// How it was; `None` when it was not known.
    pub before: Option<RecordState>,
    /// How it was afterwards; `None` when it was forgotten.
    pub after: Option<RecordState>,
}

/// What a run did to an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct EditTrace {
    /// The edit as it was or is again.
    pub edit: ManualEdit,
    /// Whether the run brought it back; it gave it up otherwise.
    pub restored: bool,
}
