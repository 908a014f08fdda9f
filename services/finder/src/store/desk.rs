//! What staff work with beside the centres themselves: edits, the list, drafts of imports, saved mappings.

use contracts::staff::Actor;
use jiff::Timestamp;
use serde_json::Value;

use crate::layers::{Field, Origin, Standing};

/// A new value for a field, and what its author saw before.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldEdit {
    /// The field.
    pub field: Field,
    /// The value the editor saw when she began; null for nothing.
    pub base: Value,
    /// The value it shall have; null for nothing.
    pub value: Value,
}

/// Edits of a centre that are saved together or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct EditChange {
    /// The centre; the id of an absorbed one leads to the centre it is part of.
    pub centre_id: String,
    /// The fields, each once.
    pub edits: Vec<FieldEdit>,
}

/// What became of edits.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// They are saved; the directory's revision afterwards. Values that were there already changed nothing.
    Done {
        /// The revision.
        revision: i64,
    },
    /// Somebody else changed the same fields meanwhile. Nothing was saved.
    Conflicts(Vec<FieldConflict>),
}

/// A field that changed while somebody was editing it.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldConflict {
    /// The field.
    pub field: Field,
    /// Its value now.
    pub now: Value,
    /// The value the editor wanted.
    pub wanted: Value,
    /// Where the value now comes from; `None` when it was emptied.
    pub by: Option<Origin>,
}

/// A field that was written by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct EditedField {
    /// The centre it was written for.
    pub centre_id: String,
    /// The field.
    pub field: Field,
    /// Who wrote it.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
}

/// Two centres that were looked at and are not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptApart {
    /// The lower id.
    pub centre_a: String,
    /// The higher id.
    pub centre_b: String,
    /// Who decided.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
}

/// Which centres the staff's list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CentreFilter {
    /// Words that all must be in name, postcode, town or slug; the first four count.
    pub text: String,
    /// Only these centres; `None` for all.
    pub ids: Option<Vec<String>>,
    /// Only those of this standing.
    pub standing: Option<Standing>,
    /// How many are left out at the beginning.
    pub offset: u64,
    /// How many are shown at most.
    pub limit: u32,
}

/// A part of the staff's list of centres.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CentrePage {
    /// The lines, by name.
    pub lines: Vec<CentreLine>,
    /// How many centres the filter finds.
    pub total: u64,
}

/// A centre in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Postcode and town.
    pub place: String,
    /// Whether seekers see it.
    pub standing: Standing,
}

/// An import that somebody prepares. What `state` and `body` say is the business of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDraft {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub owner: Actor,
    /// The list it is for.
    pub source: String,
    /// The step it is at.
    pub state: String,
    /// Everything else, as JSON.
    pub body: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was saved last.
    pub changed_at: Timestamp,
}

/// A mapping of columns that somebody saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProfile {
    /// Its name.
    pub name: String,
    /// The list it is for.
    pub source: String,
    /// The profile as TOML.
    pub body: String,
    /// Who saved it last.
    pub saved_by: Actor,
    /// When.
    pub saved_at: Timestamp,
}
