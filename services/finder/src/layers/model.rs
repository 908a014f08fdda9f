//! Layers, what is drawn from them, and where a field came from.

use std::collections::BTreeMap;

use contracts::{directory::Centre, staff::Actor};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Field;

/// What one list says of a centre, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRecord {
    /// The id the centre has, or had before it was absorbed by another one.
    pub own_id: String,
    /// The list; [`SourceRecord::MANUAL`] for a centre made by hand.
    pub source: String,
    /// The record's id in the list.
    pub external_id: String,
    /// The centre the record belongs to now.
    pub centre_id: String,
    /// Its place among the centre's records; the first leads.
    pub priority: i64,
    /// The record, with its own id and slug.
    pub body: Centre,
    /// Whether the list still has it.
    pub present: bool,
    /// When the list brought this version.
    pub imported_at: Timestamp,
    /// The run that brought it; `None` for records older than the history, and for those made by hand.
    pub run_id: Option<String>,
    /// Who brought it in.
    pub actor: Option<Actor>,
}

impl SourceRecord {
    /// The source of centres that were made by hand.
    pub const MANUAL: &'static str = "manual";
}

/// A value that somebody wrote over what the lists say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ManualEdit {
    /// The centre it was written for; an absorbed centre keeps its edits under its own id.
    pub centre_id: String,
    /// The field.
    pub field: Field,
    /// The value; null for nothing.
    pub value: Value,
    /// Who wrote it.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// What the lists said at that time.
    pub list_value: Value,
}

/// Everything a centre is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Layers {
    /// The centre's id.
    pub centre_id: String,
    /// The leading record.
    pub first: SourceRecord,
    /// Further records, in their order; there are some after a merge.
    pub others: Vec<SourceRecord>,
    /// Edits of the centre and of those it absorbed, by centre and field.
    pub edits: Vec<ManualEdit>,
}

impl Layers {
    /// All records, the leading one first.
    pub fn records(&self) -> impl Iterator<Item = &SourceRecord> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The edits that lie on top.
    pub fn own_edits(&self) -> impl Iterator<Item = &ManualEdit> {
        self.edits_of(&self.centre_id)
    }

    /// The edits made on a centre, this one or one it absorbed.
    pub fn edits_of<'a>(&'a self, own_id: &'a str) -> impl Iterator<Item = &'a ManualEdit> {
        self.edits.iter().filter(move |edit| edit.centre_id == own_id)
    }

    /// The edit that lies on top of a field.
    pub fn edit(&self, field: &Field) -> Option<&ManualEdit> {
        self.own_edits().find(|edit| edit.field == *field)
    }

    /// What the centre would be without the edits that lie on top.
    pub fn without_edits(&self) -> Composed {
        let edits = self.edits.iter().filter(|edit| edit.centre_id != self.centre_id).cloned().collect();
        super::compose(&Self { edits, ..self.clone() })
    }
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// A list.
    List {
        /// Its name.
        source: String,
        /// The run that brought the record, if it is known.
        run_id: Option<String>,
        /// When it was brought.
        at: Timestamp,
    },
    /// Somebody wrote it.
    Person {
        /// Who.
        actor: Actor,
        /// When.
        at: Timestamp,
    },
}

/// Where each field comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance(pub(super) BTreeMap<Field, Origin>);

impl Provenance {
    /// The origin of a field; a part of an offer comes from where its offer does unless it was edited.
    pub fn of(&self, field: &Field) -> Option<&Origin> {
        self.0.get(field).or_else(|| match field {
            Field::OfferPart(id, _) => self.0.get(&Field::Offer(id.clone())),
            _ => None,
        })
    }

    /// All that are known, by field.
    pub fn iter(&self) -> impl Iterator<Item = (&Field, &Origin)> {
        self.0.iter()
    }
}

/// Whether seekers see a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They do.
    Listed,
    /// Somebody took it off the list; it can be put back.
    Withdrawn,
    /// No list has it any more.
    Gone,
}

impl Standing {
    /// The code as it is stored and stands in message ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Withdrawn => "withdrawn",
            Self::Gone => "gone",
        }
    }

    /// The standing with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Listed, Self::Withdrawn, Self::Gone].into_iter().find(|standing| standing.code() == code)
    }
}

/// What the layers make together.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// The record; of a centre that is not listed, as it would be.
    pub centre: Centre,
    /// Where its fields come from.
    pub provenance: Provenance,
    /// Whether seekers see it.
    pub standing: Standing,
}
